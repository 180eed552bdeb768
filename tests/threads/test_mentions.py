"""Who is named in a text: the members of the company, and only when it is clear who."""

import pytest

from placet.companies.actions import add_member
from placet.companies.models import Company, Unit
from placet.threads.mentions import mentioned_members
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def named(cast: Cast, text: str, *member_ids: str) -> set[str]:
    return {m.user.name for m in mentioned_members(cast.company["meridian"], text, member_ids)}


@pytest.mark.parametrize(
    "text", ["@Pavel look", "look, @pavel!", "(@Pavel Novák)", "@PAVEL\n", "@Pavel and @Pavel"]
)
def test_a_first_name_is_enough(cast: Cast, text: str) -> None:
    assert named(cast, text) == {"Pavel Novák"}


@pytest.mark.parametrize(
    "text", ["Pavel", "mail@pavel.example", "@Gregor", "@Ola", "@nobody", "@", "@ Pavel"]
)
def test_strangers_addresses_and_people_who_left_are_not_named(cast: Cast, text: str) -> None:
    assert named(cast, text) == set()


def test_of_two_with_one_first_name_the_last_name_decides(cast: Cast) -> None:
    add_member(
        Company.objects.get(slug="meridian"),
        email="pavel.dvorak@meridian.example",
        name="Pavel Dvořák",
        unit=Unit.objects.get(pk=cast.unit["icu"]),
        actor=cast.ines,
        now=cast.now,
    )
    assert named(cast, "@Pavel look") == set()
    assert named(cast, "@Pavel Dvořák look") == {"Pavel Dvořák"}


def test_ids_count_only_within_the_company(cast: Cast) -> None:
    chosen = (cast.member["mei"], cast.member["ola"], cast.member["gone"], "mem_nothing")
    assert named(cast, "look", *chosen) == {"Mei Tanaka"}


def test_a_wall_of_names_is_bounded(cast: Cast) -> None:
    assert named(cast, "@nobody " * 1000 + "@Pavel") == set()
