"""The evidence of a purchase: who, when, by which channel, for whom, which rule, which hash."""

from __future__ import annotations

from typing import NamedTuple

from placet.events.canonical import sha256
from placet.events.models import Event
from placet.events.queries import list_feed
from placet.events.record import hash_of
from placet.orders.content import Content, read_content
from placet.orders.models import HandOver, Order
from placet.orders.queries import find_order_of, list_hand_overs
from placet.requisitions.models import Decision, Requisition, Revision, Step
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


class Evidence(NamedTuple):
    """Everything that proves one purchase, from its rows alone."""

    requisition: Requisition
    revisions: tuple[RevisionEvidence, ...]
    steps: tuple[Step, ...]
    decisions: tuple[Decision, ...]
    order: Order | None
    order_matches: bool
    hand_overs: tuple[HandOver, ...]
    events: tuple[EventEvidence, ...]

    @property
    def is_intact(self) -> bool:
        """Whether every hash that this page shows was recomputed and matches."""
        revisions = all(one.hash_matches for one in self.revisions)
        events = all(one.hash_matches for one in self.events)
        return revisions and events and self.order_matches


def collect_evidence(requisition: Requisition) -> Evidence:
    """Read and check again; the number of queries does not depend on lines or decisions."""
    revisions = tuple(_revision(one) for one in requisition.revisions.order_by("number"))
    order = find_order_of(requisition.pk)
    current = requisition.revision
    subjects = [requisition.pk, *([order.pk] if order else [])]
    return Evidence(
        requisition=requisition,
        revisions=revisions,
        steps=tuple(list_steps(current)) if current else (),
        decisions=tuple(list_decisions(requisition)),
        order=order,
        order_matches=order is None or _order_matches(order, current),
        hand_overs=tuple(list_hand_overs(order)) if order else (),
        events=tuple(
            EventEvidence(event, hash_of(event) == event.hash)
            for event in list_feed(requisition.company_id, subjects)
        ),
    )


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


def _order_matches(order: Order, revision: Revision | None) -> bool:
    return revision is not None and bytes(order.content) == bytes(revision.content)
