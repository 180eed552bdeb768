"""The revision that an approval of less makes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from placet.core.actor import Actor
from placet.requisitions.actions.revise_requisition import revise_requisition
from placet.requisitions.altered import alter_content
from placet.requisitions.models import Decision, Requisition, Revision
from placet.requisitions.next_revision import current_revision
from placet.requisitions.reducing import REDUCED, changes_of
from placet.requisitions.remainder import keep_remainder


def reduce_requisition(
    requisition: Requisition,
    *,
    decision: Decision,
    lines: Mapping[int, int],
    actor: Actor,
    now: datetime,
) -> Revision:
    """Make the next revision of a locked requisition from what an approval left of its lines.

    The decision has its outcome and counts for it by carry-over. What was taken away is a cart of
    the requester again. Raises what ``revise_requisition`` raises; nothing has changed then.
    """
    former = current_revision(requisition)
    cart, priced = alter_content(requisition, changes_of(lines), now=now)
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
