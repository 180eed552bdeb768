"""Who may hand a cart or a list to people outside, and who takes a link back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.carts.lists.permissions import can_manage_list
from placet.carts.models import Cart, PurchaseList, ShareLink
from placet.carts.permissions import can_manage_cart
from placet.companies.permissions import COMPANY_MANAGE
from placet.companies.refusals import Refusal
from placet.core.actor import Actor


def can_share_outside(actor: Actor, thing: Cart | PurchaseList) -> Refusal | None:
    """Whether the actor may make a link to it: whoever manages it, and nobody else."""
    if isinstance(thing, Cart):
        return can_manage_cart(actor, thing)
    return can_manage_list(actor, thing)


def can_revoke_share_link(actor: Actor, link: ShareLink) -> Refusal | None:
    """Whoever made it, whoever manages its thing, and whoever manages the company."""
    if link.company_id == actor.company_id and actor.member_id:
        if actor.member_id == link.created_by_id or actor.holds(COMPANY_MANAGE):
            return None
        return can_share_outside(actor, link.cart or link.purchase_list)
    return Refusal("members_only", _("Only members of the company take part in it."))


def can_answer_outside(actor: Actor, link: ShareLink) -> Refusal | None:
    """Who speaks for the company in the conversation of a link: who made it, or manages it."""
    if link.company_id == actor.company_id and actor.member_id == link.created_by_id:
        return None
    return can_share_outside(actor, link.cart or link.purchase_list)
