"""The evidence told to people: every fact with the hash that proves it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.companies.queries import get_merchant
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.orders.models import HandOver
from placet.plans.describe import ReasonSentence, describe_reasons
from placet.policy.codec import from_json
from placet.policy.plan import Reason
from placet.requisitions.evidence import (
    CarryOverEvidence,
    Evidence,
    RevisionEvidence,
    evidence_for,
)
from placet.requisitions.evidence_words import (
    answer_word,
    carried_sentence,
    cause_sentence,
    fate_of,
    referral_sentence,
)
from placet.requisitions.models import (
    Decision,
    DecisionLine,
    Referral,
    Requisition,
    Revision,
    Step,
)
from placet.requisitions.queries import get_requisition
from placet.requisitions.sentences import is_own_side, words_of
from placet.rulebooks.models import Rulebook
from placet.web.feed import FeedRow, list_feed_rows
from placet.web.requisitions.changes import Changes, read_changes


class RuleUsed(NamedTuple):
    """A version of a rulebook that the plan was made with, and the hash of its text."""

    name: str
    version: int
    digest: str


class ToldDecision(NamedTuple):
    """An answer, the step's reasons, and what became of it; ``who`` is the supplier for its people.

    ``fate`` says why it does not count; ``lowered`` are the lines that an approval made smaller.
    """

    decision: Decision
    who: str
    is_own: bool
    words: str
    state: str
    word: str
    fate: str
    reasons: tuple[ReasonSentence, ...]
    hash_matches: bool
    lowered: tuple[DecisionLine, ...]


class ToldRevision(NamedTuple):
    """A revision with the rules that it was planned by, how it came to be, and what it changed."""

    evidence: RevisionEvidence
    rules: tuple[RuleUsed, ...]
    cause: str
    changes: Changes | None


class ToldCarryOver(NamedTuple):
    """An approval of an earlier revision that counts, with the proof in a sentence."""

    sentence: str
    holds: bool
    content_hash: str


class ToldEvidence(NamedTuple):
    """Everything that the page shows, in the order in which it shows it."""

    evidence: Evidence
    requisition: Requisition
    revisions: tuple[ToldRevision, ...]
    decisions: tuple[ToldDecision, ...]
    steps: tuple[tuple[Step, tuple[ReasonSentence, ...]], ...]
    carried: tuple[ToldCarryOver, ...]
    referrals: tuple[tuple[Referral, str], ...]
    hand_overs: tuple[HandOver, ...]
    events: list[tuple[FeedRow, bool]]
    supplier: str


def read_evidence_target(actor: Actor, key: str) -> Requisition:
    """The requisition; the supplier's people see the approvals on the order instead."""
    if actor.is_merchant:
        raise NotFound(_("The evidence belongs to the customer. The order names the approvals."))
    return get_requisition(actor, key)


def tell_evidence(evidence: Evidence, *, reader: Actor) -> ToldEvidence:
    """The same with names: of people, rulebooks and steps; four queries more."""
    supplier = get_merchant().name
    rulebooks = _rulebook_names(evidence)
    every_step = (*evidence.former_steps, *evidence.steps)
    reasons = {step.pk: _reasons(step, reader) for step in every_step}
    hashes = {one.revision.pk: one.revision.content_hash for one in evidence.revisions}
    evidence = evidence_for(evidence, reader)
    checked = {one.event.pk: one.hash_matches for one in evidence.events}
    events = [one.event for one in evidence.events]
    return ToldEvidence(
        evidence=evidence,
        requisition=evidence.requisition,
        revisions=tuple(_revisions(evidence, rulebooks, reader)),
        decisions=tuple(
            _decision(one, reasons, hashes, reader, supplier) for one in evidence.decisions
        ),
        steps=tuple((step, reasons[step.pk]) for step in evidence.steps),
        carried=tuple(_carried(one, supplier) for one in evidence.carried),
        referrals=tuple(
            (one, referral_sentence(one))
            for one in evidence.referrals
            if one.step.side != "merchant"
        ),
        hand_overs=evidence.hand_overs,
        events=[
            (row, checked[row.event.pk])
            for row in list_feed_rows(events, supplier=supplier, skipped=())
        ],
        supplier=supplier,
    )


def _revisions(evidence: Evidence, names: dict[str, str], reader: Actor) -> Iterator[ToldRevision]:
    before: Revision | None = None
    for one in evidence.revisions:
        rules = (RuleUsed(names.get(pk, pk), number, digest) for pk, number, digest in one.rules)
        changes = read_changes(before, one.revision, reader) if before else None
        yield ToldRevision(one, tuple(rules), cause_sentence(one.revision), changes)
        before = one.revision


def _carried(one: CarryOverEvidence, supplier: str) -> ToldCarryOver:
    """The supplier's people keep their names."""
    decision = one.row.decision
    who = supplier if one.row.step.side == "merchant" else decision.member.user.name
    return ToldCarryOver(carried_sentence(one, who=who), not one.fault, decision.content_hash)


def _decision(
    decision: Decision,
    reasons: Mapping[str, tuple[ReasonSentence, ...]],
    hashes: Mapping[str, str],
    reader: Actor,
    supplier: str,
) -> ToldDecision:
    own = is_own_side(decision.step, reader)
    return ToldDecision(
        decision,
        decision.member.user.name if own else supplier,
        own,
        words_of(decision, decision.step, reader),
        _state(decision),
        answer_word(decision),
        fate_of(decision),
        reasons.get(decision.step_id, ()),
        decision.content_hash == hashes.get(decision.revision_id),
        tuple(decision.lines.all()),
    )


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


def _state(decision: Decision) -> str:
    return decision.outcome.kind if hasattr(decision, "outcome") else "held"
