"""Budgets: how much is left, what waits, and every posting."""

from __future__ import annotations

import pytest

from placet.budgets.models import Budget
from tests.cast import NOW, Cast
from tests.web.pages import page
from tests.web.road import approve, ordered, waiting

pytestmark = pytest.mark.django_db


def test_left_reserved_and_the_ledger(cast: Cast) -> None:
    budget = Budget.objects.get()
    requisition = waiting(cast)
    shown = page(cast.lena, f"budgets/{budget.pk}/")
    assert requisition.number in shown
    assert "Reserved" in shown
    approve(requisition, "rashid", "anika", cast=cast)
    shown = page(cast.lena, f"budgets/{budget.pk}/")
    assert "Committed" in shown
    assert "Nothing else waits for it." in shown


def test_who_may_not_see_budgets_is_told_who_can_grant_it(cast: Cast) -> None:
    shown = page(cast.anika, "budgets/")
    assert "Budgets are not shown to you" in shown
    assert "A company admin can grant it." in shown
    page(cast.anika, f"budgets/{Budget.objects.get().pk}/", status=404)


def test_outsiders_and_the_supplier_find_nothing(cast: Cast) -> None:
    ordered(cast)
    budget = Budget.objects.get()
    for person in (cast.ola, cast.tomas, cast.mira):
        page(person, f"budgets/{budget.pk}/", status=404)
        assert budget.name not in page(person, "budgets/")


def test_the_ledger_is_asked_by_person_and_days_and_the_address_keeps_both(cast: Cast) -> None:
    budget = Budget.objects.get()
    requisition = waiting(cast)
    here = f"budgets/{budget.pk}/"
    lena, today = cast.member["lena"], f"{NOW:%Y-%m-%d}"
    shown = page(cast.lena, f"{here}?person={lena}&since={today}&until={today}&kind=purchases")
    assert f"/{requisition.number}/" in shown.split('id="h-waiting"')[0]
    assert f"?kind=refunds&amp;person={lena}&amp;since={today}&amp;until={today}" in shown
    for nothing in (f"person={cast.member['rashid']}", "until=2020-01-01", "since=2030-01-01"):
        shown = page(cast.lena, f"{here}?{nothing}")
        assert "No posting matches these filters" in shown
    assert "Enter a valid date" in page(cast.lena, f"{here}?since=tomorrow")
    assert "outside the calendar" in page(cast.lena, f"{here}?until=0001-01-01")
