# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rooms keep to their walls, and each file to its part (design.md 2, 3, 14)."""

from __future__ import annotations

import ast
import re
import subprocess
import sys

import pytest
from django.apps import apps

from exitwork.access.models import Governed
from exitwork.access.register import governed_models
from tests.architecture.sources import MACHINERY, ROOT, SOURCE, Source, files, sources, templates

LONGEST_FILE, LONGEST_FUNCTION = 400, 60
PARTS = frozenset(
    {"words", "facts", "models", "rules", "actions", "queries", "forms", "views", "apps", "urls", "seams"}
)
# What a room has besides, one reason each.
BESIDES = {
    "agenda": {"feeds": "how a calendar is written as a file"},
    "accounts": {
        "adapters": "how allauth is told our ways",
        "confirmation": "the second factor asked again",
        "demo": "the people of a demo, to sign in as",
        "devices": "what a device is called",
        "letters": "what a letter says",
        "look": "language and theme before anyone signed in",
        "middleware": "the gate",
        "panels": "what it hands to the seams",
        "passwords": "how passwords are judged and kept",
        "requests": "what a request means here",
        "sessions": "where sessions are kept",
        "sign_in_urls": "allauth's own names",
        "throttle": "how often something may be tried",
    },
    "documents": {
        "checks": "what a file really is",
        "store": "where sealed files lie",
        "uploads": "how a file comes in",
    },
    "organisations": {
        "legal": "legal profiles, read from files",
        "middleware": "fills the standing of a request",
        "reference": "the page of roles, made from the rules",
        "standing": "fills the standing",
        "upward": "what it hands to the seams",
    },
    "people": {"upward": "what it hands to the seams"},
    "programmes": {"packs": "programme packs, read from files", "upward": "what it hands to the seams"},
}
# Rows a view reads past ``visible``, one reason each.
BESIDE_THE_RULE = {
    "agenda/views/tasks.py Task.objects": "the task that visible() let through, with what it points at",
    "people/views/around.py Dependant.objects": "the short record of a person that visible() let through",
    "people/views/identity.py Identity.objects": "the version alone, after the action let the person through",
    "people/views/safety.py ContactSafety.objects": "of a person that visible() and the action let through",
    "workplace/views/case.py Case.objects": "the case that visible() let through, with what it points at",
    "workplace/views/emergency.py Case.objects": "an emergency opens what one may not see; all noes are one",
}
INLINE = r"""<style|<script(?![^>]*(\bsrc=|type="application/json"))|\sstyle=|\son[a-z]+="""
# Who acts has no standing yet: it is made from the account inside.
BEFORE_ANY_STANDING = {"accept", "sign_in_for_demo"}
ESCAPED_INSIDE = {
    "agenda/queries/slots.py": "a sentence of ours; Markup escapes every value put into it",
    "agenda/seams.py": "a sentence of ours; Markup escapes every value put into it",
    "programmes/seams.py": "a sentence of ours; Markup escapes every value put into it",
    "workplace/seams.py": "a sentence of ours; Markup escapes every value put into it",
}
SVG_OF_OURS = {
    "accounts/templates/mfa/totp/activate_form.html": "the square that allauth draws, no words in it"
}


def calls(source: Source) -> list[tuple[str, int]]:
    """Every call in a file, as it is written, with its line."""
    return [(ast.unparse(node.func), node.lineno) for node in source.nodes() if isinstance(node, ast.Call)]


def found(pattern: str, *parts: str) -> list[str]:
    """Where calls of these parts match."""
    return [
        f"{source.name}:{line} {call}"
        for source in sources(*parts)
        for call, line in calls(source)
        if re.search(pattern, call)
    ]


def test_rooms_import_downward_only() -> None:
    program = "from importlinter.cli import lint_imports_command as run; run()"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout


def test_no_import_hides_in_a_function_of_a_room() -> None:
    allowed = {"", "cli", "journal", "pages", "settings", "upkeep", "vault"}  # loaded before Django is set up
    hidden = [
        f"{source.name}:{node.lineno}"
        for source in sources()
        if source.room not in allowed and source.part not in {"apps", "management"}
        for function in source.nodes()
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom) and "exitwork" in ast.unparse(node)
    ]

    assert hidden == []


def test_a_view_writes_nothing_and_asks_no_table_past_its_rule() -> None:
    writing = r"\.(save|create|update|delete|bulk_create|get_or_create|update_or_create)$"
    views = [
        place
        for place in found(writing, "views")
        if not re.search(r" (session|request\.session|self\.request\.session)\.", place)
    ]

    assert views == []
    assert found(r"get_object_or_404|get_list_or_404|\.raw$|\.cursor$|\.extra$", "views") == []


def test_a_view_of_a_room_reads_governed_rows_through_visible_only() -> None:
    governed = {model.__name__ for model in governed_models()}
    past = [
        f"{source.name} {ast.unparse(node)}"
        for source in sources("views")
        for node in source.nodes()
        if isinstance(node, ast.Attribute)
        and node.attr == "objects"
        and isinstance(node.value, ast.Name)
        and node.value.id in governed
        and not re.search(rf"{node.value.id}\s*\.objects\s*\.visible_(to|in)\(", source.text)
    ]

    assert set(past) <= set(BESIDE_THE_RULE), "fetch it with visible(), visible_rows() or a query"


def test_the_clock_is_read_nowhere_below_the_views() -> None:
    clock = r"^(timezone\.now|datetime\.(now|utcnow|today)|date\.today|time\.time)$"
    below = [
        place
        for place in found(clock, "rules", "actions", "models", "queries", "facts", "words")
        if not place.startswith("journal/")
    ]

    assert below == []


def test_every_action_ends_in_by_and_at() -> None:
    without = [
        f"{source.name}:{node.lineno} {node.name}"
        for source in sources("actions")
        for node in source.tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and opens_a_record(node)
        if node.name not in BEFORE_ANY_STANDING
        if node.args.args or not {"by", "at"} <= {argument.arg for argument in node.args.kwonlyargs}
    ]

    assert without == []


def opens_a_record(function: ast.FunctionDef) -> bool:
    """Whether a function records what it does."""
    return any(
        isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "recorded"
        for node in ast.walk(function)
    )


def test_every_governed_model_has_one_rule_and_only_governed_ones_have() -> None:
    governed = {model for model in apps.get_models() if issubclass(model, Governed)}

    assert governed == set(governed_models())


def test_there_is_one_signal_and_the_journal_uses_it() -> None:
    used = {
        source.name
        for source in sources()
        if re.search(r"import .*\bsignals\b|\.signals import|django\.dispatch", source.text)
    }

    assert used <= {"journal/apps.py"}


def test_nothing_is_called_safe_but_what_we_wrote_ourselves() -> None:
    marked = [place for place in found(r"(mark_safe|Markup|SafeString)$") if not place.startswith("ui/")]
    piped = [
        f"{path.relative_to(SOURCE)}"
        for path in templates()
        if re.search(r"\|\s*safe\b|autoescape\s+false", path.read_text("utf-8"))
    ]

    assert {place.split(":")[0] for place in marked} <= set(ESCAPED_INSIDE)
    assert set(piped) <= set(SVG_OF_OURS)


def test_no_rule_is_asked_in_a_template() -> None:
    asked = [
        str(path.relative_to(SOURCE))
        for path in templates()
        if re.search(
            r"\.decide\(|\.visible_to\(|\.has\(Role|standing\.roles|\.objects\b", path.read_text("utf-8")
        )
    ]

    assert asked == []


def test_nothing_is_inline_in_a_template() -> None:
    """Those of the command line are files to print, opened without the program."""
    inline = [
        str(path.relative_to(SOURCE))
        for path in templates()
        if path.parent.name != "cli" and re.search(INLINE, path.read_text("utf-8"))
    ]

    assert inline == []


def test_every_model_stands_in_the_glossary() -> None:
    glossary = (ROOT / "GLOSSARY.md").read_text("utf-8")
    missing = {
        model.__name__
        for config in apps.get_app_configs()
        if config.name.startswith("exitwork.")
        for model in config.get_models()
        if f"`{model.__name__}`" not in glossary
    }

    assert missing == set()


def test_nobody_is_called_what_the_field_does_not_call_people() -> None:
    names = {node.name for source in sources() for node in source.nodes() if isinstance(node, ast.ClassDef)}

    assert not {name for name in names if re.search(r"Target$|Suspect|Nominal|Extremist", name)}


def test_a_room_has_the_files_a_room_has() -> None:
    strange = {
        f"{source.room}/{source.part}"
        for source in sources()
        if source.room
        and source.room not in MACHINERY
        and source.part not in PARTS | {"__init__"}
        and source.part not in BESIDES.get(source.room, {})
    }

    assert strange == set(), "each is one of the parts of design.md 3, or stands in BESIDES with its reason"


def test_a_file_fits_in_one_reading() -> None:
    long = [one.name for one in sources() if len(one.text.splitlines()) > LONGEST_FILE]

    assert long == []


def test_a_function_fits_on_one_screen() -> None:
    long = [
        f"{source.name}:{node.lineno} {node.name}"
        for source in sources()
        for node in source.nodes()
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]

    assert long == []


def test_every_file_names_its_licence() -> None:
    written = {".py", ".html", ".css", ".js", ".toml", ".md", ".sh", ".svg", ".yml", ".service"}
    silent = [
        str(path.relative_to(ROOT))
        for path in files()
        if path.suffix in written
        and path.stat().st_size
        and not any(path.with_name(path.name + ending).exists() for ending in (".license",))
        and "SPDX-License-Identifier:" not in path.read_text("utf-8")[:1000]
    ]

    assert silent == [], silent


def test_no_file_of_somebody_else_lies_here() -> None:
    foreign = [
        str(path.relative_to(ROOT))
        for path in files()
        if path.suffix in {".woff", ".woff2", ".ttf", ".otf", ".whl", ".jar", ".exe", ".so", ".map"}
        or ".min." in path.name
        or re.search(r"node_modules|vendor|third.?party", str(path.relative_to(ROOT)))
    ]

    assert foreign == []


@pytest.mark.parametrize("source", sources("rules", "facts"), ids=lambda source: source.name)
def test_a_rules_file_writes_nothing(source: Source) -> None:
    writing = [call for call, _line in calls(source) if re.search(r"\.(save|create|update|delete)$", call)]

    assert writing == []
