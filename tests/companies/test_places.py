"""Addresses and cost centres: changed, for some members only, closed."""

import pytest

from placet.companies.actions import (
    add_address,
    change_address,
    close_address,
    close_cost_center,
    share_address,
)
from placet.companies.changing import ChangedMeanwhile
from placet.companies.models import Address, CostCenter, Member
from placet.companies.queries import get_address, list_addresses, list_cost_centers
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def address(cast: Cast, name: str) -> Address:
    return Address.objects.select_related("unit").get(pk=cast.address[name])


def names(actor: Actor) -> list[str]:
    return list(list_addresses(actor, "ship_to").values_list("name", flat=True))


def member(cast: Cast, who: str) -> Member:
    return Member.objects.get(pk=cast.member[who])


def test_an_address_is_for_those_whom_it_names(cast: Cast) -> None:
    store = address(cast, "Main store")
    share_address(store, members=[member(cast, "pavel")], actor=cast.ines, now=cast.now)
    assert "Main store" in names(cast.pavel)
    assert "Main store" in names(cast.ines), "who manages the company sees all"
    assert "Main store" not in names(cast.lena)
    with pytest.raises(NotFound):
        get_address(cast.lena, store.pk, "ship_to")
    share_address(store, members=[], actor=cast.ines, now=cast.now)
    assert "Main store" in names(cast.lena)
    with pytest.raises(NotFound):
        share_address(store, members=[member(cast, "ola")], actor=cast.ines, now=cast.now)


def test_a_members_own_address_is_nobody_elses(cast: Cast) -> None:
    lena = member(cast, "lena")
    add_address(
        lena.company, kind="ship_to", name="Lena's office", street="A 1", postcode="1", city="B",
        country="de", member=lena, delivery_note="Ring twice", actor=cast.ines, now=cast.now,
    )  # fmt: skip
    assert "Lena's office" in names(cast.lena)
    assert "Lena's office" not in names(cast.pavel)


def test_an_address_changes_by_whoever_manages_it(cast: Cast) -> None:
    dock = address(cast, "ICU dock")
    seen = dock.version
    change_address(dock, city="Potsdam", country="de", version=seen, actor=cast.ines, now=cast.now)
    assert (dock.city, dock.country) == ("Potsdam", "DE")
    with pytest.raises(ChangedMeanwhile):
        change_address(dock, city="Bonn", version=seen, actor=cast.ines, now=cast.now)
    for wrong in ({"country": "Germany"}, {"city": " "}, {"street": "x" * 201}):
        with pytest.raises(InvalidInput):
            change_address(dock, actor=cast.ines, now=cast.now, **wrong)
    with pytest.raises(Forbidden):
        change_address(dock, city="Bonn", actor=cast.lena, now=cast.now)
    with pytest.raises(NotFound):
        change_address(dock, city="Bonn", actor=cast.jan, now=cast.now)


def test_what_is_closed_is_not_offered(cast: Cast) -> None:
    dock = address(cast, "ICU dock")
    close_address(dock, actor=cast.ines, now=cast.now)
    assert "ICU dock" not in names(cast.lena)
    with pytest.raises(Conflict):
        close_address(dock, actor=cast.ines, now=cast.now)
    center = CostCenter.objects.select_related("unit").get(pk=cast.cost_center["meridian/4410"])
    with pytest.raises(Forbidden):
        close_cost_center(center, actor=cast.lena, now=cast.now)
    close_cost_center(center, actor=cast.ines, now=cast.now)
    assert center.code not in set(list_cost_centers(cast.lena).values_list("code", flat=True))
