# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every form field becomes an accessible control, and keeps what was typed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.utils import timezone

from exitwork.ui.fields import control, problems
from exitwork.ui.jinja import environment
from exitwork.ui.widgets import DayMonthYear


class Note(forms.Form):
    who = forms.CharField(label="Who", help_text="A pseudonym")
    words = forms.CharField(label="Words", widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("v", "Visit"), ("c", "Call")])
    where = forms.ChoiceField(label="Where", choices=[("in", "In"), ("out", "Out")], widget=forms.RadioSelect)
    areas = forms.MultipleChoiceField(
        label="Areas", choices=[("s", "Social"), ("f", "Functional")], required=False
    )
    agreed = forms.BooleanField(label="Agreed", help_text="Ask first")
    release = forms.DateField(label="Release", widget=DayMonthYear)
    until = forms.DateField(label="Until")
    starts = forms.DateTimeField(label="Starts")
    minutes = forms.IntegerField(label="Minutes")
    password = forms.CharField(
        label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    paper = forms.FileField(label="Paper", required=False)
    token = forms.CharField(widget=forms.HiddenInput)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("who", "input"),
        ("words", "textarea"),
        ("kind", "select"),
        ("where", "radios"),
        ("areas", "checkboxes"),
        ("agreed", "checkboxes"),
        ("release", "date"),
        ("until", "input"),
        ("paper", "file"),
        ("token", "hidden"),
    ],
)
def test_each_field_has_its_control(name: str, kind: str) -> None:
    assert control(Note()[name]).kind == kind


def test_a_select_can_be_shown_as_radios() -> None:
    assert control(Note()["kind"], "radios").kind == "radios"


def test_nothing_is_remembered_by_the_browser_unless_the_field_says_what_it_is() -> None:
    form = Note()
    assert control(form["who"]).params["autocomplete"] == "off"
    assert control(form["words"]).params["autocomplete"] == "off"
    assert control(form["kind"]).params["attributes"]["autocomplete"] == "off"
    assert control(form["password"]).params["autocomplete"] == "current-password"


def test_a_field_that_may_stay_empty_says_so() -> None:
    form = Note()
    assert control(form["words"]).params["label"]["text"] == "Words (optional)"
    assert control(form["who"]).params["label"]["text"] == "Who"


def test_what_was_typed_wrongly_stays_as_it_was_typed() -> None:
    form = Note(
        {"release-day": "31", "release-month": "2", "release-year": "26", "minutes": "ten", "until": "soon"}
    )
    assert not form.is_valid()
    assert [part["value"] for part in control(form["release"]).params["items"]] == ["31", "2", "26"]
    assert control(form["minutes"]).params["value"] == "ten"
    assert control(form["until"]).params["value"] == "soon"


def test_a_password_never_comes_back() -> None:
    assert control(Note({"password": "long and secret"})["password"]).params["value"] == ""


def test_three_short_fields_make_a_date() -> None:
    class Birth(forms.Form):
        born = forms.DateField(widget=DayMonthYear)

    form = Birth({"born-day": " 4", "born-month": "12", "born-year": "2026"})
    assert form.is_valid()
    assert form.cleaned_data["born"] == date(2026, 12, 4)
    assert not Birth({"born-day": "", "born-month": "", "born-year": ""}).is_valid()
    initial = Birth(initial={"born": date(2026, 12, 4)})
    assert [part["value"] for part in control(initial["born"]).params["items"]] == ["4", "12", "2026"]


def test_a_moment_is_edited_in_the_zone_of_the_site() -> None:
    form = Note(initial={"starts": datetime(2026, 12, 4, 14, 0, tzinfo=UTC)})
    with timezone.override("Europe/Berlin"):
        assert control(form["starts"]).params["value"] == "2026-12-04T15:00"


def test_choices_made_are_marked() -> None:
    chosen = control(Note(initial={"areas": ["f"], "where": "out"})["areas"]).params["items"]
    assert [item["checked"] for item in chosen] == [False, True]
    assert [item["checked"] for item in control(Note(initial={"where": "out"})["where"]).params["items"]] == [
        False,
        True,
    ]


def test_problems_lead_to_their_fields_and_an_untouched_form_has_none() -> None:
    form = Note({"who": "", "token": ""})
    found = {problem.href: problem.text for problem in problems(form)}
    assert found["#id_who"] == "Who: This field is required."
    assert found["#id_release-day"].startswith("Release: ")
    assert found["#id_where"].startswith("Where: ")
    assert problems(Note()) == []


def test_every_problem_link_ends_at_something_on_the_page() -> None:
    form = Note({"who": ""})
    page = environment(autoescape=True).from_string(
        '{% from "ui/components.html" import fields, error_summary %}'
        "{{ error_summary(form) }}{{ fields(form) }}"
    )
    html = page.render(form=form)
    for problem in problems(form):
        assert not problem.href or f'id="{problem.href[1:]}"' in html


def test_a_label_with_markup_is_escaped() -> None:
    class Sly(forms.Form):
        field = forms.CharField(label="<b>x</b>", help_text="<i>y</i>", initial='"><script>')

    page = environment(autoescape=True).from_string(
        '{% from "ui/components.html" import fields %}{{ fields(form) }}'
    )
    html = page.render(form=Sly())
    assert "<b>" not in html
    assert "<i>" not in html
    assert "<script>" not in html
