"""An approval that lowers lines: what it would lead to, and the revision that it makes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from placet.core.actor import Actor
from placet.requisitions.actions.revise_requisition import revise_requisition
from placet.requisitions.altered import Change, alter_content
from placet.requisitions.confirming import require_possible
from placet.requisitions.models import Decision, Requisition, Revision, RevisionOrigin
from placet.requisitions.next_revision import NextRevision, current_revision, plan_revision
from placet.requisitions.remainder import keep_remainder

REDUCED = RevisionOrigin.Cause.REDUCED


def preview_reduction(
    requisition: Requisition, lines: Mapping[int, int], *, actor: Actor, now: datetime
) -> NextRevision:
    """The revision that lowering these lines would make; writes nothing.

    Its plan says which rules fire then, and whether it may be ordered at all. Raises ``NotForSale``
    and ``CannotBePlanned``.
    """
    cart, priced = alter_content(requisition, _changes(lines), now=now)
    return plan_revision(requisition, cart=cart, priced=priced, cause=REDUCED, actor=actor, now=now)


def require_reducible(
    requisition: Requisition, lines: Mapping[int, int], *, actor: Actor, now: datetime
) -> None:
    """Refuse at once what could not be ordered once it is lowered: ``PurchaseBlocked``."""
    require_possible(preview_reduction(requisition, lines, actor=actor, now=now))


def reduce_requisition(
    requisition: Requisition,
    decision: Decision,
    lines: Mapping[int, int],
    *,
    actor: Actor,
    now: datetime,
) -> Revision:
    """Make the next revision of a locked requisition from what an approval left of its lines.

    The decision has its outcome and counts for it by carry-over. What was taken away is a cart of
    the requester again. Raises what ``revise_requisition`` raises; nothing has changed then.
    """
    former = current_revision(requisition)
    cart, priced = alter_content(requisition, _changes(lines), now=now)
    revision = revise_requisition(
        requisition,
        cart=cart,
        priced=priced,
        cause=REDUCED,
        decision=decision,
        reason=decision.reason,
        actor=actor,
        now=now,
    )
    keep_remainder(requisition, former, decision, lines, actor=actor, now=now)
    return revision


def _changes(lines: Mapping[int, int]) -> list[Change]:
    return [Change(number, quantity) for number, quantity in lines.items()]
