"""A total that moved after its hold makes the next revision; carrying over decides who is asked.

Nobody becomes an author by it. Lines whose price did not move, or no further than the merchant's
tolerance, keep the price that was approved; promotions, shipping and tax are those of today.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from placet.budgets.actions import CreditExceeded
from placet.carts.pricing import PricedCart
from placet.core.actor import system_actor
from placet.core.errors import Conflict
from placet.core.transaction import undoable
from placet.orders.content import read_content
from placet.plans.frozen import cart_of_content
from placet.requisitions.models import Requisition, Revision, RevisionOrigin
from placet.requisitions.placement import DECLINED, MOVED, MovedPrice, Problem


def write_moved_prices(
    requisition: Requisition,
    revision: Revision,
    anew: PricedCart,
    moved: Sequence[MovedPrice],
    *,
    now: datetime,
) -> Problem | None:
    """Revise a locked, approved requisition as it is priced ``anew``, and order it if it may be.

    Returns the problem where it may not: a rule, a limit or a budget forbids the new sum. Then
    the approved revision stays as it was, with its budget.
    """
    # Revising ends in advancing and advancing in placing: the circle closes here, once all is read.
    from placet.requisitions.actions.revise_requisition import revise_requisition

    company = requisition.company
    try:
        with undoable():
            revise_requisition(
                requisition,
                cart=cart_of_content(read_content(revision.content)),
                priced=anew,
                cause=RevisionOrigin.Cause.MOVED,
                actor=system_actor(company.id, company.slug, company.kind, company.currency),
                now=now,
            )
    except Conflict as refusal:
        requisition.refresh_from_db()
        numbers = tuple(one.line.number for one in moved)
        return Problem(DECLINED if isinstance(refusal, CreditExceeded) else MOVED, numbers)
    return None
