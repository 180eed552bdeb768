"""Orders that stand still: refused, asked about, not paid, not delivered."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from placet.companies.queries import get_merchant_day
from placet.core.actor import Actor
from placet.orders.asked import list_open_requests
from placet.orders.models import HandOver, Order, OrderLine, OrderRequest
from placet.orders.queries import list_orders
from placet.web.exceptions.stuck import Said, say_order

UNPAID_AFTER: Final = timedelta(days=7)


def list_failed(actor: Actor, now: datetime) -> QuerySet[Any]:
    """Orders that the merchant's system refused, since it last said so."""
    said = HandOver.objects.filter(order=OuterRef("pk"), kind=HandOver.Kind.FAILURE)
    last = Subquery(said.order_by("-created_at").values("created_at")[:1])
    failed = list_orders(actor).filter(status=Order.Status.FAILED)
    return failed.annotate(since_at=Coalesce(last, "placed_at"))


def say_failed(actor: Actor, order: Order) -> Said:
    """With what the system said."""
    sentence = _("Your system refused it: %(reason)s") % {"reason": order.failure}
    return say_order(actor, order, sentence, _("Correct and try again"))


def list_asked(actor: Actor, now: datetime) -> QuerySet[Any]:
    """What customers ask about orders that were taken over."""
    return list_open_requests(actor).annotate(since_at=F("created_at"))


def say_asked(actor: Actor, asked: OrderRequest) -> Said:
    """With who asks, and why."""
    person = {"person": asked.asked_by.user.name, "reason": asked.reason}
    if asked.kind == OrderRequest.Kind.CANCEL:
        sentence = _("%(person)s asks to cancel it: %(reason)s") % person
    else:
        sentence = _("%(person)s asks to change it: %(reason)s") % person
    return say_order(actor, asked.order, sentence, _("Answer"))


def list_unpaid(actor: Actor, now: datetime) -> QuerySet[Any]:
    """Orders that have waited for their money for longer than a week."""
    waiting = list_orders(actor).filter(status=Order.Status.AWAITING_PAYMENT)
    return waiting.filter(placed_at__lte=now - UNPAID_AFTER).annotate(since_at=F("placed_at"))


def say_unpaid(actor: Actor, order: Order) -> Said:
    """What it waits for."""
    sentence = _("It waits for its money for longer than a week.")
    return say_order(actor, order, sentence, _("Enter or cancel"))


def list_late(actor: Actor, now: datetime) -> QuerySet[Any]:
    """Orders with lines that were expected on a day that has passed; the first such day."""
    missing = OrderLine.objects.filter(
        expected_on__lt=get_merchant_day(now), shipped_quantity__lt=F("quantity")
    )
    first = missing.filter(order=OuterRef("pk")).order_by("expected_on").values("expected_on")
    exported = list_orders(actor).filter(status=Order.Status.EXPORTED)
    return exported.filter(pk__in=missing.values("order_id")).annotate(since_at=Subquery(first[:1]))


def say_late(actor: Actor, order: Order) -> Said:
    """That the day has passed."""
    sentence = _("What is missing was expected on a day that has passed.")
    return say_order(actor, order, sentence, _("Ship, or name a day"))
