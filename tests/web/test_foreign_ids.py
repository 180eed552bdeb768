"""Ids of another company inside a form: wherever one is taken, a stranger's does not exist."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from django.test import Client
from django.urls import reverse

from placet.carts.models import Cart, CartGrant
from placet.companies.models import Delegation
from placet.events.models import Event
from placet.requisitions.models import Decision
from tests.cast import Cast
from tests.requisitions.road import DRESSING, GLOVES, fill_cart, pending_step, submit
from tests.web.pages import as_actor

pytestmark = pytest.mark.django_db


class Try(NamedTuple):
    """A form of Lena's or Ola's with one value that is not theirs."""

    who: str
    route: str
    values: dict[str, str]


FOREIGN: dict[str, Callable[[Cast, Cart], Try]] = {
    "a cost centre": lambda cast, _cart: Try(
        "lena", "cart_details", {"cost_center": cast.cost_center["kowalski/4410"]}
    ),
    "a ship-to": lambda cast, _cart: Try(
        "lena", "cart_details", {"ship_to": cast.address["Magazyn"]}
    ),
    "a bill-to": lambda cast, _cart: Try(
        "lena", "cart_details", {"bill_to": cast.address["Faktury"]}
    ),
    "a bill-to as a ship-to": lambda cast, _cart: Try(
        "lena", "cart_details", {"ship_to": cast.address["Accounts payable"]}
    ),
    "a member to share with": lambda cast, _cart: Try(
        "lena", "cart_share", {"member": cast.member["ola"], "level": "edit"}
    ),
    "a deactivated member to share with": lambda cast, _cart: Try(
        "lena", "cart_share", {"member": cast.member["gone"], "level": "edit"}
    ),
    "a level that does not exist": lambda cast, _cart: Try(
        "lena", "cart_share", {"member": cast.member["pavel"], "level": "owner"}
    ),
    "a cart to put a product in": lambda _cast, cart: Try(
        "ola", "product", {"cart": cart.pk, "quantity": "1"}
    ),
    "a delegate": lambda cast, _cart: Try(
        "lena",
        "settings",
        {"from_on": "2027-02-01", "until_on": "2027-02-05", "delegate": cast.member["ola"]},
    ),
}


@pytest.fixture
def cart(cast: Cast) -> Cart:
    """Lena's open cart."""
    return fill_cart(cast, (GLOVES, 20))


@pytest.mark.parametrize("what", FOREIGN)
def test_foreign_id(what: str, cast: Cast, cart: Cart) -> None:
    who, route, values = FOREIGN[what](cast, cart)
    actor = cast.actors[who]
    args = {"product": [GLOVES], "settings": []}.get(route, [cart.pk])
    before = _everything(cart)
    answer = as_actor(actor).post(reverse(route, args=[actor.company_slug, *args]), values)
    assert 400 <= answer.status_code < 500, answer.status_code
    assert _everything(cart) == before


def test_a_row_of_somebody_elses_inbox_is_not_approved(cast: Cast) -> None:
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    assert requisition.revision is not None
    row = f"{pending_step(requisition).pk}:{requisition.revision.content_hash}"
    for actor in (cast.jan, cast.minjun, cast.ines, cast.tomas, cast.lena, cast.pavel):
        address = reverse("inbox_bulk", args=[actor.company_slug])
        shown = as_actor(actor).post(address, {"row": [row, row, "x:y", ":", ""]}, follow=True)
        assert shown.status_code == 200
    assert not Decision.objects.exists()


def test_a_filter_with_foreign_ids_finds_nothing(cast: Cast) -> None:
    """Filters narrow; none of them widens what a member sees."""
    ines: Client = as_actor(cast.ines)
    for path in (
        f"members/?unit={cast.unit['warsaw']}",
        f"members/?role={cast.role['kowalski/buyer']}",
        f"audit/?person={cast.member['ola']}",
        f"deliveries/?endpoint={cast.company['kowalski']}",
    ):
        shown = ines.get(f"/c/meridian/{path}").content.decode()
        assert "Kowalsk" not in shown, path


def _everything(cart: Cart) -> tuple[object, ...]:
    cart.refresh_from_db()
    return (
        Event.objects.count(),
        cart.version,
        cart.cost_center_id,
        cart.ship_to_id,
        cart.bill_to_id,
        cart.lines.count(),
        CartGrant.objects.count(),
        Delegation.objects.count(),
    )
