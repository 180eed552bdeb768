"""What pages may ask of the installation: whether anything leaves it at all."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from placet.jobs.restoring.pulse import find_hold


def installation_hold(_request: HttpRequest) -> dict[str, Any]:
    """The hold of a restored database; asked only by a page that shows it."""
    return {"installation_hold": SimpleLazyObject(find_hold)}
