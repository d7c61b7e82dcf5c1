# SPDX-License-Identifier: AGPL-3.0-or-later
"""The component gallery: every part in its states, rendered for tests and pictures, without a server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.staticfiles import finders
from django.urls import set_urlconf
from django.utils import timezone, translation

from exitwork.kernel.decisions import Refused
from exitwork.kernel.standing import Standing
from exitwork.ui.jinja import environment
from exitwork.ui.widgets import DayMonthYear

HERE = Path(__file__).parent
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/json",
}


def moment(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@dataclass
class Listing:
    rows: list[int]
    number: int = 1
    count: int = 1000
    is_capped: bool = True
    first: int = 1
    last: int = 25
    has_next: bool = True
    has_previous: bool = False


class Every(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Known as", help_text="A pseudonym you both like; never the real name.")
    words = forms.CharField(label="What happened", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("", "Choose"), ("v", "Visit"), ("c", "Call")])
    where = forms.ChoiceField(
        label="Where", choices=[("in", "In prison"), ("out", "Outside")], widget=forms.RadioSelect
    )
    areas = forms.MultipleChoiceField(
        label="Areas", choices=[("s", "Social"), ("f", "Functional")], widget=forms.CheckboxSelectMultiple
    )
    sure = forms.BooleanField(label="Discussed with the client", help_text="Only then it becomes active.")
    release = forms.DateField(label="Release", widget=DayMonthYear, help_text="For example 4 12 2026")
    until = forms.DateField(label="Until", required=False)
    starts = forms.DateTimeField(label="Starts", initial=moment(19, 10))
    minutes = forms.IntegerField(label="Minutes")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


class Quick(forms.Form):
    words = forms.CharField(label="What was said or done", widget=forms.Textarea(attrs={"rows": 3}))


ENGLISH: dict[str, Any] = {
    "title": "7F3K2-M",
    "line": "Prison to release",
    "note": "name kept apart",
    "pairs": [
        ("Phase", "Release preparation"),
        ("Case manager", "Åsa Lind"),
        ("Deputy", "Per Dahl"),
        ("Languages", "German, Arabic"),
        ("Next contact", "Mon 23 Nov, 10:30"),
    ],
    "marks": [
        ("", "Voluntary"),
        ("attention", "Release Fri 4 Dec, 15:00: 64 h uncovered"),
        ("calm", "2 consents, one ends in 9 days"),
    ],
    "places": ["Today", "Cases", "Calls", "Conferences", "Releases", "Directory", "Reports"],
    "tab_names": ["Overview", "Timeline", "Needs", "Plan", "Network", "Release", "Sharing", "Documents"],
    "tabs_label": "Case",
    "attention": [
        {
            "title": "Nobody can be reached from Friday 17:00 to Monday 09:00",
            "detail": "first 72 hours after release, 8 of 72 h covered",
            "label": "Plan cover",
            "url": "/cover/",
        },
        {
            "title": "Housing is a high need without a measure",
            "detail": "profile of 12 Nov, worker and client agree",
            "label": "Add measure",
            "url": "/measure/",
        },
        {
            "title": "Share the housing plan with the probation service",
            "detail": "",
            "label": "Disclose",
            "url": "/disclose/",
            "decision": Refused(
                "The client has not consented to this recipient. Åsa Lind can ask him.", "consent"
            ),
        },
    ],
    "steps": [("Trust", "done"), ("Assessment", "done"), ("Release", "current"), ("Aftercare", "ahead")],
    "timeline_title": "Timeline",
    "chips": [("Visits", "?"), ("Since 1 November", "?since=")],
    "chips_label": "Filters in force",
    "entry_words": [
        (
            "Visit in prison",
            "client's account",
            "Talked about the flat in Kassel and who may know the address. He wants his sister at the gate.",
        ),
        (
            "Disclosed to Probation Kassel",
            "consent of 3 Nov",
            "Release date and housing status. Received 16:40. Ends 3 May.",
        ),
        ("Phone, out of hours rota tested", "", "Both numbers answered."),
    ],
    "meta": ["social, housing", "seen by team"],
    "table": {
        "caption": "My cases",
        "head": ["Case", "Phase", "Days since contact"],
        "rows": [
            [("7F3K2-M", "/cases/7F3K2-M/"), "Release preparation", 2],
            [("9QX4T-B", "/cases/9QX4T-B/"), "Trust", 31],
        ],
    },
    "empty": {
        "title": "No conference yet",
        "text": "Conferences with partners stand here once one is planned.",
        "label": "Plan a conference",
    },
    "notice_title": "Legal profile not reviewed",
    "notice": "The duties to report shown here have not been checked by a lawyer of your country.",
    "tasks": [
        ("Where he will live", "/a/", "Done", "", "Kassel, flat of the sister"),
        ("Who meets him at the gate", "/b/", "Not started", "attention", ""),
    ],
    "summary": [("Recipient", "Probation Kassel", "/c/"), ("Ends", "3 May 2027", "")],
    "form_title": "Every field",
    "submit": "Save",
    "buttons": ["Disclose", "Plan cover", "Recall", "More"],
    "picture_title": "First days after release",
    "picture_line": "64 h uncovered from Friday 17:00 to Monday 09:00",
    "quick_title": "Quick note",
    "more_label": "All notes",
    "fold": "Something here worries me",
    "tags_title": "Tags",
    "tags": [
        ("", "plain"),
        ("accent", "accent"),
        ("calm", "calm"),
        ("attention", "attention"),
        ("danger", "danger"),
    ],
    "refused_because": "The client has not consented to this recipient. Åsa Lind can ask him.",
}
ARABIC: dict[str, Any] = {
    **ENGLISH,
    "line": "من السجن إلى الإفراج",
    "note": "الاسم محفوظ على حدة",
    "pairs": [
        ("المرحلة", "التحضير للإفراج"),
        ("مدير الحالة", "Åsa Lind"),
        ("النائب", "Per Dahl"),
        ("اللغات", "الألمانية، العربية"),
    ],
    "marks": [
        ("", "طوعي"),
        ("attention", "الإفراج يوم الجمعة 4 ديسمبر: 64 ساعة دون تغطية"),
        ("calm", "موافقتان"),
    ],
    "places": ["اليوم", "الحالات", "المكالمات", "الاجتماعات", "الإفراج", "الدليل", "التقارير"],
    "tab_names": [
        "نظرة عامة",
        "التسلسل الزمني",
        "الاحتياجات",
        "الخطة",
        "الشبكة",
        "الإفراج",
        "المشاركة",
        "الوثائق",
    ],
    "timeline_title": "التسلسل الزمني",
    "entry_words": [
        (
            "زيارة في السجن",
            "رواية العميل",
            "تحدثنا عن الشقة في كاسل ومن يمكنه معرفة العنوان. يريد أن تكون أخته عند البوابة.",
        ),
        ("أُفصح لمراقبة كاسل", "موافقة 3 نوفمبر", "تاريخ الإفراج ووضع السكن."),
        ("هاتف", "", "أجاب كلا الرقمين."),
    ],
    "quick_title": "ملاحظة سريعة",
    "submit": "حفظ",
}


def content(language: str) -> SimpleNamespace:
    words = ARABIC if language == "ar" else ENGLISH
    (a, am, at), (b, bm, bt), (c, _cm, ct) = words["entry_words"]
    form = Every({"name": "", "kind": "v", "release-day": "31", "release-month": "2", "release-year": "2026"})
    return SimpleNamespace(
        **words,
        tabs=[
            {"label": name, "url": f"/t{i}/", "current": i == 0, "count": 3 if i == 5 else None}
            for i, name in enumerate(words["tab_names"])
        ],
        entries=[
            {
                "at": moment(19, 17, 20),
                "minutes": 55,
                "title": a,
                "marks": [("", am)],
                "text": at,
                "by": "Åsa Lind",
                "meta": words["meta"],
                "url": "/e/",
            },
            {
                "at": moment(19, 15, 5),
                "title": b,
                "kind": "attention",
                "marks": [("attention", bm)],
                "text": bt,
            },
            {"at": moment(16, 8, 10), "minutes": 80, "title": c, "text": ct},
        ],
        listing=Listing(rows=[1]),
        form=form,
        quick=Quick(initial={"words": "He called from the phone box, wants to move the meeting"}),
        refused=Refused(words["refused_because"], "consent"),
    )


@contextmanager
def known_addresses() -> Iterator[None]:
    """The frame's addresses, as if every room were there."""
    set_urlconf("tests.ui.urls")
    try:
        yield
    finally:
        set_urlconf(None)


def gallery(language: str = "en", theme: str = "", expires_in: int = 0) -> str:
    """The gallery's HTML in a language and a theme."""
    words = ARABIC if language == "ar" else ENGLISH
    env = environment(autoescape=True)
    counts = [5, 23, 2, None, 3, None, None]
    with translation.override(language), timezone.override("Europe/Berlin"), known_addresses():
        template = env.from_string((HERE / "gallery.html").read_text("utf-8"))
        return template.render(
            g=content(language),
            request=SimpleNamespace(COOKIES={"theme": theme}, _messages=[]),
            csrf_input="",
            expires_in=expires_in,
            standing=Standing(account=UUID(int=1), name="Åsa Lind"),
            organisations=[
                {"label": "Exit Nord", "value": "a", "current": True},
                {"label": "Network", "value": "b", "current": False},
            ],
            switch_url="/switch/",
            account_menu=[{"label": "Sessions and devices", "url": "/sessions/"}],
            quick_add={"label": "New note", "url": "/new/"},
            navigation=[
                {
                    "label": label,
                    "url": f"/{i}/",
                    "count": counts[i],
                    "current": i == 1,
                    "go": "c" if i == 1 else "",
                }
                for i, label in enumerate(words["places"])
            ],
        )


def static_file(path: str) -> tuple[bytes, str]:
    """A static file by its address ("/static/ui/..."), with its content type."""
    found = finders.find(path.removeprefix("/static/"))
    assert isinstance(found, str), path
    return Path(found).read_bytes(), TYPES[Path(found).suffix]
