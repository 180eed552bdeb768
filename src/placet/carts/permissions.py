"""Who may see, discuss, change and submit a cart: its owner, and whom it was shared with.

A grant names a member, or a unit: then everybody of it and of the units below. Of several that
somebody has, the furthest counts.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from placet.carts.models import Cart, CartGrant, GrantLevel, ListGrant
from placet.companies.models import Unit
from placet.companies.permissions import ORDER_SUBMIT, can_do
from placet.companies.refusals import Refusal
from placet.core.actor import Actor, is_within

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
    """Whether the actor may submit the cart: may edit it, and submit purchases for its unit.

    What is submitted counts as the owner's, so who was made the owner takes it over first.
    """
    refusal = can_edit_cart(actor, cart) or can_do(actor, ORDER_SUBMIT, cart.unit.path)
    if refusal is None and cart.given_by_id and cart.owner_id != actor.member_id:
        sentence = _("%(owner)s has to take this cart over before anybody else submits it.")
        return Refusal("not_taken", sentence % {"owner": _owner(cart)})
    return refusal


def can_give_cart(actor: Actor, cart: Cart) -> Refusal | None:
    """Whether the actor may make somebody else the owner, or move the cart to another unit."""
    refusal = can_manage_cart(actor, cart) or _is_open(cart)
    if refusal is None and cart.revises:
        return Refusal("revises", _("This cart edits a requisition, and stays where that is."))
    return refusal


def can_take_cart(actor: Actor, cart: Cart) -> Refusal | None:
    """Whether the actor was made the owner and has not yet said that they take it over."""
    if cart.given_by_id and cart.owner_id == actor.member_id:
        return None
    return Refusal("not_given", _("Nobody has given you this cart."))


def can_restore_cart(actor: Actor, cart: Cart) -> Refusal | None:
    """Whether the actor may bring the cart back: its owner, while it is put away."""
    refusal = can_manage_cart(actor, cart)
    if refusal is None and cart.status != Cart.Status.ARCHIVED:
        return Refusal("not_archived", _("Only a cart that was put away can be brought back."))
    return refusal


def can_move_to(actor: Actor, unit: Unit) -> Refusal | None:
    """Whether the actor may let a cart of theirs be a purchase of this unit.

    Units of reach are the actor's own and those below it, and those that a role of theirs names;
    a role for the whole company names none. They must be able to submit purchases there.
    """
    named = {path for path in actor.paths_of(ORDER_SUBMIT) if path}
    if not any(is_within(unit.path, path) for path in {actor.unit_path, *named}):
        return Refusal("unit", _("You order for your own unit, and those that a role names."))
    return can_do(actor, ORDER_SUBMIT, unit.path)


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
    if cart.staff_id or actor.staff_member_id:
        # What staff fill for a member is not in the member's carts, and theirs not in the staff's.
        is_theirs = cart.staff_id == actor.staff_member_id and cart.owner_id == actor.member_id
        return 4 if is_theirs else 0
    if cart.owner_id == actor.member_id:
        return 4
    return _rank_of_grants(actor, cart.grants.all())


def _rank_of_grants(actor: Actor, grants: Iterable[CartGrant | ListGrant]) -> int:
    """How far grants go for the actor: 0 for nothing, 1 to look, 2 to comment, 3 to edit."""
    return max(
        (_RANK[GrantLevel(grant.level)] for grant in grants if _is_for(grant, actor)), default=0
    )


def _is_for(grant: CartGrant | ListGrant, actor: Actor) -> bool:
    if grant.unit_id:
        return is_within(actor.unit_path, grant.unit.path)
    return bool(grant.member_id == actor.member_id)


def _is_open(cart: Cart) -> Refusal | None:
    if cart.status == Cart.Status.OPEN:
        return None
    if cart.status == Cart.Status.SUBMITTED:
        return Refusal("submitted", _("This cart was submitted; its requisition goes on."))
    return Refusal("archived", _("This cart was archived."))


def _owner(cart: Cart) -> str:
    name: str = cart.owner.user.name
    return name
