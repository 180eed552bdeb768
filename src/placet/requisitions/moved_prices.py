"""Prices that moved after their hold make the next revision; carrying over decides who is asked.

Nobody becomes an author by it. Lines whose price did not move, or no further than the merchant's
tolerance, keep the price that was approved.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from placet.budgets.actions import CreditExceeded
from placet.carts.pricing import Held, Split, WantedLine, price_lines
from placet.catalog.assortments import Allowed
from placet.catalog.models import Product
from placet.companies.queries import get_merchant_day
from placet.core.actor import system_actor
from placet.core.errors import Conflict
from placet.core.transaction import undoable
from placet.orders.content import Content, read_content
from placet.plans.frozen import cart_of_content, day_of
from placet.requisitions.models import Requisition, Revision, RevisionLine, RevisionOrigin
from placet.requisitions.placement import DECLINED, MOVED, MovedPrice, Problem


def write_moved_prices(
    requisition: Requisition, revision: Revision, moved: Sequence[MovedPrice], *, now: datetime
) -> Problem | None:
    """Revise a locked, approved requisition at today's prices, and order it if it still may be.

    Returns the problem where it cannot be: a rule, a limit or a budget forbids the new sum. Then
    the approved revision stays as it was, with its budget.
    """
    # Revising ends in advancing and advancing in placing: the circle closes here, once all is read.
    from placet.requisitions.actions.revise_requisition import revise_requisition

    company = requisition.company
    content = read_content(revision.content)
    numbers = tuple(one.line.number for one in moved)
    wanted = _wanted(content, revision, numbers, now)
    try:
        with undoable():
            revise_requisition(
                requisition,
                cart=cart_of_content(content),
                priced=price_lines(
                    content.company, content.currency, wanted, allowed=Allowed(), now=now
                ),
                cause=RevisionOrigin.Cause.MOVED,
                actor=system_actor(company.id, company.slug, company.kind, company.currency),
                now=now,
            )
    except Conflict as refusal:
        requisition.refresh_from_db()
        return Problem(DECLINED if isinstance(refusal, CreditExceeded) else MOVED, numbers)
    return None


def _wanted(
    content: Content, revision: Revision, moved: Collection[int], now: datetime
) -> list[WantedLine]:
    """The lines as they were frozen; those that did not move keep their price for today."""
    products = Product.objects.select_related("category").in_bulk(
        [line.product for line in content.lines]
    )
    threads = dict(RevisionLine.objects.filter(revision=revision).values_list("number", "thread"))
    today = get_merchant_day(now)
    return [
        WantedLine(
            product=products[line.product],
            quantity=line.quantity,
            splits=tuple(
                Split(part.quantity, part.ship_to, part.cost_center, day_of(part.need_by_on))
                for part in line.allocations
            ),
            added_by_id=content.requester,
            held=None
            if line.number in moved
            else Held(line.unit_price_minor, line.quantity, today),
            thread_id=threads.get(line.number) or "",
            note=line.note,
            references=line.references,
        )
        for line in content.lines
    ]
