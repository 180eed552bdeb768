"""The plan: what the engine answers for a purchase. Values only; made by `planning.make_plan`.

Reasons are data. They become sentences when somebody reads them (`explain.sentence`), in that
reader's language, and they are what carry-over compares between two revisions.
"""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from placet.policy.facts import BudgetMode, Side
from placet.policy.late import Late
from placet.policy.money import Money

Outcome = Literal["free", "approval", "blocked"]
Value = int | str | bool | Decimal | tuple[int | str | Decimal, ...] | None
Text = tuple[tuple[str, str], ...]
"""A text in several languages: ((language, text), ...)."""


class Finding(NamedTuple):
    """One comparison that holds, with the value that made it so.

    `field` and `operator` are those of the registry (`fields`), `wanted` is what the rule says and
    `actual` what the facts say. Money is in minor units of `currency`. `lines` are the line
    numbers that it is true of. `where` narrows a sum: "over 500.00 *on cost centre 4410*". `about`
    is what the field is of: a number of days, a period, a reference's key, a budget, a role.
    """

    field: str
    operator: str
    wanted: Value
    actual: Value
    currency: str = ""
    lines: tuple[int, ...] = ()
    where: tuple[Finding, ...] = ()
    about: str = ""


class _ReasonFields(NamedTuple):
    rulebook: str
    version: int
    rule: str
    side: Side
    code: str
    findings: tuple[Finding, ...]
    name: Text = ()


class Reason(_ReasonFields):
    """Which rule asks, and what it found. Built-in rules have the codes of `built_in`.

    `code` is `rule` for a rule of a rulebook, `default` for its default, else the built-in rule:
    `limit.order_maximum`, `budget.over`, `authority.nobody`, ... `name` is the rule's own title.
    """

    __slots__ = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Each comparison that holds, with the values that made it so; stated when first read."""
        found: tuple[Finding, ...] | Late = self[5]
        return found.value() if isinstance(found, Late) else found

    @property
    def lines(self) -> tuple[int, ...]:
        """The lines that caused it, ascending: the cart links line 6 with the step it causes."""
        return tuple(sorted({number for finding in self.findings for number in finding.lines}))


class Delegate(NamedTuple):
    """Who decides for an approver while a delegation runs."""

    member: str
    user: str
    name: str


class Approver(NamedTuple):
    """A person who may decide a step; `away` says that they are absent at `now`."""

    member: str
    user: str
    name: str
    away: bool
    delegate: Delegate | None


class Label(NamedTuple):
    """What a step is called: `text` with the rule's own words, or a code such as `head`.

    Codes: text, head (unit), manager, role (role), members, budget_owner (budget),
    cost_centre_owner (cost_centre), category_owner (category), permission (permission), admins,
    merchant_role (role), management_chain. Values are pairs as in `Text`.
    """

    code: str
    values: Text


class Quorum(NamedTuple):
    """How many distinct people must say yes: any 1, all, or `needed` of them."""

    kind: Literal["any", "all", "count"]
    needed: int


Fallback = Literal["", "otherwise", "unit_head", "admins", "merchant_owner"]


class _StepFields(NamedTuple):
    key: str
    side: Side
    rank: int
    label: Label
    quorum: Quorum
    approvers: tuple[Approver, ...]
    reasons: tuple[Reason, ...]
    fallback: Fallback
    escalation: tuple[Approver, ...]
    distinct: bool
    due_hours: int | None


class PlanStep(_StepFields):
    """One approval to be given.

    `fallback` says which way out was taken when the rule's own selector found nobody. `distinct`
    steps do not count people who decided an earlier step.
    """

    __slots__ = ()

    @property
    def key(self) -> str:
        """Names the step within its plan; the same where the same is asked for the same rules."""
        key: str | Late = self[0]
        return key.value() if isinstance(key, Late) else key

    @property
    def escalation(self) -> tuple[Approver, ...]:
        """Who is asked when nobody of the step answers in time."""
        people: tuple[Approver, ...] | Late = self[8]
        return people.value() if isinstance(people, Late) else people

    @property
    def lines(self) -> tuple[int, ...]:
        """Numbers of the lines that caused this step, ascending."""
        return tuple(sorted({number for reason in self.reasons for number in reason.lines}))

    @property
    def users(self) -> frozenset[str]:
        """The humans who may decide here in their own right (delegates come on top)."""
        return frozenset(approver.user for approver in self.approvers)


class Warned(NamedTuple):
    """Something the buyer must acknowledge before submitting."""

    reason: Reason
    message: Text


class Notification(NamedTuple):
    """People who are told, with nothing to decide."""

    reason: Reason
    watchers: tuple[Approver, ...]


class Blocked(NamedTuple):
    """Why it cannot be ordered at all, and the ways out (codes for `explain.way_out`)."""

    reason: Reason
    message: Text
    ways_out: tuple[str, ...]


class SetAside(NamedTuple):
    """A rule that did not count because an `auto_approve` rule of its side allows the purchase.

    `default` is True where it was the side's default that was set aside (`reason` then names it).
    """

    reason: Reason
    by: Reason
    default: bool = False


class BudgetEffect(NamedTuple):
    """What this purchase does to one budget; minor units of the budget's currency."""

    budget: str
    name: str
    mode: BudgetMode
    currency: str
    amount_minor: int
    committed_minor: int
    reserved_minor: int
    this_minor: int
    left_before_minor: int
    left_after_minor: int  # negative when overdrawn
    over_minor: int  # zero, or how much is missing


class NearMiss(NamedTuple):
    """A rule that did not match, and how near it is.

    `gap` is what the screen shows ("1,760.00 EUR away"); applying `change` to the field makes the
    rule match, one smallest step more than the gap where the comparison is strict. Both are minor
    units of `currency` for money, else plain numbers, and negative where less is needed.
    """

    rulebook: str
    version: int
    rule: str
    side: Side
    effect: Literal["block", "auto_approve", "require", "warn", "notify"]
    name: Text
    label: Label | None  # who would be asked, where it is a `require`
    finding: Finding
    gap: int | Decimal
    change: int | Decimal

    @property
    def gap_money(self) -> Money | None:
        """The gap as money, where the field is money."""
        if not self.finding.currency:
            return None
        return Money(int(self.gap), self.finding.currency)


class RulebookRef(NamedTuple):
    """Which version of which rulebook a plan was made with."""

    rulebook: str
    version: int
    content_hash: str


class _PlanFields(NamedTuple):
    outcome: Outcome
    steps: tuple[PlanStep, ...]
    warnings: tuple[Warned, ...]
    blocked: tuple[Blocked, ...]
    set_aside: tuple[SetAside, ...]
    notifications: tuple[Notification, ...]
    budgets: tuple[BudgetEffect, ...]
    justification_required: bool
    rulebooks: tuple[RulebookRef, ...]
    reads: tuple[str, ...]


class Plan(_PlanFields):
    """The whole answer. Equal facts give equal plans.

    `steps` stand in the order in which they are asked: side, rank, amount. `reads` are the
    registered fields that the rules read.
    """

    @cached_property
    def hash(self) -> str:
        """What submitting binds to: SHA-256 over everything that a buyer was shown to decide on.

        Left out are names of people and the running sums of budgets that are not overdrawn, since
        neither changes what is asked of whom.
        """
        bound = {
            "outcome": self.outcome,
            "steps": [
                [
                    step.side,
                    step.rank,
                    [step.quorum.kind, step.quorum.needed],
                    [
                        [approver.member, approver.delegate.member if approver.delegate else ""]
                        for approver in step.approvers
                    ],
                    [_bound_reason(reason) for reason in step.reasons],
                    step.distinct,
                ]
                for step in self.steps
            ],
            "warnings": [_bound_reason(warning.reason) for warning in self.warnings],
            "blocked": [_bound_reason(blocked.reason) for blocked in self.blocked],
            "set_aside": [_bound_reason(aside.reason) for aside in self.set_aside],
            "budgets": [[b.budget, b.mode, b.this_minor, b.over_minor] for b in self.budgets],
            "justification": self.justification_required,
            "rulebooks": [list(reference) for reference in self.rulebooks],
        }
        text = json.dumps(bound, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def steps_of(self, user: str) -> tuple[PlanStep, ...]:
        """The steps in which a human may decide; they are asked once for all of them."""
        return tuple(step for step in self.steps if user in step.users)


def _bound_reason(reason: Reason) -> list[object]:
    return [
        reason.rulebook,
        reason.version,
        reason.rule,
        reason.code,
        [_bound_finding(finding) for finding in reason.findings],
    ]


def _bound_finding(finding: Finding) -> list[object]:
    return [
        finding.field,
        finding.operator,
        str(finding.wanted),
        str(finding.actual),
        finding.currency,
        list(finding.lines),
        [_bound_finding(inner) for inner in finding.where],
        finding.about,
    ]
