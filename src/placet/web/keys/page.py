"""API keys of a company, and which scopes the actor may give to one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.companies import permissions
from placet.companies.acting import ACT_FOR
from placet.companies.models import ApiKey
from placet.companies.permissions import MERCHANT_PERMISSIONS, PERMISSIONS, Refusal, can_do
from placet.core.actor import Actor
from placet.core.errors import NotFound

SOON: Final = timedelta(days=7)
MOST_TOLD: Final = 5
SCOPE_HINTS: Final[Mapping[str, str | Promise]] = {
    permissions.ORDER_SUBMIT: gettext_lazy("Fill carts, plan and submit them"),
    permissions.ORDER_APPROVE: gettext_lazy("Read steps; a decision is always a person’s"),
    permissions.PURCHASE_VIEW_ALL: gettext_lazy("Read every requisition and order of the company"),
    permissions.PRICE_VIEW: gettext_lazy("Read products with the company’s prices"),
    permissions.BUDGET_VIEW: gettext_lazy("Read budgets and their ledger"),
    permissions.BUDGET_MANAGE: gettext_lazy("Create budgets, change and move their amounts"),
    permissions.MEMBER_MANAGE: gettext_lazy("Add and deactivate members, grant roles"),
    permissions.RULE_MANAGE: gettext_lazy("Publish versions of the approval rules"),
    permissions.ROLE_MANAGE: gettext_lazy("Define roles"),
    permissions.LIMIT_MANAGE: gettext_lazy("Set limits of members"),
    permissions.UNIT_MANAGE: gettext_lazy("Change units and their heads"),
    permissions.ADDRESS_MANAGE: gettext_lazy("Change addresses, cost centres, reference fields"),
    permissions.COMPANY_MANAGE: gettext_lazy("Change the company's settings"),
    permissions.KEY_MANAGE: gettext_lazy("Create and revoke other keys"),
    permissions.WEBHOOK_MANAGE: gettext_lazy("Add endpoints, replay deliveries"),
    permissions.AUDIT_VIEW: gettext_lazy("Read the events of the company"),
    permissions.ORDER_PROCESS: gettext_lazy("Fetch orders and acknowledge them with their number"),
    permissions.CUSTOMER_VIEW: gettext_lazy("Read the companies that buy here"),
    permissions.CATALOG_MANAGE: gettext_lazy("Write products, prices and stock"),
    permissions.CREDIT_MANAGE: gettext_lazy("Set credit limits and enter payments"),
    permissions.QUOTE_MANAGE: gettext_lazy("Answer requests for quotes, and make offers"),
    permissions.ORDER_ON_BEHALF: gettext_lazy("Order for customers, in the name of a colleague"),
    permissions.ORDER_FROM_SHOP: gettext_lazy("Send in purchases with the prices of your own shop"),
}


class Scope(NamedTuple):
    """A right that a key may have; ``refusal`` says why this actor may not give it."""

    key: str
    label: str
    hint: str
    refusal: Refusal | None
    is_chosen: bool


def offered_scopes(actor: Actor, chosen: list[str]) -> list[Scope]:
    """The scopes of this side of the business; those that the actor does not hold are closed."""
    known = [key for key in PERMISSIONS if actor.is_merchant or key not in MERCHANT_PERMISSIONS]
    scopes = [
        Scope(
            key,
            str(PERMISSIONS[key]),
            str(SCOPE_HINTS[key]),
            can_do(actor, key),
            key in chosen,
        )
        for key in known
    ]
    acting = Scope(
        ACT_FOR,
        _("Act for a member"),
        _("The key names a member in each request and has that member’s rights, whoever it is"),
        can_do(actor, permissions.MEMBER_MANAGE),
        ACT_FOR in chosen,
    )
    return [*scopes, acting]


def list_keys(actor: Actor) -> QuerySet[ApiKey]:
    """The keys of the actor's company, the newest first; revoked ones stay as a record."""
    keys = ApiKey.objects.filter(company_id=actor.company_id).select_related("created_by__user")
    return keys.order_by("-created_at", "-pk")


def get_key(actor: Actor, key_id: str) -> ApiKey:
    """One key of the actor's company; raises ``NotFound``."""
    found = list_keys(actor).filter(pk=key_id).first()
    if found is None:
        raise NotFound(_("There is no such key in your company."))
    return found


def filtered_keys(keys: QuerySet[ApiKey], state: str, now: datetime) -> QuerySet[ApiKey]:
    """Working keys, ended ones, or all (empty)."""
    ended = Q(revoked_at__isnull=False) | Q(expires_at__lte=now)
    if state == "ended":
        return keys.filter(ended)
    return keys.exclude(ended) if state == "working" else keys


def list_ending_soon(actor: Actor, *, now: datetime) -> list[ApiKey]:
    """Keys that programs use and that end within a week, the first to end first."""
    soon = list_keys(actor).filter(
        expires_at__gt=now,
        expires_at__lte=now + SOON,
        revoked_at__isnull=True,
        last_used_at__isnull=False,
    )
    return list(soon.order_by("expires_at", "pk")[:MOST_TOLD])


def scope_label(scope: str) -> str:
    """What a scope is called; an unknown one by its key."""
    return _("Act for a member") if scope == ACT_FOR else str(PERMISSIONS.get(scope, scope))
