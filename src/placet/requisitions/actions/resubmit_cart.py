"""Submitting an edited cart: it becomes the next revision of the requisition that it revises."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.carts.actions import close_cart
from placet.carts.models import Cart
from placet.carts.pricing import price_cart
from placet.companies.holding import hold_companies
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.orders.lifecycle import lock_order
from placet.requisitions.actions.revise_requisition import prepare_revision, put_revision
from placet.requisitions.changing import find_changed, held_by_order
from placet.requisitions.confirming import require_possible, require_shown
from placet.requisitions.lifecycle import lock_requisition
from placet.requisitions.models import Requisition, RevisionOrigin
from placet.requisitions.permissions import can_be_revised
from placet.requisitions.submission import (
    lock_cart,
    require_complete,
    require_justification,
    require_warnings_read,
)


class EditedMeanwhileEnded(Conflict):
    """The requisition ended while its cart was edited; the cart can be kept as a new one."""

    code = "requisition_ended"


@transaction
def resubmit_cart(
    cart: Cart,
    *,
    plan_hash: str,
    warnings_read: bool = False,
    actor: Actor,
    now: datetime,
) -> Requisition:
    """Plan the full new content again and let it take the place of the current revision.

    Of what was ordered it becomes a change: the order stands, kept back, until that is approved.

    ``plan_hash`` is what was shown: plan, content, and what is kept, reset and new. Raises as
    ``submit_cart`` does, and ``EditedMeanwhileEnded`` when there is nothing left to revise.
    """
    hold_companies(cart.company_id, member_id=actor.member_id)
    # The requisition comes before its cart, as in withdrawing.
    requisition = lock_requisition(cart.revises)
    locked = lock_cart(cart, actor=actor)
    changed = find_changed(requisition)
    if changed is not None:
        lock_order(changed.pk)
    _require_revisable(requisition)
    priced = price_cart(locked, now=now)
    require_complete(locked, priced, held=held_by_order(changed))
    following = prepare_revision(
        requisition,
        cart=locked,
        priced=priced,
        cause=RevisionOrigin.Cause.EDITED,
        actor=actor,
        now=now,
    )
    require_shown(following, plan_hash)
    require_possible(following)
    require_justification(locked, following.planned)
    require_warnings_read(following.planned, warnings_read)
    Cart.objects.filter(pk=locked.pk).update(revises="")
    close_cart(locked.pk, now=now)
    put_revision(
        requisition, following=following, cause=RevisionOrigin.Cause.EDITED, actor=actor, now=now
    )
    return requisition


def _require_revisable(requisition: Requisition) -> None:
    refusal = can_be_revised(requisition)
    if refusal is None:
        return
    if requisition.status == Requisition.Status.ORDERED:
        sentence = _("%(why)s Nothing is lost: keep this cart as a new one, or discard it.")
        raise EditedMeanwhileEnded(
            sentence % {"why": refusal.sentence}, requisition=requisition.number
        )
    raise EditedMeanwhileEnded(
        _(
            "%(number)s is %(status)s meanwhile. Nothing is lost: keep this cart as a new one, "
            "or discard it."
        )
        % {
            "number": requisition.number,
            "status": requisition.get_status_display().lower(),
        },
        requisition=requisition.number,
    )
