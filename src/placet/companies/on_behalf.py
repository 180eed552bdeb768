"""Ordering on behalf of a customer: the merchant's staff act as a member, with next to no rights.

The member's own rules, limits and approvers decide as ever. Whoever orders for others is named
beside them in every event, and is an author of what they ordered.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _

from placet.companies.acting import get_actor_of_member
from placet.companies.customer_scope import has_in_scope
from placet.companies.holding import hold_companies
from placet.companies.models import Company, Member
from placet.companies.permissions import CUSTOMER_VIEW, ORDER_ON_BEHALF, ORDER_SUBMIT, PRICE_VIEW
from placet.companies.permissions import can_do as holds
from placet.companies.refusals import Refusal, refuse
from placet.core.actor import Actor
from placet.core.errors import NotFound

LENT: Final = frozenset({ORDER_SUBMIT, PRICE_VIEW})
"""What staff have of the rights of the member for whom they order."""


def can_order_for(actor: Actor, company: Company) -> Refusal | None:
    """Whether the actor may order for the members of this customer.

    Raises ``NotFound`` for customers whom the actor does not see.
    """
    if not actor.is_merchant or not has_in_scope(actor, company.pk):
        raise NotFound(_("There is no such company."))
    missing = holds(actor, CUSTOMER_VIEW) or holds(actor, ORDER_ON_BEHALF)
    if missing is not None:
        return missing
    if not actor.member_id:
        return Refusal("members_only", _("People order for customers: let the key act for one."))
    if company.status == Company.Status.SUSPENDED:
        return Refusal("company_suspended", _("The company is suspended: nobody orders for it."))
    if not company.allows_on_behalf:
        sentence = _("%(company)s does not let the supplier order for its people.")
        return Refusal("not_allowed", sentence % {"company": company.name})
    return None


def act_on_behalf(actor: Actor, member: Member) -> Actor:
    """The member for whom one of the merchant's staff orders: with what is lent, and no more.

    Raises ``Forbidden`` where the actor may not order for them, ``NotFound`` for somebody who has
    left.
    """
    refuse(can_order_for(actor, member.company))
    theirs = get_actor_of_member(member.pk, actor.channel)
    return replace(
        theirs,
        person_user_id=actor.person_user_id,
        maker_user_id=actor.maker_user_id,
        maker_member_id=actor.maker_member_id,
        key_id=actor.key_id,
        staff_member_id=actor.member_id,
        staff_name=actor.name,
        language=actor.language,
        time_zone=actor.time_zone,
        grants=frozenset(one for one in theirs.grants if one.permission in LENT),
    )


def hold_on_behalf(actor: Actor) -> None:
    """Let pass only while all still holds: both companies, both memberships, and the consent.

    The rights of staff are read again under the lock. Raises what ``act_on_behalf`` raises.
    """
    merchant = Company.objects.get(kind=Company.Kind.MERCHANT)
    hold_companies(actor.company_id, merchant.pk, member_id=actor.member_id)
    staff = get_actor_of_member(actor.staff_member_id, actor.channel)
    refuse(can_order_for(staff, Company.objects.get(pk=actor.company_id)))
