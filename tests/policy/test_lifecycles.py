"""The tables of states are closed, and every life can end."""

from __future__ import annotations

import pytest

from placet.policy.lifecycles import (
    LIFECYCLES,
    ORDER,
    REQUISITION,
    NotAllowed,
    allowed,
    is_final,
    next_state,
)


@pytest.mark.parametrize("name", LIFECYCLES)
def test_every_transition_leads_to_a_state_of_the_table(name):
    table = LIFECYCLES[name]
    assert {after for verbs in table.values() for after in verbs.values()} <= set(table)


@pytest.mark.parametrize("name", LIFECYCLES)
def test_every_state_is_reached_and_can_end(name):
    table = LIFECYCLES[name]
    reached, frontier = set(), {next(iter(table))}
    while frontier:
        reached |= frontier
        frontier = {after for state in frontier for after in table[state].values()} - reached
    assert reached == set(table)
    ends = {state for state in table if is_final(table, state)}
    for _ in table:
        ends |= {state for state, verbs in table.items() if set(verbs.values()) & ends}
    assert ends == set(table)


def test_a_rejection_is_final_and_only_an_approved_requisition_is_placed():
    assert is_final(REQUISITION, "rejected")
    assert {state for state, verbs in REQUISITION.items() if "place" in verbs} == {
        "approved",
        "placement_failed",
    }
    with pytest.raises(NotAllowed):
        next_state(REQUISITION, "pending", "place")


def test_an_exported_order_is_neither_changed_nor_cancelled_by_the_buyer():
    assert next_state(ORDER, "unprocessed", "cancel") == "cancelled"
    assert not {"cancel", "change"} & set(allowed(ORDER, "exported"))
