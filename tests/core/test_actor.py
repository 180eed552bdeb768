"""What an actor holds, and where."""

import pytest

from placet.core.actor import Actor, Grant, is_within, system_actor


def actor(*grants: Grant) -> Actor:
    return Actor(
        channel="web",
        company_id="cmp_1",
        company_slug="meridian",
        company_name="Meridian",
        company_kind="business",
        currency="EUR",
        grants=frozenset(grants),
    )


@pytest.mark.parametrize(
    ("grant", "unit_path", "holds"),
    [
        *(("", "", True), ("", "a/b/", True), ("a/", "a/", True), ("a/", "a/b/", True)),
        *(("a/", "", False), ("a/b/", "a/", False), ("a/", "b/", False), ("a/", "ab/", False)),
    ],
)
def test_a_grant_holds_for_its_unit_and_below(grant: str, unit_path: str, holds: bool) -> None:
    someone = actor(Grant("order.approve", grant))
    assert someone.holds("order.approve", unit_path=unit_path) is holds
    assert not someone.holds("order.submit", unit_path=unit_path)
    assert someone.holds_anywhere("order.approve")
    assert not someone.holds_anywhere("order.submit")


def test_paths_of_a_permission() -> None:
    someone = actor(Grant("x", "b/"), Grant("x", "a/"), Grant("y", ""))
    assert someone.paths_of("x") == ("a/", "b/")
    assert someone.paths_of("y") == ("",)
    assert someone.paths_of("z") == ()
    assert is_within("a/b/", "a/")


def test_the_system_is_nobody() -> None:
    system = system_actor("cmp_1", "meridian", "business", "EUR")
    assert (system.is_system, system.member_id, system.grants) == (True, "", frozenset())
