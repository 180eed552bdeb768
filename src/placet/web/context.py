"""What every page needs to draw its shell."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def ui(request: HttpRequest) -> dict[str, Any]:
    """The shell's values; pages of a company add theirs in ``web.shell``."""
    return {"ui": getattr(request, "ui", None), "now": getattr(request, "now", None)}
