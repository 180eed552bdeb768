"""The door of what people outside open: it tells nobody where it was opened, and keeps no traces.

The pages send no referrer, so a browser says ``Origin: null`` when one of their forms is sent.
The token of the form protects them as it does all others; only where the request came from is not
known.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import decorator_from_middleware
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from placet.core.errors import NotFound, RateLimited
from placet.web.shell import refuse_nul

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
HEADERS: Final = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}
AN_HOUR: Final = 3_600
A_MINUTE: Final = 60
MOST_MISSES: Final = 60
"""Tokens from one place that may lead nowhere in a minute; one that works is never counted."""


class CsrfWithoutOrigin(CsrfViewMiddleware):
    """Django's protection, which takes the origin that a page without a referrer sends."""

    def _origin_verified(self, request: HttpRequest) -> bool:
        unknown = request.META["HTTP_ORIGIN"] == "null"
        return unknown or bool(super()._origin_verified(request))  # type: ignore[misc]


_protected: Any = decorator_from_middleware(CsrfWithoutOrigin)


def for_outsiders(view: View[P]) -> View[P]:
    """A page for whoever holds a token; a wrong one is counted and told the same as an old one."""

    @wraps(view)
    def handle(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            refuse_nul(request)
            response = view(request, *args, **kwargs)
        except NotFound:
            response = _missed(request)
        except RateLimited as error:
            response = _too_often(request, error)
        for name, value in HEADERS.items():
            response.headers[name] = value
        add_never_cache_headers(response)
        return response

    protected: View[P] = csrf_exempt(_protected(handle))
    return protected


def count_try(request: HttpRequest, action: str, key: str = "") -> None:
    """Count a wish of somebody outside; raises ``RateLimited`` when they wish too often."""
    if not ratelimit.consume(request, action=action, key=key or None):
        raise RateLimited(
            _("That is too often from here. Please try again in an hour."), retry_after=AN_HOUR
        )


def _missed(request: HttpRequest) -> HttpResponse:
    """Nothing is told of what the token was for, or whether it ever was for anything."""
    if _misses(request) > MOST_MISSES:
        sentence = _("That is too often from here. Please try again in a minute.")
        return _too_often(request, RateLimited(sentence, retry_after=A_MINUTE))
    return render(request, "web/links/gone.html", status=404)


def _misses(request: HttpRequest) -> int:
    """How many tokens from this place led nowhere in the last minute, this one included."""
    key = f"link-missed:{get_adapter().get_client_ip(request)}"
    cache.add(key, 0, A_MINUTE)
    try:
        return cache.incr(key)
    except ValueError:
        return 1  # The minute was over between the two.


def _too_often(request: HttpRequest, error: RateLimited) -> HttpResponse:
    response = render(request, "web/links/gone.html", {"error": error}, status=429)
    response.headers["Retry-After"] = str(error.retry_after)
    return response
