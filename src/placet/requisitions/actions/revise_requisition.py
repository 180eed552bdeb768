"""The one function that writes a later revision, whatever it is made from.

An edited cart, an approval that reduces lines, a suggestion that was accepted, a moved price and an
admin's new plan all come here:

    revise_requisition(
        requisition,            # locked (lock_requisition), with its company held
        cart=, priced=,         # the full new content: a cart and its prices, or
                                # ``cart_of_content`` and ``price_content`` / ``priced_as_frozen``
        cause=RevisionOrigin.Cause.…,
        decision=None, suggestion=None,     # what made it, where that is a row
        reason="",              # words for the record, private to the company
        plan_hash=None,         # what was shown (``NextRevision.planned.hash``), where it was
        actor=, now=,
    ) -> Revision

For ``edited`` and ``suggested`` the actor becomes an author; for the others nobody does. A decision
that reduces lines has its outcome *applied* before it comes here: it counts by carry-over.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from placet.budgets.actions import (
    Draw,
    count_purchase,
    recount_purchase,
    release_reservations,
    reserve_budgets,
)
from placet.budgets.actions.count_purchase import Counted
from placet.carts.models import Cart
from placet.carts.pricing import PricedCart
from placet.core import ids
from placet.core.actor import Actor
from placet.core.transaction import running
from placet.events.record import record
from placet.plans.credit import draw_on_credit
from placet.plans.periods import period_starts
from placet.requisitions.actions.advance_requisition import advance_requisition
from placet.requisitions.actions.write_revision import write_revision
from placet.requisitions.changing import beyond_order, find_changed
from placet.requisitions.confirming import require_possible as require_possible
from placet.requisitions.confirming import require_shown
from placet.requisitions.envelopes import reason_to_carry
from placet.requisitions.keeping_order import begin_change
from placet.requisitions.lifecycle import move_requisition, require_transition
from placet.requisitions.models import (
    CarryOver,
    Decision,
    DecisionOutcome,
    DecisionPending,
    Requisition,
    Revision,
    RevisionOrigin,
    Step,
    StepAssignment,
    Suggestion,
)
from placet.requisitions.next_revision import (
    AUTHORED,
    NextRevision,
    current_revision,
    plan_revision,
)
from placet.requisitions.suggesting import void_suggestions

REPLACED = "revision_replaced"
CHANGE = "change"


def revise_requisition(
    requisition: Requisition,
    *,
    cart: Cart,
    priced: PricedCart,
    cause: str,
    decision: Decision | None = None,
    suggestion: Suggestion | None = None,
    reason: str = "",
    plan_hash: str | None = None,
    actor: Actor,
    now: datetime,
) -> Revision:
    """Plan the full new content and make it the requisition's next revision.

    Raises ``PlanChanged`` where something else was shown, ``PurchaseBlocked`` and
    ``BudgetExceeded`` where it may not be ordered like this, ``Conflict`` once it has ended.
    Nothing has changed then.
    """
    following = prepare_revision(
        requisition, cart=cart, priced=priced, cause=cause, actor=actor, now=now
    )
    if plan_hash is not None:
        require_shown(following, plan_hash)
    require_possible(following)
    return put_revision(
        requisition,
        following=following,
        cause=cause,
        decision=decision,
        suggestion=suggestion,
        reason=reason,
        actor=actor,
        now=now,
    )


def prepare_revision(
    requisition: Requisition,
    *,
    cart: Cart,
    priced: PricedCart,
    cause: str,
    actor: Actor,
    now: datetime,
) -> NextRevision:
    """Count the locked requisition anew and plan it under the locks of its budgets."""
    running()
    require_transition(requisition, verb=_verb(requisition, cause))
    counted = _recount(requisition, cart, priced, now)
    return plan_revision(
        requisition,
        cart=cart,
        priced=priced,
        cause=cause,
        counted=counted,
        actor=actor,
        now=now,
    )


def put_revision(
    requisition: Requisition,
    *,
    following: NextRevision,
    cause: str,
    decision: Decision | None = None,
    suggestion: Suggestion | None = None,
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> Revision:
    """Write what was prepared in this transaction, and bring the requisition to where it leads."""
    former = current_revision(requisition)
    _end_former(requisition, former, actor=actor, now=now)
    revision_id = ids.new_id("rev")
    _reserve(requisition, following, revision_id, actor=actor, now=now)
    revision = write_revision(
        requisition,
        revision_id=revision_id,
        written=following.written,
        content_hash=following.content_hash,
        content=following.content,
        planned=following.planned,
        steps=following.steps,
        submitted_by_id="" if cause in AUTHORED else former.submitted_by_id,
        actor=actor,
        now=now,
    )
    RevisionOrigin.objects.create(
        revision=revision, created_at=now, cause=cause, decision=decision, suggestion=suggestion
    )
    _carry(revision, following, now)
    content = following.content
    verb = _verb(requisition, cause)
    move_requisition(
        requisition,
        verb=verb,
        name=content.name,
        total_minor=content.net_minor,
        po_number=content.po_number,
        ended_at=None,
    )
    if verb == CHANGE:
        begin_change(requisition, revision, actor=actor, now=now)
    _record(requisition, former, revision, following, cause, reason, actor=actor, now=now)
    advance_requisition(requisition, actor=actor, now=now)
    return revision


def _verb(requisition: Requisition, cause: str) -> str:
    """What is ordered is only changed by an edit; everything else revises what runs."""
    is_ordered = requisition.status == Requisition.Status.ORDERED
    return CHANGE if is_ordered and cause == RevisionOrigin.Cause.EDITED else "revise"


def _recount(
    requisition: Requisition, cart: Cart, priced: PricedCart, now: datetime
) -> Mapping[str, Counted]:
    """Count it in the periods of its first submission; what each holds without it.

    While an order stands that this would change, the dearer of the two counts.
    """
    changed = find_changed(requisition)
    spend_minor = max(priced.goods_minor, changed.goods_minor if changed else 0)
    found = recount_purchase(requisition.pk, spend_minor=spend_minor)
    return found or count_purchase(
        requisition.pk,
        company_id=requisition.company_id,
        member_id=requisition.requester_id,
        currency=priced.currency,
        spend_minor=spend_minor,
        period_starts=period_starts(cart.company, requisition.submitted_at),
        now=now,
    )


def _end_former(requisition: Requisition, former: Revision, *, actor: Actor, now: datetime) -> None:
    """Nobody is asked about the former content any more; answers that wait lapse."""
    waiting = DecisionPending.objects.filter(step__revision=former).order_by("decision_id")
    for decision_id, step_id in list(waiting.values_list("decision_id", "step_id")):
        if not DecisionPending.objects.filter(pk=decision_id).delete()[0]:
            continue
        DecisionOutcome.objects.create(
            decision_id=decision_id,
            created_at=now,
            kind=DecisionOutcome.Kind.LAPSED,
            reason=REPLACED,
        )
        record(
            "decision.lapsed",
            requisition.pk,
            actor=actor,
            now=now,
            company_id=requisition.company_id,
            decision=decision_id,
            step=step_id,
            reason=REPLACED,
        )
    void_suggestions(requisition, now=now)
    undecided = (Step.Status.WAITING, Step.Status.PENDING)
    Step.objects.filter(requisition=requisition, status__in=undecided).update(
        status=Step.Status.VOID, ended_at=now
    )
    StepAssignment.objects.filter(requisition=requisition, is_open=True).update(is_open=False)


def _reserve(
    requisition: Requisition,
    following: NextRevision,
    revision_id: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Release exactly what was reserved, and reserve for the new content.

    Of a change only what it needs beyond the order: that keeps what it took.
    """
    planned = following.planned
    release_reservations(requisition.pk, actor=actor, now=now)
    draws = [Draw(effect.budget, effect.this_minor) for effect in planned.plan.budgets]
    draws += draw_on_credit(planned.facts)
    reserve_budgets(
        requisition.pk,
        revision_id=revision_id,
        draws=beyond_order(requisition.pk, draws),
        company_id=requisition.company_id,
        actor=actor,
        now=now,
    )


def _carry(revision: Revision, following: NextRevision, now: datetime) -> None:
    steps = dict(revision.steps.values_list("key", "id"))
    CarryOver.objects.bulk_create(
        CarryOver(
            created_at=now,
            decision=one.decision,
            step_id=steps[one.step],
            reason=reason_to_carry(one.decision.step.requisition_id, revision.requisition_id),
        )
        for one in following.carried.kept
    )


def _record(
    requisition: Requisition,
    former: Revision,
    revision: Revision,
    following: NextRevision,
    cause: str,
    reason: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    carried = following.carried
    record(
        "requisition.revised",
        requisition.pk,
        actor=actor,
        now=now,
        company_id=requisition.company_id,
        requisition=requisition.pk,
        number=requisition.number,
        revision=revision.pk,
        revision_number=revision.number,
        hash=revision.content_hash,
        before=former.content_hash,
        plan_hash=revision.plan_hash,
        cause=str(cause),
        kept=[one.decision.pk for one in carried.kept],
        reset=[one.decision.pk for one in carried.reset],
        total_minor=following.content.net_minor,
        currency=following.content.currency,
        private={"reason": reason} if reason else None,
    )
