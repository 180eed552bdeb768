"""A step's people: the rule's own, and the ways out when they are too few.

A step that nobody can take goes to its next selector, then to the heads of the units above, then
to the company's admins; on the merchant's side to the merchant's owners. The step says which way
out was taken. When all of them are too few, nobody can approve, and the outcome is *blocked*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from placet.policy.approvers import Candidates, InLine, Selection
from placet.policy.effects import StepShape
from placet.policy.plan import Approver, Fallback, Label, Quorum, Reason
from placet.policy.selectors import Selector

_new = tuple.__new__  # these at half the cost of calling their classes: there are many


class Staff(NamedTuple):
    """The people of a step, whichever rules ask for it. `amount_minor` orders within a rank."""

    rank: int
    amount_minor: int
    label: Label
    quorum: Quorum
    approvers: tuple[Approver, ...]
    fallback: Fallback
    distinct: bool
    due_hours: int | None


class Requirement(NamedTuple):
    """One step before merging: what one rule asks for."""

    staff: Staff
    reason: Reason

    @property
    def rank(self) -> int:
        """When it is asked; equal ranks are asked at once."""
        return self.staff.rank

    @property
    def approvers(self) -> tuple[Approver, ...]:
        """The people who may decide it."""
        return self.staff.approvers

    @property
    def quorum(self) -> Quorum:
        """How many of them must say yes."""
        return self.staff.quorum

    @property
    def fallback(self) -> Fallback:
        """Which way out was taken when the rule's own people were too few."""
        return self.staff.fallback


class Nobody(Exception):
    """Nobody can give an approval that is required."""

    code = "nobody_can_approve"

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"nobody can approve what rule {reason.rule!r} requires")
        self.reason = reason


def staffed(
    shape: StepShape, reason: Reason, candidates: Candidates, amount_minor: int = 0
) -> Requirement:
    """The step of a shape with its people; raises `Nobody`."""
    staff = staff_of(shape, reason, candidates)
    if amount_minor:
        staff = staff._replace(amount_minor=amount_minor)
    return Requirement(staff, reason)


def staff_of(shape: StepShape, reason: Reason, candidates: Candidates) -> Staff:
    """The people of a shape; raises `Nobody`.

    Many rules ask the same people, so the staff of a shape is found once in a plan, unless it
    depends on the lines that the reason is about.
    """
    if shape.depends_on_lines:
        return _staff(shape, reason, reason.lines, candidates)
    found: Staff | None = candidates.staff.get(id(shape))
    if found is None:
        found = candidates.staff[id(shape)] = _staff(shape, reason, (), candidates)
    return found


def _staff(shape: StepShape, reason: Reason, lines: Sequence[int], candidates: Candidates) -> Staff:
    if len(shape.approvers) == 1:
        selections = [candidates.select(shape.approvers[0], lines)]
    else:
        selections = [candidates.select(selector, lines) for selector in shape.approvers]
    chosen = candidates.approvers(selections)
    label = Label("text", shape.label) if shape.label else selections[0].label
    quorum = shape.quorum
    needed = max(len(chosen), 1) if quorum.kind == "all" else quorum.needed
    fallback: Fallback = ""
    if votes_available(chosen) < needed:
        if quorum.kind == "all":
            chosen = [approver for approver in chosen if is_available(approver)]
        was_empty = not chosen
        for way, selection in _ways_out(shape.otherwise, lines, candidates):
            fallback = way
            chosen += _added(chosen, selection, candidates)
            if votes_available(chosen) >= needed:
                label = selection.label if was_empty and selection.label.code else label
                break
        else:
            raise Nobody(reason)
    if needed != quorum.needed:
        quorum = Quorum(quorum.kind, needed)
    people = tuple(chosen)
    return _new(
        Staff, (shape.rank, 0, label, quorum, people, fallback, shape.distinct, shape.due_hours)
    )


def is_available(approver: Approver) -> bool:
    """Somebody can decide now: the person, or the delegate of one who is away."""
    return not approver.away or approver.delegate is not None


def votes_available(approvers: Sequence[Approver]) -> int:
    """How many distinct humans can give distinct votes now.

    A delegate who is an approver here too has one vote, and so has a delegate of several.
    """
    for approver in approvers:
        if approver.away:
            break
    else:
        return len(approvers)
    absent = [approver for approver in approvers if approver.away]
    present = {approver.user for approver in approvers if not approver.away}
    delegates = {approver.delegate.user for approver in absent if approver.delegate is not None}
    return len(present | delegates)


def _added(
    chosen: Sequence[Approver], selection: Selection, candidates: Candidates
) -> list[Approver]:
    """People of a way out who are not there yet and could decide now."""
    seen = frozenset([approver.user for approver in chosen])
    people = candidates.eligible(selection.members, seen)
    approvers = [candidates.approver(person) for person in people]
    return [approver for approver in approvers if is_available(approver)]


def _ways_out(
    otherwise: Sequence[Selector], lines: Sequence[int], candidates: Candidates
) -> Iterator[tuple[Fallback, Selection]]:
    for selector in otherwise:
        yield "otherwise", candidates.select(selector, lines)
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
    users = {approver.user for approver in approvers}
    line = candidates.next_in_line  # grows when a step asks further up than those before it
    place = 0
    while place < len(line) or _is_longer(line, candidates):
        people, humans = line[place]
        if not humans.isdisjoint(users):
            people = tuple([approver for approver in people if approver.user not in users])
        if people:
            return people
        place += 1
    return ()


def _is_longer(line: list[InLine], candidates: Candidates) -> bool:
    """Whether somebody stands further up, who is then added to the line."""
    if candidates.ways_up is None:
        candidates.ways_up = escalations(candidates)
    for _, selection in candidates.ways_up:
        people = candidates.approvers([selection])
        available = tuple([approver for approver in people if is_available(approver)])
        line.append((available, frozenset([approver.user for approver in available])))
        return True
    return False
