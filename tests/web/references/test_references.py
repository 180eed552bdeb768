"""Reference fields: defined by the company, asked in the cart, shown to whom they are meant for."""

from __future__ import annotations

from typing import Any

import pytest

from placet.carts.models import Cart
from placet.companies.models import ReferenceField
from placet.core.actor import Actor
from tests.cast import Cast
from tests.requisitions.road import GLOVES, fill_cart, submit
from tests.web.pages import as_actor, page

pytestmark = pytest.mark.django_db

PROJECT = {
    "name": "Project",
    "kind": "list",
    "choices": "P-1\nP-2\n\nP-1",
    "is_required": "on",
    "position": "1",
}
WARD = {"name": "Ward", "kind": "text", "position": "2", "is_for_supplier": "on", "hint": "ICU-4"}


def send(actor: Actor, path: str, **wish: Any) -> Any:
    """What comes back."""
    return as_actor(actor).post(f"/c/{actor.company_slug}/reference-fields/{path}", wish)


@pytest.fixture
def cart(cast: Cast) -> Cart:
    """Lena's cart in a company that asks for a project, and for a ward that the supplier reads."""
    assert send(cast.ines, "new/", **PROJECT).status_code == 302
    assert send(cast.ines, "new/", **WARD).status_code == 302
    return fill_cart(cast, (GLOVES, 20))


def fill_in(cast: Cast, cart: Cart, **values: str) -> Any:
    """What the cart's page answers; ``project`` is sent as the page names it."""
    wish = {f"reference-{key}": value for key, value in values.items()}
    return as_actor(cast.lena).post(f"/c/meridian/carts/{cart.pk}/details/", wish)


def test_a_field_is_made_with_a_key_of_its_name(cast: Cast, cart: Cart) -> None:
    field = ReferenceField.objects.get(key="project")
    assert (field.choices, field.is_required) == (["P-1", "P-2"], True)
    shown = page(cast.ines, "reference-fields/")
    assert shown.index("Project") < shown.index("Ward")


def test_the_cart_asks_and_says_what_is_missing(cast: Cast, cart: Cart) -> None:
    shown = page(cast.lena, f"carts/{cart.pk}/")
    assert "“Project” is needed." in shown
    assert "As ICU-4" in shown
    assert fill_in(cast, cart, project="P-2", ward="ICU-4").status_code == 302
    shown = page(cast.lena, f"carts/{cart.pk}/")
    assert "“Project” is needed" not in shown
    assert 'value="P-2" selected' in shown


def test_what_does_not_fit_comes_back_as_it_was_typed(cast: Cast, cart: Cart) -> None:
    answer = fill_in(cast, cart, project="P-9")
    assert answer.status_code == 422
    assert "is one of: P-1, P-2" in answer.content.decode()
    answer = fill_in(cast, cart, ward="W" * 201)
    assert answer.status_code == 422
    assert "W" * 201 in answer.content.decode()
    assert Cart.objects.get(pk=cart.pk).references == {}


def test_it_is_shown_to_the_company_and_to_the_supplier_only_what_is_meant_for_it(
    cast: Cast, cart: Cart
) -> None:
    fill_in(cast, cart, project="P-2", ward="Ward seven")
    requisition = submit(Cart.objects.get(pk=cart.pk), actor=cast.lena, now=cast.now)
    pages = [f"requisitions/{requisition.number}/", f"requisitions/{requisition.number}/evidence/"]
    for path in pages:
        shown = page(cast.lena, path)
        assert {"P-2", "Ward seven"} == {one for one in ("P-2", "Ward seven") if one in shown}
    ordered = page(cast.lena, "orders/").split("/orders/ORD-")[1].split("/")[0]
    assert "P-2" in page(cast.lena, f"orders/ORD-{ordered}/")
    desk = page(cast.tomas, "orders/?status=unprocessed").split("/orders/ORD-")[1].split("/")[0]
    theirs = page(cast.tomas, f"orders/ORD-{desk}/")
    assert "Ward seven" in theirs
    assert "P-2" not in theirs


def test_a_closed_field_is_asked_no_more(cast: Cast, cart: Cart) -> None:
    field = ReferenceField.objects.get(key="project")
    assert send(cast.ines, f"{field.pk}/close/").status_code == 302
    assert "Project" not in page(cast.lena, f"carts/{cart.pk}/")
    assert send(cast.ines, "new/", **PROJECT).status_code == 422


@pytest.mark.parametrize(
    ("name", "typed"),
    [("pattern", "(a+)+"), ("choices", ""), ("position", "x"), ("key", "PO"), ("kind", "number")],
)
def test_a_field_that_cannot_be_asked(cast: Cast, name: str, typed: str) -> None:
    kind = "pattern" if name == "pattern" else "list"
    wish = {**PROJECT, "kind": kind, name: typed}
    answer = send(cast.ines, "new/", **wish)
    assert answer.status_code == 422
    assert 'value="Project"' in answer.content.decode()


def test_changing_keeps_the_key_and_sees_who_was_quicker(cast: Cast, cart: Cart) -> None:
    field = ReferenceField.objects.get(key="ward")
    wish = {**WARD, "name": "Station", "version": "1", "key": "other"}
    assert send(cast.ines, f"{field.pk}/", **wish).status_code == 302
    field.refresh_from_db()
    assert (field.name, field.key) == ("Station", "ward")
    assert send(cast.ines, f"{field.pk}/", **wish).status_code == 422


def test_outsiders_find_nothing(cast: Cast, cart: Cart) -> None:
    field = ReferenceField.objects.get(key="ward")
    for person in (cast.jan, cast.odd):
        page(person, f"reference-fields/{field.pk}/", status=404)
        assert send(person, f"{field.pk}/close/").status_code == 404
    page(cast.lena, "reference-fields/", status=403)
    field.refresh_from_db()
    assert field.closed_at is None
