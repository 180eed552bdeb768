"""Sending again since a moment: how many events it would be, and then the button."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from placet.core.errors import Conflict
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.webhooks.forms import ReplaySince
from placet.webhooks.actions import replay_in_parts
from placet.webhooks.actions.replay_events import MOST_REPLAYED, Replayed
from placet.webhooks.models import Endpoint
from placet.webhooks.queries import get_endpoint
from placet.webhooks.reach import events_since


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def webhook_replay(request: PageRequest, endpoint_id: str) -> HttpResponse:
    """Asked with GET it counts and sends nothing; the button of its answer posts the same."""
    endpoint = get_endpoint(request.actor, endpoint_id)
    asked = request.POST if request.method == "POST" else request.GET
    form = ReplaySince(asked or None)
    if request.method == "POST" and form.is_valid():
        return _replay(request, endpoint, form)
    context: dict[str, object] = {"endpoint": endpoint, "form": form, "most": MOST_REPLAYED}
    context["kept_days"] = settings.PLACET_DELIVERY_DAYS
    if form.is_bound and form.is_valid():
        found = events_since(endpoint, since=form.since, position=form.position_behind)
        context["count"] = found.order_by()[: MOST_REPLAYED + 1].count()
    status = 422 if form.errors and request.method == "POST" else 200
    return render(request, "web/webhooks/replay.html", context, status=status)


def _replay(request: PageRequest, endpoint: Endpoint, form: ReplaySince) -> HttpResponse:
    address = company_url(request.actor, "webhook", endpoint.pk)
    try:
        replayed = replay_in_parts(
            endpoint,
            since=form.since,
            position=form.position_behind,
            actor=request.actor,
            now=request.now,
        )
    except Conflict as error:
        messages.error(request, error.detail)
        return redirect(address)
    messages.success(request, _told(replayed))
    if not replayed.has_more:
        return redirect(address)
    rest = QueryDict(mutable=True)
    rest.update({name: request.POST.get(name, "") for name in ("since_on", "since_at")})
    rest["position"] = str(replayed.position)
    again = company_url(request.actor, "webhook_replay", endpoint.pk)
    return redirect(f"{again}?{rest.urlencode()}")


def _told(replayed: Replayed) -> str:
    if not replayed.events:
        return _("There is nothing to send since then.")
    return ngettext(
        "%(n)d event is on its way again.", "%(n)d events are on their way again.", replayed.events
    ) % {"n": replayed.events}
