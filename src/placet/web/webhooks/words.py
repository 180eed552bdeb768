"""How an endpoint is doing, in words."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.webhooks.actions.change_endpoint import GIVEN_UP, GONE
from placet.webhooks.models import Endpoint


class Health(NamedTuple):
    """A badge (``state``, ``icon``, ``label``) and what it means; ``since`` where it is failing."""

    state: str
    icon: str
    label: str
    title: str = ""
    text: str = ""
    since: datetime | None = None


def health_of(endpoint: Endpoint) -> Health:
    """Whether it is well, failing since when, or off and why."""
    if endpoint.status == Endpoint.Status.DISABLED:
        return Health("", "power-off", _("Off"), _("It is switched off."), why_off(endpoint))
    if endpoint.failing_since is not None:
        text = _("A message is tried ten times in three days; then the endpoint is switched off.")
        return Health("warn", "", _("Failing"), "", text, endpoint.failing_since)
    return Health("approved", "", _("On"))


def why_off(endpoint: Endpoint) -> str:
    """Why an endpoint is off; somebody's own words where they wrote any."""
    told = {
        GONE: _("The receiver answered 410: it wants to hear nothing more."),
        GIVEN_UP: _(
            "A message was given up after ten attempts, and nothing arrived in all that time."
        ),
        "": _("Somebody switched it off here or through the API."),
    }
    return told.get(endpoint.disabled_reason, endpoint.disabled_reason)
