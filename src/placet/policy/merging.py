"""From requirements to the steps of a side: merged, ordered, and safe where people must differ."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from placet.policy.approvers import Candidates
from placet.policy.plan import Approver, PlanStep, Reason
from placet.policy.staffing import Nobody, Requirement, escalation_of, votes_available


def steps_of(
    requirements: Iterable[Requirement], candidates: Candidates, earlier: tuple[PlanStep, ...]
) -> tuple[PlanStep, ...]:
    """The side's steps in order: rank, then amount, then as the rules stand.

    Requirements of one rank for the same people and quorum become one step with all reasons.
    `earlier` are the steps of the side before. Raises `Nobody` where a step that demands distinct
    people could be left without them.
    """
    merged: dict[tuple[object, ...], tuple[Requirement, list[Reason]]] = {}
    for wanted in sorted(requirements, key=_turn):
        same = (wanted.rank, _members(wanted.approvers), wanted.quorum.needed, wanted.distinct)
        known = merged.get(same)
        if known is None:
            merged[same] = wanted, [wanted.reason]
        elif wanted.reason not in known[1]:
            known[1].append(wanted.reason)
    steps = list(earlier)
    for wanted, reasons in merged.values():
        steps.append(_step(wanted, tuple(reasons), candidates, steps))
    return tuple(steps[len(earlier) :])


def _turn(wanted: Requirement) -> tuple[int, int]:
    return wanted.rank, wanted.amount_minor


def _members(approvers: Sequence[Approver]) -> tuple[str, ...]:
    if len(approvers) == 1:
        return (approvers[0].member,)
    return tuple(sorted(approver.member for approver in approvers))


def _step(
    wanted: Requirement, reasons: tuple[Reason, ...], candidates: Candidates, before: list[PlanStep]
) -> PlanStep:
    approvers = wanted.approvers
    if wanted.distinct:
        approvers = _enough_distinct(wanted, candidates, before)
    return PlanStep(
        key=_key(candidates.side, wanted, approvers, reasons),
        side=candidates.side,
        rank=wanted.rank,
        label=wanted.label,
        quorum=wanted.quorum,
        approvers=approvers,
        reasons=reasons,
        fallback=wanted.fallback,
        escalation=escalation_of(approvers, candidates),
        distinct=wanted.distinct,
        due_hours=wanted.due_hours,
    )


def _enough_distinct(
    wanted: Requirement, candidates: Candidates, before: Sequence[PlanStep]
) -> tuple[Approver, ...]:
    """The people of a distinct step, with more of them where earlier steps may use them up.

    In the worst case each earlier step takes its whole quorum from this step's people.
    """
    approvers = wanted.approvers
    for _ in range(len(before) + 2):
        users = _humans(approvers)
        used = sum(min(step.quorum.needed, len(users & _humans(step.approvers))) for step in before)
        if votes_available(approvers) - used >= wanted.quorum.needed:
            return approvers
        added = escalation_of(approvers, candidates)
        if not added:
            break
        approvers = (*approvers, *added)
    raise Nobody(wanted.reason)


def _humans(approvers: Sequence[Approver]) -> frozenset[str]:
    """Everyone who may vote: the approvers and their delegates."""
    users = {approver.user for approver in approvers}
    return frozenset(users | {a.delegate.user for a in approvers if a.delegate is not None})


def _key(
    side: str, wanted: Requirement, approvers: Sequence[Approver], reasons: Sequence[Reason]
) -> str:
    """A short name that equal steps share across plans."""
    rules = sorted({f"{reason.rulebook}/{reason.rule}" for reason in reasons})
    parts = (
        f"{side} {wanted.rank} {wanted.quorum.needed} {wanted.distinct}",
        *_members(approvers),
        "",
        *rules,
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
