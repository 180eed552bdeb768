"""Which approvals still count for a new revision, and why the others do not.

An approval carries over when its step is still required, its approver may still decide it, and
nothing that its reasons read got worse against the revision that this approver last explicitly
decided. Carrying over never moves that baseline, so nobody gets there slice by slice.

Worse is: higher where a reason says "over" or "from" (beyond the tolerance for money), lower where
it says "below", any change for other operators. A line that a reason names is worse when it is
another product, more of it, dearer, or goes elsewhere; fewer or cheaper is not. Reasons that read
no content (*every order*, defaults) count as reading lines, amount, ship-tos and cost centres.
Another company, unit, currency or terms reset everything. Comments and notes are not content.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from placet.policy.facts import Line, Purchase
from placet.policy.plan import Finding, Plan, PlanStep, Reason


class Content(NamedTuple):
    """What a revision asks for, as far as carrying over looks at it."""

    company: str
    unit_path: str
    purchase: Purchase


class Approval(NamedTuple):
    """What one human explicitly approved: the step as it stood then, and the content of then.

    A decision that counted at several steps is one approval for each of them.
    """

    user: str
    step: PlanStep
    content: Content


class Kept(NamedTuple):
    """An approval that counts at a step of the new plan."""

    user: str
    step: str
    former_step: str


class Reset(NamedTuple):
    """An approval that counts no more; `code` says why, `finding` which reason got worse.

    Codes: currency_changed, company_changed, unit_changed, terms_changed, step_gone,
    not_eligible, rule_changed, new_reason, got_worse.
    """

    user: str
    former_step: str
    code: str
    finding: Finding | None = None


class CarryOver(NamedTuple):
    """Kept, reset and new, as they are shown before resubmitting."""

    kept: tuple[Kept, ...]
    reset: tuple[Reset, ...]
    new: tuple[str, ...]


def carry_over(
    approvals: Sequence[Approval],
    plan: Plan,
    content: Content,
    *,
    money_tolerance_basis_points: int = 0,
) -> CarryOver:
    """What the approvals are worth under the new plan of the full new content.

    `new` are the steps that no approval was ever given for.
    """
    kept: list[Kept] = []
    reset: list[Reset] = []
    known: set[str] = set()
    for approval in approvals:
        same = _counterparts(approval, plan)
        known.update(step.key for step in same)
        judged = _judged(approval, same, content, money_tolerance_basis_points)
        if isinstance(judged, Kept):
            kept.append(judged)
        else:
            reset.append(judged)
    new = tuple(step.key for step in plan.steps if step.key not in known)
    return CarryOver(tuple(kept), tuple(reset), new)


def _judged(
    approval: Approval, same: Sequence[PlanStep], content: Content, tolerance: int
) -> Kept | Reset:
    """Kept at the first step where nothing got worse, else reset with the first reason why."""
    former = approval.step.key
    frame = _changed_frame(approval.content, content)
    if frame:
        return Reset(approval.user, former, frame)
    if not same:
        return Reset(approval.user, former, "step_gone")
    mine = [step for step in same if approval.user in humans_of(step)]
    if not mine:
        return Reset(approval.user, former, "not_eligible")
    comparison = _Comparison(approval, content, tolerance)
    verdicts = [(step, *comparison.verdict(step)) for step in mine]
    for step, code, _ in verdicts:
        if not code:
            return Kept(approval.user, step.key, former)
    _, code, finding = verdicts[0]
    return Reset(approval.user, former, code, finding)


def _changed_frame(before: Content, after: Content) -> str:
    """What resets everything when it changes."""
    if before.company != after.company:
        return "company_changed"
    if before.unit_path != after.unit_path:
        return "unit_changed"
    if before.purchase.currency != after.purchase.currency:
        return "currency_changed"
    return "terms_changed" if before.purchase.terms != after.purchase.terms else ""


def _counterparts(approval: Approval, plan: Plan) -> list[PlanStep]:
    """The steps of the new plan that one of the approved rules asks for, the likest first."""
    former = approval.step
    rules = {_rule(reason) for reason in former.reasons}
    same = [
        step
        for step in plan.steps
        if step.side == former.side and rules & {_rule(reason) for reason in step.reasons}
    ]
    return sorted(
        same,
        key=lambda step: (
            step.key != former.key,
            step.rank != former.rank,
            step.label != former.label,
        ),
    )


def humans_of(step: PlanStep) -> frozenset[str]:
    """Everyone who may decide a step: its approvers and their delegates."""
    delegates = {a.delegate.user for a in step.approvers if a.delegate is not None}
    return step.users | delegates


def _rule(reason: Reason) -> tuple[str, str, str]:
    return reason.rulebook, reason.rule, reason.code


class _Comparison:
    """The new reasons of a step against what was approved."""

    def __init__(self, approval: Approval, content: Content, tolerance: int) -> None:
        self._former = {_rule(reason): reason for reason in approval.step.reasons}
        self._before = approval.content.purchase
        self._after = content.purchase
        self._tolerance = tolerance

    def verdict(self, step: PlanStep) -> tuple[str, Finding | None]:
        """Empty when nothing got worse, else the code and the finding that did."""
        for reason in step.reasons:
            former = self._former.get(_rule(reason))
            if former is None:
                return "new_reason", next(iter(reason.findings), None)
            if former.version != reason.version:
                return "rule_changed", None
            worse = self._worse_reason(former, reason)
            if worse is not None:
                return "got_worse", worse
        return "", None

    def _worse_reason(self, former: Reason, reason: Reason) -> Finding | None:
        before = _flat(former.findings)
        after = _flat(reason.findings)
        for finding in after:
            earlier = [other for other in before if _same_question(other, finding)]
            if not earlier or all(self._is_worse(other, finding) for other in earlier):
                return finding
        if not any(_reads_content(finding) for finding in after):
            return self._worse_content()
        return None

    def _is_worse(self, before: Finding, after: Finding) -> bool:
        if after.operator in _RISING or after.operator in _FALLING:
            return self._is_further(before, after) or not self._same_products(before, after)
        if before.actual != after.actual:
            return True
        if not after.field.startswith(("line.", "allocation.")):
            return False
        return self._worse_lines(
            before.lines or _all_numbers(self._before), after.lines or _all_numbers(self._after)
        )

    def _is_further(self, before: Finding, after: Finding) -> bool:
        """Further in the direction that the rule is about, in value or beyond its threshold."""
        rising = after.operator in _RISING
        old, new = _number(before.actual), _number(after.actual)
        if old is None or new is None:
            return before.actual != after.actual
        sign = 1 if rising else -1
        slack = abs(old) * self._tolerance / 10_000 if after.currency else Fraction(0)
        if sign * (new - old) > slack:
            return True
        old_bound, new_bound = _number(before.wanted), _number(after.wanted)
        if old_bound is None or new_bound is None or old_bound == new_bound:
            return before.wanted != after.wanted
        return sign * ((new - new_bound) - (old - old_bound)) > slack

    def _same_products(self, before: Finding, after: Finding) -> bool:
        """Lines that a number was found on are the same products, or fewer of them."""
        old = {line.sku for line in _lines(self._before, before.lines)}
        return {line.sku for line in _lines(self._after, after.lines)} <= old

    def _worse_lines(self, before: tuple[int, ...], after: tuple[int, ...]) -> bool:
        old = _by_product(_lines(self._before, before))
        new = _by_product(_lines(self._after, after))
        return any(sku not in old or new[sku].is_worse_than(old[sku]) for sku in new)

    def _worse_content(self) -> Finding | None:
        """For reasons that read no content: the whole purchase."""
        old, new = self._before, self._after
        slack = Fraction(old.total_minor * self._tolerance, 10_000)
        if new.total_minor - old.total_minor > slack:
            amounts = (old.total_minor, new.total_minor)
            return Finding("purchase.total", ">", *amounts, new.currency)
        if self._worse_lines(_all_numbers(old), _all_numbers(new)):
            return Finding("purchase.lines", "=", None, None, "", _all_numbers(new))
        return None


class _Product(NamedTuple):
    """All of one product on some lines: how much, how dear, and where it goes."""

    quantity: Fraction
    unit_price: Fraction
    places: frozenset[tuple[str, str]]

    def is_worse_than(self, other: _Product) -> bool:
        """More of it, dearer, or to another ship-to or cost centre."""
        more = self.quantity > other.quantity or self.unit_price > other.unit_price
        return more or not self.places <= other.places


def _by_product(lines: Sequence[Line]) -> dict[str, _Product]:
    products: dict[str, _Product] = {}
    for line in lines:
        places = frozenset((part.ship_to, part.cost_centre) for part in line.allocations)
        price = Fraction(line.unit_price_minor, line.price_quantity)
        known = products.get(line.sku, _Product(Fraction(0), price, frozenset()))
        products[line.sku] = _Product(
            known.quantity + Fraction(line.quantity),
            max(known.unit_price, price),
            known.places | places,
        )
    return products


_RISING: Final = frozenset({">", ">=", "not <", "not <="})
_FALLING: Final = frozenset({"<", "<=", "not >", "not >="})
_CONTENT: Final = ("purchase.", "line", "allocation", "limit.", "budget.", "credit.")
_NO_CONTENT: Final = frozenset(
    {"purchase.source", "purchase.weekday", "purchase.hour", "purchase.terms", "limit.orders"}
)


def _reads_content(finding: Finding) -> bool:
    return finding.field.startswith(_CONTENT) and finding.field not in _NO_CONTENT


def _same_question(before: Finding, after: Finding) -> bool:
    return (before.field, before.operator, before.about, before.currency) == (
        after.field,
        after.operator,
        after.about,
        after.currency,
    )


def _flat(findings: Sequence[Finding]) -> list[Finding]:
    """The findings without those about approvers, and with what sums are narrowed to."""
    return [
        each
        for finding in findings
        if not finding.field.startswith("authority.")
        for each in (finding, *_flat(finding.where))
    ]


def _lines(purchase: Purchase, numbers: tuple[int, ...]) -> list[Line]:
    wanted = frozenset(numbers)
    return [line for line in purchase.lines if line.number in wanted]


def _all_numbers(purchase: Purchase) -> tuple[int, ...]:
    return tuple(line.number for line in purchase.lines)


def _number(value: object) -> Fraction | None:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return None
    return Fraction(value)
