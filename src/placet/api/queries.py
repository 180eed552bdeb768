"""Catching up on events: what a receiver of webhooks may know, in the order of the outbox."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from placet.companies.customer_scope import in_scope
from placet.companies.permissions import AUDIT_VIEW, ORDER_PROCESS, WEBHOOK_MANAGE
from placet.core.actor import Actor
from placet.core.errors import Forbidden
from placet.events.models import Event
from placet.webhooks.content import PUBLISHED, TOLD_TO_MERCHANT


def list_events_after(actor: Actor, position: int) -> QuerySet[Event]:
    """The events behind a position that the actor's company may know, each with ``sequence``.

    The merchant's staff who process orders get those about requisitions and orders of all
    companies. Raises ``Forbidden`` for everybody else without the audit trail or webhooks.
    """
    sees_own = actor.holds(AUDIT_VIEW) or actor.holds(WEBHOOK_MANAGE)
    sees_customers = actor.is_merchant and actor.holds(ORDER_PROCESS)
    if not sees_own and not sees_customers:
        raise Forbidden(_("Events need the audit trail or webhooks among your rights."))
    reach = Q(pk=None)
    if sees_own:
        reach |= _about(PUBLISHED) & Q(company_id=actor.company_id)
    if sees_customers:
        reach |= _about(TOLD_TO_MERCHANT) & in_scope(actor)
    before = (
        Event.objects.filter(
            company_id=OuterRef("company_id"), subject=OuterRef("subject"), seq__lte=OuterRef("seq")
        )
        .order_by()
        .values("subject")
        .annotate(number=Count("id"))
        .values("number")
    )
    return (
        Event.objects.filter(reach, place__position__gt=position)
        .annotate(sequence=Coalesce(Subquery(before, output_field=IntegerField()), 1))
        .select_related("place")
        .order_by("place__position")
    )


def _about(nouns: Iterable[str]) -> Q:
    found = Q(pk=None)
    for noun in sorted(nouns):
        found |= Q(type__startswith=f"{noun}.")
    return found
