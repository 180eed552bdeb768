"""The buttons of the mails lead to pages that exist."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import resolve

from placet.notices.addresses import cart_url, decision_url, order_url, requisition_url
from placet.requisitions.models import DecisionLink


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (requisition_url("meridian", "req_1"), "requisition"),
        (order_url("meridian", "ORD-1"), "order"),
        (cart_url("meridian", "cart_1"), "cart"),
    ],
)
def test_a_button_leads_to_its_page(url: str, name: str) -> None:
    assert resolve(url.removeprefix(settings.PLACET_BASE_URL)).url_name == name


def test_a_decision_link_leads_to_the_page_that_asks() -> None:
    found = resolve(decision_url(DecisionLink(pk="dlk_1")).removeprefix(settings.PLACET_BASE_URL))
    assert found.kwargs["token"].startswith("dlk_1.")
    assert "confirm" in found.func.__module__
