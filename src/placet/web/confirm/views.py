"""The light page behind the button of a mail. Opening it decides nothing, however often."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from placet.core.errors import Conflict, Forbidden, InvalidInput, PlacetError
from placet.requisitions.actions import decide_step
from placet.requisitions.models import Decision
from placet.web.confirm.page import Confirmation, read_confirmation
from placet.web.inbox.forms import DecisionForm
from placet.web.shell import Shell

View = Callable[..., HttpResponse]


def unlisted(view: View) -> View:
    """No search engine keeps the page, and no other site learns its address."""

    @wraps(view)
    def handle(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return handle


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@unlisted
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The facts of the mail and the two answers; only a POST of the person's own decides."""
    now = request.now  # type: ignore[attr-defined]
    user_id = str(request.user.pk or "")
    found = read_confirmation(token, user_id=user_id, now=now)
    if request.method != "POST" or not found.may_decide or found.actor is None:
        status = 200 if request.method != "POST" or not found.refused else 409
        return _shown(request, found, status=status)
    try:
        decision = _decide(request, found)
    except (Conflict, Forbidden, InvalidInput) as error:
        again = read_confirmation(token, user_id=user_id, now=now)
        return _shown(request, again, error=error, status=error.status)
    again = read_confirmation(token, user_id=user_id, now=now)
    return _shown(request, again, decision=decision)


def _decide(request: HttpRequest, found: Confirmation) -> Decision:
    form = DecisionForm(request.POST)
    form.is_valid()
    assert found.actor is not None
    return decide_step(
        found.link.step,
        kind=form.cleaned_data.get("decision", ""),
        content_hash=form.cleaned_data.get("content_hash", ""),
        reason=form.cleaned_data.get("reason", ""),
        actor=found.actor,
        now=request.now,  # type: ignore[attr-defined]
    )


def _shown(
    request: HttpRequest,
    found: Confirmation,
    *,
    error: PlacetError | None = None,
    decision: Decision | None = None,
    status: int = 200,
) -> HttpResponse:
    """In the language and zone of the person of the link."""
    context = {
        "found": found,
        "error": error,
        "decision": decision,
        "zone": found.actor.time_zone if found.actor else "",
        "posted": request.POST if error else {},
    }
    if found.actor is not None:
        # Parts that other pages share ask who reads them, and where their company is.
        request.ui = Shell(actor=found.actor, memberships=[])  # type: ignore[attr-defined]
    language = found.actor.language if found.actor else translation.get_language()
    zone = found.actor.time_zone if found.actor else timezone.get_current_timezone_name()
    with translation.override(language), timezone.override(zone):
        return render(request, "web/confirm/page.html", context, status=status)
