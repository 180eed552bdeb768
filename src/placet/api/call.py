"""One call of the API: what is known about it beside Django's own request."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from placet.companies.models import ApiKey
from placet.core.actor import Actor


class ApiRequest(HttpRequest):
    """A request with the clock read once and, behind the door, with somebody who acts.

    ``now`` is the product's clock, ``began_at`` this machine's. ``answer_headers`` are added to a
    successful answer.
    """

    actor: Actor
    key: ApiKey
    now: datetime
    began_at: datetime
    request_id: str
    answer_headers: dict[str, str]
