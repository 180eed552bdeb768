"""Who may see, discuss, change and submit a cart: its owner, and whom it was shared with."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.carts.models import Cart, GrantLevel
from placet.companies.permissions import ORDER_SUBMIT, can_do
from placet.companies.refusals import Refusal
from placet.core.actor import Actor

CLOSED = frozenset({"submitted", "archived"})
"""Codes of refusals that lie in the state of the cart, not in the actor: a conflict."""
_RANK = {GrantLevel.VIEW: 1, GrantLevel.COMMENT: 2, GrantLevel.EDIT: 3}


def can_view_cart(actor: Actor, cart: Cart) -> Refusal | None:
    """Whether the actor may see the cart: its owner, and everybody it is shared with."""
    return _needs(actor, cart, GrantLevel.VIEW, _("%(owner)s has not shared this cart."))


def can_comment_on_cart(actor: Actor, cart: Cart) -> Refusal | None:
    """Whether the actor may take part in the conversations of the cart and its lines."""
    return _needs(
        actor, cart, GrantLevel.COMMENT, _("Ask %(owner)s to let you comment on this cart.")
    )


def can_edit_cart(actor: Actor, cart: Cart) -> Refusal | None:
    """Whether the actor may change the cart now: with a grant to edit, and while it is open."""
    refusal = _needs(actor, cart, GrantLevel.EDIT, _("Ask %(owner)s to let you edit this cart."))
    return refusal or _is_open(cart)


def can_manage_cart(actor: Actor, cart: Cart) -> Refusal | None:
    """Whether the actor may share or archive the cart: only its owner."""
    if _rank(actor, cart) > len(_RANK):
        return None
    return Refusal("owner_only", _("Only %(owner)s can do this.") % {"owner": _owner(cart)})


def can_submit_cart(actor: Actor, cart: Cart) -> Refusal | None:
    """Whether the actor may submit the cart: may edit it, and submit purchases for its unit."""
    return can_edit_cart(actor, cart) or can_do(actor, ORDER_SUBMIT, cart.unit.path)


def _needs(actor: Actor, cart: Cart, level: GrantLevel, sentence: str) -> Refusal | None:
    if _rank(actor, cart) >= _RANK[level]:
        return None
    return Refusal(f"needs_{level.value}", sentence % {"owner": _owner(cart)})


def _rank(actor: Actor, cart: Cart) -> int:
    """0 for nothing, 1 to 3 for a grant, 4 for the owner."""
    if actor.is_system:
        return 4
    if cart.company_id != actor.company_id or not actor.member_id:
        return 0
    if cart.owner_id == actor.member_id:
        return 4
    grants = {grant.member_id: grant.level for grant in cart.grants.all()}
    return _RANK[GrantLevel(grants[actor.member_id])] if actor.member_id in grants else 0


def _is_open(cart: Cart) -> Refusal | None:
    if cart.status == Cart.Status.OPEN:
        return None
    if cart.status == Cart.Status.SUBMITTED:
        return Refusal("submitted", _("This cart was submitted; its requisition goes on."))
    return Refusal("archived", _("This cart was archived."))


def _owner(cart: Cart) -> str:
    name: str = cart.owner.user.name
    return name
