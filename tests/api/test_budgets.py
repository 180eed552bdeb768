"""Budgets and credit by API: made, changed under their version, moved, checked, closed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placet.budgets.models import Budget
from tests.api.caller import Caller, key_of
from tests.budgets.ground import make_budget, take
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db

MONTHLY = {
    "name": "ICU monthly",
    "owner_kind": "unit",
    "amount_minor": 50_000,
    "currency": "EUR",
    "period": "month",
}


def manager() -> Caller:
    """A program of Meridian that manages budgets."""
    return key_of("meridian", "budget.manage", "budget.view")


def made(cast: Cast, **values: Any) -> dict[str, Any]:
    """A budget of ICU, as the API shows it."""
    wish = {**MONTHLY, "owner": cast.unit["icu"], **values}
    said = manager().post("/budgets", wish)
    assert said.status == 201, said.json
    return dict(said.json)


def test_a_budget_is_made_changed_and_closed(cast: Cast) -> None:
    budget = made(cast)
    assert (budget["period"], budget["amount"]["amount_minor"]) == ("month", 50_000)
    address = f"/budgets/{budget['id']}"
    seen = manager().get(address)
    assert manager().patch(address, {"name": "New"}).status == 428
    assert manager().patch(address, {"name": "New"}, if_match='"99"').status == 412
    changed = manager().patch(
        address, {"name": "New", "next_amount_minor": 7}, if_match=seen.headers["ETag"]
    )
    assert (changed.json["name"], changed.json["next_amount"]["amount_minor"]) == ("New", 7)
    closed = manager().post(address + "/closures", {})
    assert closed.json["closed_at"] is not None


def test_the_same_key_sent_twice_makes_one_budget_and_one_transfer(cast: Cast) -> None:
    wish = {**MONTHLY, "owner": cast.unit["icu"]}
    caller = manager()
    first = caller.post("/budgets", wish, idempotency_key="one")
    again = caller.post("/budgets", wish, idempotency_key="one")
    assert first.json == again.json
    assert Budget.objects.filter(name="ICU monthly").count() == 1
    other = made(cast, name="Other")
    move = {"target": other["id"], "amount_minor": 100, "reason": "Moved"}
    for _ in range(2):
        said = caller.post(f"/budgets/{first.json['id']}/transfers", move, idempotency_key="two")
        assert said.status == 201
    assert Budget.objects.get(pk=other["id"]).amount_minor == 50_100


def test_an_adjustment_and_what_refuses_it(cast: Cast) -> None:
    address = f"/budgets/{made(cast)['id']}/adjustments"
    raised = manager().post(address, {"amount_minor": 1, "reason": "More"})
    assert raised.json["amount"]["amount_minor"] == 50_001
    for amount, reason, status in ((-50_002, "x", 422), (0, "x", 422), (1, "", 422)):
        said = manager().post(address, {"amount_minor": amount, "reason": reason})
        assert said.status == status
    assert manager().post(address, {"amount_minor": 1.5, "reason": "x"}).status == 422


def test_a_check_says_what_would_be_left_and_reserves_nothing(cast: Cast) -> None:
    narrow = make_budget(cast, name="Narrow", amount_minor=100_00)
    take(cast, [narrow], 60_00, "a")
    wish = {
        "amount_minor": 50_00,
        "currency": "EUR",
        "member": cast.member["lena"],
        "cost_center": cast.cost_center["meridian/4410"],
    }
    said = manager().post("/budgets/checks", wish).json
    assert said["fits"] is False
    left = {row["name"]: row["left_after"]["amount_minor"] for row in said["budgets"]}
    assert left["Narrow"] == -10_00
    assert len(left) == 2
    assert manager().post("/budgets/checks", {**wish, "amount_minor": 40_00}).json["fits"] is True
    for foreign in ({"member": cast.member["ola"]}, {"cost_center": "ccr_x"}, {"category": "x"}):
        assert manager().post("/budgets/checks", {**wish, **foreign}).status == 422
    narrow.refresh_from_db()
    assert narrow.reserved_minor == 60_00


def test_scopes_and_strangers(cast: Cast) -> None:
    budget = made(cast)
    reader = key_of("meridian", "budget.view")
    address = f"/budgets/{budget['id']}"
    assert reader.get(address).status == 200
    assert reader.post(address + "/closures", {}).status == 403
    assert reader.post("/budgets", {**MONTHLY, "owner": cast.unit["icu"]}).status == 403
    stranger = key_of("kowalski", "budget.manage", "budget.view")
    assert stranger.get(address).status == 404
    assert stranger.post(address + "/closures", {}).status == 404
    move = {"target": budget["id"], "amount_minor": 1, "reason": "x"}
    own = Budget.objects.filter(company__slug="kowalski").first()
    assert own is None
    assert stranger.post(f"{address}/transfers", move).status == 404


def test_credit_is_the_merchants(cast: Cast) -> None:
    merchant = key_of("norden", "credit.manage", "customer.view")
    address = f"/companies/{cast.company['meridian']}/credit"
    assert merchant.get(address).status == 404
    said = merchant.send("PUT", address, {"limit_minor": 5_000_00, "mode": "block"})
    assert (said.status, said.json["limit"]["amount_minor"]) == (200, 5_000_00)
    assert merchant.send("PUT", address, {"limit_minor": 1}).status == 428
    assert merchant.post(address + "/payments", {"amount_minor": 1, "reason": "x"}).status == 409
    buyer = key_of("meridian", "budget.manage", "budget.view", "audit.view")
    assert buyer.get(address).status == 403
    assert buyer.send("PUT", address, {"limit_minor": 1}).status == 403
    account = Budget.objects.get(account="credit")
    assert buyer.get(f"/budgets/{account.pk}").status == 404
    assert account.pk not in str(buyer.get("/budgets").json)
    assert account.pk not in str(buyer.get("/events?limit=200").json)


def test_what_may_be_done_is_said_with_the_reason_why_not(cast: Cast) -> None:
    budget = made(cast)
    assert set(budget["allowed_actions"]) == {"change", "adjust", "transfer", "close"}
    address = f"/budgets/{budget['id']}"
    reader = key_of("meridian", "budget.view").get(address).json
    assert reader["allowed_actions"] == []
    assert {one["code"] for one in reader["closed_actions"]} == {"permission_missing"}
    manager().post(address + "/closures", {})
    closed = manager().get(address).json
    assert {one["code"] for one in closed["closed_actions"]} == {"budget_closed"}
    said = manager().post(address + "/adjustments", {"amount_minor": 1, "reason": "x"})
    assert said.status == 409
    assert said.json["detail"] == closed["closed_actions"][0]["reason"]


def test_the_reasons_of_a_whole_list_cost_no_query_a_budget(cast: Cast) -> None:
    for number in range(3):
        made(cast, name=f"Unit {number}")
    owners = {"owner_kind": "cost_center", "owner": cast.cost_center["meridian/4410"]}
    caller, counted = manager(), []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            caller.get("/budgets")
        counted.append(len(asked))
        made(cast, name="One more", **owners)
        made(cast, name="And another", **owners)
    assert counted[1] <= counted[0] + 1  # cost centres are looked up once


def test_the_ledger_is_asked_by_member_and_days(cast: Cast) -> None:
    budget = make_budget(cast)
    take(cast, [budget], 100, "a")
    address = f"/budgets/{budget.pk}/entries"
    lena = cast.member["lena"]
    kinds = [one["kind"] for one in manager().get(f"{address}?member={lena}").json["data"]]
    assert kinds == ["reserve"]
    day = f"{NOW:%Y-%m-%d}"
    assert len(manager().get(f"{address}?since={day}&until={day}").json["data"]) == 2
    assert manager().get(f"{address}?until=2020-01-01").json["data"] == []
    assert manager().get(f"{address}?since=0001-01-01").status == 422
