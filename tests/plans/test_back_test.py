"""Trying a draft on past purchases: who would be asked more, who less, and why."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placet.companies.models import Member
from placet.core.errors import Forbidden, InvalidInput, NotFound
from placet.plans import back_test_run
from placet.plans.back_test import count_touched, start_back_test
from placet.plans.back_test_reading import NotFinished, describe_back_test, list_changes
from placet.plans.models import PastPurchase, PurchasedLine
from placet.runs.actions import cancel_run
from placet.runs.models import Run
from placet.runs.work import work_run
from tests.cast import NOW, Cast
from tests.cast_rules import MERIDIAN
from tests.plans.back_test_world import (
    LATER,
    back_tested,
    buys,
    changed_rules,
    found_by,
    rules_of,
)
from tests.requisitions.road import DRESSING, GLOVES, INFUSION_SET

pytestmark = pytest.mark.django_db


def over(field: str, minor: int) -> dict[str, Any]:
    return {"field": field, "op": ">", "value": {"amount_minor": minor, "currency": "EUR"}}


def asks_head(levels_up: int = 0) -> dict[str, Any]:
    approver = {"select": "head", "levels_up": levels_up}
    return {"effect": "require", "steps": [{"approvers": [approver], "rank": 10}]}


@pytest.fixture
def past(cast: Cast) -> dict[str, PastPurchase]:
    """Nobody was asked for the gloves, Rashid for the dressings, he and Biomed for the sets."""
    return {
        "gloves": buys(cast, (GLOVES, 20), days_ago=30),
        "dressings": buys(cast, (DRESSING, 50), days_ago=20),
        "sets": buys(cast, (INFUSION_SET, 10), days_ago=10),
    }


def test_a_rule_that_is_taken_away(cast: Cast, past: dict[str, PastPurchase]) -> None:
    run = back_tested(cast, changed_rules(medical_devices=None))
    found = describe_back_test(cast.ines, run)
    assert found.totals.purchases == 3
    assert (found.totals.changed, found.totals.steps_removed, found.totals.steps_added) == (1, 1, 0)
    assert (found.totals.approval_before, found.totals.approval_after) == (2, 2)
    (change,) = list_changes(cast.ines, run)
    assert change.requisition == past["sets"].requisition_id
    assert change.requester_name == "Lena Vogt"
    assert change.why == (
        "No longer asks Anika Roth, Jonas Weber, Piotr Zając because of: Medical devices."
    )
    load = {one.name: (one.before, one.after) for one in found.load}
    assert load["Anika Roth"] == (1, 0)
    assert load["Rashid Haddad"] == (2, 2)
    hits = {one.rule: (one.before, one.after) for one in found.hits}
    assert hits == {"icu-over-500": (2, 2), "finance": (0, 0), "medical-devices": (1, None)}


def test_a_rule_that_asks_more(cast: Cast, past: dict[str, PastPurchase]) -> None:
    rule = {"name": "All gloves", "when": over("purchase.amount", 0), "then": asks_head(2)}
    run = back_tested(cast, changed_rules(everything=rule))
    found = describe_back_test(cast.ines, run)
    totals = found.totals
    assert (totals.free_before, totals.free_after, totals.free_to_approval) == (1, 0, 1)
    assert (totals.changed, totals.steps_added) == (3, 3)
    newest, *_others, oldest = list_changes(cast.ines, run)
    assert newest.requisition == past["sets"].requisition_id
    assert (oldest.before, oldest.after) == ("free", "approval")
    assert oldest.why == "Asks Helena Brandt because of: All gloves."
    assert [one.position for one in list_changes(cast.ines, run, after=newest.position)] == [2, 3]


def test_a_rule_that_blocks(cast: Cast, past: dict[str, PastPurchase]) -> None:
    rule = {"when": over("purchase.amount", 0), "then": {"effect": "block"}}
    run = back_tested(cast, changed_rules(nothing=rule))
    totals = describe_back_test(cast.ines, run).totals
    assert (totals.newly_blocked, totals.blocked_after, totals.no_longer_blocked) == (3, 3, 0)
    assert {one.why for one in list_changes(cast.ines, run)} == {"Blocked by: nothing."}


def test_the_weeks_of_the_chart_have_no_gaps(cast: Cast, past: dict[str, PastPurchase]) -> None:
    weeks = found_by(cast, MERIDIAN).weeks
    assert [week.starts_on.weekday() for week in weeks] == [0] * len(weeks)
    gaps = {later.starts_on - week.starts_on for week, later in pairwise(weeks)}
    assert gaps == {timedelta(weeks=1)}
    assert sum(week.purchases for week in weeks) == 3
    assert sum(week.approval_before for week in weeks) == 2


def test_only_the_days_that_were_asked_for(cast: Cast, past: dict[str, PastPurchase]) -> None:
    assert found_by(cast, MERIDIAN, days=15).totals.purchases == 1


def test_people_who_left_are_not_asked(cast: Cast, past: dict[str, PastPurchase]) -> None:
    """The people are those of today, in both texts; that the outcome was another then is said."""
    Member.objects.filter(pk=cast.member["rashid"]).update(status=Member.Status.DEACTIVATED)
    found = found_by(cast, MERIDIAN)
    assert found.totals.changed == 0
    assert "Rashid Haddad" not in {one.name for one in found.load}


def test_it_is_compared_with_what_was_published_at_its_start(
    cast: Cast, past: dict[str, PastPurchase]
) -> None:
    rulebook = rules_of(cast)
    run = start_back_test(rulebook, document=MERIDIAN, actor=cast.ines, now=LATER)
    assert run.parameters["base"] == rulebook.published_id


def test_what_cannot_be_read_is_counted_and_left_out(
    cast: Cast, past: dict[str, PastPurchase]
) -> None:
    PastPurchase.objects.filter(pk=past["sets"].pk).update(format=99)
    PastPurchase.objects.filter(pk=past["gloves"].pk).update(facts="[[]]")
    totals = found_by(cast, MERIDIAN).totals
    assert (totals.purchases, totals.left_out) == (1, 2)


def test_rolling_windows_are_those_of_then(cast: Cast) -> None:
    """The third order of the same gloves within a month was a similar one; the first was not."""
    for days_ago in (29, 28, 27):
        row = buys(cast, (GLOVES, 20), days_ago=days_ago)
        bought = PurchasedLine.objects.filter(requisition_id=row.requisition_id)
        bought.update(created_at=row.created_at)
    twice = {"field": "history.similar_orders", "days": 30, "op": ">=", "value": 2}
    run = back_tested(cast, changed_rules(similar={"when": twice, "then": asks_head(1)}))
    (change,) = list_changes(cast.ines, run)
    assert change.submitted_at == NOW - timedelta(days=27)


def test_a_revised_requisition_is_one_purchase(cast: Cast) -> None:
    row = buys(cast, (GLOVES, 20))
    assert PastPurchase.objects.filter(requisition_id=row.requisition_id).count() == 1


def test_outsiders_cannot_start_or_read_one(cast: Cast, past: dict[str, PastPurchase]) -> None:
    for stranger in (cast.lena, cast.aron, cast.jan, cast.odd):
        with pytest.raises(Forbidden):
            start_back_test(rules_of(cast), document=MERIDIAN, actor=stranger, now=LATER)
        with pytest.raises(Forbidden):
            count_touched(stranger, rules_of(cast), MERIDIAN["rules"][0], now=LATER)


@pytest.mark.parametrize(
    ("days", "document", "path"),
    [
        (0, MERIDIAN, "days"),
        (731, MERIDIAN, "days"),
        (True, MERIDIAN, "days"),
        (90, None, "document"),
        (90, {**MERIDIAN, "side": "merchant", "rules": []}, "document/side"),
        (90, {**MERIDIAN, "rules": [{"id": "x"}]}, "document/rules/0/when"),
    ],
)
def test_bad_questions_are_refused_at_once(cast: Cast, days: int, document: Any, path: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        start_back_test(rules_of(cast), document=document, days=days, actor=cast.ines, now=NOW)
    assert refused.value.path == path
    assert not Run.objects.exists()


def test_a_cancelled_one_has_no_result(cast: Cast, past: dict[str, PastPurchase]) -> None:
    run = start_back_test(rules_of(cast), document=MERIDIAN, actor=cast.ines, now=LATER)

    def cancels(run: Run, progress: Any) -> Any:
        cancel_run(run, actor=cast.ines, now=LATER)
        return back_test_run.run_back_test(run, progress)

    work_run({"back_test": cancels}, now=LATER, read_real=lambda: LATER)
    run.refresh_from_db()
    assert (run.status, run.done) == ("cancelled", 0)
    with pytest.raises(NotFinished):
        describe_back_test(cast.ines, run)
    Run.objects.filter(pk=run.pk).update(kind="import")
    run.refresh_from_db()
    with pytest.raises(NotFound):
        list_changes(cast.ines, run)


def test_the_merchants_people_see_only_what_was_ordered(
    cast: Cast, past: dict[str, PastPurchase]
) -> None:
    rulebook = rules_of(cast)
    rulebook.kept_by = "both"
    rulebook.save(update_fields=["kept_by"])
    rule = {"when": over("purchase.amount", 0), "then": asks_head(2)}
    run = back_tested(cast, changed_rules(everything=rule), actor=cast.odd)
    assert describe_back_test(cast.odd, run).totals.changed == 3
    shown = list_changes(cast.odd, run)
    assert [one.requisition for one in shown] == [past["gloves"].requisition_id]
    rulebook.kept_by = "company"
    rulebook.save(update_fields=["kept_by"])
    with pytest.raises(NotFound):
        describe_back_test(cast.odd, run)
    with pytest.raises(NotFound):
        list_changes(cast.odd, run)


def test_a_slice_costs_the_same_whatever_is_in_it(
    cast: Cast, past: dict[str, PastPurchase], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(back_test_run, "SLICE", 4)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            back_tested(cast, changed_rules(finance=None))
        return len(captured)

    first = queries()
    row = PastPurchase.objects.get(pk=past["sets"].pk)
    for number in range(8):
        row.pk, row.requisition_id = None, f"req_{number}"
        row.save(force_insert=True)
    assert queries() - first == 2 * 2  # two slices more: the rows, and the report


def test_the_builder_counts_what_a_rule_would_touch(
    cast: Cast, past: dict[str, PastPurchase], monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = {"id": "r", "when": over("purchase.amount", 500_00), "then": asks_head()}
    touched = count_touched(cast.ines, rules_of(cast), rule, now=LATER)
    assert (touched.matched, touched.looked_at, touched.is_all) == (2, 3, True)
    monkeypatch.setattr("placet.plans.back_test.MOST_LOOKED_AT", 2)
    touched = count_touched(cast.ines, rules_of(cast), rule, now=LATER)
    assert (touched.matched, touched.looked_at, touched.is_all) == (2, 2, False)
    with pytest.raises(InvalidInput) as refused:
        count_touched(cast.ines, rules_of(cast), {"id": "r"}, now=LATER)
    assert refused.value.path == "document/rules/0/when"
