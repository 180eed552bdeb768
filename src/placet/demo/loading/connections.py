"""Programs that are connected: a key for each side, and the merchant's ERP."""

from __future__ import annotations

from itertools import chain

from django.conf import settings

from placet.companies.acting import ACT_FOR
from placet.companies.actions import create_api_key, create_personal_key
from placet.companies.permissions import (
    BUDGET_VIEW,
    BUILT_IN_ROLES,
    CUSTOMER_VIEW,
    ORDER_APPROVE,
    ORDER_PROCESS,
    ORDER_SUBMIT,
    PRICE_VIEW,
    PURCHASE_VIEW_ALL,
    RULE_MANAGE,
    WEBHOOK_MANAGE,
)
from placet.demo.loading.registry import Registry
from placet.demo.models import ShownKey
from placet.demo.world.companies import MERIDIAN, NORDEN
from placet.webhooks.actions import add_endpoint
from placet.webhooks.models import Endpoint

ERP_PATH = "/demo/erp/"
ERP_EVENTS = ("order.created",)


def _held(role: str) -> tuple[str, ...]:
    """What somebody of a built-in role may do."""
    roles = chain.from_iterable(BUILT_IN_ROLES.values())
    return next(one.permissions for one in roles if one.key == role)


# Who made it, for which company, with which scopes.
KEYS = (
    (
        "meridian",
        MERIDIAN,
        "ines",
        "Purchasing portal",
        (ORDER_SUBMIT, ORDER_APPROVE, PURCHASE_VIEW_ALL, PRICE_VIEW, BUDGET_VIEW, ACT_FOR),
    ),
    ("rules", MERIDIAN, "ines", "Rules in git", (RULE_MANAGE, BUDGET_VIEW)),
    ("norden", NORDEN, "signe", "Norden ERP", (ORDER_PROCESS, CUSTOMER_VIEW, WEBHOOK_MANAGE)),
    ("admin", MERIDIAN, "ines", "People and budgets", (*_held("company_admin"), ACT_FOR)),
    ("store", NORDEN, "erik", "Norden's store", (*_held("owner"), ACT_FOR)),
)
# Deciding takes a key of one's own: a key of the company decides for nobody.
APPROVERS = ("rashid", "jonas")


def load_connections(registry: Registry) -> None:
    """Keys that the demo shows to everybody, and an endpoint that is the demo itself."""
    for name, company, member, title, scopes in KEYS:
        _key, secret = create_api_key(
            registry.companies[company],
            name=title,
            scopes=scopes,
            mode="test",
            actor=registry.actor(member),
            now=registry.setup,
        )
        slug = registry.companies[company].slug
        ShownKey.objects.create(name=name, company_slug=slug, secret=secret)
    for approver in APPROVERS:
        _load_own_key(registry, approver)
    add_endpoint(
        erp_address(), event_types=ERP_EVENTS, actor=registry.actor("signe"), now=registry.setup
    )


def _load_own_key(registry: Registry, approver: str) -> None:
    actor = registry.actor(approver)
    _key, secret = create_personal_key(
        "Scripts",
        scopes=(ORDER_APPROVE, PURCHASE_VIEW_ALL, PRICE_VIEW, BUDGET_VIEW),
        mode="test",
        actor=actor,
        now=registry.setup,
    )
    ShownKey.objects.create(name=approver, company_slug=actor.company_slug, secret=secret)


def erp_address() -> str:
    """Where the demo's ERP listens; it moves with the port of the demo."""
    return f"{settings.PLACET_BASE_URL}{ERP_PATH}"


def follow_port() -> None:
    """Point the ERP's endpoint to where the demo runs this time."""
    Endpoint.objects.filter(url__endswith=ERP_PATH).update(url=erp_address())
