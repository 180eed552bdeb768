"""What the reader answered, and what became of the purchase."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from placet.core.actor import Actor
from placet.orders.queries import find_order_states
from placet.requisitions.models import Decision, DecisionOutcome, Requisition
from placet.web.requisitions.rows import state_of

ANSWERS: dict[str, tuple[str, str | Promise, str]] = {
    Decision.Kind.APPROVE: ("approved", _("Approved"), "check"),
    Decision.Kind.REJECT: ("blocked", _("Rejected"), "x"),
    Decision.Kind.REQUEST_CHANGES: ("warn", _("Changes requested"), "reply"),
}
"""By the kind of a decision: the colour, the word and the icon of its badge."""


class DecidedRow(NamedTuple):
    """One answer; ``is_lapsed`` where it did not count any more, ``is_held`` while undo works."""

    decision: Decision
    requisition: Requisition
    answer: tuple[str, str | Promise, str]
    now: tuple[str, str | Promise, str]
    is_lapsed: bool
    is_held: bool


def list_own_decisions(actor: Actor) -> QuerySet[Decision]:
    """The actor's own answers, newest first, without those that were taken back."""
    return (
        Decision.objects.filter(member_id=actor.member_id)
        .exclude(outcome__kind=DecisionOutcome.Kind.RETRACTED)
        .select_related(
            "outcome", "principal__user", "step__requisition__requester__user", "revision"
        )
    )


def list_decided_rows(decisions: Sequence[Decision]) -> list[DecidedRow]:
    """The rows of a page; one query, for what became of the orders."""
    orders = find_order_states(one.step.requisition_id for one in decisions)
    return [_row(one, orders.get(one.step.requisition_id, "")) for one in decisions]


def _row(decision: Decision, order_status: str) -> DecidedRow:
    requisition = decision.step.requisition
    outcome: DecisionOutcome | None = getattr(decision, "outcome", None)
    return DecidedRow(
        decision,
        requisition,
        ANSWERS[decision.kind],
        state_of(requisition, order_status),
        outcome is not None and outcome.kind == DecisionOutcome.Kind.LAPSED,
        outcome is None,
    )
