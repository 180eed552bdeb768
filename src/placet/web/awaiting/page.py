"""What the supplier may know of an open requisition: how far it is, and who answers for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from placet.requisitions.models import Requisition, Step


class AwaitingRow(NamedTuple):
    """A requisition with how many of its approvals are given; never which rules ask for them."""

    requisition: Requisition
    given: int
    needed: int
    ours: bool


def list_waiting_words(requisitions: Sequence[Requisition]) -> list[AwaitingRow]:
    """The rows of one page, in one query; ``ours`` says that the supplier itself is checking."""
    steps: dict[str, list[Step]] = {}
    for step in Step.objects.filter(
        revision_id__in=[one.revision_id for one in requisitions]
    ).exclude(status=Step.Status.VOID):
        steps.setdefault(step.requisition_id, []).append(step)
    return [_row(one, steps.get(one.pk, [])) for one in requisitions]


def _row(requisition: Requisition, steps: list[Step]) -> AwaitingRow:
    return AwaitingRow(
        requisition,
        given=sum(step.status == Step.Status.APPROVED for step in steps),
        needed=len(steps),
        ours=any(step.side == "merchant" and step.status == Step.Status.PENDING for step in steps),
    )
