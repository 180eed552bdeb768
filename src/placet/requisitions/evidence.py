"""The evidence of a purchase: who, when, by which channel, for whom, which rule, which hash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import QuerySet

from placet.core.actor import Actor
from placet.events.canonical import sha256
from placet.events.models import Event
from placet.events.queries import list_feed
from placet.events.record import hash_of
from placet.orders.content import Content, read_content
from placet.orders.models import HandOver, Order, OrderChange
from placet.orders.queries import find_order_of, list_hand_overs
from placet.requisitions.carrying_proof import confirm_carry_overs
from placet.requisitions.models import (
    CarryOver,
    Decision,
    Referral,
    Requisition,
    Revision,
    Step,
)
from placet.requisitions.queries import list_decisions, list_steps


class RevisionEvidence(NamedTuple):
    """A revision with its content read from its bytes, and whether the bytes match their hash."""

    revision: Revision
    content: Content
    hash_matches: bool
    rules: tuple[tuple[str, int, str], ...]


class EventEvidence(NamedTuple):
    """An event of the chain, and whether its own hash matches its content."""

    event: Event
    hash_matches: bool


class CarryOverEvidence(NamedTuple):
    """An approval of an earlier revision that counts at a step; ``fault`` says why it may not.

    The rule of carry-over was asked again, with the contents as they were frozen.
    """

    row: CarryOver
    fault: str


class Evidence(NamedTuple):
    """Everything that proves one purchase, from its rows alone.

    ``steps`` are those of the current revision with people and answers, ``former_steps`` those of
    the revisions before it.
    """

    requisition: Requisition
    revisions: tuple[RevisionEvidence, ...]
    steps: tuple[Step, ...]
    former_steps: tuple[Step, ...]
    decisions: tuple[Decision, ...]
    carried: tuple[CarryOverEvidence, ...]
    referrals: tuple[Referral, ...]
    order: Order | None
    order_matches: bool
    changes: tuple[OrderChange, ...]
    hand_overs: tuple[HandOver, ...]
    events: tuple[EventEvidence, ...]

    @property
    def is_intact(self) -> bool:
        """Whether every hash that this page shows was recomputed and matches."""
        revisions = all(one.hash_matches for one in self.revisions)
        events = all(one.hash_matches for one in self.events)
        carried = not any(one.fault for one in self.carried)
        return revisions and events and carried and self.order_matches


def collect_evidence(requisition: Requisition) -> Evidence:
    """Read and check again; the number of queries does not depend on lines or decisions."""
    revisions = tuple(_revision(one) for one in _revisions(requisition))
    order = find_order_of(requisition.pk)
    current = requisition.revision
    subjects = [requisition.pk, *([order.pk] if order else [])]
    return Evidence(
        requisition=requisition,
        revisions=revisions,
        steps=tuple(list_steps(current)) if current else (),
        former_steps=tuple(
            Step.objects.filter(requisition=requisition)
            .exclude(revision=current)
            .order_by("revision__number", "position")
        ),
        decisions=tuple(list_decisions(requisition).prefetch_related("lines")),
        carried=tuple(_carried(requisition)),
        referrals=tuple(
            Referral.objects.filter(step__requisition=requisition)
            .select_related("member__user", "to__user", "step")
            .order_by("created_at", "id")
        ),
        order=order,
        order_matches=order is None or _order_matches(order, revisions),
        changes=tuple(order.changes.order_by("number")) if order else (),
        hand_overs=tuple(list_hand_overs(order)) if order else (),
        events=tuple(
            EventEvidence(event, hash_of(event) == event.hash)
            for event in list_feed(requisition.company_id, subjects)
        ),
    )


def evidence_for(evidence: Evidence, reader: Actor) -> Evidence:
    """The same without answers that may still be undone: those are told to their author only."""
    held = {
        one.pk
        for one in evidence.decisions
        if not hasattr(one, "outcome") and one.member_id != reader.member_id
    }
    return evidence._replace(
        decisions=tuple(one for one in evidence.decisions if one.pk not in held),
        events=tuple(
            one
            for one in evidence.events
            if not any(decision_id in one.event.payload for decision_id in held)
        ),
    )


def _revisions(requisition: Requisition) -> QuerySet[Revision]:
    return requisition.revisions.select_related(
        "submitted_by__user",
        "origin__decision__member__user",
        "origin__suggestion__member__user",
    ).order_by("number")


def _carried(requisition: Requisition) -> Iterator[CarryOverEvidence]:
    """Every carry-over; confirming costs queries for each revision that has one."""
    rows = CarryOver.objects.filter(step__requisition=requisition).select_related(
        *("step__revision__requisition", "decision__revision__requisition", "decision__outcome"),
        *("decision__member__user", "decision__principal__user"),
    )
    by_revision: dict[str, list[CarryOver]] = {}
    for row in rows.order_by("step__revision__number", "created_at", "id"):
        by_revision.setdefault(row.step.revision_id, []).append(row)
    for found in by_revision.values():
        faults = confirm_carry_overs(found[0].step.revision, found)
        yield from (CarryOverEvidence(row, faults.get(row.pk, "")) for row in found)


def _revision(revision: Revision) -> RevisionEvidence:
    content = bytes(revision.content)
    return RevisionEvidence(
        revision=revision,
        content=read_content(content),
        hash_matches=sha256(content) == revision.content_hash,
        rules=tuple(
            (str(rulebook), int(number), str(digest))
            for rulebook, number, digest in revision.rulebook_versions
        ),
    )


def _order_matches(order: Order, revisions: Iterable[RevisionEvidence]) -> bool:
    """Whether the order has the bytes of its revision; while it is changed that is a former one."""
    by_id = {one.revision.pk: bytes(one.revision.content) for one in revisions}
    return by_id.get(order.revision_id) == bytes(order.content)
