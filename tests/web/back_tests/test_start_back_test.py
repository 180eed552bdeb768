"""Starting a back-test: of the draft or of a version, by those who keep the rules."""

from __future__ import annotations

import json
import re

import pytest

from placet.policy.starters import no_rules
from placet.rulebooks.actions import publish_rulebook, save_draft
from placet.runs.actions import MOST_OPEN
from placet.runs.models import Run
from tests.cast import Cast
from tests.plans.back_test_world import back_tested, changed_rules, rules_of
from tests.web.pages import as_actor, page, queries_of
from tests.web.rules.keepers import admin_of, second_admin, send, text_of
from tests.web.rules.test_customers_rules import hand_over

pytestmark = pytest.mark.django_db


def begin_draft(cast: Cast) -> None:
    """Ines writes a draft without the rule about finance."""
    save_draft(
        rules_of(cast),
        document=changed_rules(finance=None),
        version=None,
        actor=cast.ines,
        now=cast.now,
    )


def path_of(cast: Cast) -> str:
    return f"rules/{rules_of(cast).pk}/back-tests/"


def test_with_nothing_else_to_try_the_page_leads_to_a_draft(cast: Cast) -> None:
    assert path_of(cast) in page(cast.ines, f"rules/{rules_of(cast).pk}/draft/")
    shown = page(cast.ines, path_of(cast))
    assert "There is no other text to try yet" in shown
    assert "Start the back-test" not in shown


def test_the_draft_is_tried_as_it_stands(cast: Cast) -> None:
    begin_draft(cast)
    assert "The draft" in page(cast.ines, path_of(cast))
    answer = send(cast.ines, path_of(cast), text="draft", days="30")
    run = Run.objects.get()
    assert answer.redirect_chain[0][0].endswith(f"/runs/{run.pk}/")
    assert "Waiting for its turn" in text_of(answer)
    assert run.parameters["days"] == 30
    assert [rule["id"] for rule in json.loads(run.parameters["document"])["rules"]] == [
        "icu-over-500",
        "medical-devices",
    ]


def test_an_old_version_is_tried_and_the_one_in_force_is_no_choice(cast: Cast) -> None:
    rulebook = rules_of(cast)
    publish_rulebook(rulebook, document=no_rules(), actor=cast.ines, now=cast.now)
    assert "?text=1" in page(cast.ines, f"rules/{rulebook.pk}/1/")
    shown = page(cast.ines, path_of(cast) + "?text=1")
    assert '<option value="1" selected>' in shown
    assert '<option value="2"' not in shown
    send(cast.ines, path_of(cast), text="1", days="90")
    assert len(json.loads(Run.objects.get().parameters["document"])["rules"]) == 3


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("draft", "0"),
        ("draft", "731"),
        ("draft", "-5"),
        ("draft", "many"),
        ("draft", "9" * 400),
        ("draft", ""),
        ("1", "90"),
        ("7", "90"),
        ("", "90"),
        ("²", "90"),
    ],
)
def test_what_cannot_be_tried_comes_back_as_it_was_typed(cast: Cast, text: str, days: str) -> None:
    begin_draft(cast)
    answer = send(cast.ines, path_of(cast), text=text, days=days)
    assert answer.status_code == 422
    assert f'value="{days}"' in text_of(answer) or not days
    assert "aria-invalid" in text_of(answer)
    assert not Run.objects.exists()


def test_a_draft_that_is_gone_meanwhile_is_no_error_of_ours(cast: Cast) -> None:
    publish_rulebook(rules_of(cast), document=no_rules(), actor=cast.ines, now=cast.now)
    answer = send(cast.ines, path_of(cast), text="draft", days="90")
    assert answer.status_code == 422


def test_too_many_at_once_are_refused_with_the_way_to_those_under_way(cast: Cast) -> None:
    begin_draft(cast)
    for _ in range(MOST_OPEN):
        assert send(cast.ines, path_of(cast), text="draft", days="90").status_code == 200
    answer = send(cast.ines, path_of(cast), text="draft", days="90")
    assert answer.status_code == 409
    assert "5 runs of your company are under way" in text_of(answer)
    assert "/c/meridian/runs/" in text_of(answer)
    assert Run.objects.count() == MOST_OPEN


def test_earlier_back_tests_stand_below_with_what_came_of_them(cast: Cast) -> None:
    begin_draft(cast)
    run = back_tested(cast, no_rules(), days=7)
    for colleague in (cast.ines, second_admin(cast)):
        shown = page(colleague, path_of(cast))
        assert f"/runs/{run.pk}/" in shown
        assert "7 days back" in shown
        assert "0 of 0 purchases would go another way" in shown


def test_the_list_says_which_text_each_of_them_tried(cast: Cast) -> None:
    begin_draft(cast)
    for document in (changed_rules(finance=None), changed_rules(), no_rules()):
        back_tested(cast, document)
    tried = re.findall(r'data-label="Tried">([^<]*)<', page(cast.ines, path_of(cast)))
    assert sorted(tried) == ["an earlier draft", "the draft", "version 1"]


def test_who_keeps_rules_of_a_unit_sees_no_others_runs(cast: Cast) -> None:
    run = back_tested(cast, no_rules())
    anika = admin_of(cast, "icu")
    as_actor(anika)
    assert page(anika, path_of(cast), 403)
    assert run.pk not in page(anika, "runs/")


def test_the_merchant_tries_rules_that_it_keeps_in_its_own_company(cast: Cast) -> None:
    hand_over(cast)
    assert page(cast.ines, path_of(cast), 403)
    save_draft(rules_of(cast), document=no_rules(), version=None, actor=cast.odd, now=cast.now)
    assert "Rules of Meridian Health Group" in page(cast.odd, path_of(cast))
    send(cast.odd, path_of(cast), text="draft", days="90")
    run = Run.objects.get()
    assert run.company_id == cast.odd.company_id
    assert page(cast.odd, f"runs/{run.pk}/")
    assert page(cast.ines, f"runs/{run.pk}/", 404)


def test_another_back_test_costs_no_more_queries(cast: Cast) -> None:
    begin_draft(cast)
    back_tested(cast, no_rules())
    before = queries_of(cast.ines, path_of(cast))
    for _ in range(2):
        back_tested(cast, no_rules())
    assert queries_of(cast.ines, path_of(cast)) == before
