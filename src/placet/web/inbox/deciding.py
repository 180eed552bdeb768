"""Approving several rows at once: each row is a decision of its own through the one gate."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.core.errors import NotFound, PlacetError
from placet.requisitions.actions import decide_step
from placet.requisitions.attention import with_sign
from placet.requisitions.models import Decision, Requisition, Step
from placet.requisitions.queries import get_step, list_inbox


class RowResult(NamedTuple):
    """What became of one row; ``refusal`` is empty where it was approved."""

    step: Step | None
    decision: Decision | None
    refusal: str

    @property
    def requisition(self) -> Requisition | None:
        """What the row was about; nothing where it is out of reach by now."""
        return self.step.requisition if self.step else None

    @property
    def sentence(self) -> str:
        """The refusal with the name of what it is about."""
        if self.requisition is None:
            return self.refusal
        names = {"number": self.requisition.number, "name": self.requisition.name}
        return _("%(number)s %(name)s:") % names + " " + self.refusal


def approve_rows(
    rows: Sequence[tuple[str, str]], *, actor: Actor, now: datetime
) -> list[RowResult]:
    """Approve pairs of step and content hash, one by one; one that fails stops no other.

    A row with something to look at is not approved unseen, even if it was selected before the sign
    came up.
    """
    asked = list_inbox(actor).filter(step_id__in=[step_id for step_id, _hash in rows])
    open_steps = set(asked.values_list("step_id", flat=True))
    plain = set(with_sign(asked, "none", actor).values_list("step_id", flat=True))
    return [
        _approve(step_id, content_hash, open_steps - plain, actor, now)
        for step_id, content_hash in rows
    ]


def _approve(
    step_id: str, content_hash: str, flagged: Collection[str], actor: Actor, now: datetime
) -> RowResult:
    try:
        step = get_step(actor, step_id)
    except NotFound:
        return RowResult(None, None, _("It is not in your inbox any more."))
    if step_id in flagged:
        return RowResult(step, None, _("There is something to look at first: open it to decide."))
    try:
        decision = decide_step(
            step, kind=Decision.Kind.APPROVE, content_hash=content_hash, actor=actor, now=now
        )
    except PlacetError as error:
        return RowResult(step, None, error.detail)
    return RowResult(step, decision, "")


class Results(NamedTuple):
    """The results of one bulk approval: what was approved, what has to be opened, what is gone."""

    approved: list[RowResult]
    refused: list[RowResult]
    sums: list[tuple[int, str]]


def read_results(results: Sequence[RowResult]) -> Results:
    """What was approved apart from what was not, with the sums of the approved by currency."""
    approved = [result for result in results if result.decision is not None]
    sums: dict[str, int] = {}
    for result in approved:
        if result.requisition is not None:
            currency = result.requisition.currency
            sums[currency] = sums.get(currency, 0) + result.requisition.total_minor
    refused = [result for result in results if result.decision is None]
    return Results(approved, refused, [(amount, currency) for currency, amount in sums.items()])
