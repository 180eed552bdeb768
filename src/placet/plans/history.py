"""The flat purchase history: written with each order, read for last prices and sums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from placet.orders.content import Content
from placet.plans.models import PurchasedLine


def write_history(content: Content, *, order_id: str, unit_path: str, now: datetime) -> None:
    """One row an allocation of an order, so that sums by place and cost centre need no guess."""
    PurchasedLine.objects.bulk_create(
        purchased_lines_of(content, order_id=order_id, unit_path=unit_path, now=now)
    )


def purchased_lines_of(
    content: Content, *, order_id: str, unit_path: str, now: datetime
) -> list[PurchasedLine]:
    """The rows of an order, not yet written."""
    return [
        PurchasedLine(
            created_at=now,
            company_id=content.company,
            member_id=content.requester,
            order_id=order_id,
            requisition_id=content.requisition,
            unit_path=unit_path,
            cost_center_id=part.cost_center,
            ship_to_id=part.ship_to,
            sku=line.sku,
            category_path=line.category,
            currency=content.currency,
            quantity=part.quantity,
            unit_price_minor=line.unit_price_minor,
            price_quantity=line.price_quantity,
            total_minor=part.goods_minor,
        )
        for line in content.lines
        for part in line.allocations
    ]


def forget_history(order_id: str) -> None:
    """A cancelled order was no purchase: it counts in no sum, and its prices were not paid."""
    PurchasedLine.objects.filter(order_id=order_id).delete()


def shorten_history(content: Content, *, order_id: str) -> None:
    """Let the rows of an order say what came of it, of the same lines and parts, where they stand.

    A part of which nothing came was not bought. The rows that stay keep their moment and place, so
    that an order which is closed late is not taken for the last purchase.
    """
    parts = [part for line in content.lines for part in line.allocations]
    rows = PurchasedLine.objects.filter(order_id=order_id).order_by("id")
    for row, part in zip(list(rows), parts, strict=True):
        stored = PurchasedLine.objects.filter(pk=row.pk)
        if not part.quantity:
            stored.delete()
        elif part.quantity != row.quantity:
            stored.update(quantity=part.quantity, total_minor=part.goods_minor)


def list_last_paid(
    company_id: str, currency: str, skus: Iterable[str], *, besides: str = ""
) -> dict[str, int]:
    """The unit price that the company paid last for each SKU, in minor units; one query.

    ``besides`` is the requisition whose own order is of no account: it is being changed.
    """
    wanted = sorted(set(skus))
    paid = PurchasedLine.objects.filter(company_id=company_id, currency=currency, sku__in=wanted)
    if besides:
        paid = paid.exclude(requisition_id=besides)
    return {row.sku: row.unit_price_minor for row in latest_of(paid, wanted)}


def latest_of(rows: QuerySet[PurchasedLine], skus: Sequence[str]) -> QuerySet[PurchasedLine]:
    """The last of these rows for each SKU: one step into the index a SKU, however long ago it was.

    To group by SKU would read everything that was ever bought.
    """
    if not skus:
        return rows.none()
    of_sku = rows.filter(sku=RawSQL("wanted.sku", ())).order_by("-created_at", "-id")
    last, values = of_sku.values("id")[:1].query.sql_with_params()
    wanted = ", ".join(["(%s)"] * len(skus))
    found = f"WITH wanted(sku) AS (VALUES {wanted}) SELECT ({last}) FROM wanted"  # noqa: S608
    return PurchasedLine.objects.filter(pk__in=RawSQL(found, (*skus, *values)))  # noqa: S611
