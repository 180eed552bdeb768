"""An earlier purchase as it would be today: what is dearer, gone, short, or not allowed now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

from placet.carts.again import Again, AgainRow, judge_for, products_with_substitutes
from placet.core.actor import Actor
from placet.orders.content import Content, ContentLine
from placet.policy.money import round_half_up


class ReorderLine(NamedTuple):
    """A line of then beside what it would be now; ``row`` is none for a product that is no more.

    ``change_minor`` is how much more a unit costs now, for the price quantity of then; none where
    there is no price.
    """

    line: ContentLine
    row: AgainRow | None
    change_minor: int | None


def read_reorder(content: Content, *, actor: Actor, now: datetime) -> list[ReorderLine]:
    """Each line of a frozen purchase, for the actor as the requester of the next one."""
    products = products_with_substitutes({line.product for line in content.lines})
    wanted = [
        Again(products[line.product], line.quantity)
        for line in content.lines
        if line.product in products
    ]
    rows = {row.product.pk: row for row in judge_for(actor, wanted, now=now)}
    return [
        ReorderLine(
            line, rows.get(line.product), _change(line, rows.get(line.product), content, actor)
        )
        for line in content.lines
    ]


def chosen_again(lines: Sequence[ReorderLine], quantities: Mapping[str, int]) -> list[Again]:
    """The chosen products with how many of each: those of the purchase, or what took their place.

    ``quantities`` are by the id of a product; others than these are left out.
    """
    found: list[Again] = []
    for one in lines:
        if one.row is None:
            continue
        for product in (one.row.product, one.row.substitute):
            if product is not None and quantities.get(product.pk, 0) > 0:
                found.append(Again(product, quantities[product.pk]))
    return list({one.product.pk: one for one in found}.values())


def _change(line: ContentLine, row: AgainRow | None, content: Content, actor: Actor) -> int | None:
    if row is None or row.unit_price_minor is None or content.currency != actor.currency:
        return None
    now = Fraction(row.unit_price_minor, row.product.price_quantity)
    then = Fraction(line.unit_price_minor, line.price_quantity)
    return round_half_up((now - then) * line.price_quantity)
