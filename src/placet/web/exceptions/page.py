"""What stands still for a reason that the supplier can remove; a query for each kind of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Final, NamedTuple

from django.db.models import F, Max, Min, OuterRef, Q, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.companies.customer_scope import in_scope
from placet.companies.permissions import WEBHOOK_MANAGE
from placet.companies.queries import get_merchant_day
from placet.core.actor import Actor
from placet.core.formats import zone_of
from placet.orders.asked import list_open_requests
from placet.orders.models import Order, OrderRequest
from placet.orders.queries import list_orders
from placet.requisitions.models import Requisition, Step, StepAssignment
from placet.requisitions.placement import DECLINED, MOVED, NOT_FOR_SALE, SHORT
from placet.web.shell import company_url
from placet.webhooks.models import Delivery
from placet.webhooks.queries import list_deliveries

MOST_OF_A_KIND: Final = 100
UNPAID_AFTER: Final = timedelta(days=7)
KINDS: Final = (
    ("failed", gettext_lazy("Failed")),
    ("request", gettext_lazy("Asked by the customer")),
    ("placement", gettext_lazy("Cannot be ordered")),
    ("unpaid", gettext_lazy("Unpaid")),
    ("backorder", gettext_lazy("Late backorders")),
    ("step", gettext_lazy("Overdue with us")),
    ("delivery", gettext_lazy("Webhooks given up")),
)
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


class Stuck(NamedTuple):
    """One thing that stands still, since when, and where it is set going again."""

    kind: str
    what: str
    who: str
    sentence: str | Promise
    since: datetime
    url: str
    act: str | Promise


def list_exceptions(actor: Actor, *, now: datetime) -> list[Stuck]:
    """All kinds together, the oldest first."""
    kinds = (
        _failed(actor),
        _requests(actor),
        _placements(actor),
        _unpaid(actor, now),
        _backorders(actor, now),
        _steps(actor, now),
        _deliveries(actor),
    )
    return sorted((row for rows in kinds for row in rows), key=lambda row: (row.since, row.url))


def _order(
    actor: Actor, order: Order, kind: str, sentence: str, since: datetime, act: str
) -> Stuck:
    url = company_url(actor, "order", order.number)
    return Stuck(kind, order.number, order.company.name, sentence, since, url, act)


def _failed(actor: Actor) -> Iterator[Stuck]:
    orders = list_orders(actor).filter(status=Order.Status.FAILED)
    orders = orders.annotate(failed_at=Min("hand_overs__created_at"))
    for order in orders.order_by("placed_at")[:MOST_OF_A_KIND]:
        sentence = _("Your system refused it: %(reason)s") % {"reason": order.failure}
        since = order.failed_at or order.placed_at
        yield _order(actor, order, "failed", sentence, since, _("Correct and try again"))


def _requests(actor: Actor) -> Iterator[Stuck]:
    for asked in list_open_requests(actor)[:MOST_OF_A_KIND]:
        person = {"person": asked.asked_by.user.name, "reason": asked.reason}
        if asked.kind == OrderRequest.Kind.CANCEL:
            sentence = _("%(person)s asks to cancel it: %(reason)s") % person
        else:
            sentence = _("%(person)s asks to change it: %(reason)s") % person
        yield _order(actor, asked.order, "request", sentence, asked.created_at, _("Answer"))


def _placements(actor: Actor) -> Iterator[Stuck]:
    """Approved purchases that are no order yet, and approved changes that keep back an order."""
    changing = Order.objects.filter(status=Order.Status.CHANGING)
    order_of = changing.filter(requisition_id=OuterRef("pk")).values("number")
    failed = Requisition.objects.filter(
        in_scope(actor), status=Requisition.Status.PLACEMENT_FAILED
    ).annotate(order_number=Subquery(order_of))
    # Whatever is in the way of a change, the supplier waits for the order.
    failed = failed.filter(Q(problem__in=OURS) | Q(order_number__isnull=False))
    last = Max("steps__ended_at", filter=Q(steps__revision_id=F("revision_id")))
    rows = failed.select_related("company").annotate(decided=last)
    for one in rows.order_by("submitted_at")[:MOST_OF_A_KIND]:
        if one.order_number:
            url = company_url(actor, "order", one.order_number)
            sentence = OURS_CHANGING.get(one.problem, KEPT_BACK)
        else:
            url, sentence = company_url(actor, "requisition", one.pk), OURS[one.problem]
        yield Stuck(
            "placement",
            one.order_number or one.number,
            one.company.name,
            sentence,
            one.decided or one.submitted_at,
            url,
            _("Look at it"),
        )


def _unpaid(actor: Actor, now: datetime) -> Iterator[Stuck]:
    waiting = Order.Status.AWAITING_PAYMENT
    orders = list_orders(actor).filter(status=waiting, placed_at__lte=now - UNPAID_AFTER)
    for order in orders.order_by("placed_at")[:MOST_OF_A_KIND]:
        sentence = _("It waits for its money for longer than a week.")
        yield _order(actor, order, "unpaid", sentence, order.placed_at, _("Enter or cancel"))


def _backorders(actor: Actor, now: datetime) -> Iterator[Stuck]:
    today = get_merchant_day(now)
    late = list_orders(actor).filter(
        status=Order.Status.EXPORTED,
        lines__expected_on__lt=today,
        lines__shipped_quantity__lt=F("lines__quantity"),
    )
    late = late.annotate(first_on=Min("lines__expected_on")).order_by("first_on")
    for order in late[:MOST_OF_A_KIND]:
        since = datetime.combine(order.first_on, time(), zone_of(actor.time_zone))
        sentence = _("What is missing was expected on a day that has passed.")
        yield _order(actor, order, "backorder", sentence, since, _("Ship, or name a day"))


def _steps(actor: Actor, now: datetime) -> Iterator[Stuck]:
    rows = StepAssignment.objects.filter(
        in_scope(actor, "requisition__company_id"),
        is_open=True,
        step__side="merchant",
        step__status=Step.Status.PENDING,
        due_at__lte=now,
    )
    rows = rows.select_related("requisition__company", "member__user", "step").order_by("due_at")
    seen: set[str] = set()
    for row in rows[:MOST_OF_A_KIND]:
        if row.step_id in seen:
            continue
        seen.add(row.step_id)
        purchase = row.requisition
        sentence = _("%(person)s should have checked it by now.") % {"person": row.member.user.name}
        url = company_url(actor, "requisition", purchase.pk)
        yield Stuck(
            "step",
            purchase.number,
            purchase.company.name,
            sentence,
            row.due_at or now,
            url,
            _("Look at it"),
        )


def _deliveries(actor: Actor) -> Iterator[Stuck]:
    if not actor.holds(WEBHOOK_MANAGE):
        return
    failed = list_deliveries(actor, status=Delivery.Status.FAILED).order_by("created_at", "id")
    url = company_url(actor, "deliveries") + "?status=failed"
    for row in failed[:MOST_OF_A_KIND]:
        sentence = _("Every attempt failed, the last one with: %(error)s") % {
            "error": row.trouble or row.last_status or "–"
        }
        yield Stuck(
            "delivery", row.event_type, row.endpoint.url, sentence, row.created_at, url, _("Retry")
        )
