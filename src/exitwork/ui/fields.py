# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which accessible control shows which form field, and with what.

* The field's widget decides the control; a page may ask for radios instead of a select.
* A field says what it is before it says what is wrong: label, hint, then the error beside it.
* Nothing a browser would remember: autocomplete is off unless the widget names a purpose.
* Text of people runs in its own direction (``dir="auto"``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.widgets import Widget
from django.utils.translation import gettext

from exitwork.ui.widgets import DayMonthYear

# Widget attributes that have a place of their own in the controls' parameters.
_PLACED = frozenset(
    {"autocomplete", "inputmode", "class", "rows", "spellcheck", "pattern", "required", "type"}
)


@dataclass(frozen=True, slots=True)
class Control:
    """What the macro ``field`` draws: the kind of control and its parameters."""

    kind: str
    params: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the error summary; ``href`` leads to the field, empty for the form as a whole."""

    text: str
    href: str


def problems(form: forms.BaseForm) -> list[Problem]:
    """What is wrong with a form, in the order of its fields, each with a way to its field."""
    if not form.is_bound:
        return []
    whole = [Problem(str(text), "") for text in form.non_field_errors()]
    return whole + [
        Problem(_named(bound, str(text)), "" if bound.is_hidden else f"#{_first_id(bound)}")
        for bound in form
        for text in bound.errors
    ]


def control(bound: BoundField, shown_as: str = "") -> Control:
    """The control for a bound field. ``shown_as``: "radios" or "select" instead of the usual one."""
    widget = bound.field.widget
    if bound.is_hidden:
        return Control("hidden", {"html": bound.as_hidden()})
    common = _common(bound)
    if isinstance(widget, DayMonthYear):
        return Control("date", _date_parts(bound, common))
    if isinstance(widget, forms.CheckboxInput):
        return Control("checkboxes", _single_checkbox(bound, common))
    if isinstance(widget, forms.SelectMultiple | forms.CheckboxSelectMultiple):
        return Control("checkboxes", _group(bound, common))
    if shown_as == "radios" or (isinstance(widget, forms.RadioSelect) and shown_as != "select"):
        return Control("radios", _group(bound, common))
    if isinstance(widget, forms.Select):
        return Control("select", _select(bound, common))
    if isinstance(widget, forms.Textarea):
        return Control("textarea", _textarea(bound, common))
    if isinstance(widget, forms.FileInput):
        return Control("file", _labelled(bound, common))
    return Control("input", _input(bound, common))


def _named(bound: BoundField, text: str) -> str:
    if not bound.label:
        return text
    return gettext("%(field)s: %(problem)s") % {"field": bound.label, "problem": text}


def _first_id(bound: BoundField) -> str:
    return f"{bound.auto_id}-day" if isinstance(bound.field.widget, DayMonthYear) else bound.auto_id


def _label(bound: BoundField) -> str:
    label = str(bound.label or "")
    if bound.field.required or isinstance(bound.field.widget, forms.CheckboxInput):
        return label
    if isinstance(bound.field, forms.ChoiceField) and bound.initial:
        return label  # something is chosen already: there is nothing to leave out
    return gettext("%(label)s (optional)") % {"label": label}


def _common(bound: BoundField) -> dict[str, Any]:
    params: dict[str, Any] = {"name": bound.html_name}
    if bound.help_text:
        params["hint"] = {"text": str(bound.help_text)}
    if bound.errors:
        params["errorMessage"] = {
            "text": " ".join(str(text) for text in bound.errors),
            "visuallyHiddenText": gettext("Error"),
        }
    return params


def _labelled(bound: BoundField, common: dict[str, Any]) -> dict[str, Any]:
    widget = bound.field.widget
    return {
        **common,
        "id": bound.auto_id,
        "label": {"text": _label(bound)},
        "disabled": bound.field.disabled,
        "attributes": _rest(widget),
    }


def _rest(widget: Widget) -> dict[str, Any]:
    return {
        name: value
        for name, value in widget.attrs.items()
        if name not in _PLACED and value not in (None, False)
    }


def _textarea(bound: BoundField, common: dict[str, Any]) -> dict[str, Any]:
    params = _labelled(bound, common)
    attrs = bound.field.widget.attrs
    params["value"] = "" if bound.value() is None else str(bound.value())
    params["rows"] = attrs.get("rows", 6)
    params["autocomplete"] = attrs.get("autocomplete", "off")
    params["attributes"] = {"dir": "auto", **_without(params["attributes"], "cols")}
    return params


def _select(bound: BoundField, common: dict[str, Any]) -> dict[str, Any]:
    params = _labelled(bound, common)
    params["items"] = list(_options(bound))
    params["attributes"] = {"autocomplete": "off", **params["attributes"]}
    return params


def _without(attributes: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in attributes.items() if key != name}


def _input(bound: BoundField, common: dict[str, Any]) -> dict[str, Any]:
    params = _labelled(bound, common)
    widget = bound.field.widget
    kind = widget.attrs.get("type") or getattr(widget, "input_type", None) or "text"
    value = bound.value()
    text = "" if value is None else str(value)
    if isinstance(widget, forms.DateTimeInput):
        kind, text = (
            "datetime-local",
            value.strftime("%Y-%m-%dT%H:%M") if isinstance(value, datetime) else text,
        )
    elif isinstance(widget, forms.DateInput):
        kind, text = "date", value.isoformat() if isinstance(value, date) else text
    elif isinstance(widget, forms.TimeInput):
        kind = "time"
    elif isinstance(widget, forms.NumberInput):
        # A number typed as text is not changed by a scroll wheel, and keeps what was typed wrongly.
        kind = "text"
        params["inputmode"] = "decimal" if isinstance(bound.field, forms.DecimalField) else "numeric"
    if isinstance(widget, forms.PasswordInput):
        text = ""
    params.update(type=kind, value=text, autocomplete=widget.attrs.get("autocomplete", "off"))
    params["inputmode"] = widget.attrs.get("inputmode", params.get("inputmode"))
    if kind == "text" and not params["inputmode"]:
        params["attributes"] = {"dir": "auto", **params["attributes"]}
    return params


def _fieldset(bound: BoundField) -> dict[str, Any]:
    return {"legend": {"text": _label(bound)}}


def _group(bound: BoundField, common: dict[str, Any]) -> dict[str, Any]:
    items = [option for option in _options(bound) if option["value"] != "" or bound.field.required is False]
    return {**common, "idPrefix": bound.auto_id, "fieldset": _fieldset(bound), "items": items}


def _single_checkbox(bound: BoundField, common: dict[str, Any]) -> dict[str, Any]:
    item: dict[str, Any] = {
        "value": "on",
        "text": _label(bound),
        "checked": bool(bound.value()),
        "disabled": bound.field.disabled,
        "attributes": _rest(bound.field.widget),
    }
    if "hint" in common:
        item["hint"] = common["hint"]
    params = {name: value for name, value in common.items() if name != "hint"}
    return {**params, "idPrefix": bound.auto_id, "items": [item]}


def _date_parts(bound: BoundField, common: dict[str, Any]) -> dict[str, Any]:
    widget = bound.field.widget
    assert isinstance(widget, DayMonthYear)
    day, month, year = widget.decompress(bound.value())
    parts = [
        ("day", gettext("Day"), day, 2),
        ("month", gettext("Month"), month, 2),
        ("year", gettext("Year"), year, 4),
    ]
    return {
        **_without(common, "name"),
        "id": bound.auto_id,
        "fieldset": _fieldset(bound),
        "items": [
            {
                "id": f"{bound.auto_id}-{name}",
                "name": f"{bound.html_name}-{name}",
                "label": label,
                "value": value,
                "autocomplete": "off",
                "classes": f"govuk-input--width-{width}",
            }
            for name, label, value, width in parts
        ],
    }


def _options(bound: BoundField) -> Iterator[dict[str, Any]]:
    raw = bound.value()
    chosen = (
        {str(value) for value in raw}
        if isinstance(raw, list | tuple | set)
        else {"" if raw is None else str(raw)}
    )
    for value, label in _flat(getattr(bound.field, "choices", ())):
        key = "" if value is None else str(value)
        marked = key in chosen
        yield {"value": key, "text": str(label), "checked": marked, "selected": marked}


def _flat(choices: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield value, label
