"""For whom a purchase is posted: the member who calls, or the one whom a shop names."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.companies.holding import hold_companies
from placet.companies.models import Member
from placet.companies.queries import get_merchant
from placet.companies.shops import act_for_shopper, find_shopper
from placet.core.actor import Actor
from placet.core.errors import Forbidden, InvalidInput


def get_shopper(actor: Actor, *, member: str, customer: str) -> Member:
    """The member whose purchase this is.

    A shop names one of its customers' members; everybody else orders for themselves, or lets a key
    act for a member. Raises ``NotFound``, ``Forbidden`` and ``InvalidInput``.
    """
    if actor.is_merchant:
        if not member:
            raise InvalidInput("member", "required", _("Say whose purchase this is."))
        return find_shopper(actor, member=member, customer=customer)
    if not actor.member_id:
        raise Forbidden(_("A purchase is a member’s: let the key act for one."))
    if member not in ("", actor.member_id):
        said = _("It is the member’s for whom the key acts.")
        raise InvalidInput("member", "another", said)
    found: Member = Member.objects.select_related("user", "unit", "company").get(pk=actor.member_id)
    return found


def act_as(actor: Actor, member: Member) -> Actor:
    """Who orders: the member, as the caller or as the shop lends itself their rights."""
    return act_for_shopper(actor, member) if actor.is_merchant else actor


def hold_sides(actor: Actor, member: Member) -> None:
    """Let pass only while the member, their company, and for a shop the merchant last."""
    merchant = [get_merchant().pk] if actor.is_merchant else []
    hold_companies(member.company_id, *merchant, member_id=member.pk)
