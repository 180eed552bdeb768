"""What an approved purchase would cost today: by which it is seen whether its total has moved."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from placet.carts.pricing import PricedCart, Split, WantedLine, held_today, price_lines
from placet.catalog.assortments import Allowed
from placet.catalog.models import Product
from placet.companies.queries import get_merchant_day
from placet.orders.content import Content, ContentLine
from placet.plans.frozen import day_of
from placet.requisitions.models import Revision, RevisionLine


def price_anew(
    content: Content, revision: Revision, moved: Collection[int], *, now: datetime
) -> PricedCart:
    """The content of a revision with the discounts, shipping and tax rates of this moment.

    Lines whose numbers are in ``moved`` have today's price; all others keep the one that was
    approved. What somebody may have is not asked again.
    """
    products = Product.objects.select_related("category").in_bulk(
        [line.product for line in content.lines]
    )
    threads = dict(RevisionLine.objects.filter(revision=revision).values_list("number", "thread"))
    today = get_merchant_day(now)
    wanted = [
        WantedLine(
            product=products[line.product],
            quantity=line.quantity,
            splits=splits_of(line),
            added_by_id=content.requester,
            held=None
            if line.number in moved
            else held_today(
                products[line.product],
                line.unit_price_minor,
                line.price_quantity,
                line.quantity,
                today,
            ),
            thread_id=threads.get(line.number) or "",
            note=line.note,
            references=line.references,
        )
        for line in content.lines
    ]
    return price_lines(
        content.company,
        content.currency,
        wanted,
        allowed=Allowed(),
        is_negotiated=content.quote is not None,
        now=now,
    )


def splits_of(line: ContentLine) -> tuple[Split, ...]:
    """The parts of a frozen line, before they have amounts."""
    return tuple(
        Split(part.quantity, part.ship_to, part.cost_center, day_of(part.need_by_on))
        for part in line.allocations
    )
