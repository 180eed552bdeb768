"""Orders that were closed short: what they hold is of what left, and of nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Sum

from placet.budgets.models import PeriodCount, Reservation
from placet.jobs.verify.finding import Finding
from placet.orders.content import Content, delivered_content, read_content
from placet.orders.models import Order, OrderLine
from placet.plans.delivered import draws_of_delivered
from placet.plans.models import PurchasedLine

States = Reservation.Status


def check_short() -> Iterator[Finding]:
    """Every completed order of which something never left."""
    short = OrderLine.objects.filter(
        order__status=Order.Status.COMPLETED, shipped_quantity__lt=F("quantity")
    )
    for order in Order.objects.filter(pk__in=short.values("order_id")).order_by("id"):
        ordered = read_content(order.content)
        shipped = dict(order.lines.values_list("number", "shipped_quantity"))
        delivered = delivered_content(ordered, shipped)
        yield from _check_budgets(order, ordered, delivered)
        yield from _check_counts(order, delivered)


def _check_budgets(order: Order, ordered: Content, delivered: Content) -> Iterator[Finding]:
    """Each commitment of the whole was given back, and its delivered share taken instead."""
    rows = Reservation.objects.filter(
        requisition_id=order.requisition_id, revision_id=order.revision_id
    ).select_related("budget")
    whole = list(rows.filter(status=States.REFUNDED))
    draws = draws_of_delivered(whole, ordered=ordered, delivered=delivered)
    wanted = {draw.budget_id: draw.amount_minor for draw in draws if draw.amount_minor}
    kept = dict(rows.filter(status=States.COMMITTED).values_list("budget_id", "committed_minor"))
    if kept != wanted:
        yield Finding(
            "short_holds_else", order.pk, f"It holds {kept}, and what left took {wanted}."
        )


def _check_counts(order: Order, delivered: Content) -> Iterator[Finding]:
    """The history has what left, and so has every period that counts it."""
    rows = PurchasedLine.objects.filter(order_id=order.pk)
    bought = int(rows.aggregate(sum=Sum("total_minor"))["sum"] or 0)
    if bought != delivered.goods_minor:
        yield Finding("short_history_differs", order.pk, f"{bought} is no sum of what left.")
    counted = PeriodCount.objects.filter(requisition_id=order.requisition_id)
    if counted.exclude(spend_minor=delivered.goods_minor).exists():
        yield Finding("short_counts_else", order.pk, "A period counts more or less than what left.")
