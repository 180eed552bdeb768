"""Who may see, withdraw and decide; each answer is the reason of a refusal, or nothing."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.carts.models import CartGrant, GrantLevel, Schedule
from placet.companies.permissions import COMPANY_MANAGE, Refusal, can_do
from placet.companies.queries import get_merchant
from placet.core.actor import Actor
from placet.orders.permissions import can_be_changed
from placet.orders.queries import find_order_of
from placet.requisitions.models import (
    Decision,
    DecisionOutcome,
    Requisition,
    StandingOccurrence,
    Step,
    StepAssignment,
)

UNDECIDED = (
    Requisition.Status.PENDING,
    Requisition.Status.CHANGES_REQUESTED,
    Requisition.Status.APPROVED,
    Requisition.Status.PLACEMENT_FAILED,
)

ENDED_WITHOUT_ORDER = (
    Requisition.Status.REJECTED,
    Requisition.Status.WITHDRAWN,
    Requisition.Status.EXPIRED,
)
REVISABLE = (
    Requisition.Status.PENDING,
    Requisition.Status.CHANGES_REQUESTED,
    Requisition.Status.PLACEMENT_FAILED,
)


def can_edit_requisition(actor: Actor, requisition: Requisition) -> Refusal | None:
    """Its requester, and whoever may edit the cart that it came from, while it can be revised.

    What was ordered can be revised until the supplier takes the order over.
    """
    ended = can_be_revised(requisition) or can_change_here(requisition)
    if ended is not None:
        return ended
    if actor.is_system or requisition.requester_id == actor.member_id:
        return None
    grants = CartGrant.objects.filter(
        cart_id=requisition.cart_id,
        cart__company_id=actor.company_id,
        member_id=actor.member_id,
        level=GrantLevel.EDIT,
    )
    if actor.member_id and requisition.cart_id and grants.exists():
        return None
    return Refusal(
        "not_requester", _("Only the requester, and whoever may edit their cart, can edit this.")
    )


def can_change_here(requisition: Requisition) -> Refusal | None:
    """Whether it is changed in the portal: what a shop sent in is changed there."""
    if not requisition.is_from_shop:
        return None
    return Refusal(
        "from_shop",
        _("This purchase is made in the shop of %(merchant)s. Change it there.")
        % {"merchant": get_merchant().name},
    )


def can_be_revised(requisition: Requisition) -> Refusal | None:
    """Whether another revision may follow: while it runs, or to change the order that it became."""
    if requisition.status in REVISABLE:
        return None
    order = (
        find_order_of(requisition.pk) if requisition.status == Requisition.Status.ORDERED else None
    )
    if order is None:
        return Refusal("ended", _("This can no longer be edited: it has ended."))
    refusal = can_be_changed(order)
    if refusal is None:
        return None
    return Refusal(
        "ended",
        _("%(order)s can no longer be changed here: it is %(status)s.")
        % {"order": order.number, "status": order.get_status_display().lower()},
    )


def can_replan_requisition(actor: Actor, requisition: Requisition) -> Refusal | None:
    """Whoever manages the company, or the purchase's unit, plans it by the rules of today."""
    if requisition.status != Requisition.Status.PENDING:
        return Refusal("ended", _("This is no longer waiting for approval."))
    if requisition.company_id != actor.company_id:
        return Refusal("not_admin", _("Only a company admin may plan this again."))
    return can_do(actor, COMPANY_MANAGE, requisition.unit.path)


def can_rebuild_cart(actor: Actor, requisition: Requisition) -> Refusal | None:
    """The requester makes another try of what ended without an order."""
    if requisition.requester_id != actor.member_id:
        return Refusal("not_requester", _("Only the requester may try this again."))
    if requisition.status not in ENDED_WITHOUT_ORDER:
        return Refusal("not_ended", _("This has not ended without an order."))
    return can_change_here(requisition)


def can_withdraw_envelope(actor: Actor, schedule: Schedule) -> Refusal | None:
    """The schedule's owner, and whoever approved an occurrence of it, of either side."""
    if actor.member_id and (
        schedule.owner_id == actor.member_id
        or Decision.objects.filter(
            step__requisition__in=StandingOccurrence.objects.filter(schedule=schedule).values(
                "requisition_id"
            ),
            member_id=actor.member_id,
            kind=Decision.Kind.APPROVE,
            outcome__kind=DecisionOutcome.Kind.APPLIED,
        ).exists()
    ):
        return None
    return Refusal("not_approver", _("Only its owner and who approved it can take this back."))


def can_withdraw_requisition(actor: Actor, requisition: Requisition) -> Refusal | None:
    """The requester may take it back until it is ordered."""
    if requisition.requester_id != actor.member_id:
        return Refusal("not_requester", _("Only the requester may withdraw this."))
    if requisition.status not in UNDECIDED:
        return Refusal("ended", _("This is no longer waiting for approval."))
    return None


def can_retry_placement(actor: Actor, requisition: Requisition) -> Refusal | None:
    """The requester, or whoever manages the company, places again what could not be placed."""
    if requisition.status != Requisition.Status.PLACEMENT_FAILED:
        return Refusal("not_failed", _("There is nothing to place again."))
    if requisition.requester_id == actor.member_id:
        return None
    if requisition.company_id == actor.company_id and actor.holds("company.manage"):
        return None
    return Refusal("not_requester", _("Only the requester or a company admin may place it again."))


def can_reassign_step(actor: Actor, requisition: Requisition) -> Refusal | None:
    """Whoever manages the company, or the purchase's unit, asks somebody else at a stuck step."""
    if actor.is_system:
        return None
    return can_do(actor, COMPANY_MANAGE, requisition.unit.path)


def can_decide_requisition(actor: Actor, requisition: Requisition) -> Refusal | None:
    """Somebody who is asked now, is not an author, and has not answered yet."""
    if requisition.status != Requisition.Status.PENDING:
        return Refusal("ended", _("This is no longer waiting for a decision."))
    if requisition.revision and actor.user_id in requisition.revision.authors:
        return Refusal("author", _("Nobody decides about a content that they shaped."))
    asked = StepAssignment.objects.filter(
        requisition=requisition, member_id=actor.member_id, is_open=True
    ).exists()
    if not asked:
        return Refusal("not_asked", _("You are not asked at this step."))
    return None


def can_comment_on_requisition(actor: Actor, requisition: Requisition) -> Refusal | None:
    """Every member on the buyer's side who sees it; the merchant's people take no part."""
    if actor.company_id != requisition.company_id or not actor.member_id:
        return Refusal("members_only", _("Only members of the company take part in it."))
    return None


def can_decide_step(actor: Actor, step: Step) -> Refusal | None:
    """Somebody who is asked at this step now, and is not an author; from its people alone."""
    requisition = step.requisition
    if requisition.status != Requisition.Status.PENDING:
        return Refusal("ended", _("This is no longer waiting for a decision."))
    if requisition.revision and actor.user_id in requisition.revision.authors:
        return Refusal("author", _("Nobody decides about a content that they shaped."))
    mine = [one for one in step.assignments.all() if one.member_id == actor.member_id]
    if step.status != Step.Status.PENDING or not any(one.is_open for one in mine):
        return Refusal("not_asked", _("You are not asked at this step."))
    return None


def can_forward_step(actor: Actor, step: Step) -> Refusal | None:
    """Whoever is asked at this step now, in a seat of their own."""
    refusal = can_decide_step(actor, step)
    if refusal is not None:
        return refusal
    mine = [one for one in step.assignments.all() if one.member_id == actor.member_id]
    if any(one.principal_id is None for one in mine):
        return None
    return Refusal(
        "stands_in",
        _("You decide here for %(name)s. Only they hand on their seat.")
        % {"name": mine[0].principal.user.name},
    )


def can_lower_lines(actor: Actor, step: Step) -> Refusal | None:
    """The buyer's side alone: the supplier does not lower what a customer orders."""
    if step.side == "merchant" or actor.is_merchant:
        return Refusal(
            "buyers_only",
            _("The supplier does not lower what a customer orders: request changes."),
        )
    if step.requisition.is_from_shop:
        return Refusal(
            "from_shop",
            _("Only the shop knows what fewer would cost. Request changes: they are made there."),
        )
    return None


def can_answer_suggestions(actor: Actor, requisition: Requisition) -> Refusal | None:
    """The requester alone, while the purchase can be revised: whoever accepts is its author."""
    if requisition.requester_id != actor.member_id:
        return Refusal("not_requester", _("Only the requester answers suggestions."))
    if requisition.status not in REVISABLE:
        return Refusal("ended", _("This can no longer be changed: it has ended."))
    return None
