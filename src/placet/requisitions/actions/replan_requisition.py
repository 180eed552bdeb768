"""An open purchase is planned again by the rules of today: the same content, another plan."""

from __future__ import annotations

from datetime import datetime

from placet.companies.holding import hold_companies
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.orders.content import read_content
from placet.plans.frozen import cart_of_content, priced_as_frozen
from placet.requisitions.actions.revise_requisition import revise_requisition
from placet.requisitions.choosing import checked_note
from placet.requisitions.lifecycle import lock_requisition
from placet.requisitions.models import Requisition, Revision, RevisionOrigin
from placet.requisitions.next_revision import NextRevision, current_revision, plan_revision
from placet.requisitions.permissions import can_replan_requisition


@transaction
def replan_requisition(
    requisition: Requisition,
    *,
    reason: str,
    plan_hash: str | None = None,
    actor: Actor,
    now: datetime,
) -> Revision:
    """Make the next revision of the same bytes with the plan of the rules in force.

    Approvals carry over as with every revision; one by a rule of another version does not.
    ``plan_hash`` is what was shown, where it was. Raises ``Forbidden``, ``InvalidInput`` without a
    reason, ``PlanChanged`` and ``PurchaseBlocked``.
    """
    hold_companies(requisition.company_id, actor.company_id, member_id=actor.member_id)
    locked = lock_requisition(requisition.pk)
    refusal = can_replan_requisition(actor, locked)
    if refusal and refusal.code == "ended":
        raise Conflict(refusal.sentence)
    refuse(refusal)
    said = checked_note(reason, path="reason")
    content = read_content(current_revision(locked).content)
    return revise_requisition(
        locked,
        cart=cart_of_content(content),
        priced=priced_as_frozen(content, _threads(locked)),
        cause=RevisionOrigin.Cause.REPLANNED,
        reason=said,
        plan_hash=plan_hash,
        actor=actor,
        now=now,
    )


def preview_replan(requisition: Requisition, *, actor: Actor, now: datetime) -> NextRevision:
    """What planning it again would mean, for those who may; nothing is written."""
    refusal = can_replan_requisition(actor, requisition)
    if refusal and refusal.code == "ended":
        raise Conflict(refusal.sentence)
    refuse(refusal)
    content = read_content(current_revision(requisition).content)
    return plan_revision(
        requisition,
        cart=cart_of_content(content),
        priced=priced_as_frozen(content, _threads(requisition)),
        cause=RevisionOrigin.Cause.REPLANNED,
        actor=actor,
        now=now,
    )


def _threads(requisition: Requisition) -> dict[int, str]:
    lines = current_revision(requisition).lines.exclude(thread=None)
    return dict(lines.values_list("number", "thread_id"))
