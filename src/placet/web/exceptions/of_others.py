"""Purchases that are no order yet, steps that the merchant owes, deliveries that gave up."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.companies.customer_scope import in_scope
from placet.companies.permissions import WEBHOOK_MANAGE
from placet.core.actor import Actor
from placet.orders.models import Order
from placet.requisitions.models import Requisition, Step, StepAssignment
from placet.requisitions.placement import DECLINED, MOVED, NOT_FOR_SALE, SHORT
from placet.web.exceptions.stuck import Said
from placet.web.shell import company_url
from placet.webhooks.models import Delivery
from placet.webhooks.queries import list_deliveries

OURS: Final = {
    SHORT: gettext_lazy("Approved, but there is not enough in stock."),
    NOT_FOR_SALE: gettext_lazy("Approved, but a product is not for sale any more."),
    DECLINED: gettext_lazy("Approved, but the customer’s credit does not reach."),
    MOVED: gettext_lazy("Approved, but a price has moved since."),
}
"""Why an approved purchase is no order yet, where the supplier can do something about it."""

OURS_CHANGING: Final = {
    SHORT: gettext_lazy("A change of it is approved, but there is not enough in stock."),
    NOT_FOR_SALE: gettext_lazy("A change of it is approved, but a product is not for sale."),
    DECLINED: gettext_lazy("A change of it is approved, but the customer’s credit does not reach."),
    MOVED: gettext_lazy("A change of it is approved, but a price has moved since."),
}
KEPT_BACK: Final = gettext_lazy("A change of it is approved, but cannot be ordered as it is.")
"""The same of an order that is kept back meanwhile, and what else can be in the way of that."""


def list_not_placed(actor: Actor, now: datetime) -> QuerySet[Any]:
    """Approved purchases that are no order yet, and approved changes that keep back an order."""
    changing = Order.objects.filter(status=Order.Status.CHANGING)
    order_of = changing.filter(requisition_id=OuterRef("pk")).values("number")
    ended = Step.objects.filter(revision_id=OuterRef("revision_id"), ended_at__isnull=False)
    last = Subquery(ended.order_by("-ended_at").values("ended_at")[:1])
    failed = Requisition.objects.filter(
        in_scope(actor), status=Requisition.Status.PLACEMENT_FAILED
    ).annotate(order_number=Subquery(order_of[:1]), since_at=Coalesce(last, "submitted_at"))
    # Whatever is in the way of a change, the supplier waits for the order.
    mine = failed.filter(Q(problem__in=OURS) | Q(order_number__isnull=False))
    return mine.select_related("company")


def say_not_placed(actor: Actor, one: Any) -> Said:
    """What is in the way, of the order that is kept back or of the purchase itself."""
    if one.order_number:
        url = company_url(actor, "order", one.order_number)
        sentence = OURS_CHANGING.get(one.problem, KEPT_BACK)
    else:
        url, sentence = company_url(actor, "requisition", one.pk), OURS[one.problem]
    return Said(one.order_number or one.number, one.company.name, sentence, url, _("Look at it"))


def list_owed_steps(actor: Actor, now: datetime) -> QuerySet[Any]:
    """Steps of the merchant's own people that somebody should have answered by now."""
    asked = StepAssignment.objects.filter(step=OuterRef("pk"), is_open=True, due_at__lte=now)
    first = asked.order_by("due_at", "pk")
    steps = Step.objects.filter(
        in_scope(actor, "requisition__company_id"), side="merchant", status=Step.Status.PENDING
    ).annotate(
        since_at=Subquery(first.values("due_at")[:1]),
        person=Subquery(first.values("member__user__name")[:1]),
    )
    return steps.filter(since_at__isnull=False).select_related("requisition__company")


def say_owed_step(actor: Actor, step: Any) -> Said:
    """Who should have answered."""
    purchase = step.requisition
    sentence = _("%(person)s should have checked it by now.") % {"person": step.person}
    url = company_url(actor, "requisition", purchase.pk)
    return Said(purchase.number, purchase.company.name, sentence, url, _("Look at it"))


def list_given_up(actor: Actor, now: datetime) -> QuerySet[Any]:
    """Deliveries of which every attempt failed, for those who may send them again."""
    if not actor.holds(WEBHOOK_MANAGE):
        return Delivery.objects.none().annotate(since_at=F("created_at"))
    failed = list_deliveries(actor, status=Delivery.Status.FAILED)
    return failed.annotate(since_at=F("created_at"))


def say_given_up(actor: Actor, row: Delivery) -> Said:
    """With how the last attempt failed."""
    sentence = _("Every attempt failed, the last one with: %(error)s") % {
        "error": row.trouble or row.last_status or "–"
    }
    url = company_url(actor, "deliveries") + "?status=failed"
    return Said(row.event_type, row.endpoint.url, sentence, url, _("Retry"))
