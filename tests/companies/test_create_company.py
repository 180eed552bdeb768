"""A company is registered by the merchant, with a tree, roles and a chain of its own."""

import pytest

from placet.companies.actions import create_company
from placet.companies.models import Company, Role, Unit
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput
from placet.events.models import Event
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def create(actor: Actor, cast: Cast, **values: str) -> Company:
    wanted = {"slug": "baltic", "kind": "business", "currency": "EUR", **values}
    return create_company("Baltic Yards", actor=actor, now=cast.now, **wanted)  # type: ignore[arg-type]


def test_the_owner_of_the_store_registers_a_company(cast: Cast) -> None:
    company = create(cast.odd, cast, time_zone="Europe/Riga")
    root = Unit.objects.get(company=company)
    assert (root.path, root.parent) == (f"{root.id}/", None)
    assert set(Role.objects.filter(company=company).values_list("key", flat=True)) == {
        *("buyer", "approver", "company_admin", "auditor"),
    }
    event = Event.objects.get(company_id=company.id)
    assert (event.type, event.seq, event.actor_member) == (
        *("company.created", 1),
        cast.odd.member_id,
    )
    assert "Baltic" not in event.payload


def test_a_household_has_parents_and_children(cast: Cast) -> None:
    company = create(cast.odd, cast, kind="household")
    assert set(Role.objects.filter(company=company).values_list("key", flat=True)) == {
        *("parent", "child"),
    }


@pytest.mark.parametrize("who", ["ines", "jan", "tomas"])
def test_nobody_else_registers_companies(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        create(cast.actors[who], cast)
    assert not Company.objects.filter(slug="baltic").exists()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        *(("slug", "a b"), ("kind", "bank"), ("currency", "euro")),
        *(("time_zone", "Mars/Base"), ("time_zone", "../etc")),
    ],
)
def test_values_that_do_not_exist_are_refused(cast: Cast, path: str, value: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        create(cast.odd, cast, **{path: value})
    assert refusal.value.path == path


def test_a_slug_is_given_once(cast: Cast) -> None:
    with pytest.raises(Conflict):
        create(cast.odd, cast, slug="meridian")
