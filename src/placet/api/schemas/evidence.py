"""The evidence of a purchase as a document, with every hash recomputed."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Literal

from placet.api.schemas.base import Answer
from placet.api.schemas.order_change import OrderChangeShown, show_order_change
from placet.api.schemas.requisition import DecisionShown, show_decisions
from placet.core.actor import Actor
from placet.orders.models import HandOver
from placet.requisitions.evidence import EventEvidence, RevisionEvidence
from placet.requisitions.evidence import Evidence as Collected


class RuleVersion(Answer):
    """A version of a rulebook that the plan was made with."""

    rulebook: str
    version: int
    hash: str


class RevisionProof(Answer):
    """A revision, and whether its bytes still match their hash."""

    id: str
    number: int
    created_at: datetime
    content_hash: str
    hash_matches: bool
    plan_hash: str
    rules: list[RuleVersion]


class OrderProof(Answer):
    """The order, and whether it holds exactly the bytes of the approved revision."""

    id: str
    number: str
    placed_at: datetime
    content_hash: str
    content_matches: bool


class HandOverProof(Answer):
    """What the merchant's system said about the order."""

    id: str
    created_at: datetime
    kind: str
    erp_number: str
    channel: str


class EventProof(Answer):
    """An event of the company's chain, and whether its hash matches its content."""

    id: str
    seq: int
    type: str
    created_at: datetime
    member: str | None
    channel: str
    payload: dict[str, Any]
    previous_hash: str
    hash: str
    hash_matches: bool


class Evidence(Answer):
    """Who, when, by which channel, which rule version, which hash; all of it from the rows."""

    object: Literal["evidence"] = "evidence"
    requisition: str
    number: str
    status: str
    is_intact: bool
    revisions: list[RevisionProof]
    decisions: list[DecisionShown]
    order: OrderProof | None
    order_changes: list[OrderChangeShown]
    hand_overs: list[HandOverProof]
    events: list[EventProof]


def show_evidence(found: Collected, reader: Actor) -> Evidence:
    """The whole page of evidence; the other side's reasons stay there, as everywhere."""
    order = found.order
    return Evidence(
        requisition=found.requisition.id,
        number=found.requisition.number,
        status=found.requisition.status,
        is_intact=found.is_intact,
        revisions=[_revision(one) for one in found.revisions],
        decisions=show_decisions(found.decisions, reader),
        order=OrderProof(
            id=order.id,
            number=order.number,
            placed_at=order.placed_at,
            content_hash=order.content_hash,
            content_matches=found.order_matches,
        )
        if order
        else None,
        order_changes=[show_order_change(one, order.currency) for one in found.changes]
        if order
        else [],
        hand_overs=[_hand_over(one) for one in found.hand_overs],
        events=[_event(one) for one in found.events],
    )


def _revision(one: RevisionEvidence) -> RevisionProof:
    return RevisionProof(
        id=one.revision.id,
        number=one.revision.number,
        created_at=one.revision.created_at,
        content_hash=one.revision.content_hash,
        hash_matches=one.hash_matches,
        plan_hash=one.revision.plan_hash,
        rules=[
            RuleVersion(rulebook=rulebook, version=version, hash=digest)
            for rulebook, version, digest in one.rules
        ],
    )


def _hand_over(one: HandOver) -> HandOverProof:
    return HandOverProof(
        id=one.id,
        created_at=one.created_at,
        kind=one.kind,
        erp_number=one.erp_number,
        channel=one.channel,
    )


def _event(one: EventEvidence) -> EventProof:
    event = one.event
    return EventProof(
        id=event.id,
        seq=event.seq,
        type=event.type,
        created_at=event.created_at,
        member=event.actor_member or None,
        channel=event.channel,
        payload=json.loads(event.payload),
        previous_hash=event.previous_hash,
        hash=event.hash,
        hash_matches=one.hash_matches,
    )
