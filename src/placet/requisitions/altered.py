"""The frozen content with some lines changed, at the prices that hold now: nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.carts.models import Cart
from placet.carts.pricing import Held, PricedCart, Split, WantedLine, price_lines
from placet.catalog.models import Product
from placet.core.errors import Conflict
from placet.orders.content import Content, ContentLine, read_content
from placet.plans.frozen import cart_of_content, day_of
from placet.requisitions.models import Requisition, RevisionLine
from placet.requisitions.next_revision import current_revision


class NotForSale(Conflict):
    """A line that would stay cannot be ordered any more; ``facts['skus']`` say which."""

    code = "not_for_sale"


class Change(NamedTuple):
    """Another quantity of a line, or another product in its place; line 0 is one more product.

    With quantity 0 the line goes.
    """

    number: int
    quantity: int
    product: Product | None = None


def alter_content(
    requisition: Requisition, changes: Sequence[Change], *, now: datetime
) -> tuple[Cart, PricedCart]:
    """What the current revision says, with these changes: a cart that is never saved, priced.

    Lines that stay as they are keep their price while it is held. Raises ``NotForSale``.
    """
    revision = current_revision(requisition)
    content = read_content(revision.content)
    cart = cart_of_content(content)
    threads = dict(
        RevisionLine.objects.filter(revision=revision, thread__isnull=False).values_list(
            "number", "thread_id"
        )
    )
    lines = _changed(wanted_lines(content, threads), changes, cart)
    priced = price_lines(content.company, content.currency, list(lines), now=now)
    if priced.unsellable:
        raise NotForSale(
            _("No longer for sale: %(skus)s. Remove or replace it.")
            % {"skus": ", ".join(priced.unsellable)},
            skus=list(priced.unsellable),
        )
    return cart, priced


def wanted_lines(content: Content, threads: Mapping[int, str]) -> dict[int, WantedLine]:
    """The lines as they were frozen, by number, each with the price that is held for it."""
    products = Product.objects.select_related("category").in_bulk(
        [line.product for line in content.lines]
    )
    until = day_of(content.prices_held_until)
    return {
        line.number: WantedLine(
            product=products[line.product],
            quantity=line.quantity,
            splits=_splits(line),
            added_by_id=content.requester,
            held=Held(line.unit_price_minor, line.quantity, until) if until else None,
            thread_id=threads.get(line.number, ""),
        )
        for line in content.lines
    }


def _splits(line: ContentLine) -> tuple[Split, ...]:
    return tuple(
        Split(part.quantity, part.ship_to, part.cost_center, day_of(part.need_by_on))
        for part in line.allocations
    )


def _changed(
    lines: Mapping[int, WantedLine], changes: Sequence[Change], cart: Cart
) -> list[WantedLine]:
    """The lines in their order, then those that are added; a product stands once."""
    found: dict[str, WantedLine] = {}
    by_line = {change.number: change for change in changes if change.number}
    for number, line in lines.items():
        change = by_line.get(number)
        if change is None:
            _put(found, line)
        elif change.quantity:
            product = change.product or line.product
            _put(found, of_quantity(line, change.quantity)._replace(product=product))
    for change in changes:
        if not change.number and change.product:
            split = Split(change.quantity, cart.ship_to_id or "", cart.cost_center_id or "", None)
            added = WantedLine(change.product, change.quantity, (split,), cart.owner_id)
            _put(found, added)
    return list(found.values())


def _put(found: dict[str, WantedLine], line: WantedLine) -> None:
    there = found.get(line.product.pk)
    if there is not None:
        line = of_quantity(there, there.quantity + line.quantity)
    found[line.product.pk] = line


def of_quantity(line: WantedLine, quantity: int) -> WantedLine:
    """The line with so many pieces; of a split line the last parts take the difference."""
    missing = quantity - line.quantity
    splits = list(line.splits)
    if missing > 0:
        splits[-1] = splits[-1]._replace(quantity=splits[-1].quantity + missing)
    while missing < 0:
        last = splits.pop()
        taken = min(last.quantity, -missing)
        missing += taken
        if taken < last.quantity:
            splits.append(last._replace(quantity=last.quantity - taken))
    return line._replace(quantity=quantity, splits=tuple(splits))
