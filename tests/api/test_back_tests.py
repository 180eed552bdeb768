"""Trying rules through the API: start, poll, read what would change, stop."""

from __future__ import annotations

from typing import Any

import pytest

from placet.jobs.timetable import RUNNERS
from placet.runs.work import work_run
from tests.api.caller import Caller, own_key_of
from tests.cast import NOW, Cast
from tests.plans.back_test_world import buys, changed_rules, rules_of
from tests.requisitions.road import DRESSING, GLOVES, INFUSION_SET

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines(cast: Cast) -> Caller:
    return own_key_of(cast.ines)


def works() -> None:
    work_run(RUNNERS, now=NOW, read_real=lambda: NOW)


def asks_everybody() -> dict[str, Any]:
    """Everything needs Helena."""
    over = {"field": "purchase.amount", "op": ">=", "value": {"amount_minor": 0, "currency": "EUR"}}
    head = {"approvers": [{"select": "head", "levels_up": 2}], "rank": 5}
    return changed_rules(all={"when": over, "then": {"effect": "require", "steps": [head]}})


def test_a_draft_is_tried_and_the_changes_are_paged(cast: Cast, ines: Caller) -> None:
    for line in ((GLOVES, 20), (DRESSING, 50), (INFUSION_SET, 10)):
        buys(cast, line)
    path = f"/rulebooks/{rules_of(cast).pk}/back_tests"
    started = ines.post(path, {"document": asks_everybody(), "days": 30})
    assert (started.status, started.json["status"]) == (202, "waiting")
    run = f"/runs/{started.json['id']}"
    assert ines.get(f"{run}/changes").status == 409
    works()
    done = ines.get(run)
    assert (done.json["status"], done.json["percent"], done.json["done"]) == ("done", 100, 3)
    assert done.headers["ETag"] == f'"{done.json["version"]}"'
    result = done.json["result"]
    assert (result["totals"]["changed"], result["totals"]["free_to_approval"]) == (3, 1)
    assert result["load"][0]["name"] == "Helena Brandt"
    assert len(result["held_constant"]) == 4
    first = ines.get(f"{run}/changes?limit=2").json
    rest = ines.get(f"{run}/changes?limit=2&cursor={first['next_cursor']}").json
    assert [first["has_more"], rest["has_more"]] == [True, False]
    numbers = [one["number"] for one in (*first["data"], *rest["data"])]
    assert len(set(numbers)) == 3
    assert {one["requester"]["name"] for one in first["data"]} == {"Lena Vogt"}
    assert ines.get("/runs").json["data"][0]["result"] is None


def test_a_run_is_stopped_once(cast: Cast, ines: Caller) -> None:
    path = f"/rulebooks/{rules_of(cast).pk}/back_tests"
    run = ines.post(path, {"document": asks_everybody()}).json
    stopped = ines.post(f"/runs/{run['id']}/cancellations")
    assert (stopped.status, stopped.json["status"]) == (201, "cancelled")
    again = ines.post(f"/runs/{run['id']}/cancellations")
    assert (again.status, again.json["code"]) == (409, "run_ended")


def test_sent_twice_it_is_one_run(cast: Cast, ines: Caller) -> None:
    path = f"/rulebooks/{rules_of(cast).pk}/back_tests"
    twice = [
        ines.post(path, {"document": asks_everybody()}, idempotency_key="once").json["id"]
        for _ in range(2)
    ]
    assert len(set(twice)) == 1


def test_a_broken_text_is_refused_with_its_place(cast: Cast, ines: Caller) -> None:
    path = f"/rulebooks/{rules_of(cast).pk}/back_tests"
    for body, pointer in (
        ({}, "/document"),
        ({"document": {**asks_everybody(), "default": "perhaps"}}, "/document/default"),
        ({"document": asks_everybody(), "days": 731}, "/days"),
        ({"document": asks_everybody(), "days": 0}, "/days"),
    ):
        refused = ines.post(path, body)
        assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, pointer)


def test_outside_reach_there_is_no_run(cast: Cast, ines: Caller) -> None:
    run = ines.post(
        f"/rulebooks/{rules_of(cast).pk}/back_tests", {"document": asks_everybody()}
    ).json["id"]
    for stranger in (cast.lena, cast.jan, cast.mira):
        key = own_key_of(stranger)
        assert key.get(f"/runs/{run}").status == 404
        assert key.post(f"/runs/{run}/cancellations").status == 404
        assert key.get("/runs").json["data"] == []
