"""Submitting what staff filled for a customer: every gate holds, and nothing of why is told."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from placet.budgets.actions.reserve_budget import BudgetExceeded
from placet.carts.models import Cart
from placet.companies.on_behalf import act_on_behalf, hold_on_behalf
from placet.companies.queries import list_reference_fields
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput, NotFound
from placet.core.transaction import transaction
from placet.events.record import record
from placet.plans.planner import CannotBePlanned
from placet.requisitions.actions.submit_cart import submit_cart
from placet.requisitions.errors import NobodyLeft, PlanChanged, PurchaseBlocked
from placet.requisitions.models import Requisition
from placet.requisitions.own_matters import sentence_own_matter

OWN_MATTERS: Final = (BudgetExceeded, CannotBePlanned, NobodyLeft, PurchaseBlocked)
"""Refusals whose words are the customer's own."""


class NotForStaff(Conflict):
    """The customer's own rules, limits, budgets or fields keep it from being ordered for them."""

    code = "customers_matter"


class LookedDifferent(Conflict):
    """What it needs has changed since it was shown; how is the customer's own matter."""

    code = "plan_changed"


@transaction
def order_on_behalf(cart: Cart, *, plan_hash: str, actor: Actor, now: datetime) -> Requisition:
    """Submit a cart that the actor filled for a customer's member, as the member's purchase.

    Limits, assortments, budgets and approvals are the member's; the actor is an author and decides
    nothing about it, on neither side. The member is told by mail. Raises as ``submit_cart`` does,
    without any word of the customer's: ``NotForStaff`` and ``LookedDifferent``.
    """
    if cart.staff_id is None or cart.staff_id != actor.member_id:
        raise NotFound(_("There is no such cart."))
    acting = act_on_behalf(actor, cart.owner)
    hold_on_behalf(acting)
    reason = cart.staff_reason
    requisition = _submit(cart, plan_hash, acting, now)
    # From now on it is a submitted cart of the member, like every other.
    Cart.objects.filter(pk=cart.pk).update(staff=None, staff_reason="")
    facts: dict[str, Any] = {
        "requisition": requisition.pk,
        "number": requisition.number,
        "staff": actor.member_id,
        "member": cart.owner_id,
        "total_minor": requisition.total_minor,
        "currency": requisition.currency,
        "private": {"reason": reason, "staff": actor.name},
    }
    record("requisition.ordered_for", requisition.pk, actor=acting, now=now, **facts)
    record("customer.ordered_for", cart.company_id, actor=actor, now=now, **facts)
    return requisition


def _submit(cart: Cart, plan_hash: str, acting: Actor, now: datetime) -> Requisition:
    try:
        # What the customer's own rules warn of is not for staff to read; the approvers read it.
        return submit_cart(cart, plan_hash=plan_hash, warnings_read=True, actor=acting, now=now)
    except PlanChanged as error:
        raise LookedDifferent(
            _("It has changed since you looked: prices, content, or what it needs. Look again.")
        ) from error
    except OWN_MATTERS as error:
        raise NotForStaff(sentence_own_matter()) from error
    except InvalidInput as error:
        if error.code == "not_allowed" or _is_own(cart, error.path):
            raise NotForStaff(sentence_own_matter()) from error
        raise


def _is_own(cart: Cart, path: str) -> bool:
    """Whether a fault lies in what the supplier's people do not see: own fields, of lines too."""
    shown = set(
        list_reference_fields(cart.company_id)
        .filter(is_for_supplier=True, is_per_line=False)
        .values_list("key", flat=True)
    )
    own = "references/" in path and path.removeprefix("references/") not in shown
    return own or path in ("cost_center", "justification", "acknowledged")
