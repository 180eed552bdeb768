"""The evidence told to people: every fact with the hash that proves it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from placet.companies.queries import get_merchant
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.orders.models import HandOver
from placet.plans.describe import ReasonSentence, describe_reasons
from placet.policy.codec import from_json
from placet.policy.plan import Reason
from placet.requisitions.evidence import Evidence, RevisionEvidence
from placet.requisitions.models import Decision, Requisition, Step
from placet.requisitions.queries import get_requisition
from placet.rulebooks.models import Rulebook
from placet.web.feed import FeedRow, list_feed_rows


class RuleUsed(NamedTuple):
    """A version of a rulebook that the plan was made with, and the hash of its text."""

    name: str
    version: int
    digest: str


class ToldDecision(NamedTuple):
    """An answer, the step's reasons, and what became of it."""

    decision: Decision
    state: str
    reasons: tuple[ReasonSentence, ...]
    hash_matches: bool


class ToldRevision(NamedTuple):
    """A revision with the rules that it was planned by."""

    evidence: RevisionEvidence
    rules: tuple[RuleUsed, ...]


class ToldEvidence(NamedTuple):
    """Everything that the page shows, in the order in which it shows it."""

    evidence: Evidence
    requisition: Requisition
    revisions: tuple[ToldRevision, ...]
    decisions: tuple[ToldDecision, ...]
    steps: tuple[tuple[Step, tuple[ReasonSentence, ...]], ...]
    hand_overs: tuple[HandOver, ...]
    events: list[tuple[FeedRow, bool]]
    supplier: str


def read_evidence_target(actor: Actor, key: str) -> Requisition:
    """The requisition; the supplier's people see the approvals on the order instead."""
    if actor.is_merchant:
        raise NotFound("The evidence belongs to the customer. The order names the approvals.")
    return get_requisition(actor, key)


def tell_evidence(evidence: Evidence, *, reader: Actor) -> ToldEvidence:
    """The same with names: of people, rulebooks and steps; four queries more."""
    supplier = get_merchant().name
    rulebooks = _rulebook_names(evidence)
    reasons = {step.pk: _reasons(step, reader) for step in evidence.steps}
    hashes = {one.revision.pk: one.revision.content_hash for one in evidence.revisions}
    told = [one for one in evidence.decisions if _may_be_told(one, reader)]
    held = {one.pk for one in evidence.decisions} - {one.pk for one in told}
    checked = {one.event.pk: one.hash_matches for one in evidence.events}
    events = [one.event for one in evidence.events if not _mentions(one.event.payload, held)]
    return ToldEvidence(
        evidence=evidence,
        requisition=evidence.requisition,
        revisions=tuple(_revision(one, rulebooks) for one in evidence.revisions),
        decisions=tuple(_decision(one, reasons, hashes) for one in told),
        steps=tuple((step, reasons[step.pk]) for step in evidence.steps),
        hand_overs=evidence.hand_overs,
        events=[
            (row, checked[row.event.pk])
            for row in list_feed_rows(events, supplier=supplier, skipped=())
        ],
        supplier=supplier,
    )


def _revision(evidence: RevisionEvidence, names: dict[str, str]) -> ToldRevision:
    rules = (RuleUsed(names.get(pk, pk), version, digest) for pk, version, digest in evidence.rules)
    return ToldRevision(evidence, tuple(rules))


def _decision(
    decision: Decision,
    reasons: Mapping[str, tuple[ReasonSentence, ...]],
    hashes: Mapping[str, str],
) -> ToldDecision:
    return ToldDecision(
        decision,
        _state(decision),
        reasons.get(decision.step_id, ()),
        decision.content_hash == hashes.get(decision.revision_id),
    )


def _mentions(payload: str, ids: Iterable[str]) -> bool:
    return any(pk in payload for pk in ids)


def _rulebook_names(evidence: Evidence) -> dict[str, str]:
    ids = {pk for one in evidence.revisions for pk, _version, _digest in one.rules}
    return dict(Rulebook.objects.filter(pk__in=sorted(ids)).values_list("pk", "name"))


def _reasons(step: Step, reader: Actor) -> tuple[ReasonSentence, ...]:
    """The reasons of the reader's own side; of the supplier's check only that there is one."""
    if step.side == "merchant":
        return ()
    return describe_reasons(
        (from_json(Reason, reason) for reason in step.reasons),
        company_id=reader.company_id,
        language=reader.language,
    )


def _may_be_told(decision: Decision, reader: Actor) -> bool:
    """What may still be undone is told to its author only."""
    return hasattr(decision, "outcome") or decision.member_id == reader.member_id


def _state(decision: Decision) -> str:
    return decision.outcome.kind if hasattr(decision, "outcome") else "held"
