"""Catching up on events: what a receiver of webhooks may know, in the order of the outbox."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from placet.companies.customer_scope import in_scope
from placet.companies.permissions import AUDIT_VIEW, ORDER_PROCESS, WEBHOOK_MANAGE
from placet.core.actor import Actor
from placet.core.errors import Forbidden
from placet.events.models import Event
from placet.webhooks.reach import customers_events, in_outbox, own_events, with_sequence


def list_events_after(actor: Actor, position: int) -> QuerySet[Event]:
    """The events behind a position that the actor's company may know, each with ``sequence``.

    They are those that its webhooks carry. The merchant's staff who process orders get those about
    requisitions, quotes and orders of all companies that they see. Raises ``Forbidden`` for
    everybody else without the audit trail or webhooks.
    """
    sees_own = actor.holds(AUDIT_VIEW) or actor.holds(WEBHOOK_MANAGE)
    sees_customers = actor.is_merchant and actor.holds(ORDER_PROCESS)
    if not sees_own and not sees_customers:
        raise Forbidden(_("Events need the audit trail or webhooks among your rights."))
    reach = Q(pk=None)
    if sees_own:
        reach |= own_events(actor.company_id)
    if sees_customers:
        reach |= customers_events(actor.company_id) & in_scope(actor)
    return with_sequence(in_outbox(Event.objects.filter(reach, place__position__gt=position)))
