"""Which calls somebody may read: those of their company's keys, or of the key that they hold."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from placet.calls.models import RequestLogEntry
from placet.companies.permissions import KEY_MANAGE, require
from placet.core.actor import Actor
from placet.core.errors import NotFound

METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")
OUTCOMES: Final = ("2xx", "4xx", "5xx")


class CallFilter(NamedTuple):
    """What a list of calls is narrowed to; what is empty narrows nothing.

    ``outcome`` is a class of statuses, ``4xx``; ``code`` that of a problem.
    """

    key_id: str = ""
    method: str = ""
    outcome: str = ""
    code: str = ""
    since: datetime | None = None


EVERYTHING: Final = CallFilter()


def list_calls(actor: Actor, wanted: CallFilter = EVERYTHING) -> QuerySet[RequestLogEntry]:
    """Calls, newest first: the company's to whoever manages its keys, to a key its own.

    Raises ``Forbidden`` for people without that right.
    """
    calls = RequestLogEntry.objects.filter(company_id=actor.company_id)
    if not actor.holds(KEY_MANAGE):
        if not actor.key_id:
            require(actor, KEY_MANAGE)
        calls = calls.filter(key_id=actor.key_id)
    return calls.filter(_meant(wanted)).order_by("-created_at", "-id")


def get_call(actor: Actor, call_id: str) -> RequestLogEntry:
    """One of these calls by its request id; raises ``NotFound``, ``Forbidden``."""
    found = list_calls(actor).filter(pk=call_id).first()
    if found is None:
        raise NotFound(_("There is no such call, or it was more than thirty days ago."))
    return found


def _meant(wanted: CallFilter) -> Q:
    meant = Q()
    if wanted.key_id:
        meant &= Q(key_id=wanted.key_id)
    if wanted.method:
        meant &= Q(method=wanted.method)
    if wanted.code:
        meant &= Q(code=wanted.code)
    if wanted.outcome:
        first = int(wanted.outcome[0]) * 100
        meant &= Q(status__gte=first, status__lt=first + 100)
    if wanted.since is not None:
        meant &= Q(created_at__gte=wanted.since)
    return meant
