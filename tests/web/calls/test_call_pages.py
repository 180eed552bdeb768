"""The log of calls: found by key, method, outcome, code and day; each tells what became of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from placet.calls.models import RequestLogEntry
from placet.companies.models import ApiKey
from placet.core.clock import real_now
from tests.api.caller import Caller, key_of
from tests.cast import Cast
from tests.web.pages import as_actor, page, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def erp(cast: Cast) -> Caller:
    """A program that asked three things: one worked, one did not exist, one did not fit."""
    caller = key_of("meridian")
    caller.get("/me")
    caller.get("/orders/ord_none")
    caller.post("/carts", {"name": 7})
    return caller


def test_the_list_tells_what_was_asked_and_what_became_of_it(cast: Cast, erp: Caller) -> None:
    text = page(cast.ines, "calls/")
    assert "GET get_me" in text
    assert "/api/v1/orders/ord_none" in text
    assert "not_found" in text
    assert ApiKey.objects.get().name in text
    assert "GET get_me" not in page(cast.mira, "calls/")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("outcome=2xx", {"get_me"}),
        ("outcome=4xx", {"get_order", "create_cart"}),
        ("outcome=5xx", set()),
        ("method=POST", {"create_cart"}),
        ("code=invalid", {"create_cart"}),
        ("key=key_other", set()),
        ("since=2100-01-01", set()),
        ("since=nonsense&method=POST", {"create_cart"}),
        ("since=9999-12-31", {"get_me", "get_order", "create_cart"}),
    ],
)
def test_filters_stand_in_the_address(cast: Cast, erp: Caller, query: str, found: set[str]) -> None:
    text = page(cast.ines, f"calls/?{query}")
    assert {name for name in ("get_me", "get_order", "create_cart") if f" {name}<" in text} == found
    assert ("No call matches" in text) is (not found)


def test_a_call_leads_to_the_meaning_of_its_code(cast: Cast, erp: Caller) -> None:
    call = RequestLogEntry.objects.get(operation="get_order")
    text = page(cast.ines, f"calls/{call.pk}/")
    assert call.pk in text
    assert "/api/v1/explorer/problems/#not_found" in text
    assert "the company itself" in text
    codes = as_actor(cast.ines).get("/api/v1/explorer/problems/").content.decode()
    assert 'id="not_found"' in codes
    page(cast.mira, f"calls/{call.pk}/", status=404)


def test_a_call_for_a_member_names_them(cast: Cast) -> None:
    key_of("meridian").acting_for(cast.member["lena"]).get("/me")
    call = RequestLogEntry.objects.get()
    assert "Lena" in page(cast.ines, f"calls/{call.pk}/")


def test_three_ways_of_being_empty(cast: Cast) -> None:
    assert "Create a key" in page(cast.ines, "calls/")
    key_of("meridian")
    assert "No program has called" in page(cast.ines, "calls/")
    assert "No call matches" in page(cast.ines, "calls/?method=PUT")
    page(cast.lena, "calls/", status=403)


def test_the_number_of_queries_does_not_grow(cast: Cast, erp: Caller) -> None:
    few = queries_of(cast.ines, "calls/")
    first = RequestLogEntry.objects.earliest("created_at")
    RequestLogEntry.objects.bulk_create(
        RequestLogEntry(
            id=f"call_{number}",
            created_at=real_now() - timedelta(seconds=number),
            company_id=first.company_id,
            key_id=first.key_id,
            method="GET",
            path="/api/v1/me",
            status=200,
        )
        for number in range(60)
    )
    assert queries_of(cast.ines, "calls/") <= few + 1
    assert 'rel="next"' in page(cast.ines, "calls/")
