"""Making, changing, moving and closing budgets on pages; and the merchant's page of credit."""

from __future__ import annotations

from typing import Any

import pytest

from placet.budgets.actions import change_budget
from placet.budgets.models import Budget
from placet.budgets.queries import find_credit
from placet.core.actor import Actor
from tests.budgets.ground import fresh, make_budget
from tests.cast import NOW, Cast
from tests.web.pages import as_actor, page
from tests.web.road import ordered

pytestmark = pytest.mark.django_db

WISH = {
    "name": "ICU monthly",
    "amount": "1.234,50",
    "period": "month",
    "starts_on": "",
    "ends_on": "",
    "mode": "block",
    "basis": "gross",
    "rollover": "left",
    "responsible": "",
    "alerts": "50 %, 100",
}


def post(actor: Actor, path: str, fields: dict[str, Any], *, status: int) -> str:
    """What a form's answer says."""
    answer = as_actor(actor).post(f"/c/{actor.company_slug}/{path}", fields)
    assert answer.status_code == status, (answer.status_code, path, answer.content.decode()[-3000:])
    return answer.content.decode()


def wish(cast: Cast, **changes: Any) -> dict[str, Any]:
    """A budget of the unit ICU."""
    return {**WISH, "owner": f"unit:{cast.unit['icu']}", **changes}


def test_a_budget_is_made_as_people_type(cast: Cast) -> None:
    post(cast.ines, "budgets/new/", wish(cast), status=302)
    made = Budget.objects.get(name="ICU monthly")
    assert (made.amount_minor, made.period, made.mode) == (1234_50, "month", "block")
    assert (made.alert_percents, made.rollover) == ([50, 100], "left")
    assert made.name in page(cast.rashid, "budgets/")
    assert made.name not in page(cast.sofia, "budgets/")


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("name", "", "required"),
        ("amount", "much", "Type an amount"),
        ("amount", "1.234", "At most 2 decimals"),
        ("amount", "-5", "out of range"),
        ("amount", "9" * 30, "Type an amount"),
        ("alerts", "eighty", "Whole percents"),
        ("alerts", "0", "thresholds"),
        ("alerts", "999", "thresholds"),
        ("period", "hour", "valid choice"),
        ("owner", "unit:unt_foreign", "valid choice"),
        ("owner", "", "required"),
        ("responsible", "mem_foreign", "valid choice"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_what_was_typed_stays(
    cast: Cast, field: str, typed: str, told: str
) -> None:
    shown = post(cast.ines, "budgets/new/", wish(cast, **{field: typed}), status=422)
    assert told in shown
    assert field == "name" or "ICU monthly" in shown
    assert not Budget.objects.filter(name="ICU monthly").exists()


def test_a_budget_of_once_needs_its_days(cast: Cast) -> None:
    shown = post(cast.ines, "budgets/new/", wish(cast, period="once"), status=422)
    assert shown.count("Say the day.") == 2
    for days in (("2026-12-31", "2026-12-01"), ("9999-12-30", "9999-12-31"), ("0001-01-01", "x")):
        starts, ends = days
        sent = wish(cast, period="once", starts_on=starts, ends_on=ends)
        post(cast.ines, "budgets/new/", sent, status=422)
    sent = wish(cast, period="once", starts_on="2026-12-01", ends_on="2026-12-01")
    post(cast.ines, "budgets/new/", sent, status=302)
    made = Budget.objects.get(name="ICU monthly")
    assert (made.ends_at - made.starts_at).total_seconds() == 24 * 3600


def test_who_was_slower_keeps_what_they_typed(cast: Cast) -> None:
    budget = make_budget(cast, period="month")
    sent = wish(cast, version=budget.version, next_amount="70", name="Mine")
    change_budget(budget.pk, version=budget.version, name="Theirs", actor=cast.ines, now=NOW)
    shown = post(cast.ines, f"budgets/{budget.pk}/edit/", sent, status=422)
    assert "Somebody else changed this budget" in shown
    assert 'value="Mine"' in shown
    sent["version"] = fresh(budget).version
    post(cast.ines, f"budgets/{budget.pk}/edit/", sent, status=302)
    assert (fresh(budget).name, fresh(budget).base_minor) == ("Mine", 70_00)
    assert fresh(budget).amount_minor == 100_00


def test_amounts_move_and_change_with_a_reason(cast: Cast) -> None:
    source, target = make_budget(cast, name="Give"), make_budget(cast, name="Take")
    move = {"target": target.pk, "amount": "101", "reason": "Beds closed"}
    shown = post(cast.ines, f"budgets/{source.pk}/transfer/", move, status=422)
    assert "Give has not that much left." in shown
    post(cast.ines, f"budgets/{source.pk}/transfer/", {**move, "amount": "40"}, status=302)
    change = {"direction": "lower", "amount": "10", "reason": "Cut"}
    post(cast.ines, f"budgets/{target.pk}/adjust/", change, status=302)
    assert (fresh(source).amount_minor, fresh(target).amount_minor) == (60_00, 130_00)
    shown = page(cast.ines, f"budgets/{source.pk}/")
    assert "to Take" in shown
    assert "Beds closed" in shown
    assert "Beds closed" not in page(cast.ines, f"budgets/{source.pk}/?kind=purchases")


def test_closing_is_typed(cast: Cast) -> None:
    budget = make_budget(cast, name="Old one")
    post(cast.ines, f"budgets/{budget.pk}/close/", {"typed": "no"}, status=422)
    assert fresh(budget).closed_at is None
    post(cast.ines, f"budgets/{budget.pk}/close/", {"typed": "Old one"}, status=302)
    assert fresh(budget).closed_at is not None
    assert "Closed" in page(cast.ines, f"budgets/{budget.pk}/")


def test_the_tree_sums_cost_centres_once(cast: Cast) -> None:
    make_budget(cast, owner_kind="unit", owner_ref=cast.unit["icu"], amount_minor=999_00)
    make_budget(
        cast,
        owner_kind="cost_center",
        owner_ref=cast.cost_center["meridian/4410"],
        amount_minor=5_000_00,
    )
    shown = page(cast.ines, "budgets/")
    assert "2 cost centres together" in shown
    assert "30,000.00" in shown  # 25,000 and 5,000, without the unit's own


def test_a_household_speaks_of_pocket_money(cast: Cast) -> None:
    shown = page(cast.minjun, "budgets/new/")
    assert "pocket money" in shown
    assert "What counts" not in shown
    sent = wish(cast, owner=f"member:{cast.member['yuna']}", name="Yuna", basis="net")
    post(cast.minjun, "budgets/new/", sent, status=302)
    assert "Yuna" in page(cast.yuna, "budgets/")


def test_credit_on_the_merchants_page(cast: Cast) -> None:
    customer = f"customers/{cast.company['meridian']}/"
    limit = {"version": "0", "limit": "5000", "mode": "block", "overdue": ""}
    post(cast.mira, customer + "credit/", limit, status=302)
    ordered(cast)
    account = find_credit(cast.company["meridian"])
    assert account is not None
    assert account.committed_minor > 0
    shown = post(
        cast.mira, customer + "payments/", {"amount": "4999", "reason": "INV-1"}, status=422
    )
    assert "more than is open" in shown
    post(cast.mira, customer + "payments/", {"amount": "1", "reason": "INV-1"}, status=302)
    assert fresh(account).committed_minor == account.committed_minor - 1_00
    assert "5,000.00\N{NO-BREAK SPACE}EUR limit" in page(cast.tomas, customer)
    assert "Somebody else" in post(cast.mira, customer + "credit/", limit, status=422)
