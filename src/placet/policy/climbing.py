"""The management chain: up to the first whose own authority covers the purchase."""

from __future__ import annotations

from collections.abc import Iterator

from placet.policy.approvers import Candidates, Selection
from placet.policy.authority import Demands
from placet.policy.effects import ManagementChain
from placet.policy.plan import Approver, Finding, Label, Quorum, Reason
from placet.policy.staffing import Nobody, Requirement, Staff, is_available


class NobodyCovers(Nobody):
    """No authority on the way up covers the purchase."""

    code = "authority.nobody"


def climb(
    shape: ManagementChain, reason: Reason, candidates: Candidates, demands: Demands
) -> list[Requirement]:
    """The steps of a chain, lowest first: one, or with `everyone_passed` all on the way.

    Whoever is passed because their authority ends below is named in the reason. Raises
    `NobodyCovers` when the last rung does not cover it either.
    """
    passed: list[Requirement] = []
    too_low: list[Finding] = []
    seen: set[str] = set()
    for selection in _rungs(shape, candidates):
        people = candidates.eligible(selection.members, frozenset(seen))
        seen.update(person.user for person in people)
        approvers = [candidates.approver(person) for person in people]
        covering: list[Approver] = []
        for person, approver in zip(people, approvers, strict=True):
            uncovered = demands.uncovered(person.authority, _about(selection, person.name))
            if uncovered is None:
                covering.append(approver)
            elif not any(_same_bound(uncovered, other) for other in too_low):
                too_low.append(uncovered)
        rank = shape.rank + len(passed)
        if any(is_available(approver) for approver in covering):
            complete = reason._replace(findings=(*reason.findings, *too_low))
            last = rank if shape.everyone_passed else shape.rank
            final = _requirement(shape, last, selection, covering, complete)
            return [*passed, final] if shape.everyone_passed else [final]
        if any(is_available(approver) for approver in approvers):
            passed.append(_requirement(shape, rank, selection, approvers, reason))
    amount, currency = demands.amount
    beyond = Finding("authority.nobody", ">", None, amount, currency)
    raise NobodyCovers(reason._replace(findings=(beyond, *too_low)))


def _rungs(shape: ManagementChain, candidates: Candidates) -> Iterator[Selection]:
    """The named rungs; else the requester's managers; without a manager the heads upwards."""
    if shape.through:
        for selector in shape.through:
            yield candidates.select(selector)
        return
    managers = candidates.managers()
    for member in managers:
        yield Selection(Label("manager", ()), (member,))
    if not managers:
        for levels_up in range(len(candidates.facts.organisation.units)):
            yield candidates.head(levels_up)


def _about(selection: Selection, name: str) -> str:
    """Whose authority it is: the role where rungs are roles, else the person."""
    return dict(selection.label.values).get("role", name)


def _same_bound(finding: Finding, other: Finding) -> bool:
    return finding == other


def _requirement(
    shape: ManagementChain,
    rank: int,
    selection: Selection,
    approvers: list[Approver],
    reason: Reason,
) -> Requirement:
    staff = Staff(
        rank=rank,
        amount_minor=0,
        label=Label("text", shape.label) if shape.label else selection.label,
        quorum=Quorum("any", 1),
        approvers=tuple(approvers),
        fallback="",
        distinct=False,
        due_hours=shape.due_hours,
    )
    return Requirement(staff, reason)
