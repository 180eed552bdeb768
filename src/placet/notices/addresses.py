"""Where the buttons of a mail lead; always below the configured base address."""

from __future__ import annotations

from django.conf import settings

from placet.carts.links import guest_code
from placet.carts.models import LinkGuest
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


def quote_url(slug: str, key: str) -> str:
    """The page of a quote in the reader's company: by number, for the merchant by id."""
    return f"{settings.PLACET_BASE_URL}/c/{slug}/quotes/{key}/"


def release_url(slug: str, release_id: str) -> str:
    """The page where the merchant's people release an offer."""
    return f"{settings.PLACET_BASE_URL}/c/{slug}/releases/{release_id}/"


def thread_url(slug: str, thread_id: str) -> str:
    """The page of a conversation in the reader's company: to read it all, and to answer."""
    return f"{settings.PLACET_BASE_URL}/c/{slug}/threads/{thread_id}/"


def guest_url(guest: LinkGuest) -> str:
    """Where somebody outside confirms an address; opening it confirms nothing."""
    return f"{settings.PLACET_BASE_URL}/s/guest/{guest_code(guest)}/"


def cart_url(slug: str, cart_id: str) -> str:
    """The page of a cart in the reader's company."""
    return f"{settings.PLACET_BASE_URL}/c/{slug}/carts/{cart_id}/"


def webhook_url(slug: str, endpoint_id: str) -> str:
    """The page of an endpoint that is told about events."""
    return f"{settings.PLACET_BASE_URL}/c/{slug}/webhooks/{endpoint_id}/"


def schedule_url(slug: str, schedule_id: str) -> str:
    """The page of a schedule in the reader's company."""
    return f"{settings.PLACET_BASE_URL}/c/{slug}/schedules/{schedule_id}/"


def budget_url(slug: str, budget_id: str) -> str:
    """The page of a budget in the reader's company."""
    return f"{settings.PLACET_BASE_URL}/c/{slug}/budgets/{budget_id}/"


def run_url(slug: str, run_id: str) -> str:
    """The page of a run in the reader's company: what came of it."""
    return f"{settings.PLACET_BASE_URL}/c/{slug}/runs/{run_id}/"


def application_url(slug: str, application_id: str) -> str:
    """The page of an application, for the merchant's people."""
    return f"{settings.PLACET_BASE_URL}/c/{slug}/customers/applications/{application_id}/"


def rules_url(slug: str) -> str:
    """The rules of the reader's company, with what is asked about them."""
    return f"{settings.PLACET_BASE_URL}/c/{slug}/rules/"


def customer_approvers_url(slug: str, customer_id: str) -> str:
    """Who decides at a customer, for the merchant's people: who keeps its rules stands there."""
    return f"{settings.PLACET_BASE_URL}/c/{slug}/customers/{customer_id}/approvers/"


def keys_url(slug: str) -> str:
    """The API keys of the reader's company."""
    return f"{settings.PLACET_BASE_URL}/c/{slug}/keys/"


def own_keys_url(slug: str) -> str:
    """The reader's own API keys."""
    return f"{settings.PLACET_BASE_URL}/c/{slug}/settings/keys/"


def inbox_url(slug: str) -> str:
    """What waits for the reader in their company."""
    return f"{settings.PLACET_BASE_URL}/c/{slug}/inbox/"


def notification_settings_url(slug: str) -> str:
    """Where the reader chooses what they are told, and where."""
    return f"{settings.PLACET_BASE_URL}/c/{slug}/settings/notifications/"


def shop_plan_address(slug: str, token: str) -> str:
    """The page where a member sees what their purchase in the supplier's own shop needs."""
    return f"{settings.PLACET_BASE_URL}/c/{slug}/shop-plan/{token}/"
