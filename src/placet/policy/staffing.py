"""A step's people: the rule's own, and the ways out when they are too few.

A step that nobody can take goes to its next selector, then to the heads of the units above, then
to the company's admins; on the merchant's side to the merchant's owners. The step says which way
out was taken. When all of them are too few, nobody can approve, and the outcome is *blocked*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from placet.policy.approvers import Candidates, Selection
from placet.policy.effects import StepShape
from placet.policy.plan import Approver, Fallback, Label, Quorum, Reason
from placet.policy.selectors import Selector


class Requirement(NamedTuple):
    """One step before merging: what one rule asks for. `amount_minor` orders within a rank."""

    rank: int
    amount_minor: int
    label: Label
    quorum: Quorum
    approvers: tuple[Approver, ...]
    reason: Reason
    fallback: Fallback
    distinct: bool
    due_hours: int | None


class Nobody(Exception):
    """Nobody can give an approval that is required."""

    code = "nobody_can_approve"

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"nobody can approve what rule {reason.rule!r} requires")
        self.reason = reason


class Staff(NamedTuple):
    """The people of a step, whoever asks for it."""

    label: Label
    quorum: Quorum
    approvers: tuple[Approver, ...]
    fallback: Fallback


def staffed(
    shape: StepShape, reason: Reason, candidates: Candidates, amount_minor: int = 0
) -> Requirement:
    """The step of a shape with its people; raises `Nobody`.

    Many rules ask the same people, so the staff of a shape is found once in a plan, unless it
    depends on the lines that the reason is about.
    """
    found: Staff | None = candidates.staff.get(id(shape))
    if found is None:
        found = _staff(shape, reason, candidates)
        if not shape.depends_on_lines:
            candidates.staff[id(shape)] = found
    return Requirement(
        shape.rank,
        amount_minor,
        found.label,
        found.quorum,
        found.approvers,
        reason,
        found.fallback,
        shape.distinct,
        shape.due_hours,
    )


def _staff(shape: StepShape, reason: Reason, candidates: Candidates) -> Staff:
    selections = [candidates.select(selector, reason.lines) for selector in shape.approvers]
    own = candidates.eligible(member for chosen in selections for member in chosen.members)
    chosen = [candidates.approver(person) for person in own]
    label = Label("text", shape.label) if shape.label else selections[0].label
    needed = _needed(shape.quorum, len(chosen))
    fallback: Fallback = ""
    if votes_available(chosen) < needed:
        if shape.quorum.kind == "all":
            chosen = [approver for approver in chosen if is_available(approver)]
        was_empty = not chosen
        for way, selection in _ways_out(shape.otherwise, reason, candidates):
            fallback = way
            chosen += _added(chosen, selection, candidates)
            if votes_available(chosen) >= needed:
                label = selection.label if was_empty and selection.label.code else label
                break
        else:
            raise Nobody(reason)
    return Staff(label, Quorum(shape.quorum.kind, needed), tuple(chosen), fallback)


def _needed(quorum: Quorum, members: int) -> int:
    """How many must say yes: all means all who may, and at least one."""
    if quorum.kind == "all":
        return max(members, 1)
    return quorum.needed


def is_available(approver: Approver) -> bool:
    """Somebody can decide now: the person, or the delegate of one who is away."""
    return not approver.away or approver.delegate is not None


def votes_available(approvers: Sequence[Approver]) -> int:
    """How many distinct humans can give distinct votes now.

    A delegate who is an approver here too has one vote, and so has a delegate of several.
    """
    absent = [approver for approver in approvers if approver.away]
    if not absent:
        return len(approvers)
    present = {approver.user for approver in approvers if not approver.away}
    delegates = {approver.delegate.user for approver in absent if approver.delegate is not None}
    return len(present | delegates)


def _added(
    chosen: Sequence[Approver], selection: Selection, candidates: Candidates
) -> list[Approver]:
    """People of a way out who are not there yet and could decide now."""
    seen = frozenset(approver.user for approver in chosen)
    people = candidates.eligible(selection.members, seen)
    approvers = [candidates.approver(person) for person in people]
    return [approver for approver in approvers if is_available(approver)]


def _ways_out(
    otherwise: Sequence[Selector], reason: Reason, candidates: Candidates
) -> Iterator[tuple[Fallback, Selection]]:
    for selector in otherwise:
        yield "otherwise", candidates.select(selector, reason.lines)
    yield from escalations(candidates)


def escalations(candidates: Candidates) -> Iterator[tuple[Fallback, Selection]]:
    """Who is asked when a step's own people do not answer: upwards, then the admins."""
    organisation = candidates.facts.organisation
    if candidates.side == "merchant":
        owners = Selection(Label("merchant_owner", ()), organisation.merchant_owners)
        yield "merchant_owner", owners
        return
    for levels_up in range(1, len(organisation.units)):
        yield "unit_head", candidates.head(levels_up)
    yield "admins", Selection(Label("admins", ()), organisation.admins)


def escalation_of(approvers: Sequence[Approver], candidates: Candidates) -> tuple[Approver, ...]:
    """Who is next in line beyond these approvers; nobody where all ways end."""
    if candidates.next_in_line is None:
        candidates.next_in_line = [
            people
            for _, selection in escalations(candidates)
            if (people := _added((), selection, candidates))
        ]
    users = {approver.user for approver in approvers}
    for people in candidates.next_in_line:
        added = tuple(approver for approver in people if approver.user not in users)
        if added:
            return added
    return ()
