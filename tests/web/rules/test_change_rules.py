"""One rule at a time: moved, copied, removed, put back; the first change makes the draft."""

from __future__ import annotations

import json

import pytest

from placet.rulebooks.actions import save_draft
from placet.rulebooks.models import RulebookDraft
from placet.web.rules.edits import duplicate_rule
from tests.cast import Cast
from tests.cast_rules import MERIDIAN
from tests.rulebooks.rules import meridian, with_finance_from
from tests.web.pages import page
from tests.web.rules.keepers import admin_of, draft_of, second_admin, send, text_of

pytestmark = pytest.mark.django_db

EXAMPLE = {
    "rule": "finance",
    "purchase": {"purchase.amount": {"amount_minor": 640_000, "currency": "EUR"}},
    "expect": "matches",
}


def order_of(cast: Cast) -> list[str]:
    """The ids of the draft's rules."""
    return [rule["id"] for rule in json.loads(draft_of(meridian(cast)).document)["rules"]]


def change(cast: Cast, do: str, rule: str = "finance", seen: object = None) -> str:
    """Ines presses a button of a rule's menu; the answer is the page that she lands on."""
    book = meridian(cast)
    shown = seen or RulebookDraft.objects.filter(rulebook=book).first() or book
    answer = send(cast.ines, f"rules/{book.pk}/draft/rules/", seen=shown, do=do, rule=rule)
    assert answer.status_code == 200
    return text_of(answer)


def test_looking_makes_no_draft_and_the_first_change_does(cast: Cast) -> None:
    text = page(cast.ines, f"rules/{meridian(cast).pk}/draft/")
    assert "This is version 1. A draft begins with your first change" in text
    assert not RulebookDraft.objects.exists()
    shown = change(cast, "up")
    assert order_of(cast) == ["icu-over-500", "finance", "medical-devices"]
    assert "Ines Keller changed it last" in shown
    assert "The rules stand in another order" in shown


def test_a_rule_goes_to_both_ends(cast: Cast) -> None:
    change(cast, "first")
    assert order_of(cast)[0] == "finance"
    change(cast, "last")
    assert order_of(cast)[-1] == "finance"


def test_what_changes_nothing_makes_no_draft(cast: Cast) -> None:
    change(cast, "down")
    assert not RulebookDraft.objects.exists()


def test_a_copy_has_an_id_of_its_own_and_stands_behind(cast: Cast) -> None:
    shown = change(cast, "duplicate")
    assert order_of(cast) == ["icu-over-500", "medical-devices", "finance", "finance-2"]
    assert "Finance (copy)" in shown
    change(cast, "duplicate")
    assert order_of(cast)[2:] == ["finance", "finance-3", "finance-2"]


def test_ids_stay_within_their_length() -> None:
    long = {**MERIDIAN, "rules": [{**MERIDIAN["rules"][0], "id": "x" * 200}]}
    ids = [rule["id"] for rule in duplicate_rule(long, "x" * 200)["rules"]]
    assert len(set(ids)) == 2
    assert max(map(len, ids)) == 200


def test_a_removed_rule_takes_its_examples_and_undo_brings_both_back(cast: Cast) -> None:
    book = meridian(cast)
    other = {**EXAMPLE, "rule": "medical-devices"}
    seen = save_draft(
        book,
        document=with_finance_from(400_000),
        examples=[EXAMPLE, other],
        version=None,
        actor=cast.ines,
        now=cast.now,
    )
    answer = send(
        cast.ines, f"rules/{book.pk}/draft/rules/", seen=seen, do="remove", rule="finance"
    )
    assert "The rule is out of the draft, and its example with it." in text_of(answer)
    assert json.loads(draft_of(book).examples) == [other]
    browser = answer.client
    address = f"/c/meridian/rules/{book.pk}/draft/rules/"
    browser.post(address, {"version": 2, "based_on": 1, "do": "undo"})
    after = draft_of(book)
    assert json.loads(after.document) == with_finance_from(400_000)
    assert sorted(json.loads(after.examples), key=lambda e: e["rule"]) == [EXAMPLE, other]


def test_undo_is_not_offered_when_the_draft_moved_on(cast: Cast) -> None:
    book = meridian(cast)
    answer = send(
        cast.ines, f"rules/{book.pk}/draft/rules/", seen=book, do="remove", rule="finance"
    )
    assert "A rule was removed from the draft." in text_of(answer)
    browser, address = answer.client, f"/c/meridian/rules/{book.pk}/draft/"
    browser.post(
        address + "rules/", {"version": 1, "based_on": 1, "do": "up", "rule": "medical-devices"}
    )
    assert "A rule was removed" not in browser.get(address).content.decode()
    late = browser.post(
        address + "rules/", {"version": 2, "based_on": 1, "do": "undo"}, follow=True
    )
    assert "The draft has moved on; nothing was put back." in text_of(late)


def test_a_rule_is_put_back_as_it_is_published(cast: Cast) -> None:
    book = meridian(cast)
    save_draft(book, document=with_finance_from(1), version=None, actor=cast.ines, now=cast.now)
    assert "0.01" in page(cast.ines, f"rules/{book.pk}/draft/")
    change(cast, "restore")
    assert json.loads(draft_of(book).document) == MERIDIAN


def test_a_removed_published_rule_is_put_back_in_its_place(cast: Cast) -> None:
    shown = change(cast, "remove", "icu-over-500")
    assert "Put back “ICU consumables over 500”" in shown
    change(cast, "restore", "icu-over-500")
    assert order_of(cast) == ["icu-over-500", "medical-devices", "finance"]


def test_whoever_was_slower_is_told_who_was_quicker(cast: Cast) -> None:
    book, colleague = meridian(cast), second_admin(cast)
    save_draft(book, document=with_finance_from(1), version=None, actor=colleague, now=cast.now)
    shown = change(cast, "remove", seen=book)
    assert "Aron Levi changed this draft since you opened it. Nothing was saved." in shown
    assert draft_of(book).version == 1


@pytest.mark.parametrize("do", ["", "explode", "undo", "restore"])
def test_what_cannot_be_done_says_so(cast: Cast, do: str) -> None:
    shown = change(cast, do, "no-such-rule")
    assert 'class="toast' in shown
    assert not RulebookDraft.objects.exists()


def test_the_draft_is_for_those_who_keep_the_rules(cast: Cast) -> None:
    book = meridian(cast)
    path = f"rules/{book.pk}/draft/"
    page(cast.lena, path, status=403)
    page(cast.jan, path, status=404)
    page(admin_of(cast, "biomed"), path, status=403)
    page(cast.odd, path, status=404)
    for actor, status in ((cast.lena, 403), (cast.jan, 404), (cast.odd, 404)):
        answer = send(actor, path + "rules/", seen=book, do="up", rule="finance")
        assert answer.status_code == status
    assert not RulebookDraft.objects.exists()
