"""Carry-over: each row is confirmed by the rule itself, from the two contents as frozen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from placet.jobs.verify.finding import Finding
from placet.requisitions.carrying_proof import confirm_carry_overs
from placet.requisitions.models import CarryOver, Revision


def check_carry_overs() -> Iterator[Finding]:
    """Every approval that counts for a later revision than the one that it was given for."""
    rows: dict[str, list[CarryOver]] = defaultdict(list)
    found = CarryOver.objects.select_related("decision__revision", "decision__outcome", "step")
    for row in found.order_by("id"):
        rows[row.step.revision_id].append(row)
    for revision_id in sorted(rows):
        revision = Revision.objects.select_related("requisition").get(pk=revision_id)
        yield from check_carried(revision, rows[revision_id])


def check_carried(revision: Revision, rows: Sequence[CarryOver]) -> Iterator[Finding]:
    """Approvals that were carried into one revision, judged again by the rule itself."""
    for row_id, fault in confirm_carry_overs(revision, rows).items():
        yield Finding("carried_wrongly", row_id, fault)
