"""What is usual in a unit, beside what it would cost now."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from placet.carts.again import Again, AgainRow, judge_for
from placet.catalog.models import Product
from placet.core.actor import Actor
from placet.plans.usual import Usual, list_usual


class UsualRow(NamedTuple):
    """A product that the unit often orders; ``is_due`` where it is about time again."""

    usual: Usual
    row: AgainRow
    is_due: bool


def read_usual(actor: Actor, *, now: datetime) -> list[UsualRow]:
    """Four queries, however much was bought; products that are no more are left out."""
    found = list_usual(actor, now=now)
    products = {
        product.sku: product
        for product in Product.objects.filter(sku__in=[one.sku for one in found]).select_related(
            "category", "substitute__category"
        )
    }
    known = [one for one in found if one.sku in products]
    rows = judge_for(actor, [Again(products[one.sku], one.quantity) for one in known], now=now)
    return [UsualRow(one, row, one.is_due(now)) for one, row in zip(known, rows, strict=True)]
