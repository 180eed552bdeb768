"""Where the buttons of a mail lead; always below the configured base address."""

from __future__ import annotations

from django.conf import settings

from placet.requisitions.links import token_of
from placet.requisitions.models import DecisionLink


def decision_url(link: DecisionLink) -> str:
    """The page that shows one person what they are asked; opening it decides nothing."""
    return f"{settings.PLACET_BASE_URL}/d/{token_of(link)}/"


def step_url(slug: str, step_id: str) -> str:
    """The page in the portal where a step is decided."""
    return f"{settings.PLACET_BASE_URL}/c/{slug}/inbox/{step_id}/"


def requisition_url(slug: str, requisition_id: str) -> str:
    """The page of a requisition in the reader's company."""
    return f"{settings.PLACET_BASE_URL}/c/{slug}/requisitions/{requisition_id}/"


def order_url(slug: str, number: str) -> str:
    """The page of an order in the reader's company."""
    return f"{settings.PLACET_BASE_URL}/c/{slug}/orders/{number}/"


def cart_url(slug: str, cart_id: str) -> str:
    """The page of a cart in the reader's company."""
    return f"{settings.PLACET_BASE_URL}/c/{slug}/carts/{cart_id}/"


def budget_url(slug: str, budget_id: str) -> str:
    """The page of a budget in the reader's company."""
    return f"{settings.PLACET_BASE_URL}/c/{slug}/budgets/{budget_id}/"


def run_url(slug: str, run_id: str) -> str:
    """The page of a run in the reader's company: what came of it."""
    return f"{settings.PLACET_BASE_URL}/c/{slug}/runs/{run_id}/"


def application_url(slug: str, application_id: str) -> str:
    """The page of an application, for the merchant's people."""
    return f"{settings.PLACET_BASE_URL}/c/{slug}/customers/applications/{application_id}/"


def inbox_url(slug: str) -> str:
    """What waits for the reader in their company."""
    return f"{settings.PLACET_BASE_URL}/c/{slug}/inbox/"


def notification_settings_url(slug: str) -> str:
    """Where the reader chooses what they are told, and where."""
    return f"{settings.PLACET_BASE_URL}/c/{slug}/settings/notifications/"
