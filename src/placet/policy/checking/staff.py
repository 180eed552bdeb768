"""Is there somebody for every step, whoever asks? Unknown people, empty steps, only the buyer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from placet.policy.checking.building import asked_by
from placet.policy.checking.findings import CheckFinding, Code, Severity
from placet.policy.checking.ground import Ground
from placet.policy.checking.requesters import Alike, alike
from placet.policy.checking.sites import (
    Site,
    StepSite,
    candidates_of,
    reason_of,
    selectors_of_book,
    sites_of,
    steps_of_site,
)
from placet.policy.checking.sketches import Sketch
from placet.policy.checking.witnesses import is_true, of_member, sketches_for
from placet.policy.effects import StepShape
from placet.policy.facts import Facts, Requester
from placet.policy.rulebook import CompiledRulebook
from placet.policy.selectors import Members, MerchantRole, Role
from placet.policy.staffing import Nobody, Requirement, staffed

MOST_NAMED = 3
MOST_RUNS = 10_000


def check_references(book: CompiledRulebook, ground: Ground) -> Iterator[CheckFinding]:
    """Members and roles that the rules name and that are not there."""
    for pointer, rule, selector in selectors_of_book(book):
        if isinstance(selector, Members):
            for index, member in enumerate(selector.members):
                if member not in ground.people or member not in ground.names:
                    name = ground.names.get(member, "")
                    values = (("member", member), ("name", name))
                    here = f"{pointer}/members/{index}"
                    yield CheckFinding("unknown_member", "block", here, rule, values)
        elif (isinstance(selector, Role) and selector.role not in ground.roles) or (
            isinstance(selector, MerchantRole) and selector.role not in ground.merchant_roles
        ):
            yield CheckFinding(
                "unknown_role", "block", f"{pointer}/role", rule, (("role", selector.role),)
            )


class _Budget:
    """How often people may still be looked up, so that a check ends in time."""

    def __init__(self) -> None:
        self.left = MOST_RUNS

    def spend(self) -> bool:
        self.left -= 1
        return self.left >= 0


def check_staff(book: CompiledRulebook, ground: Ground) -> Iterator[CheckFinding]:
    """Each step of each rule, for each kind of requester who can cause it."""
    groups = alike(book, ground)
    runs = _Budget()
    for site in sites_of(book):
        for step in steps_of_site(site):
            purchases = list(sketches_for(step.when, book, ground))
            yield from _check_step(_Step(book, ground, site, step, purchases, runs), groups)
    if runs.left < 0:
        yield CheckFinding("not_all_checked", "warn", "/rules", "")


class _Step(NamedTuple):
    book: CompiledRulebook
    ground: Ground
    site: Site
    step: StepSite
    purchases: list[tuple[Sketch, Facts]]
    runs: _Budget


class _Run(NamedTuple):
    """Whom a step asks when this person is the requester; nobody at all is no requirement."""

    facts: Facts
    sketch: Sketch
    requirement: Requirement | None


def _check_step(at: _Step, groups: list[Alike]) -> Iterator[CheckFinding]:
    """The first finding of each code, and up to three people who would ask only themselves."""
    said: set[str] = set()
    named: set[str] = set()
    for group in groups:
        meant = _run(at, group.stand_in)
        if meant is None:
            continue
        problem = _problem(at, meant, group.stand_in)
        if problem is not None:
            if problem.code not in said:
                said.add(problem.code)
                yield problem
            continue
        assert meant.requirement is not None
        asked = {approver.user for approver in meant.requirement.approvers}
        for member in group.members:
            if member.person.user not in asked or len(named) >= MOST_NAMED:
                continue
            own = _run(at, member)
            if own is not None and (own.requirement is None or own.requirement.fallback):
                named.add(member.person.member)
                yield _only_requester(at, own, member)


def _run(at: _Step, requester: Requester) -> _Run | None:
    """The step's people for a purchase of this requester; nothing where it is never asked."""
    if not at.runs.spend():
        return None
    for sketch, anybodys in at.purchases:
        facts = asked_by(requester, anybodys, at.ground)
        if not is_true(at.step.when, facts, at.book.content.amount_basis):
            continue
        reason, candidates = reason_of(at.site, at.book, facts), candidates_of(at.book, facts)
        try:
            requirement = staffed(at.step.step, reason, candidates)
        except Nobody:
            requirement = None
        return _Run(facts, of_member(sketch, requester), requirement)
    return None


def _problem(at: _Step, run: _Run, requester: Requester) -> CheckFinding | None:
    """What is wrong with the step whoever of these people asks."""
    quorum = at.step.step.quorum
    name = _name(requester)
    if run.requirement is None or run.requirement.fallback:
        own = _own_people(at.step.step, at, run.facts)
        severity: Severity = "block" if run.requirement is None else "warn"
        if own and quorum.kind == "count" and len(own) < quorum.needed:
            votes = (("needed", quorum.needed), ("has", len(own)), ("requester", name))
            return _finding(at, "quorum_too_large", severity, votes, run.sketch)
        if run.requirement is None:
            return _finding(at, "nobody", "block", (("requester", name),), run.sketch)
        people = ", ".join(approver.name for approver in run.requirement.approvers[:MOST_NAMED])
        values = (("requester", name), ("people", people))
        return _finding(at, "fallback", "warn", values, run.sketch)
    return None


def _own_people(shape: StepShape, at: _Step, facts: Facts) -> list[str]:
    candidates = candidates_of(at.book, facts)
    reason = reason_of(at.site, at.book, facts)
    selected = [candidates.select(selector, reason.lines) for selector in shape.approvers]
    people = candidates.eligible(m for chosen in selected for m in chosen.members)
    return [person.member for person in people]


def _only_requester(at: _Step, run: _Run, requester: Requester) -> CheckFinding:
    others = run.requirement.approvers if run.requirement else ()
    people = ", ".join(approver.name for approver in others[:MOST_NAMED])
    return _finding(
        at,
        "only_requester",
        "warn" if run.requirement else "block",
        (("requester", _name(requester)), ("people", people)),
        run.sketch,
    )


def _name(requester: Requester) -> str:
    return "" if requester.person.name == "?" else requester.person.name


def _finding(
    at: _Step,
    code: Code,
    severity: Severity,
    values: tuple[tuple[str, str | int], ...],
    sketch: Sketch,
) -> CheckFinding:
    return CheckFinding(code, severity, at.step.pointer, at.site.rule, values, sketch)
