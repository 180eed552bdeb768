"""A shop of the merchant's own: it sends in what members of customers want to buy there.

The shop's word on lines and prices counts because the shop is the supplier. It acts as the member,
with next to no rights; the member's own rules, limits and approvers decide as ever.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _

from placet.companies.acting import get_actor_of_member
from placet.companies.customer_scope import has_in_scope
from placet.companies.models import Company, Member
from placet.companies.permissions import ORDER_FROM_SHOP, ORDER_SUBMIT, PRICE_VIEW, can_do
from placet.companies.refusals import Refusal, refuse
from placet.core.actor import Actor
from placet.core.errors import NotFound

LENT: Final = frozenset({ORDER_SUBMIT, PRICE_VIEW})
"""What a shop has of the rights of the member whose purchase it sends in."""


def can_state_prices(actor: Actor) -> Refusal | None:
    """Whether the actor is a shop of the merchant's: a key of the store, and nobody's own."""
    if not actor.is_merchant:
        return Refusal("price_by_supplier", _("Only the supplier says what something costs."))
    if actor.channel != "api" or actor.member_id:
        return Refusal("shop_key", _("A shop sends purchases in with a key of the store."))
    return can_do(actor, ORDER_FROM_SHOP)


def find_shopper(actor: Actor, *, member: str, customer: str = "") -> Member:
    """The active member of a customer by id, or by address or external id within the customer.

    ``customer`` is an id or external id. Raises ``NotFound`` outside the actor's reach, and
    ``Forbidden`` for what is no shop, whether there is such a member or not.
    """
    refuse(can_state_prices(actor))
    rows = Member.objects.filter(
        status=Member.Status.ACTIVE, user__is_active=True, company__kind__in=_CUSTOMERS
    ).select_related("user", "unit", "company")
    if customer:
        key = "company_id" if customer.startswith("cmp_") else "company__external_id"
        rows = rows.filter(**{key: customer})
    if member.startswith("mem_"):
        rows = rows.filter(pk=member)
    elif customer:
        key = "user__email__iexact" if "@" in member else "external_id"
        rows = rows.filter(**{key: member})
    else:
        rows = rows.none()
    found = list(rows[:2])
    if len(found) != 1 or not has_in_scope(actor, found[0].company_id):
        raise NotFound(_("There is no such member."))
    return found[0]


def act_for_shopper(actor: Actor, member: Member) -> Actor:
    """The member whose purchase the shop sends in: with what is lent, and the key named beside.

    Raises ``Forbidden`` for what is no shop, ``NotFound`` for members out of reach or who have
    left, ``CompanySuspended``.
    """
    refuse(can_state_prices(actor))
    if not has_in_scope(actor, member.company_id):
        raise NotFound(_("There is no such member."))
    theirs = get_actor_of_member(member.pk, actor.channel)
    return replace(
        theirs,
        person_user_id=actor.person_user_id,
        maker_user_id=actor.maker_user_id,
        maker_member_id=actor.maker_member_id,
        key_id=actor.key_id,
        grants=frozenset(one for one in theirs.grants if one.permission in LENT),
    )


_CUSTOMERS: Final = (Company.Kind.BUSINESS, Company.Kind.HOUSEHOLD)
