"""Mutants of what happens after submitting: revisions, carried approvals, lowered lines, placing.

As in ``test_mutants``: a mistake that others made in public is made on purpose, and the story that
``docs/safety.md`` names for it must not hold any more.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from placet.policy.carry_over import Kept
from placet.requisitions import given as decided
from tests.cast import Cast
from tests.house.source import ROOT
from tests.requisitions import (
    test_change_order,
    test_edit_requisition,
    test_place_order,
    test_reduce_lines,
    test_revise_requisition,
)

ACTIONS = "placet.requisitions.actions"


class Mutant(NamedTuple):
    """The mistake: which function is replaced by what; and the story that must not hold then."""

    mistake: str
    place: str
    name: str
    instead: Callable[[Any], Any]
    story: Callable[..., None]


def nothing(_original: Any) -> Any:
    """A step that is left out."""
    return lambda *args, **kwargs: None


def kept_whatever_changed(original: Any) -> Any:
    """An approval counts for its step, however the content changed."""

    def judged(approval: Any, same: Any, *rest: Any) -> Any:
        if not same:
            return original(approval, same, *rest)
        return Kept(approval.user, same[0].key, approval.step.key)

    return judged


def compared_with_the_last_revision(original: Any) -> Any:
    """The baseline moves with every revision instead of being what was explicitly decided."""

    def given(requisition: Any, before: Any) -> Any:
        content, steps, _counted = decided._read(requisition.revision)
        return [
            one._replace(
                approval=one.approval._replace(
                    content=content, step=steps.get(one.approval.step.key, one.approval.step)
                )
            )
            for one in original(requisition, before)
        ]

    return given


def authors_count(original: Any) -> Any:
    """Who shaped the content approved it as well."""
    return lambda *args, authors, **kwargs: original(*args, authors=(), **kwargs)


def nothing_to_look_at(_original: Any) -> Any:
    """At the moment of ordering nobody asks for prices, stock or credit."""
    return lambda *args, **kwargs: (None, ())


def held_for_any_quantity(_original: Any) -> Any:
    """A price that is held for ten is held for a thousand, and for ever."""
    return lambda wanted, now: list(wanted)


MUTANTS = (
    Mutant(
        "approvals survive a change of content that makes their reasons worse",
        "placet.policy.carry_over", "_judged", kept_whatever_changed,
        test_revise_requisition.test_an_approval_is_reset_when_what_it_read_got_worse,
    ),
    Mutant(
        "a purchase grows slice by slice below an approval",
        "placet.requisitions.carrying", "list_given", compared_with_the_last_revision,
        test_revise_requisition.test_nobody_gets_there_slice_by_slice,
    ),
    Mutant(
        "an approver who edits approves their own content",
        "placet.requisitions.next_revision", "carry_over", authors_count,
        test_edit_requisition
        .test_an_approver_who_edits_becomes_an_author_and_their_approval_counts_no_more,
    ),
    Mutant(
        "the former content keeps its budget",
        f"{ACTIONS}.revise_requisition", "release_reservations", nothing,
        test_revise_requisition.test_the_budget_and_the_counters_follow_the_new_content_exactly,
    ),
    Mutant(
        "a held price holds for any quantity",
        "placet.carts.pricing.adding", "still_held", held_for_any_quantity,
        test_edit_requisition.test_a_price_is_held_for_the_same_quantity_and_no_other,
    ),
    Mutant(
        "lines are lowered on the page only",
        f"{ACTIONS}.apply_decision", "reduce_requisition", nothing,
        test_reduce_lines.test_below_every_rule_it_is_ordered_at_once,
    ),
    Mutant(
        "a dearer order leaves than was approved",
        f"{ACTIONS}.place_order", "check_placement", nothing_to_look_at,
        test_place_order.test_after_the_hold_a_dearer_purchase_is_asked_for_again,
    ),
    Mutant(
        "what is ordered is not taken from the stock",
        f"{ACTIONS}.place_order", "take_stock", nothing,
        test_place_order.test_once_there_is_stock_again_it_leaves_and_the_stock_is_less,
    ),
    Mutant(
        "an order goes on while its change waits for approval",
        f"{ACTIONS}.revise_requisition", "begin_change", nothing,
        test_change_order.test_the_order_stands_as_it_was_while_its_change_waits,
    ),
    Mutant(
        "what an order took before its change is never given back",
        "placet.requisitions.carrying_out", "replace_commitments", nothing,
        test_change_order.test_approved_the_same_order_has_exactly_what_was_approved,
    ),
    Mutant(
        "an order is in the way of its own change",
        "placet.requisitions.next_revision", "find_changed", nothing,
        test_change_order.test_an_order_never_counts_beside_its_own_change,
    ),
)  # fmt: skip


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.mistake)
def test_the_story_notices(
    mutant: Mutant, monkeypatch: pytest.MonkeyPatch, db: None, cast: Cast
) -> None:
    module = importlib.import_module(mutant.place)
    monkeypatch.setattr(module, mutant.name, mutant.instead(getattr(module, mutant.name)))
    with pytest.raises(AssertionError):
        mutant.story(cast)


def test_each_mistake_stands_in_the_list_with_its_story() -> None:
    listed = (ROOT / "docs/safety.md").read_text(encoding="utf-8").splitlines()
    for mutant in MUTANTS:
        path = mutant.story.__module__.replace(".", "/") + ".py"
        named = f"`{path}::{mutant.story.__name__}`"
        assert any(named in row for row in listed if row.startswith("|")), named
