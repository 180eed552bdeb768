"""Ship-tos and bill-tos on their pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from placet.carts.actions import describe_cart
from placet.companies.actions import grant_role
from placet.companies.actions.roles import create_role
from placet.companies.models import Address, Company, Member, Unit
from placet.companies.queries import get_actor, list_addresses
from placet.core.actor import Actor
from tests.cast import Cast
from tests.requisitions.road import GLOVES, fill_cart
from tests.web.pages import as_actor, page

pytestmark = pytest.mark.django_db

WISH = {
    "kind": "ship_to",
    "name": "Pharmacy ramp",
    "street": "Ring 4",
    "postcode": "10115",
    "city": "Berlin",
    "country": "DE",
    "delivery_note": "Gate 3",
    "place": "company:",
}


def send(actor: Actor, path: str, **wish: Any) -> Any:
    """What comes back."""
    return as_actor(actor).post(f"/c/{actor.company_slug}/addresses/{path}", wish)


def unit_admin(cast: Cast) -> Actor:
    """Pavel, who manages the addresses of ICU and below alone."""
    company = Company.objects.get(slug="meridian")
    role = create_role(
        company,
        key="icu-addresses",
        name="Addresses of ICU",
        permissions=["address.manage"],
        actor=cast.ines,
        now=cast.now,
    )
    icu = Unit.objects.get(pk=cast.unit["icu"])
    pavel = Member.objects.get(pk=cast.member["pavel"])
    grant_role(pavel, role=role, unit=icu, actor=cast.ines, now=cast.now)
    return get_actor(user_id=pavel.user_id, company_slug="meridian", channel="web")


def test_a_new_place_can_be_chosen_and_stays_what_it_was_made_for(cast: Cast) -> None:
    assert send(cast.ines, "new/", **WISH).status_code == 302
    made = Address.objects.get(name="Pharmacy ramp")
    assert (made.country, made.delivery_note, made.unit) == ("DE", "Gate 3", None)
    assert made in list_addresses(cast.lena, "ship_to")
    changed = {**WISH, "kind": "bill_to", "place": f"unit:{cast.unit['finance']}", "version": "1"}
    assert send(cast.ines, f"{made.pk}/", **changed).status_code == 302
    made.refresh_from_db()
    assert (made.kind, made.unit_id) == ("ship_to", cast.unit["finance"])
    assert made not in list_addresses(cast.lena, "ship_to")


def test_an_address_of_one_member_is_nobody_elses(cast: Cast) -> None:
    send(cast.ines, "new/", **{**WISH, "place": f"member:{cast.member['lena']}"})
    made = Address.objects.get(name="Pharmacy ramp")
    assert made in list_addresses(cast.lena, "ship_to")
    assert made not in list_addresses(cast.pavel, "ship_to")


def test_sharing_names_those_who_alone_may_use_it(cast: Cast) -> None:
    send(cast.ines, "new/", **WISH)
    made = Address.objects.get(name="Pharmacy ramp")
    shared = send(cast.ines, f"{made.pk}/members/", members=[cast.member["pavel"]])
    assert shared.status_code == 302
    assert made not in list_addresses(cast.lena, "ship_to")
    assert made in list_addresses(cast.pavel, "ship_to")
    assert "only 1 member" in page(cast.ines, "addresses/")
    assert send(cast.ines, f"{made.pk}/members/", members=[cast.member["ola"]]).status_code == 422
    send(cast.ines, f"{made.pk}/members/")
    assert made in list_addresses(cast.lena, "ship_to")


def test_closing_says_where_it_is_used_and_nobody_chooses_it_any_more(cast: Cast) -> None:
    dock = cast.address["ICU dock"]
    cart = fill_cart(cast, (GLOVES, 1))
    describe_cart(cart, ship_to_id=dock, actor=cast.lena, now=cast.now)
    assert "1 open cart" in page(cast.ines, f"addresses/{dock}/")
    assert send(cast.ines, f"{dock}/close/").status_code == 302
    assert dock not in {one.pk for one in list_addresses(cast.lena, "ship_to")}
    assert "ICU dock" in page(cast.ines, "addresses/?state=closed")
    again = as_actor(cast.ines).post(f"/c/meridian/addresses/{dock}/close/", follow=True)
    assert "closed already" in again.content.decode()


@pytest.mark.parametrize(
    ("name", "typed"),
    [("country", "Germany"), ("place", "unit:nowhere"), ("street", ""), ("kind", "home")],
)
def test_what_cannot_be_comes_back_with_what_was_typed(cast: Cast, name: str, typed: str) -> None:
    answer = send(cast.ines, "new/", **{**WISH, name: typed})
    assert answer.status_code == 422
    assert "Pharmacy ramp" in answer.content.decode()
    assert not Address.objects.filter(name="Pharmacy ramp").exists()


def test_who_manages_a_unit_sees_what_reaches_it_and_changes_what_is_its_own(cast: Cast) -> None:
    pavel = unit_admin(cast)
    send(cast.ines, "new/", **{**WISH, "place": f"unit:{cast.unit['finance']}"})
    finance = Address.objects.get(name="Pharmacy ramp")
    shown = page(pavel, "addresses/")
    assert "Main store" in shown
    assert "Pharmacy ramp" not in shown
    page(pavel, f"addresses/{finance.pk}/", status=404)
    page(pavel, f"addresses/{cast.address['Main store']}/", status=403)
    here = {**WISH, "name": "Ward 4", "place": f"unit:{cast.unit['icu-4']}"}
    assert send(pavel, "new/", **here).status_code == 302
    assert send(pavel, "new/", **WISH).status_code == 422
    assert send(pavel, "new/", **{**WISH, "place": finance.unit_id}).status_code == 422


def test_outsiders_find_nothing(cast: Cast) -> None:
    dock = cast.address["ICU dock"]
    for person in (cast.jan, cast.minjun, cast.odd):
        page(person, f"addresses/{dock}/", status=404)
        assert send(person, f"{dock}/close/").status_code == 404
    page(cast.lena, "addresses/", status=403)
    page(replace(cast.jan, company_slug="meridian"), "addresses/", status=404)
    assert Address.objects.get(pk=dock).closed_at is None


def test_a_family_has_no_units_and_no_bill_of_who_may(cast: Cast) -> None:
    shown = page(cast.minjun, "addresses/new/")
    assert "Min-jun Park" in shown
    assert "One member alone" not in shown
    assert send(cast.minjun, "new/", **WISH).status_code == 302
