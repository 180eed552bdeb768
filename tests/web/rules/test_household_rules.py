"""A family's rules: three choices, the same engine, versions beneath."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placet.policy.money import LARGEST_AMOUNT_MINOR
from placet.policy.rulebook import compile_rulebook
from placet.policy.starters import no_rules, simple_organisation
from placet.rulebooks.actions import publish_rulebook, save_draft
from placet.rulebooks.models import Rulebook
from placet.web.rules.household import read_choice, rules_over
from tests.cast import Cast
from tests.rulebooks.rules import book, meridian, over, rule
from tests.web.pages import page
from tests.web.rules.keepers import send, text_of

db = pytest.mark.django_db


def family(cast: Cast) -> Rulebook:
    """The Parks' rulebook as it stands."""
    return Rulebook.objects.select_related("published").get(company_id=cast.company["park"])


def choose(cast: Cast, choice: str, amount: str = "", seen: int | None = None) -> str:
    """Min-jun chooses; the answer is the page after it."""
    rulebook = family(cast)
    number = rulebook.published.number if seen is None else seen
    answer = send(
        cast.minjun,
        f"rules/{rulebook.pk}/household/",
        choice=choice,
        amount=amount,
        based_on=number,
    )
    assert answer.status_code == 200
    return text_of(answer)


@given(st.integers(0, LARGEST_AMOUNT_MINOR))
def test_what_was_chosen_is_read_back(amount: int) -> None:
    document = rules_over(amount, "EUR")
    compile_rulebook(document)
    assert read_choice(document, "EUR") == ("over", amount)
    assert read_choice(document, "PLN") == ("other", None)


def test_a_text_that_says_more_is_none_of_the_choices() -> None:
    child = {"field": "requester.roles", "op": "in", "value": ["child"]}
    asks = rule("ask", child, {"select": "role", "role": "parent", "where": "company"})
    assert read_choice(book(asks), "EUR") == ("always", None)
    assert read_choice(
        book(rule("ask", {"all": [child, over(100)]}, {"select": "admins"})), "EUR"
    ) == ("over", 100)
    assert read_choice(book(asks, amount_basis="goods"), "EUR") == ("always", None)
    for document in (
        book(asks, asks),
        book(asks, default="block"),
        book(asks, amount_basis="gross"),
        book({**asks, "then": {"effect": "block"}}),
        book(rule("ask", {"all": [child, child]}, {"select": "admins"})),
        book(rule("ask", {"all": [over(1), child]}, {"select": "admins"})),
        book(rule("ask", over(100), {"select": "admins"})),
    ):
        assert read_choice(document, "EUR") == ("other", None)


@db
def test_a_parent_chooses_in_plain_words(cast: Cast) -> None:
    shown = page(cast.minjun, "rules/")
    assert "Who asks whom before something is ordered." in shown
    assert 'value="always" checked' in shown
    assert "SHA-256" not in shown
    shown = choose(cast, "over", "20")
    assert "That holds from now on. What waits keeps its rules." in shown
    assert 'value="over" id="over" checked' in shown
    assert 'value="20.00"' in shown
    assert json.loads(family(cast).published.document) == rules_over(2000, "EUR")
    choose(cast, "never")
    assert json.loads(family(cast).published.document) == no_rules()
    choose(cast, "always")
    version = family(cast).published
    assert json.loads(version.document) == simple_organisation()
    assert (version.number, version.published_by_id) == (4, cast.member["minjun"])


@db
@pytest.mark.parametrize(
    ("choice", "amount", "said"),
    [
        ("", "", "Choose one of the three."),
        ("sometimes", "", "Choose one of the three."),
        ("over", "", "From which amount? Type it."),
        ("over", "a lot", "From which amount? Type it."),
        ("over", "-1", "An amount of zero or more."),
        ("always", "", "That holds already."),
    ],
)
def test_what_cannot_hold_is_said(cast: Cast, choice: str, amount: str, said: str) -> None:
    assert said in choose(cast, choice, amount)
    assert family(cast).published.number == 1


@db
def test_the_other_parent_was_quicker(cast: Cast) -> None:
    choose(cast, "never")
    assert "Version 2 was published meanwhile." in choose(cast, "over", "5", seen=1)
    assert family(cast).published.number == 2


@db
def test_an_open_draft_is_not_run_over(cast: Cast) -> None:
    save_draft(family(cast), document=no_rules(), version=None, actor=cast.minjun, now=cast.now)
    assert "Min-jun Park is writing a draft already." in choose(cast, "never")
    assert "There is a draft" in page(cast.minjun, "rules/")


@db
def test_rules_in_detail_are_named_and_kept_until_somebody_chooses(cast: Cast) -> None:
    document = book(rule("big", over(100), {"select": "admins"}))
    publish_rulebook(family(cast), document=document, actor=cast.minjun, now=cast.now)
    shown = page(cast.minjun, "rules/")
    assert "Your rules were written in detail." in shown
    assert "checked" not in shown.split("<main")[1].split("</main")[0]


@db
def test_only_parents_and_only_families(cast: Cast) -> None:
    rulebook = family(cast)
    path = f"rules/{rulebook.pk}/household/"
    assert send(cast.yuna, path, choice="never").status_code == 403
    assert send(cast.ines, path, choice="never").status_code == 404
    own = f"rules/{meridian(cast).pk}/household/"
    assert send(cast.ines, own, choice="never", based_on=1).status_code == 404
    assert meridian(cast).published.number == 1
