"""What a back-test found, read by those who started it."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest

from placet.policy.starters import no_rules
from placet.rulebooks.actions import publish_rulebook, save_draft
from placet.runs.models import Run, RunRow
from tests.cast import Cast
from tests.plans.back_test_world import back_tested, buys, changed_rules, rules_of
from tests.requisitions.road import DRESSING, GLOVES, INFUSION_SET
from tests.web.pages import as_actor, page, queries_of
from tests.web.rules.test_customers_rules import hand_over

pytestmark = pytest.mark.django_db

HEAD_OF_ALL: dict[str, Any] = {
    "when": {
        "field": "purchase.amount",
        "op": ">=",
        "value": {"amount_minor": 0, "currency": "EUR"},
    },
    "then": {
        "effect": "require",
        "steps": [{"approvers": [{"select": "head", "levels_up": 2}], "rank": 5}],
    },
}
NO_GLOVES: dict[str, Any] = {
    "name": {"en": "No gloves"},
    "when": {"any_line": {"field": "line.sku", "op": "=", "value": GLOVES}},
    "then": {"effect": "block"},
}


def three_purchases(cast: Cast) -> None:
    """Gloves that nobody is asked about, dressings and an infusion set that somebody is."""
    for line in ((GLOVES, 20), (DRESSING, 50), (INFUSION_SET, 10)):
        buys(cast, line)


def result(cast: Cast, run: Run, query: str = "") -> str:
    return page(cast.ines, f"runs/{run.pk}/{query}")


def numbers_in(shown: str) -> list[str]:
    """The requisitions of the list."""
    return re.findall(r">(REQ-\d+)<", shown)


def exported(cast: Cast, run: Run, query: str = "") -> list[list[str]]:
    text = page(cast.ines, f"runs/{run.pk}/changes/{query}")
    return list(csv.reader(io.StringIO(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))))


def test_the_first_sentence_says_what_came_of_it(cast: Cast) -> None:
    three_purchases(cast)
    run = back_tested(cast, changed_rules(all=HEAD_OF_ALL))
    shown = result(cast, run)
    assert "3 of 3 purchases of the last 90 days would go another way" in shown
    assert "Helena Brandt would be asked 3 times instead of 0." in shown
    assert f"{cast.ines.name} started it" in shown
    assert "Helena Brandt: before 0, after 3" in shown
    assert "Before: nobody is asked 1, needs approval 2, blocked 0" in shown
    assert "After: nobody is asked 0, needs approval 3, blocked 0" in shown
    assert "Everybody counts as present." in shown
    assert "Compared with version 1." in shown


def test_each_kind_of_change_is_a_list_of_its_own(cast: Cast) -> None:
    three_purchases(cast)
    run = back_tested(cast, changed_rules(all=HEAD_OF_ALL, gloves=NO_GLOVES))
    everything = numbers_in(result(cast, run))
    assert len(everything) == len(set(everything)) == 3
    of_kinds = [
        numbers_in(result(cast, run, f"?change={kind}"))
        for kind in (
            *("free_to_approval", "approval_to_free"),
            *("newly_blocked", "no_longer_blocked", "other_people"),
        )
    ]
    assert [len(found) for found in of_kinds] == [0, 0, 1, 0, 2]
    assert sorted(number for found in of_kinds for number in found) == sorted(everything)
    blocked = result(cast, run, "?change=newly_blocked")
    assert "Blocked by: No gloves." in blocked
    assert "Purchases that are blocked, by week" in blocked
    assert "None of this kind" in result(cast, run, "?change=free_to_approval")


@pytest.mark.parametrize("query", ["?change=sideways", "?change=", "?change=count&change=x"])
def test_a_kind_that_is_none_shows_all(cast: Cast, query: str) -> None:
    three_purchases(cast)
    run = back_tested(cast, changed_rules(all=HEAD_OF_ALL))
    assert len(numbers_in(result(cast, run, query))) == 3


def test_rules_with_other_hits_come_first_and_the_rest_is_folded(cast: Cast) -> None:
    three_purchases(cast)
    run = back_tested(cast, changed_rules(all=HEAD_OF_ALL, finance=None))
    hits = result(cast, run).split('id="hits"')[1].split("</section>")[0]
    first, folded = hits.split("<details", 1)
    assert "Finance" in first
    assert "removed" in first
    assert "new" in first
    assert "2 rules match as often as before" in folded


def test_the_same_text_changes_nothing_and_says_so(cast: Cast) -> None:
    three_purchases(cast)
    shown = result(cast, back_tested(cast, changed_rules()))
    assert "All 3 purchases of the last 90 days would go the same way under version 1." in shown
    assert "Nothing would change" in shown
    assert "Export CSV" not in shown


def test_without_purchases_it_leads_further_back(cast: Cast) -> None:
    shown = result(cast, back_tested(cast, no_rules(), days=2))
    assert "There was nothing to try it on" in shown
    assert "in the last 2 days" in shown


def test_a_draft_that_changed_since_is_told(cast: Cast) -> None:
    buys(cast, (GLOVES, 20))
    rulebook, text = rules_of(cast), changed_rules(finance=None)
    draft = save_draft(rulebook, document=text, version=None, actor=cast.ines, now=cast.now)
    run = back_tested(cast, text)
    assert "under the draft" in result(cast, run)
    assert "The draft has changed since." not in result(cast, run)
    save_draft(rulebook, document=no_rules(), version=draft.version, actor=cast.ines, now=cast.now)
    assert "under an earlier draft" in result(cast, run)
    assert "The draft has changed since." in result(cast, run)


def test_a_version_published_since_is_told(cast: Cast) -> None:
    buys(cast, (GLOVES, 20))
    rulebook, text = rules_of(cast), changed_rules(finance=None)
    save_draft(rulebook, document=text, version=None, actor=cast.ines, now=cast.now)
    run = back_tested(cast, text)
    publish_rulebook(rulebook, document=no_rules(), actor=cast.ines, now=cast.now)
    assert "Another version was published since." in result(cast, run)


def test_the_list_goes_as_csv_and_as_a_sheet_with_its_filter(cast: Cast) -> None:
    three_purchases(cast)
    run = back_tested(cast, changed_rules(all=HEAD_OF_ALL, gloves=NO_GLOVES))
    head, *rows = exported(cast, run)
    assert head[0] == "Requisition"
    assert len(rows) == 3
    (blocked,) = exported(cast, run, "?change=newly_blocked")[1:]
    assert blocked[2:4] == ["Lena Vogt", "EUR"]
    assert blocked[5:7] == ["nobody is asked", "blocked"]
    assert re.fullmatch(r"\d+\.\d\d", blocked[4])
    sheet = as_actor(cast.ines).get(f"/c/meridian/runs/{run.pk}/changes/?format=xlsx")
    assert sheet.content[:2] == b"PK"
    assert ".xlsx" in sheet["Content-Disposition"]


def test_a_long_list_has_pages_and_no_more_queries(cast: Cast) -> None:
    buys(cast, (GLOVES, 20))
    run = back_tested(cast, changed_rules(all=HEAD_OF_ALL))
    before = queries_of(cast.ines, f"runs/{run.pk}/")
    content = run.rows.get().content
    RunRow.objects.bulk_create(
        RunRow(run=run, position=position, content=content) for position in range(2, 31)
    )
    assert queries_of(cast.ines, f"runs/{run.pk}/") == before
    first = result(cast, run, "?change=free_to_approval")
    assert len(numbers_in(first)) == 25
    following = re.search(r'rel="next" href="([^"]*)"', first)
    assert following
    second = result(cast, run, following[1].replace("&amp;", "&"))
    assert len(numbers_in(second)) == 5
    for odd in ("-1", "x", "²", "9" * 30):
        page(cast.ines, f"runs/{run.pk}/?after={odd}", 404)


def test_until_it_is_done_there_is_no_list_to_take_away(cast: Cast) -> None:
    run = back_tested(cast, no_rules())
    Run.objects.filter(pk=run.pk).update(status=Run.Status.CANCELLED)
    page(cast.ines, f"runs/{run.pk}/changes/", 409)


def test_the_merchant_reads_of_a_customers_purchases_only_what_was_ordered(cast: Cast) -> None:
    three_purchases(cast)
    hand_over(cast)
    run = back_tested(cast, changed_rules(all=HEAD_OF_ALL), actor=cast.odd)
    shown = page(cast.odd, f"runs/{run.pk}/")
    assert "3 of 3 purchases" in shown
    assert "those that became orders are listed" in shown
    assert len(numbers_in(shown)) == 1
    hand_over(cast, kept_by="company")
    page(cast.odd, f"runs/{run.pk}/", 404)
    page(cast.odd, f"runs/{run.pk}/changes/", 404)
