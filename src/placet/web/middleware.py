"""What happens to every request of the pages: security headers, the clock, errors as pages."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from placet.core import clock as clock_source
from placet.core.errors import PlacetError

Handler = Callable[[HttpRequest], HttpResponseBase]

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def content_security_policy(get_response: Handler) -> Handler:
    """No script, style or frame from anywhere else, and none inline."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()"
        )
        return response

    return handle


def clock(get_response: Handler) -> Handler:
    """Read the clock once a request; views pass ``request.now`` on."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        request.now = clock_source.business_now()  # type: ignore[attr-defined]
        return get_response(request)

    return handle


class ErrorsAsPages:
    """Render an error of the domain as a page that says what to do next.

    Views handle the refusals that belong on their own screen; what reaches this place gets a page.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; errors arrive at ``process_exception``."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a refused wish into an answer; anything else stays an error of ours."""
        if not isinstance(error, PlacetError) or request.path.startswith("/api/"):
            return None
        template = {403: "403.html", 404: "404.html", 409: "409.html"}.get(error.status, "400.html")
        return render(request, template, {"error": error}, status=error.status)


errors_as_pages = ErrorsAsPages
