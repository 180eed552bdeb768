"""The guides of docs/api beside the explorer: which one speaks of a resource, and its text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

FOLDER: Final = Path(__file__).resolve().parents[3] / "docs" / "api"
"""An installation without the repository has no guides, and its explorer no links to them."""
RESOURCES: Final = re.compile(r"Resources: ([\w, ]+)\.", re.MULTILINE)


@cache
def list_guides() -> Mapping[str, str]:
    """The guides by resource: what a guide speaks of stands in its first paragraph."""
    found: dict[str, str] = {}
    for path in sorted(FOLDER.glob("*.md")):
        for names in RESOURCES.findall(path.read_text(encoding="utf-8")):
            found.update({name.strip(): path.stem for name in names.split(",")})
    return found


@require_GET
def explorer_guide(request: HttpRequest, key: str) -> HttpResponse:
    """A guide as it is written, calls with their answers: as text, and in a page for browsers."""
    known = {path.stem: path for path in FOLDER.glob("*.md")}
    if key not in known:
        raise Http404
    text = known[key].read_text(encoding="utf-8")
    if "text/html" in request.headers.get("Accept", ""):
        first, _newline, rest = text.partition("\n")
        context = {"title": first.lstrip("# "), "text": rest.strip()}
        response = render(request, "api/guide.html", context)
    else:
        response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    patch_vary_headers(response, ("Accept",))
    return response
