"""What helps to decide beside the cart: a few sentences, the three that matter first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import chain, zip_longest
from typing import NamedTuple

from placet.carts.alternatives import Alternative, list_alternatives
from placet.carts.models import Cart
from placet.carts.more import TakeMore, list_cheaper_by_more
from placet.carts.pricing import PricedCart, PricedLine
from placet.companies.permissions import PRICE_VIEW
from placet.core.actor import Actor
from placet.plans.bought import Bought, list_bought_before

FIRST = 3
MOST = 12


class Tip(NamedTuple):
    """One sentence about one line: another product, a few pieces more, or bought just now."""

    line: PricedLine
    more: TakeMore | None = None
    instead: Alternative | None = None
    elsewhere: Bought | None = None


class Advice(NamedTuple):
    """``bought`` is what the cart's unit bought last, by SKU."""

    tips: tuple[Tip, ...]
    bought: Mapping[str, Bought]

    @property
    def first(self) -> tuple[Tip, ...]:
        """What is shown at once."""
        return self.tips[:FIRST]

    @property
    def rest(self) -> tuple[Tip, ...]:
        """What is shown when it is asked for."""
        return self.tips[FIRST:]


def read_advice(actor: Actor, cart: Cart, priced: PricedCart, *, now: datetime) -> Advice:
    """The advice for an open cart in a fixed number of queries; none for one that is closed."""
    if cart.status != Cart.Status.OPEN or actor.is_merchant or not priced.lines:
        return Advice((), {})
    skus = [line.product.sku for line in priced.lines]
    before = list_bought_before(cart.company_id, cart.unit.path, skus, now=now)
    twice = [
        Tip(line, elsewhere=before.elsewhere[line.product.sku])
        for line in priced.lines
        if line.product.sku in before.elsewhere
    ]
    if not actor.holds_anywhere(PRICE_VIEW):
        return Advice(tuple(twice[:MOST]), {})
    more = [Tip(one.line, more=one) for one in list_cheaper_by_more(priced)]
    instead = [Tip(one.line, instead=one) for one in list_alternatives(cart, priced, now=now)]
    return Advice(tuple(_mixed(more, instead, twice))[:MOST], before.here)


def _mixed(*kinds: Iterable[Tip]) -> Iterable[Tip]:
    """The best of each kind first, then the second of each, and so on."""
    return (tip for tip in chain.from_iterable(zip_longest(*kinds)) if tip is not None)
