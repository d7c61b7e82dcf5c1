# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shelf of shipped packs: listed, read, compared side by side, taken away as one file.

* Packs are public: they say nothing about anyone's cases.
"""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase

from exitwork.pages import page, render
from exitwork.pages.requests import Request
from exitwork.programmes.packs.described import LABELS, described, side_by_side
from exitwork.programmes.packs.pack import Pack
from exitwork.programmes.packs.shelf import shipped
from exitwork.programmes.rules import may_start_programme
from exitwork.programmes.views.asking import about_to_start

MEDIA_TYPE = "application/toml; charset=utf-8"


@page
def shelf(request: Request) -> HttpResponseBase:
    """Every shipped pack."""
    return render(request, "programmes/shelf.html", packs=list(shipped().values()))


@page
def pack(request: Request, key: str) -> HttpResponseBase:
    """One shipped pack, readable."""
    chosen = pack_or_404(key)
    decision = may_start_programme.decide(request.standing, about_to_start(request), request.at)
    return render(
        request,
        "programmes/pack.html",
        pack=chosen,
        rows=described(chosen),
        tracker=chosen.phases.tracker(),
        unknown=unknown_labels(chosen),
        decision=decision,
    )


@page
def file(_request: Request, key: str) -> HttpResponseBase:
    """A shipped pack as its file."""
    return as_file(pack_or_404(key))


@page
def compare(request: Request) -> HttpResponseBase:
    """Two packs side by side; without a choice, the choice."""
    packs = shipped()
    first, second = packs.get(request.GET.get("first", "")), packs.get(request.GET.get("second", ""))
    return render(
        request,
        "programmes/compare.html",
        packs=list(packs.values()),
        first=first,
        second=second,
        pairs=side_by_side(first, second) if first and second else (),
    )


def pack_or_404(key: str) -> Pack:
    """The shipped pack of that key.

    :raises Http404: if there is none.
    """
    found = shipped().get(key)
    if found is None:
        raise Http404
    return found


def as_file(chosen: Pack) -> HttpResponse:
    """A pack as a file to keep: the very text that was read."""
    name = f"{chosen.key}-{chosen.version}.toml"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(chosen.text.encode(), content_type=MEDIA_TYPE, headers=headers)


def unknown_labels(chosen: Pack) -> list[str]:
    """What the sources of a pack don't say, as labels."""
    return [str(LABELS[name]) for name in chosen.unknown if name in LABELS]
