"""Approvals of earlier occurrences of a schedule that cover a later one.

Who approves an occurrence approves the envelope that its frozen content states: later occurrences
until a day, at most so dear. Of every human the last decision about any occurrence of the schedule
counts, and only an approval that they gave themselves, of a purchase that was ordered; what was
carried over is no decision and moves nothing. Whoever took the envelope back since ended it. Then
the later purchase has to lie within the envelope of exactly what was decided
(``policy.envelope``), and the rule of carrying over has the last word about each step.

Only the company's own steps are covered: how dear something may become is not told to the supplier,
so its people approve each occurrence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from placet.carts.schedules.moments import company_day
from placet.orders.content import Content, ContentEnvelope, read_content
from placet.orders.queries import find_order_of
from placet.policy.envelope import Envelope, at_maximum, find_excess
from placet.requisitions.given import Given, content_for_comparing, list_given, list_last_decisions
from placet.requisitions.models import (
    Decision,
    DecisionOutcome,
    EnvelopeWithdrawal,
    Requisition,
    StandingOccurrence,
)

STANDING: Final = "standing"
"""The source of a purchase that a schedule submitted."""


def list_covering(
    requisition: Requisition, content: Content, before: int | None = None
) -> list[Given]:
    """The approvals that cover this content, each as if given for the most that it allows.

    Read from the contents as they were frozen. Whoever has decided about this purchase itself is
    left out: that is what counts of them. ``before`` leaves out revisions from that number on.
    """
    if content.envelope is None or content.source != STANDING:
        return []
    schedule_id = content.envelope.schedule
    last = _last_by_human(requisition, schedule_id, _withdrawn_at(requisition, schedule_id, before))
    if not last:
        return []
    here = {decision.user_id for decision in list_last_decisions(requisition, before)}
    found: list[Given] = []
    for former in {decision.step.requisition for decision in last.values()}:
        ordered = _ordered_then(former, requisition)
        if ordered is not None:
            wanted = {user for user, one in last.items() if one.step.requisition_id == former.pk}
            found += _list_within(former, ordered, requisition, content, wanted - here)
    return sorted(found, key=lambda one: (one.decision.created_at, one.decision.pk))


def _list_within(
    former: Requisition,
    ordered: int,
    requisition: Requisition,
    content: Content,
    users: Iterable[str],
) -> list[Given]:
    """What these humans approved of a former occurrence, as far as it covers the content.

    ``ordered`` is the number of its revision that was ordered then: what was decided about later
    changes of that order is of no account.
    """
    today = company_day(requisition.company, requisition.submitted_at).isoformat()
    asked = content_for_comparing(content)
    since = _occurrences_since(former, requisition, content)
    found = []
    wanted = set(users)
    for given in list_given(former, ordered + 1):
        if given.decision.user_id not in wanted or given.approval.step.side != "buyer":
            continue
        stated = _stated_envelope(given.decision, content, today)
        if stated is None or stated.occurrences < since:
            continue
        envelope = Envelope(stated.total_minor, stated.price_basis_points)
        if not find_excess(given.approval.content.purchase, asked.purchase, envelope):
            found.append(Given(given.decision, at_maximum(given.approval, envelope)))
    return found


def _occurrences_since(former: Requisition, requisition: Requisition, content: Content) -> int:
    """How many occurrences were submitted behind a former one up to this, with this one."""
    assert content.envelope is not None
    between = StandingOccurrence.objects.filter(
        schedule_id=content.envelope.schedule,
        requisition__submitted_at__gt=former.submitted_at,
        requisition__submitted_at__lte=requisition.submitted_at,
    )
    return between.exclude(requisition=requisition).count() + 1


def _stated_envelope(decision: Decision, content: Content, today: str) -> ContentEnvelope | None:
    """The envelope in what somebody decided about, while it lasts and is of the same schedule."""
    stated = read_content(decision.revision.content).envelope
    assert content.envelope is not None
    is_alike = stated is not None and stated.schedule == content.envelope.schedule
    return stated if is_alike and stated is not None and stated.until_on >= today else None


def _last_by_human(
    requisition: Requisition, schedule_id: str, after: datetime | None
) -> Mapping[str, Decision]:
    """The last decision of each human about earlier occurrences, if it is an approval."""
    earlier = StandingOccurrence.objects.filter(
        schedule_id=schedule_id,
        schedule__company_id=requisition.company_id,
        requisition__submitted_at__lte=requisition.submitted_at,
    ).exclude(requisition=requisition)
    rows = Decision.objects.filter(
        step__requisition__in=earlier.values("requisition_id"),
        outcome__kind=DecisionOutcome.Kind.APPLIED,
        outcome__created_at__lte=requisition.submitted_at,
    )
    if after is not None:
        rows = rows.filter(outcome__created_at__gt=after)
    last = {
        decision.user_id: decision
        for decision in rows.select_related("step__requisition", "revision").order_by(
            "outcome__created_at", "created_at", "id"
        )
    }
    return {user: one for user, one in last.items() if one.kind == Decision.Kind.APPROVE}


def _withdrawn_at(
    requisition: Requisition, schedule_id: str, before: int | None
) -> datetime | None:
    """When the envelope was taken back last: approvals up to then cover nothing any more.

    For a revision that was written, what was taken back afterwards is of no account.
    """
    rows = EnvelopeWithdrawal.objects.filter(schedule_id=schedule_id)
    if before is not None:
        written = requisition.revisions.filter(number=before).values_list("created_at", flat=True)
        rows = rows.filter(created_at__lt=written[0])
    return rows.order_by("-created_at").values_list("created_at", flat=True).first()


def _ordered_then(former: Requisition, requisition: Requisition) -> int | None:
    """The revision of a former occurrence that was approved by all, and ordered, before this one.

    Its number, and nothing where none was. The order may have been changed since, or be changing.
    """
    order = find_order_of(former.pk)
    if order is None or order.placed_at > requisition.submitted_at:
        return None
    changes = order.changes.order_by("number")
    done = changes.filter(created_at__lte=requisition.submitted_at).last()
    first = changes.first()
    if done is not None:
        revision_id = done.to_revision_id
    else:
        revision_id = first.from_revision_id if first is not None else order.revision_id
    found: int = former.revisions.get(pk=revision_id).number
    return found
