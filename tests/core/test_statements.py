"""Which stories PostgreSQL is told again: all rooms, and of the doors what asks something new."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import pytest
from django.db import connection

from tests import conftest
from tests.statements import FOLDER, Recorder, choose_tests, read_told

ROOM = "tests/carts/test_lines.py::test_a_line"
PAGE, FILTER, WIDER = (f"tests/web/carts/test_pages.py::test_{n}" for n in ("a", "b", "c"))
MATRIX = "tests/web/test_rights_matrix.py::test_page[GET carts]"


def told(**asked: str) -> dict[str, frozenset[str]]:
    return {globals()[test]: frozenset(names) for test, names in asked.items()}


def test_what_the_rooms_asked_is_not_asked_again_by_a_page() -> None:
    heard = told(ROOM="ab", PAGE="ab", FILTER="ax")
    assert choose_tests([ROOM, PAGE, FILTER], heard) == {ROOM, FILTER}


def test_the_page_that_asks_for_most_stands_for_the_others() -> None:
    heard = told(PAGE="ab", FILTER="b", WIDER="abc")
    assert choose_tests([PAGE, FILTER, WIDER], heard) == {WIDER}


def test_rooms_rights_and_what_was_not_heard_run_in_any_case() -> None:
    heard = told(ROOM="a", MATRIX="a", PAGE="a")
    assert choose_tests([ROOM, MATRIX, PAGE, FILTER], heard) == {ROOM, MATRIX, FILTER}


def test_a_test_that_asks_for_nothing_is_told_once() -> None:
    assert choose_tests([PAGE], told(PAGE="")) == set()


@pytest.mark.skipif(bool(FOLDER), reason="the suite is being heard itself")
@pytest.mark.django_db
def test_values_and_savepoints_make_no_difference(tmp_path: Path) -> None:
    recorder = Recorder()
    stop = recorder.listen()
    try:
        for test, most in (("one", 2), ("two", 3)):
            with recorder.during(test), connection.cursor() as cursor:
                cursor.execute(f"SELECT 1 WHERE 1 IN ({', '.join(['%s'] * most)})", [1] * most)
        with recorder.during("three"), connection.cursor() as cursor:
            cursor.execute("SELECT 2")
    finally:
        stop()
    recorder.write(tmp_path, "gw0")
    heard = read_told(tmp_path)
    assert heard["one"] == heard["two"] != heard["three"]
    assert json.loads((tmp_path / "gw0.json").read_text()).keys() == {"one", "two", "three"}


def test_what_was_skipped_or_failed_was_not_heard() -> None:
    recorder = Recorder()
    with recorder.during(PAGE):
        recorder.forget(PAGE)
    with recorder.during(FILTER):
        pass
    assert recorder.told.keys() == {FILTER}
    assert choose_tests([PAGE, FILTER], {FILTER: frozenset()}) == {PAGE}


@pytest.mark.parametrize("outcome", ["skipped", "failed"])
def test_the_suite_forgets_them_by_how_they_ended(
    monkeypatch: pytest.MonkeyPatch, outcome: Literal["skipped", "failed"]
) -> None:
    recorder = Recorder()
    monkeypatch.setattr(conftest, "recorder", recorder)
    for test, ended in ((PAGE, outcome), (FILTER, "passed")):
        with recorder.during(test):
            report = pytest.TestReport(test, ("", 0, ""), {}, ended, None, "call")
            conftest.pytest_runtest_logreport(report)
    assert recorder.told.keys() == {FILTER}
