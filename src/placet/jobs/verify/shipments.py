"""What left is what was entered: each line's count is the sum of its shipments, and no more."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Q, Sum

from placet.jobs.verify.finding import Finding
from placet.orders.models import Order, OrderLine, ShipmentLine


def check_shipments() -> Iterator[Finding]:
    """Every line of which something left, and every shipment of a line that is none."""
    lines = OrderLine.objects.filter(Q(shipped_quantity__gt=0) | Q(order__shipments__isnull=False))
    counted = {
        (line.order_id, line.number): line.shipped_quantity for line in lines.distinct().iterator()
    }
    left = _left()
    for order_id, number in sorted(counted.keys() | left.keys()):
        if counted.get((order_id, number), 0) != left.get((order_id, number), 0):
            yield Finding(
                "shipped_differs", order_id, f"Line {number} says otherwise than its shipments."
            )
    over = OrderLine.objects.filter(shipped_quantity__gt=F("quantity")).order_by("order_id")
    for order_id, number in over.values_list("order_id", "number"):
        yield Finding("shipped_too_much", order_id, f"More of line {number} left than was ordered.")
    taken = (Order.Status.EXPORTED, Order.Status.COMPLETED, Order.Status.CANCELLED)
    begun = Order.objects.filter(lines__shipped_quantity__gt=0).exclude(status__in=taken)
    for order_id in begun.distinct().order_by("pk").values_list("pk", flat=True):
        yield Finding("shipped_early", order_id, "Something left, and nobody has taken it over.")


def _left() -> dict[tuple[str, int], int]:
    """What the shipments that count say, by order and line."""
    rows = ShipmentLine.objects.filter(shipment__voided_at__isnull=True)
    sums = rows.values_list("shipment__order_id", "line_number").annotate(sum=Sum("quantity"))
    return {(order_id, number): count for order_id, number, count in sums.order_by()}
