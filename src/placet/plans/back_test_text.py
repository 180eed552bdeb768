"""What a text makes of a past purchase: the outcome, and whom its steps ask.

Whom a step asks is worked out once for each unit and requester. Only where amounts, lines or other
steps decide that does the engine make its whole plan, with all that a page shows. A test compares
both ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from placet.plans.back_test_ground import Books, Trial
from placet.policy.approvers import Candidates
from placet.policy.built_in import budget_effect, budget_rule, limit_rule
from placet.policy.combining import Match, applicable, combine
from placet.policy.effects import Block, ManagementChain, Require, Shape, Tiers
from placet.policy.facts import Facts, MissingFact, Side
from placet.policy.money import Money, NoRate
from placet.policy.plan import Outcome, Plan, Reason
from placet.policy.planning import make_plan
from placet.policy.rulebook import CompiledRulebook, Rule
from placet.policy.staffing import Nobody, staffed

MOST_REQUESTERS: Final = 10_000
MOST_SETS: Final = 64
"""So many requesters of a unit are remembered, with so many sets of rules that matched for each."""

Matched = tuple[tuple[int, ...], ...]
"""The places of the rules that match, for each rulebook."""

Kind = Literal["quiet", "plain", "block", "allow", "other"]


class Asked(NamedTuple):
    """A step as people feel it: whom it asks, and how many of them must say yes."""

    members: tuple[str, ...]
    needed: int


Ranked = tuple[tuple[int, Asked], ...]


class Summary(NamedTuple):
    """What a plan means for one side; ``rules`` are those behind its steps and blocks."""

    outcome: Outcome
    steps: tuple[Asked, ...]
    rules: frozenset[str]


class Text:
    """The rulebooks of a unit with one of the two texts among them."""

    def __init__(self, all_books: Books, trial: Trial, side: Side, rulebook: str) -> None:
        self.all_books, self.side = all_books, side
        self.books = applicable(all_books, side, trial.units)
        self._is_readable = all(isinstance(book, CompiledRulebook) for book in all_books)
        places = [at for at, book in enumerate(self.books) if book.rulebook == rulebook]
        self.place: int | None = places[0] if places else None
        self.tried = self.books[places[0]] if places else None
        self._kinds = [[_kind(rule) for rule in book.content.rules] for book in self.books]
        self._has_plain_default = all(_has_plain_default(book) for book in self.books)
        self._bare = [[*_bare_matches(book)] for book in self.books]
        self._staff: dict[object, _Staff] = {}

    def matched(self, facts: Facts) -> Matched:
        """Which rules match, by their places; raises ``NoRate``."""
        return tuple(tuple(book.evaluator(facts).evaluate(facts).matched) for book in self.books)

    def hits(self, matched: Matched) -> tuple[str, ...]:
        """The rules of the tried rulebook that match."""
        if self.place is None or self.tried is None:
            return ()
        rules = self.tried.content.rules
        return tuple([rules[index].id for index in matched[self.place]])

    def planned(self, facts: Facts) -> Summary:
        """What the engine's own plan means."""
        return summary_of(make_plan(self.all_books, facts), self.side)

    def summary(self, facts: Facts, matched: Matched) -> Summary:
        """The same, without the plan where nothing but the rules decides it."""
        if not self._is_simple(matched) or not _built_ins_are_silent(self.books, facts):
            return self.planned(facts)
        staff = self._staff_of(facts)
        found = staff.summaries.get(matched)
        if found is None:
            if len(staff.summaries) >= MOST_SETS:
                staff.summaries.clear()
            found = staff.summaries[matched] = self._worked_out(staff, matched)
        return found

    def _is_simple(self, matched: Matched) -> bool:
        if not (self._is_readable and self._has_plain_default):
            return False
        for kinds, indexes in zip(self._kinds, matched, strict=True):
            for index in indexes:
                if kinds[index] == "other":
                    return False
        return True

    def _worked_out(self, staff: _Staff, matched: Matched) -> Summary:
        blocked: set[str] = set()
        steps: dict[tuple[int, Asked], None] = {}
        rules: set[str] = set()
        for require, reason in self._requires(matched, blocked):
            asked = staff.asked(require, reason)
            if asked is None:
                blocked.add(reason.rule)
            else:
                steps.update(dict.fromkeys(asked))
                rules.add(reason.rule)
        if blocked:
            return Summary("blocked", (), frozenset(blocked))
        outcome: Outcome = "approval" if steps else "free"
        return Summary(outcome, tuple([asked for _rank, asked in sorted(steps)]), frozenset(rules))

    def _requires(self, matched: Matched, blocked: set[str]) -> list[tuple[Require, Reason]]:
        """What asks for steps; what blocks is added to ``blocked``.

        Where no rule allows and some rule decides, all that ask count, and nothing is to combine.
        """
        places = [(at, index) for at, indexes in enumerate(matched) for index in indexes]
        kinds = {self._kinds[at][index] for at, index in places}
        matches = [self._bare[at][index] for at, index in places]
        if "allow" in kinds or not kinds & {"plain", "block"}:
            found = combine(self.books, matches)
            blocked.update(one.reason.rule for one in found.blocked)
            return list(found.requires)
        blocked.update(one.reason.rule for one in matches if isinstance(one.rule.then, Block))
        return [
            (one.rule.then, one.reason) for one in matches if isinstance(one.rule.then, Require)
        ]

    def _staff_of(self, facts: Facts) -> _Staff:
        person, other = facts.requester.person, facts.beneficiary
        key = (person.member, person.user, other and other.user, facts.authors)
        found = self._staff.get(key)
        if found is None:
            if len(self._staff) >= MOST_REQUESTERS:
                self._staff.clear()
            may_approve = self.books[0].content.may_approve if self.books else frozenset()
            nothing = Money(0, facts.purchase.currency)
            found = _Staff(Candidates(facts, self.side, may_approve, nothing))
            self._staff[key] = found
        return found


class _Staff:
    """Whom rules ask for one requester, and what sets of rules came to."""

    def __init__(self, candidates: Candidates) -> None:
        self.summaries: dict[Matched, Summary] = {}
        self._candidates = candidates
        self._known: dict[int, Ranked | None] = {}

    def asked(self, require: Require, reason: Reason) -> Ranked | None:
        """The steps of a rule with their ranks; ``None`` where nobody can take one."""
        key = id(require)
        if key not in self._known:
            self._known[key] = self._found(require, reason)
        return self._known[key]

    def _found(self, require: Require, reason: Reason) -> Ranked | None:
        shapes = require.shape
        assert not isinstance(shapes, Tiers | ManagementChain)
        try:
            wanted = [staffed(shape, reason, self._candidates) for shape in shapes]
        except Nobody:
            return None
        return tuple(
            (one.rank, Asked(tuple(sorted(a.member for a in one.approvers)), one.quorum.needed))
            for one in wanted
        )


def summary_of(plan: Plan, side: Side) -> Summary:
    """One side of a plan. A step is who is asked, and how many of them are needed."""
    blocked = [one.reason for one in plan.blocked if one.reason.side == side]
    steps = [step for step in plan.steps if step.side == side]
    reasons = [*blocked, *(reason for step in steps for reason in step.reasons)]
    outcome: Outcome = "blocked" if blocked else "approval" if steps else "free"
    return Summary(
        outcome,
        tuple(
            Asked(tuple(sorted(one.member for one in step.approvers)), step.quorum.needed)
            for step in steps
        ),
        frozenset(reason.rule for reason in reasons),
    )


def _bare_matches(book: CompiledRulebook) -> Iterator[Match]:
    """The rules as if they matched, without the values that would make them."""
    for rule in book.content.rules:
        reason = Reason(book.rulebook, book.version, rule.id, book.side, "rule", (), rule.name)
        yield Match(book.unit_path, rule, reason)


def _built_ins_are_silent(books: Sequence[CompiledRulebook], facts: Facts) -> bool:
    """Whether neither the requester's limit nor a budget nor the credit asks for anything."""
    if isinstance(facts.company.credit.limit, Money):
        return False
    basis = books[0].content.amount_basis if books else "goods"
    try:
        limit = limit_rule(facts, basis, None)
        if limit.demands or limit.blocked:
            return False
        for budget in facts.budgets:
            said = budget_rule(budget, budget_effect(budget, facts), None)
            if said.demands or said.blocked:
                return False
    except (NoRate, MissingFact):
        return False
    return True


def _kind(rule: Rule) -> Kind:
    """What has to be known of a rule that matches.

    The people of a *plain* one depend on nothing but the unit and the requester; *other* is where
    amounts, lines or the people of other steps decide.
    """
    if isinstance(rule.then, Require):
        return "plain" if _is_plain(rule.then.shape) else "other"
    if isinstance(rule.then, Block):
        return "block"
    return "allow" if rule.effect == "auto_approve" else "quiet"


def _has_plain_default(book: CompiledRulebook) -> bool:
    default = book.content.default
    return not isinstance(default, Require) or _is_plain(default.shape)


def _is_plain(shape: Shape) -> bool:
    if isinstance(shape, Tiers | ManagementChain):
        return False
    return not any(step.depends_on_lines or step.distinct for step in shape)
