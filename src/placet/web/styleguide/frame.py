"""A frame around the style guide: the shell of a member who exists only on this page."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from placet.core.actor import Actor

NOW = datetime(2025, 11, 25, 8, 10, tzinfo=UTC)
HERE = "#main"


def sample_shell() -> SimpleNamespace:
    """What `ui` holds on a page of a company, with nothing behind it."""
    return SimpleNamespace(
        actor=_actor(),
        memberships=[],
        unread=3,
        nav=[
            {"heading": "", "items": [_item("house", "Home"), _item("inbox", "Inbox", 8, "hot")]},
            {
                "heading": "Purchases",
                "items": [
                    _item("shopping-cart", "Carts", 3, "current"),
                    _item("file-text", "Requisitions", 14),
                    _item("package", "Orders"),
                ],
            },
            {"heading": "Money", "items": [_item("gauge", "Budgets")]},
        ],
        tabbar=[
            _item("house", "Home"),
            _item("inbox", "Inbox", 8, "hot"),
            _item("shopping-cart", "Carts", 3, "current"),
            _item("file-text", "Requisitions"),
        ],
        demo={
            "people": [
                {"name": "Lena", "role": "buyer", "url": HERE, "current": True},
                {"name": "Rashid", "role": "approver", "url": HERE},
                {"name": "Ines", "role": "company admin", "url": HERE},
                {"name": "Tomas", "role": "merchant", "url": HERE},
            ],
            "clock": NOW,
        },
    )


def _actor() -> Actor:
    return Actor(
        channel="web",
        company_id="",
        company_slug="meridian",
        company_name="Meridian Health Group",
        company_kind="business",
        currency="EUR",
        name="Lena Vogt",
        unit_name="ICU-4",
        time_zone="Europe/Berlin",
    )


def _item(icon: str, label: str, count: int | None = None, state: str = "") -> dict[str, Any]:
    return {
        "icon": icon,
        "name": label.lower(),
        "label": label,
        "url": HERE,
        "count": count,
        "is_hot": state == "hot",
        "is_current": state == "current",
    }
