"""The address that a dry run answers: the whole plan, for the buyer alone, signed in."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client

from placet.companies.models import Address, User
from placet.events.canonical import sha256
from placet.policy.codec import from_json, to_json
from placet.requisitions.models import Requisition
from placet.requisitions.posting.values import (
    PostedLine,
    PostedPart,
    PostedProduct,
    PostedPurchase,
    PostedShipping,
)
from placet.rulebooks.models import Rulebook
from tests.api.caller import Caller
from tests.api.shop import PROBE, SCREWS, ask, purchase
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_the_buyer_sees_all_of_the_plan_signed_in_and_nobody_else_does(
    shop: Caller, cast: Cast
) -> None:
    told = ask(shop, purchase(cast, PROBE))
    path = "/c/meridian/shop-plan/" + told["plan_url"].partition("/shop-plan/")[2]
    lena = page_of("lena", cast, path)
    assert lena.status_code == 200
    text = lena.content.decode()
    for shown in ("Ultrasound probe C5", "Rashid Haddad", "Biomedical engineering"):
        assert shown in text, shown
    assert page_of("rashid", cast, path).status_code == 404
    assert page_of("lena", cast, path[:-9] + "x" + path[-8:]).status_code == 404
    assert Client().get(path).status_code == 302
    assert not Requisition.objects.exists()


def test_a_plan_that_no_longer_fits_is_told_in_a_sentence(shop: Caller, cast: Cast) -> None:
    told = ask(shop, purchase(cast, PROBE))
    path = "/c/meridian/shop-plan/" + told["plan_url"].partition("/shop-plan/")[2]
    assert page_of("lena", cast, path).status_code == 200
    Address.objects.filter(pk=cast.address["ICU dock"]).update(closed_at=cast.now)
    gone = page_of("lena", cast, path)
    text = gone.content.decode()
    assert gone.status_code == 404
    assert "There is no such place or cost centre in reach of the buyer." in text
    assert "Your shop can show you the new one." in text


def test_a_plan_without_its_only_place_is_told_in_a_sentence(shop: Caller, cast: Cast) -> None:
    dock = cast.address["ICU dock"]
    Address.objects.filter(kind="ship_to").exclude(pk=dock).update(closed_at=cast.now)
    told = ask(shop, purchase(cast, PROBE, ship_to=""))
    path = "/c/meridian/shop-plan/" + told["plan_url"].partition("/shop-plan/")[2]
    assert page_of("lena", cast, path).status_code == 200
    Address.objects.filter(pk=dock).update(closed_at=cast.now)
    gone = page_of("lena", cast, path)
    assert gone.status_code == 404
    assert "Say where it should be delivered." in gone.content.decode()


def test_a_plan_without_rules_to_plan_by_is_told_in_a_sentence(shop: Caller, cast: Cast) -> None:
    told = ask(shop, purchase(cast, PROBE))
    path = "/c/meridian/shop-plan/" + told["plan_url"].partition("/shop-plan/")[2]
    Rulebook.objects.update(published=None)
    gone = page_of("lena", cast, path)
    assert (gone.status_code, "Your shop can show you" in gone.content.decode()) == (404, True)
    blocked = ask(shop, purchase(cast, PROBE))
    assert (blocked["verdict"], blocked["plan_hash"], blocked["plan_url"]) == ("blocked", "", None)


def test_what_stands_in_the_address_is_what_was_posted() -> None:
    product = PostedProduct("Wipes", 9_99, 100, 1900, tags=("wet", "blue"), is_restricted=True)
    parts = (PostedPart(1, ship_to="A", need_by_on=date(2026, 12, 1)), PostedPart(2))
    line = PostedLine("W", 3, product, parts=parts, references={"room": "12"})
    posted = PostedPurchase(
        "EUR",
        (line, PostedLine("X", 1, need_by_on=date(2026, 12, 2))),
        references={"ward": "ICU"},
        requested_on=date(2026, 12, 3),
        shipping=(PostedShipping(9_90, "A"),),
        total_minor=12,
    )
    assert from_json(PostedPurchase, json.loads(json.dumps(to_json(posted)))) == posted


def test_a_long_cart_has_no_address_and_is_planned_all_the_same(shop: Caller, cast: Cast) -> None:
    lines = [
        {**SCREWS, "sku": sha256(str(n).encode()), "name": sha256(f"{n}!".encode())}
        for n in range(80)
    ]
    told = ask(shop, purchase(cast, *lines))
    assert (told["plan_url"], told["verdict"]) == (None, "approval")


def page_of(who: str, cast: Cast, path: str) -> Any:
    """A page as somebody of the cast sees it."""
    client = Client()
    client.force_login(User.objects.get(pk=cast.user[who]))
    return client.get(path)
