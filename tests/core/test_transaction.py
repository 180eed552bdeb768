"""One owner a transaction: it joins, runs its finishers last, and tries again after a lost race."""

import pytest
from django.db import OperationalError, connection

from placet.companies.models import Company
from placet.core.transaction import (
    ATTEMPTS,
    after_commit,
    is_running,
    running,
    transaction,
    undoable,
)
from tests.cast import Cast
from tests.ground import Ground


def rename(name: str) -> None:
    Company.objects.filter(slug="park").update(name=name)


def name_now() -> str:
    return Company.objects.values_list("name", flat=True).get(slug="park")


class Serialization(Exception):
    """What the driver raises below Django's error."""

    sqlstate = "40001"


def lost_race(state: str = "40001") -> OperationalError:
    error = OperationalError("could not serialize")
    cause = Serialization()
    cause.sqlstate = state
    error.__cause__ = cause
    return error


@pytest.fixture
def attempts() -> list[int]:
    """A list that the action writes into at each attempt."""
    return []


def test_an_action_within_an_action_joins_and_the_owner_finishes_last(
    committed_db: Ground,
) -> None:
    order: list[str] = []

    @transaction
    def inner() -> None:
        order.append("inner")
        running().finishers.setdefault("events", lambda: order.append("finisher"))

    @transaction
    def outer() -> None:
        inner()
        inner()
        after_commit(lambda: order.append("commit"))
        order.append("outer")

    outer()
    assert order == ["inner", "inner", "outer", "finisher", "commit"]
    assert not is_running()


def test_a_failure_takes_everything_back_and_nothing_follows_the_commit(
    committed_db: Ground,
) -> None:
    called: list[str] = []

    @transaction
    def fails() -> None:
        rename("Broken")
        after_commit(lambda: called.append("commit"))
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fails()
    assert (name_now(), called, is_running()) == ("The Park family", [], False)


@pytest.mark.parametrize("state", ["40001", "40P01", "55P03"])
def test_a_lost_race_starts_the_whole_action_again(
    committed_db: Ground, attempts: list[int], state: str
) -> None:
    @transaction
    def races() -> str:
        attempts.append(len(running().notes))
        running().notes["left over"] = True
        rename(f"Attempt {len(attempts)}")
        if len(attempts) < ATTEMPTS:
            raise lost_race(state)
        return name_now()

    assert races() == f"Attempt {ATTEMPTS}"
    assert attempts == [0] * ATTEMPTS, "nothing is left over from the attempt before"


def test_a_busy_database_is_tried_again_and_gives_up_in_the_end(
    committed_db: Ground, attempts: list[int]
) -> None:
    @transaction
    def busy() -> None:
        attempts.append(1)
        raise OperationalError("database is locked")

    with pytest.raises(OperationalError):
        busy()
    assert len(attempts) == ATTEMPTS


def test_another_failure_of_the_database_is_not_tried_again(
    committed_db: Ground, attempts: list[int]
) -> None:
    @transaction
    def broken() -> None:
        attempts.append(1)
        raise lost_race("53100")

    with pytest.raises(OperationalError):
        broken()
    assert len(attempts) == 1


def test_only_the_owner_tries_again(committed_db: Ground, attempts: list[int]) -> None:
    @transaction
    def inner() -> None:
        attempts.append(1)
        raise lost_race()

    @transaction
    def outer() -> None:
        attempts.append(0)
        inner()

    with pytest.raises(OperationalError):
        outer()
    assert attempts == [0, 1] * ATTEMPTS


def test_a_write_outside_of_a_transaction_is_a_mistake(cast: Cast) -> None:
    with pytest.raises(RuntimeError):
        running()


def test_the_database_is_as_safe_as_settings_say(committed_db: Ground) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("pragmas are SQLite's")
    with connection.cursor() as cursor:
        for pragma, wanted in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
            cursor.execute(f"PRAGMA {pragma}")
            assert cursor.fetchone()[0] == wanted


def test_a_part_that_fails_takes_only_itself_back(committed_db: Ground) -> None:
    told: list[str] = []

    def fail_alone() -> None:
        with undoable():
            rename("Inside")
            running().notes["facts"].append("inside")
            running().finishers["inside"] = lambda: told.append("finisher")
            after_commit(lambda: told.append("commit"))
            raise ValueError("no")

    @transaction
    def rename_twice() -> list[str]:
        rename("Before")
        notes: list[str] = running().notes.setdefault("facts", [])
        notes.append("before")
        with pytest.raises(ValueError, match="no"):
            fail_alone()
        running().notes["facts"].append("after")
        with undoable():
            running().notes["facts"].append("good")
        return running().notes.pop("facts")

    assert rename_twice() == ["before", "after", "good"]
    assert name_now() == "Before"
    assert told == []
