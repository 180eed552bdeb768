"""The way in which the letter about a key that ends comes about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from placet.companies.actions.api_keys import create_api_key
from placet.companies.ending_keys import warn_ending_keys
from placet.companies.models import Company
from tests.cast import Cast


def key_ends(cast: Cast) -> None:
    company = Company.objects.get(pk=cast.company["meridian"])
    create_api_key(
        company,
        name="ERP, production",
        scopes=["order.submit"],
        expires_at=cast.now + timedelta(days=90),
        actor=cast.ines,
        now=cast.now,
    )
    warn_ending_keys(now=cast.now + timedelta(days=80))


KEY_WAYS: Final[Mapping[str, Callable[[Cast], object]]] = {"key_ending": key_ends}
