"""Where a member may order to, and on which cost centre."""

import pytest

from placet.companies.actions import add_address, add_cost_center
from placet.companies.models import Address, Company, Unit
from placet.companies.queries import (
    get_address,
    get_cost_center,
    list_addresses,
    list_cost_centers,
)
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from tests.cast import Cast

pytestmark = pytest.mark.django_db
DOCK = {"street": "Kai 1", "postcode": "20457", "city": "Hamburg"}


def names(actor: Actor, kind: str = "ship_to") -> list[str]:
    return [address.name for address in list_addresses(actor, kind)]


def test_a_member_sees_the_places_of_their_units_and_of_everybody(cast: Cast) -> None:
    assert names(cast.lena) == ["ICU dock", "Main store"]
    assert names(cast.anika) == ["Biomed workshop", "Main store"]
    assert names(cast.ines) == ["Biomed workshop", "ICU dock", "Main store"]
    assert names(cast.lena, "bill_to") == ["Accounts payable"]
    assert names(cast.ola) == ["Magazyn"]


def test_a_place_outside_reach_does_not_exist(cast: Cast) -> None:
    workshop, foreign = cast.address["Biomed workshop"], cast.address["Magazyn"]
    assert get_address(cast.anika, workshop, "ship_to").name == "Biomed workshop"
    for wrong in (workshop, foreign, "adr_nothing"):
        with pytest.raises(NotFound):
            get_address(cast.lena, wrong, "ship_to")
    with pytest.raises(NotFound):
        get_address(cast.lena, cast.address["ICU dock"], "bill_to")


def test_a_closed_place_is_offered_to_nobody(cast: Cast) -> None:
    Address.objects.filter(name="ICU dock").update(closed_at=cast.now)
    assert names(cast.lena) == ["Main store"]


def test_cost_centres_reach_as_far_as_places(cast: Cast) -> None:
    assert [c.code for c in list_cost_centers(cast.lena)] == ["4410", "9000"]
    assert [c.code for c in list_cost_centers(cast.anika)] == ["9000"]
    with pytest.raises(NotFound):
        get_cost_center(cast.anika, cast.cost_center["meridian/4410"])
    with pytest.raises(NotFound):
        get_cost_center(cast.ola, cast.cost_center["meridian/4410"])
    assert get_cost_center(cast.ola, cast.cost_center["kowalski/4410"]).name == "Warsztat"


def test_an_admin_adds_places_and_cost_centres(cast: Cast) -> None:
    meridian = Company.objects.get(slug="meridian")
    icu4 = Unit.objects.get(pk=cast.unit["icu-4"])
    add_address(
        meridian,
        kind="ship_to",
        name="Bedside",
        country="de",
        unit=icu4,
        actor=cast.ines,
        now=cast.now,
        **DOCK,
    )
    assert "Bedside" in names(cast.lena)
    assert "Bedside" not in names(cast.rashid), "his unit lies above"
    add_cost_center(meridian, code="4411", name="Drugs", actor=cast.ines, now=cast.now)
    with pytest.raises(Conflict):
        add_cost_center(meridian, code="4411", name="Again", actor=cast.ines, now=cast.now)


@pytest.mark.parametrize(("path", "value"), [("kind", "moon"), ("country", "Germany")])
def test_a_place_must_be_possible(cast: Cast, path: str, value: str) -> None:
    values = {"kind": "ship_to", "country": "DE", **DOCK, path: value}
    with pytest.raises(InvalidInput) as refusal:
        add_address(
            Company.objects.get(slug="meridian"),
            name="X",
            actor=cast.ines,
            now=cast.now,
            **values,  # type: ignore[arg-type]
        )
    assert refusal.value.path == path


def test_a_buyer_and_an_outsider_add_nothing(cast: Cast) -> None:
    meridian = Company.objects.get(slug="meridian")
    for actor, error in ((cast.lena, Forbidden), (cast.jan, NotFound)):
        with pytest.raises(error):
            add_cost_center(meridian, code="1", name="X", actor=actor, now=cast.now)
        with pytest.raises(error):
            add_address(
                meridian, kind="ship_to", name="X", country="DE", actor=actor, now=cast.now, **DOCK
            )
    with pytest.raises(InvalidInput):
        add_cost_center(
            Company.objects.get(slug="kowalski"),
            code="1",
            name="X",
            unit=Unit.objects.get(pk=cast.unit["icu"]),
            actor=cast.jan,
            now=cast.now,
        )
