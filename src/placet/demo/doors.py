"""What the pages of the demo have in common: they are not there unless the demo is on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

# The hospital's zone, so that the clock says the same on the demo's own pages as on all others.
ZONE = "Europe/Berlin"
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def demo_only(view: View[P]) -> View[P]:
    """A view that is nowhere when the demo is off, even if its address were included."""

    @wraps(view)
    def handle(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not settings.PLACET_DEMO:
            raise Http404
        with timezone.override(ZONE):
            return view(request, *args, **kwargs)

    return handle


def wanted_page(request: HttpRequest, otherwise: str) -> str:
    """The page that a form or its address names as ``next``, when it is one of ours."""
    wanted: Any = request.POST.get("next") or request.GET.get("next", "")
    if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return str(wanted)
    return otherwise
