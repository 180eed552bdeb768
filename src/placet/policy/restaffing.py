"""Staffing a step again: the same rules and the same number of approvals, the people of today.

An open step keeps the rules that asked for it, in the versions that its plan was made with, and as
many approvals as it asked for. Its people are chosen anew when the organisation changes: somebody
leaves, is away, hands over, loses a role, or a unit has another head. A change of people never
approves anything by itself: who has decided anywhere in the purchase is not counted again here.

A step that several rules share keeps the people whom all of them name; where there are too few of
these, it goes up like every step that nobody can take.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from placet.policy.approvers import Candidates
from placet.policy.authority import Demands
from placet.policy.built_in import BUDGET_RANK, CREDIT_RANK
from placet.policy.climbing import climb
from placet.policy.effects import ManagementChain, Require, Shape, StepShape, Tiers
from placet.policy.facts import Facts, MissingFact
from placet.policy.money import Money, NoRate
from placet.policy.plan import Approver, Fallback, PlanStep, Quorum, Reason
from placet.policy.readers import amount_of
from placet.policy.rulebook import CompiledRulebook
from placet.policy.selectors import Head, Members, MerchantRole
from placet.policy.staffing import (
    Nobody,
    Requirement,
    escalation_of,
    escalations,
    is_available,
    staffed,
    votes_available,
)

_AUTHORITY: Final = "authority."


class Restaffing:
    """One purchase whose steps are staffed again: its rules, its facts of today, its plan."""

    def __init__(
        self, books: Sequence[CompiledRulebook], facts: Facts, steps: Sequence[PlanStep]
    ) -> None:
        self._books = {
            side: [book for book in books if book.side == side] for side in ("buyer", "merchant")
        }
        self._all_books = books
        self._by_reference = {(book.rulebook, book.version): book for book in books}
        self._facts = facts
        self._steps = steps
        self._candidates: dict[str, Candidates] = {}
        # Staff is remembered by the identity of its shape, so the shapes made here must stay.
        self._asked: list[StepShape] = []

    def step(self, step: PlanStep, needed: int, given: Sequence[str] = ()) -> PlanStep:
        """The step with the people of today, of whom ``needed`` have to say yes.

        ``given`` are members to whom somebody handed their seat: they are asked beside those whom
        the rules name, and nobody above is asked as long as all of these are enough. Where all
        who could decide are away, they are asked all the same. Raises `Nobody` where neither the
        rules nor the ways up have enough people.
        """
        try:
            return self._staffed(step, needed, given)
        except Nobody:
            if not self._facts.organisation.absences:
                raise
        found = self._as_if_all_were_there().step(step, needed, given)
        people = self._facts.organisation.people
        approvers = tuple(
            self._of(step).approver(people[one.member])._replace(delegate=one.delegate)
            for one in found.approvers
        )
        return found._replace(approvers=approvers)

    def with_next_in_line(self, step: PlanStep) -> PlanStep | None:
        """The step with those above its people beside them, because these do not answer.

        Nobody is taken away, and as many have to say yes as before. Asked are the heads of the
        units above, then the admins (on the merchant's side its owners): the first of these ways
        on which somebody can answer who is not asked yet. Nothing where there is nobody.
        """
        asked = set(step.users)
        asked |= {one.delegate.user for one in step.approvers if one.delegate}
        candidates = self._of(step)
        for _way, selection in escalations(candidates):
            people = [
                one
                for one in candidates.approvers([selection])
                if is_available(one) and _answering(one) not in asked
            ]
            if people:
                return self._with(step, (*step.approvers, *people), step.fallback)
        return None

    def besides(self, member: str) -> Restaffing:
        """The same without one person: who asked for one more approval does not give it."""
        people = {key: one for key, one in self._facts.organisation.people.items() if key != member}
        others = self._facts.organisation._replace(people=people)
        return Restaffing(self._all_books, self._facts._replace(organisation=others), self._steps)

    def _as_if_all_were_there(self) -> Restaffing:
        there = self._facts.organisation._replace(absences=())
        return Restaffing(self._all_books, self._facts._replace(organisation=there), self._steps)

    def _staffed(self, step: PlanStep, needed: int, given: Sequence[str]) -> PlanStep:
        """The step with people who are there."""
        candidates = self._of(step)
        added = [candidates.approver(person) for person in candidates.eligible(given)]
        if not added:
            return self._by_rules(step, needed)
        missing = needed - votes_available(added)
        try:
            ruled = self._by_rules(step, max(missing, 1))
        except Nobody:
            if missing > 0:
                raise
            return self._with(step, tuple(added), "")
        if missing < 1 and ruled.fallback:
            return self._with(step, tuple(added), "")
        there = {approver.user for approver in added}
        others = tuple(one for one in ruled.approvers if one.user not in there)
        return self._with(step, (*others, *added), ruled.fallback)

    def _by_rules(self, step: PlanStep, needed: int) -> PlanStep:
        """The step with the people whom its rules name."""
        found = [self._asked_by(reason, step, needed) for reason in step.reasons]
        requirements = [one for one in found if one is not None]
        if not requirements:
            return self._kept(step, needed)
        first = requirements[0]
        approvers, fallback = first.approvers, first.fallback
        if any(_members(one) != _members(first) for one in requirements[1:]):
            common = set.intersection(*(set(_members(one)) for one in requirements))
            shared = [one for one in approvers if one.member in common]
            approvers, fallback = self._filled(step, shared, needed)
        return self._with(step, approvers, fallback)

    def _kept(self, step: PlanStep, needed: int) -> PlanStep:
        """A step whose rule cannot be found: its people who are still there, and those above."""
        candidates = self._of(step)
        people = candidates.eligible(approver.member for approver in step.approvers)
        approvers = [candidates.approver(person) for person in people]
        return self._with(step, *self._filled(step, approvers, needed))

    def _filled(
        self, step: PlanStep, approvers: Sequence[Approver], needed: int
    ) -> tuple[tuple[Approver, ...], Fallback]:
        """Enough people: these, and where they are too few those above them."""
        chosen = list(approvers)
        fallback: Fallback = ""
        candidates = self._of(step)
        for way, selection in escalations(candidates):
            if votes_available(chosen) >= needed:
                break
            fallback = way
            seen = frozenset(approver.user for approver in chosen)
            added = map(candidates.approver, candidates.eligible(selection.members, seen))
            chosen += [approver for approver in added if is_available(approver)]
        if votes_available(chosen) < needed:
            raise Nobody(step.reasons[0])
        return tuple(chosen), fallback

    def _with(
        self, step: PlanStep, approvers: tuple[Approver, ...], fallback: Fallback
    ) -> PlanStep:
        return step._replace(
            approvers=approvers,
            fallback=fallback,
            escalation=escalation_of(approvers, self._of(step)),
        )

    def _of(self, step: PlanStep) -> Candidates:
        """The people of the step's side, who are found once."""
        known = self._candidates.get(step.side)
        if known is None:
            books = self._books[step.side]
            content = books[0].content if books else None
            amount = amount_of(self._facts, content.amount_basis if content else "goods")
            known = Candidates(
                self._facts,
                step.side,
                content.may_approve if content else frozenset(),
                Money(amount, self._facts.purchase.currency),
            )
            self._candidates[step.side] = known
        return known

    def _asked_by(self, reason: Reason, step: PlanStep, needed: int) -> Requirement | None:
        """As `_requirement`; what cannot be compared today (no rate) is as if it were not found."""
        try:
            return self._requirement(step, reason, needed)
        except (MissingFact, NoRate):
            return None

    def _requirement(self, step: PlanStep, reason: Reason, needed: int) -> Requirement | None:
        """What the rule of one reason asks for today; nothing where its rule cannot be found."""
        shape = self._shape_of(reason)
        if isinstance(shape, ManagementChain):
            return self._climbed(step, shape, reason, needed)
        chosen = self._step_shape(step, shape, reason) if shape else None
        if chosen is None:
            return None
        asked = replace(chosen, quorum=Quorum("count", needed))
        self._asked.append(asked)
        return staffed(asked, reason, self._of(step))

    def _climbed(
        self, step: PlanStep, shape: ManagementChain, reason: Reason, needed: int
    ) -> Requirement | None:
        """The rung that this step is now; a chain asks one person a rung."""
        own = tuple(f for f in reason.findings if not f.field.startswith(_AUTHORITY))
        bare = reason._replace(findings=own)
        books = self._books[step.side]
        basis = books[0].content.amount_basis if books else "goods"
        rungs = climb(shape, bare, self._of(step), Demands(self._facts, basis, (bare,)))
        later = [one for one in self._siblings(reason) if one.rank > step.rank]
        same = [rung for rung in rungs[:-1] if rung.rank == step.rank]
        rung = same[0] if later and same else rungs[-1]
        return rung if votes_available(rung.approvers) >= needed else None

    def _shape_of(self, reason: Reason) -> Shape | None:
        """Whom the rule of a reason asks: a rule's own, a default's, or a built-in rule's."""
        if reason.rulebook:
            book = self._by_reference.get((reason.rulebook, reason.version))
            return _shape_in(book, reason) if book else None
        books = self._books[reason.side]
        content = books[0].content if books else None
        if reason.code == "credit":
            own = content.credit_approvers if content else None
            return own or (StepShape((MerchantRole("owner"),), rank=CREDIT_RANK),)
        if reason.code == "budget":
            own = content.budget_approvers if content else None
            return own or (StepShape((Members(self._owner_of(reason)),), rank=BUDGET_RANK),)
        if reason.code.startswith("limit"):
            own = content.limit_approvers if content else None
            return own or (StepShape((Head(0),)),)
        return None

    def _owner_of(self, reason: Reason) -> tuple[str, ...]:
        owners: Mapping[str, str | None] = {b.id: b.owner for b in self._facts.budgets}
        owner = owners.get(reason.rule.removeprefix("budget:"))
        return (owner,) if owner else ()

    def _siblings(self, reason: Reason) -> list[PlanStep]:
        """The steps of the plan that the same rule asked for, in order."""
        rule = (reason.rulebook, reason.rule)
        return [
            step
            for step in self._steps
            if any((other.rulebook, other.rule) == rule for other in step.reasons)
        ]

    def _step_shape(self, step: PlanStep, shape: Shape, reason: Reason) -> StepShape | None:
        """Which step of a rule's shape this one is: by threshold, rank and place."""
        assert not isinstance(shape, ManagementChain)
        if isinstance(shape, Tiers):
            reached = {f.wanted for f in reason.findings if f.field == "purchase.amount"}
            offered = [t.step for t in shape.tiers if t.starts_at.amount_minor in reached]
        else:
            offered = [
                one for one in shape if (one.rank, one.distinct) == (step.rank, step.distinct)
            ]
        siblings = [one for one in self._siblings(reason) if one.rank == step.rank]
        if len(offered) == len(siblings):
            return offered[siblings.index(step)]
        labelled = [one for one in offered if one.label and one.label == step.label.values]
        return next(iter(labelled or offered), None)


def _shape_in(book: CompiledRulebook, reason: Reason) -> Shape | None:
    if reason.code == "default":
        default = book.content.default
        return default.shape if isinstance(default, Require) else None
    for rule in book.content.rules:
        if rule.id == reason.rule and isinstance(rule.then, Require):
            return rule.then.shape
    return None


def _answering(approver: Approver) -> str:
    """The human who would answer in this seat now."""
    away = approver.away and approver.delegate is not None
    return approver.delegate.user if away and approver.delegate else approver.user


def _members(requirement: Requirement) -> tuple[str, ...]:
    return tuple(sorted(approver.member for approver in requirement.approvers))
