"""Every request has an id: in its answer, in every line that is logged while it is answered."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from placet.core import ids
from placet.project.logs import REQUEST

Handler = Callable[[HttpRequest], HttpResponseBase]


def traced(get_response: Handler) -> Handler:
    """Give the request an id; the API may put its own in the place."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        request.request_id = ids.new_id("call")  # type: ignore[attr-defined]
        mark = REQUEST.set(request)
        try:
            response = get_response(request)
        finally:
            REQUEST.reset(mark)
        response.headers.setdefault("X-Request-Id", request.request_id)  # type: ignore[attr-defined]
        return response

    return handle
