"""What people may do: the permissions, the roles that every company is born with, the refusals.

A predicate ``can_…`` returns ``None`` when the actor may, else the ``Refusal`` that the button, the
gate and the API all show.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from placet.companies.models import Company, Member, Role, RoleGrant
from placet.companies.refusals import Refusal as Refusal
from placet.companies.refusals import refuse
from placet.core.actor import Actor

ORDER_SUBMIT: Final = "order.submit"
ORDER_APPROVE: Final = "order.approve"
PURCHASE_VIEW_ALL: Final = "purchase.view_all"
PRICE_VIEW: Final = "price.view"
BUDGET_VIEW: Final = "budget.view"
BUDGET_MANAGE: Final = "budget.manage"
MEMBER_MANAGE: Final = "member.manage"
ROLE_MANAGE: Final = "role.manage"
LIMIT_MANAGE: Final = "limit.manage"
UNIT_MANAGE: Final = "unit.manage"
ADDRESS_MANAGE: Final = "address.manage"
RULE_MANAGE: Final = "rule.manage"
COMPANY_MANAGE: Final = "company.manage"
KEY_MANAGE: Final = "key.manage"
WEBHOOK_MANAGE: Final = "webhook.manage"
AUDIT_VIEW: Final = "audit.view"
ORDER_PROCESS: Final = "order.process"
CUSTOMER_VIEW: Final = "customer.view"
CATALOG_MANAGE: Final = "catalog.manage"
CREDIT_MANAGE: Final = "credit.manage"
QUOTE_MANAGE: Final = "quote.manage"
ORDER_ON_BEHALF: Final = "order.on_behalf"
ORDER_FROM_SHOP: Final = "order.from_shop"

PERMISSIONS: Final[Mapping[str, str | Promise]] = {
    ORDER_SUBMIT: _("Submit purchases"),
    ORDER_APPROVE: _("Approve purchases"),
    PURCHASE_VIEW_ALL: _("See all requisitions and orders"),
    PRICE_VIEW: _("See prices"),
    BUDGET_VIEW: _("See budgets"),
    BUDGET_MANAGE: _("Manage budgets"),
    MEMBER_MANAGE: _("Manage members and give them roles"),
    ROLE_MANAGE: _("Define roles"),
    LIMIT_MANAGE: _("Set limits of members"),
    UNIT_MANAGE: _("Manage units and their heads"),
    ADDRESS_MANAGE: _("Manage addresses, cost centres and reference fields"),
    RULE_MANAGE: _("Manage approval rules"),
    COMPANY_MANAGE: _("Manage the company and its settings"),
    KEY_MANAGE: _("Manage API keys"),
    WEBHOOK_MANAGE: _("Manage webhooks"),
    AUDIT_VIEW: _("See the audit trail"),
    ORDER_PROCESS: _("Process orders"),
    CUSTOMER_VIEW: _("See customers"),
    CATALOG_MANAGE: _("Manage catalog and prices"),
    CREDIT_MANAGE: _("Say how much credit customers have"),
    QUOTE_MANAGE: _("Negotiate quotes with customers"),
    ORDER_ON_BEHALF: _("Order on behalf of customers"),
    ORDER_FROM_SHOP: _("Send in purchases of customers’ people from a shop of your own"),
}

# Who manages members hands these out without holding them: an admin appoints buyers and approvers
# and is neither. All others can only be passed on by somebody who holds them.
APPOINTABLE: Final = frozenset(
    {ORDER_SUBMIT, ORDER_APPROVE, PURCHASE_VIEW_ALL, PRICE_VIEW, BUDGET_VIEW}
)
MERCHANT_PERMISSIONS: Final = frozenset(
    {
        *(ORDER_PROCESS, CUSTOMER_VIEW, CATALOG_MANAGE, CREDIT_MANAGE, QUOTE_MANAGE),
        *(ORDER_ON_BEHALF, ORDER_FROM_SHOP),
    }
)

KNOWN_PERMISSIONS: Final[Mapping[str, frozenset[str]]] = {
    kind: frozenset(PERMISSIONS)
    - (frozenset() if kind == Company.Kind.MERCHANT else MERCHANT_PERMISSIONS)
    for kind in Company.Kind.values
}
"""The permissions that exist in a company of each kind: the merchant has some of its own."""


class BuiltInRole(NamedTuple):
    """A role that comes with every company of a kind; rules select people by its key."""

    key: str
    name: str | Promise
    permissions: tuple[str, ...]


_BUYER = (ORDER_SUBMIT, PRICE_VIEW, BUDGET_VIEW)
_ORGANISATION = (MEMBER_MANAGE, ROLE_MANAGE, LIMIT_MANAGE, UNIT_MANAGE, ADDRESS_MANAGE)
_ADMIN = (
    *_ORGANISATION,
    *(RULE_MANAGE, COMPANY_MANAGE, KEY_MANAGE, WEBHOOK_MANAGE, AUDIT_VIEW),
    *(BUDGET_MANAGE, BUDGET_VIEW, PURCHASE_VIEW_ALL, PRICE_VIEW),
)
_STORE = (
    *(ORDER_PROCESS, CUSTOMER_VIEW, CATALOG_MANAGE, CREDIT_MANAGE, QUOTE_MANAGE),
    *(ORDER_ON_BEHALF, ORDER_FROM_SHOP, AUDIT_VIEW, KEY_MANAGE, WEBHOOK_MANAGE),
)

BUILT_IN_ROLES: Final[Mapping[str, tuple[BuiltInRole, ...]]] = {
    Company.Kind.BUSINESS: (
        BuiltInRole("buyer", _("Buyer"), _BUYER),
        BuiltInRole(
            "approver", _("Approver"), (ORDER_APPROVE, PURCHASE_VIEW_ALL, PRICE_VIEW, BUDGET_VIEW)
        ),
        BuiltInRole("company_admin", _("Company admin"), _ADMIN),
        BuiltInRole(
            "auditor", _("Auditor"), (AUDIT_VIEW, PURCHASE_VIEW_ALL, PRICE_VIEW, BUDGET_VIEW)
        ),
    ),
    Company.Kind.HOUSEHOLD: (
        BuiltInRole("parent", _("Parent"), (ORDER_SUBMIT, ORDER_APPROVE, *_ADMIN)),
        BuiltInRole("child", _("Child"), _BUYER),
    ),
    Company.Kind.MERCHANT: (
        BuiltInRole(
            "merchant_orders", _("Order desk"), (ORDER_PROCESS, CUSTOMER_VIEW, ORDER_ON_BEHALF)
        ),
        BuiltInRole("store_manager", _("Store manager"), _STORE),
        BuiltInRole("owner", _("Owner"), (*_STORE, *_ORGANISATION, RULE_MANAGE, COMPANY_MANAGE)),
        BuiltInRole("sales_rep", _("Sales"), (CUSTOMER_VIEW, QUOTE_MANAGE, ORDER_ON_BEHALF)),
        BuiltInRole("catalog_keeper", _("Catalog"), (CATALOG_MANAGE,)),
    ),
}


def can_do(actor: Actor, permission: str, unit_path: str = "") -> Refusal | None:
    """Whether the actor holds the permission for this unit (``""``: for the whole company)."""
    if actor.is_system or actor.holds(permission, unit_path=unit_path):
        return None
    sentence = gettext("This needs the permission “%(permission)s”. %(grantor)s can grant it.") % {
        "permission": PERMISSIONS[permission],
        "grantor": _grantor(actor),
    }
    return Refusal("permission_missing", sentence)


def require(actor: Actor, permission: str, unit_path: str = "") -> None:
    """Let the actor pass only with the permission; raises ``Forbidden`` with who could grant it."""
    refuse(can_do(actor, permission, unit_path), permission=permission)


def can_grant_role(actor: Actor, role: Role, *, user_id: str, unit_path: str) -> Refusal | None:
    """Whether the actor may give the role to this user, here: nobody raises rights of their own."""
    if actor.is_system:
        return None
    if actor.is_oneself(user_id):
        return Refusal(
            "own_rights", gettext("Nobody changes their own roles. Ask another company admin.")
        )
    missing = can_do(actor, MEMBER_MANAGE, unit_path)
    if missing is not None:
        return missing
    return can_pass_on(actor, role.permissions, unit_path)


def can_pass_on(
    actor: Actor, permissions: list[str] | tuple[str, ...], unit_path: str
) -> Refusal | None:
    """Whether the actor may give others these permissions: appointments, or what they hold."""
    for permission in permissions:
        if permission in APPOINTABLE and not actor.is_merchant:
            continue
        missing = can_do(actor, permission, unit_path)
        if missing is not None:
            return missing
    return None


def can_favour(actor: Actor, member: Member | None) -> Refusal | None:
    """Whether the actor may make this member decide something: nobody appoints themselves."""
    if member is None or actor.is_system:
        return None
    if actor.is_oneself(member.user_id):
        return Refusal(
            "own_rights", gettext("Nobody gives themselves rights. Ask another company admin.")
        )
    return None


def can_manage_member(actor: Actor, member: Member) -> Refusal | None:
    """Whether the actor may change or end this membership.

    Not one's own, and not that of somebody who may do what the actor could not give them: who
    manages a unit's members does not manage a company admin who sits there, nor somebody who
    approves for more than that unit.
    """
    own = can_favour(actor, member)
    if own is not None:
        return own
    missing = can_do(actor, MEMBER_MANAGE, member.unit.path)
    if missing is not None:
        return missing
    for grant in _grants_of(member):
        path = grant.unit.path if grant.unit else ""
        missing = can_pass_on(actor, grant.role.permissions, path)
        if missing is None and ORDER_APPROVE in grant.role.permissions:
            missing = can_do(actor, MEMBER_MANAGE, path)
        if missing is not None:
            return missing
    return None


def _grants_of(member: Member) -> Iterable[RoleGrant]:
    """The roles of a member: read with the list that the member came from, or now."""
    if "role_grants" in getattr(member, "_prefetched_objects_cache", {}):
        return member.role_grants.all()
    return member.role_grants.select_related("role", "unit")


def _grantor(actor: Actor) -> str:
    if actor.company_kind == Company.Kind.MERCHANT:
        return gettext("The owner of the store")
    if actor.company_kind == Company.Kind.HOUSEHOLD:
        return gettext("A parent of the household")
    return gettext("A company admin")
