"""Which customers somebody of the merchant's staff may see: all of them, or those given to them.

One predicate for every reading of the merchant's side. Steps that ask somebody personally are no
part of it: whoever is asked sees what they are asked about.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from placet.companies.models import Company, CustomerRep, Member
from placet.companies.permissions import (
    CREDIT_MANAGE,
    CUSTOMER_VIEW,
    ORDER_FROM_SHOP,
    ORDER_ON_BEHALF,
    ORDER_PROCESS,
    PRICE_VIEW,
    QUOTE_MANAGE,
    can_manage_member,
)
from placet.companies.refusals import Refusal
from placet.core.actor import Actor, Grant

WITHIN_CUSTOMERS: Final = frozenset(
    {
        *(ORDER_PROCESS, CUSTOMER_VIEW, CREDIT_MANAGE, QUOTE_MANAGE, PRICE_VIEW),
        *(ORDER_ON_BEHALF, ORDER_FROM_SHOP),
    }
)
"""What whoever sees some customers only still does: everything else concerns the whole store."""


def in_scope(actor: Actor, column: str = "company_id") -> Q:
    """The rows about customers that the actor may see; ``column`` holds the customer's id.

    It narrows what the merchant's staff see of others, and says nothing about anybody else.
    """
    if not actor.is_merchant or actor.customer_ids is None:
        return ~Q(pk__in=[])
    return Q(**{f"{column}__in": sorted(actor.customer_ids)})


def has_in_scope(actor: Actor, company_id: str) -> bool:
    """Whether this customer is one of those that the actor may see."""
    if not actor.is_merchant or actor.customer_ids is None:
        return True
    return company_id in actor.customer_ids


def can_see_customer(actor: Actor, company_id: str) -> Refusal | None:
    """The same as the reason of a refusal: to who does not see it there is no such customer."""
    if has_in_scope(actor, company_id):
        return None
    return Refusal("not_found", _("There is no such company."))


def can_give_customers(actor: Actor, member: Member) -> Refusal | None:
    """Whether the actor may say which customers this member sees: never one's own."""
    if member.company.kind != Company.Kind.MERCHANT:
        return Refusal("merchant_only", _("Only the supplier has customers."))
    return can_manage_member(actor, member)


def read_scope(member_id: str, *, sees_all: bool) -> frozenset[str] | None:
    """The customers of one of the merchant's staff; ``None`` for all, without a query."""
    if sees_all:
        return None
    rows = CustomerRep.objects.filter(member_id=member_id)
    return frozenset(rows.values_list("company_id", flat=True))


def narrowed(grants: frozenset[Grant], scope: frozenset[str] | None) -> frozenset[Grant]:
    """The grants that are left to somebody with these customers alone."""
    if scope is None:
        return grants
    return frozenset(one for one in grants if one.permission in WITHIN_CUSTOMERS)


def keep_who_sees(member_ids: Iterable[str], company_id: str) -> set[str]:
    """Those of the merchant's staff to whom this customer may be named."""
    sees = Q(sees_all_customers=True) | Q(customers__company_id=company_id)
    rows = Member.objects.filter(sees, pk__in=sorted(member_ids))
    return set(rows.values_list("pk", flat=True))
