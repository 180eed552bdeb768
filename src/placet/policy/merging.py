"""From requirements to the steps of a side: merged, ordered, and safe where people must differ."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from placet.policy.approvers import Candidates
from placet.policy.effects import Shape
from placet.policy.facts import AmountBasis
from placet.policy.late import Late
from placet.policy.money import NoRate
from placet.policy.plan import Approver, PlanStep, Reason
from placet.policy.shapes import requirements_of
from placet.policy.staffing import Nobody, Staff, escalation_of, staff_of, votes_available

_new = tuple.__new__  # these at half the cost of calling their classes: there are many


class Wanted(NamedTuple):
    """One step before merging: its people, and the reasons of all rules that ask for them."""

    staff: Staff
    reasons: list[Reason]


def wanted_of(
    asked: Iterable[tuple[Shape, Reason]], candidates: Candidates, basis: AmountBasis
) -> tuple[list[Wanted], list[Nobody | NoRate]]:
    """What all rules want, and what cannot be answered.

    Many rules ask the same people: rules of one shape are answered once, and share the list of
    reasons.
    """
    of_shape: dict[int, list[Reason]] = {}
    wanted: list[Wanted] = []
    unanswered: list[Nobody | NoRate] = []
    for shape, reason in asked:
        name = id(shape)
        if name in of_shape:
            of_shape[name].append(reason)
            continue
        reasons = [reason]
        try:
            if isinstance(shape, tuple):
                staffs = [staff_of(step, reason, candidates) for step in shape]
                wanted += [_new(Wanted, (staff, reasons)) for staff in staffs]
                for step in shape:
                    if step.depends_on_lines:
                        break
                else:
                    of_shape[name] = reasons
            else:
                found = requirements_of(shape, reason, candidates, basis)
                wanted += [Wanted(staff, [complete]) for staff, complete in found]
        except (Nobody, NoRate) as error:
            unanswered.append(error)
    return wanted, unanswered


def steps_of(
    wanted: Iterable[Wanted],
    asked: Iterable[tuple[Shape, Reason]],
    candidates: Candidates,
    earlier: tuple[PlanStep, ...],
) -> tuple[PlanStep, ...]:
    """The side's steps in order: rank, then amount, then as the rules stand in what was asked.

    Those of one rank for the same people and quorum become one step with all reasons. `earlier`
    are the steps of the side before. Raises `Nobody` where a step that demands distinct people
    could be left without them.
    """
    merged: dict[tuple[int, tuple[str, ...], int, bool], list[Wanted]] = {}
    for one in sorted(wanted, key=_turn):
        staff = one.staff
        rank, _, _, quorum, approvers, _, distinct, _ = staff
        same = (rank, _members(approvers), quorum.needed, distinct)
        if same in merged:
            merged[same].append(one)
        else:
            merged[same] = [one]
    steps = list(earlier)
    for (_, members, _, _), equal in merged.items():
        reasons = equal[0].reasons if len(equal) == 1 else _in_turn(equal, asked)
        steps.append(_step(equal[0].staff, members, tuple(reasons), candidates, steps))
    return tuple(steps[len(earlier) :])


def _turn(wanted: Wanted) -> tuple[int, int]:
    return wanted.staff[:2]


def _in_turn(equal: Sequence[Wanted], asked: Iterable[tuple[Shape, Reason]]) -> list[Reason]:
    """The reasons of several that became one step: each once, by amount, then as rules stand."""
    order = {(reason.rulebook, reason.rule): place for place, (_, reason) in enumerate(asked)}
    places = [
        (one.staff.amount_minor, order[reason.rulebook, reason.rule], reason)
        for one in equal
        for reason in one.reasons
    ]
    reasons: list[Reason] = []
    for _, _, reason in sorted(places, key=itemgetter(0, 1)):
        if reason not in reasons:
            reasons.append(reason)
    return reasons


def _members(approvers: Sequence[Approver]) -> tuple[str, ...]:
    if len(approvers) == 1:
        return (approvers[0].member,)
    return tuple(sorted([approver.member for approver in approvers]))


def _step(
    wanted: Staff,
    members: tuple[str, ...],
    reasons: tuple[Reason, ...],
    candidates: Candidates,
    before: list[PlanStep],
) -> PlanStep:
    rank, _, label, quorum, approvers, fallback, distinct, due_hours = wanted
    if distinct:
        approvers = _enough_distinct(wanted, reasons[0], candidates, before)
        members = _members(approvers)
    side = candidates.side
    key = _new(Late, (_key_of, (side, rank, quorum.needed, distinct, members, reasons)))
    escalation = _new(Late, (_next_in_line, (approvers, candidates)))
    return _new(
        PlanStep,
        (key, side, rank, label, quorum, approvers, reasons, fallback, escalation, distinct,
         due_hours),
    )  # fmt: skip


def _enough_distinct(
    wanted: Staff, reason: Reason, candidates: Candidates, before: Sequence[PlanStep]
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
    raise Nobody(reason)


def _humans(approvers: Sequence[Approver]) -> frozenset[str]:
    """Everyone who may vote: the approvers and their delegates."""
    users = {approver.user for approver in approvers}
    return frozenset(users | {a.delegate.user for a in approvers if a.delegate is not None})


def _next_in_line(of: tuple[Sequence[Approver], Candidates]) -> tuple[Approver, ...]:
    return escalation_of(*of)


def _key_of(of: tuple[str, int, int, bool, tuple[str, ...], tuple[Reason, ...]]) -> str:
    *first, reasons = of
    return _key(*first, tuple([(reason.rulebook, reason.rule) for reason in reasons]))


@lru_cache(maxsize=4_096)
def _key(
    side: str,
    rank: int,
    needed: int,
    distinct: bool,
    members: tuple[str, ...],
    rules: tuple[tuple[str, str], ...],
) -> str:
    """A short name that equal steps share across plans; most come again when a cart changes."""
    names = sorted({f"{rulebook}/{rule}" for rulebook, rule in rules})
    parts = "\n".join((f"{side} {rank} {needed} {distinct}", *members, "", *names))
    return hashlib.sha256(parts.encode()).hexdigest()[:16]
