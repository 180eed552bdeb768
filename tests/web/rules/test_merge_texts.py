"""Bringing a draft up to what was published meanwhile, rule by rule."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placet.rulebooks.actions import publish_rulebook, save_draft
from placet.web.rules.merging import merge_texts
from tests.cast import Cast
from tests.cast_rules import MERIDIAN
from tests.rulebooks.rules import meridian, with_finance_from
from tests.web.pages import page
from tests.web.rules.keepers import draft_of, second_admin, send, text_of

NAMES = ("a", "b", "c", "d", "e")


def text(*rules: tuple[str, int], **head: Any) -> dict[str, Any]:
    """A text whose rules are a name and a number."""
    return {"default": "free", **head, "rules": [{"id": name, "n": n} for name, n in rules]}


texts = st.builds(
    lambda rules, default: text(*rules, default=default),
    st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 2)), unique_by=lambda r: r[0]),
    st.sampled_from(["free", "block"]),
)


def rules_of(document: dict[str, Any]) -> dict[str, int]:
    """The rules as a mapping, whatever their order."""
    return {rule["id"]: rule["n"] for rule in document["rules"]}


@given(base=texts, other=texts)
def test_one_side_alone_is_taken_as_it_is(base: dict[str, Any], other: dict[str, Any]) -> None:
    assert merge_texts(base, base, other).document == other
    assert merge_texts(base, other, base).document == other
    assert merge_texts(base, other, other).document == other


@given(base=texts, published=texts, draft=texts)
def test_no_rule_is_lost_doubled_or_invented(
    base: dict[str, Any], published: dict[str, Any], draft: dict[str, Any]
) -> None:
    merged = merge_texts(base, published, draft)
    ids = [rule["id"] for rule in merged.document["rules"]]
    assert len(ids) == len(set(ids))
    before, now, own = map(rules_of, (base, published, draft))
    for name in NAMES:
        got = rules_of(merged.document).get(name)
        assert got in (now.get(name), own.get(name))
        if own.get(name) == before.get(name):
            assert got == now.get(name)
        elif now.get(name) == before.get(name):
            assert got == own.get(name)
        elif own.get(name) != now.get(name):
            assert name in merged.contested


def test_a_new_rule_of_theirs_follows_the_one_that_it_followed() -> None:
    base, published = text(("a", 1), ("b", 1)), text(("a", 1), ("x", 1), ("b", 1))
    draft = text(("b", 1), ("a", 1), ("mine", 1))
    merged = merge_texts(base, published, draft).document
    assert [rule["id"] for rule in merged["rules"]] == ["b", "a", "x", "mine"]


@pytest.mark.django_db
def test_an_outdated_draft_shows_what_came_meanwhile_and_takes_it_in(cast: Cast) -> None:
    book, colleague = meridian(cast), second_admin(cast)
    renamed = json.loads(json.dumps(MERIDIAN))
    renamed["rules"][1]["name"] = {"en": "Devices of all kinds"}
    save_draft(book, document=renamed, version=None, actor=cast.ines, now=cast.now)
    publish_rulebook(book, document=with_finance_from(1_000_00), actor=colleague, now=cast.now)
    path = f"rules/{book.pk}/draft/"
    shown = page(cast.ines, path)
    assert "Version 2 was published meanwhile" in shown
    assert "1,000.00" in shown
    refused = send(cast.ines, path + "publish/", seen=draft_of(book), note="My reasons")
    assert refused.status_code == 409
    assert "Version 2 was published meanwhile. Compare with it and save again." in text_of(refused)
    assert "My reasons" in text_of(refused)
    answer = send(cast.ines, path + "merge/", seen=draft_of(book))
    assert "What was published is in the draft now." in text_of(answer)
    merged = json.loads(draft_of(book).document)
    assert merged["rules"][1] == renamed["rules"][1]
    assert merged["rules"][2] == with_finance_from(1_000_00)["rules"][2]
    assert send(cast.ines, path + "publish/", seen=draft_of(book)).status_code == 200
    assert meridian(cast).published.number == 3


@pytest.mark.django_db
def test_what_both_changed_is_named(cast: Cast) -> None:
    book, colleague = meridian(cast), second_admin(cast)
    save_draft(
        book, document=with_finance_from(7_000_00), version=None, actor=cast.ines, now=cast.now
    )
    publish_rulebook(book, document=with_finance_from(1_000_00), actor=colleague, now=cast.now)
    answer = send(cast.ines, f"rules/{book.pk}/draft/merge/", seen=draft_of(book))
    assert "Both changed finance: look at it again." in text_of(answer)
    assert json.loads(draft_of(book).document) == with_finance_from(7_000_00)
