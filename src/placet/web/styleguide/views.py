"""Every component in every state, in light and dark: what the screenshot tests compare."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placet.web.styleguide import samples, words
from placet.web.styleguide.frame import NOW, sample_shell

SECTIONS = [
    ("Colour", "colour", "columns"),
    ("Type", "type", "columns"),
    ("Buttons", "buttons", "columns"),
    ("Fields", "fields", "columns"),
    ("Badges, chips, people", "marks", "columns"),
    ("Plan", "plan", "columns"),
    ("Budgets", "budgets", "columns"),
    ("Decision panel and verdict", "panel", "columns"),
    ("List", "list", "rows"),
    ("Cart lines", "lines", "rows"),
    ("Products", "products", "rows"),
    ("Difference, and what becomes of approvals", "diff", "columns"),
    ("Thread and evidence", "talk", "columns"),
    ("Messages and what floats", "messages", "columns"),
    ("Empty states", "empty", "columns"),
    ("Palette, menu, dialog, small screens", "floating", "columns"),
]


def styleguide(request: HttpRequest) -> HttpResponse:
    """The page; it reads no row and needs no sign-in."""
    context: dict[str, Any] = {
        **_values(samples),
        **_values(words),
        "ui": sample_shell(),
        "now": NOW,
        "themes": ["light", "dark"],
        "sections": [
            {"title": title, "template": f"web/styleguide/{name}.html", "layout": layout}
            for title, name, layout in SECTIONS
        ],
        "pictograms": _pictograms(),
    }
    return render(request, "web/styleguide/page.html", context)


def _values(module: object) -> dict[str, Any]:
    return {name.lower(): value for name, value in vars(module).items() if name.isupper()}


@lru_cache(maxsize=1)
def _pictograms() -> list[str]:
    """The names of the drawings, read from the file itself, so that none is forgotten here."""
    path = finders.find("placet/img/pictograms.svg")
    if not isinstance(path, str):
        return []
    with open(path, encoding="utf-8") as drawings:
        return re.findall(r'<symbol id="(p-[a-z-]+)"', drawings.read())
