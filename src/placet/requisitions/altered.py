"""The frozen content with some lines changed, at the prices that hold now: nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.carts.for_sale import sentence_not_allowed
from placet.carts.models import Cart
from placet.carts.pricing import PricedCart, Split, WantedLine, kept_lines, price_lines
from placet.catalog.assortments import allowed_products
from placet.catalog.models import Product
from placet.core.errors import Conflict
from placet.orders.content import read_content
from placet.plans.frozen import cart_of_content
from placet.requisitions.models import Requisition, Revision
from placet.requisitions.next_revision import current_revision
from placet.requisitions.wanted_lines import list_wanted_lines, with_quantity


class NotForSale(Conflict):
    """A line that would stay cannot be ordered any more; ``facts['skus']`` say which."""

    code = "not_for_sale"


class NotAllowed(Conflict):
    """The requester may not have a line that would be new; ``facts['skus']`` say which."""

    code = "not_allowed"


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

    Lines that stay as they are keep their price while it is held. Raises ``NotForSale`` and
    ``NotAllowed``.
    """
    revision = current_revision(requisition)
    content = read_content(revision.content)
    cart = cart_of_content(content)
    lines = _changed(numbered_lines(revision), changes, cart)
    priced = price_lines(
        content.company,
        content.currency,
        lines,
        allowed=allowed_products(content.company, content.requester),
        kept=kept_lines(lines),
        is_negotiated=content.quote is not None,
        now=now,
    )
    if priced.not_allowed:
        sentence = sentence_not_allowed(content.company, priced.not_allowed)
        raise NotAllowed(sentence, skus=list(priced.not_allowed))
    if priced.unsellable:
        raise NotForSale(
            _("No longer for sale: %(skus)s. Remove or replace it.")
            % {"skus": ", ".join(priced.unsellable)},
            skus=list(priced.unsellable),
        )
    return cart, priced


def numbered_lines(revision: Revision) -> dict[int, WantedLine]:
    """The lines as they were frozen, by number, each with the price that is held for it."""
    numbers = [line.number for line in read_content(revision.content).lines]
    return dict(zip(numbers, list_wanted_lines(revision), strict=True))


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
            _put(found, _in_place_of(with_quantity(line, change.quantity), change.product))
    for change in changes:
        if not change.number and change.product:
            split = Split(change.quantity, cart.ship_to_id or "", cart.cost_center_id or "", None)
            added = WantedLine(change.product, change.quantity, (split,), cart.owner_id)
            _put(found, added)
    return list(found.values())


def _in_place_of(line: WantedLine, product: Product | None) -> WantedLine:
    """The line with another product; the price that is held is that of the former one."""
    return line._replace(product=product, held=None) if product else line


def _put(found: dict[str, WantedLine], line: WantedLine) -> None:
    there = found.get(line.product.pk)
    if there is not None:
        line = with_quantity(there, there.quantity + line.quantity)
    found[line.product.pk] = line
