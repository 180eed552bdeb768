"""Making the plan: who must say yes to this purchase, in which order, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from placet.policy.approvers import Candidates
from placet.policy.built_in import (
    BuiltIn,
    budget_effect,
    budget_rule,
    built_in_reason,
    credit_rule,
    limit_rule,
)
from placet.policy.combining import Combined, applicable, combined
from placet.policy.effects import Notify, Shape
from placet.policy.facts import AmountBasis, Facts, MissingFact, Side
from placet.policy.hint import near_misses
from placet.policy.merging import steps_of, wanted_of
from placet.policy.money import Money, NoRate
from placet.policy.offers import offer_rule
from placet.policy.plan import (
    Blocked,
    BudgetEffect,
    Finding,
    Notification,
    Outcome,
    Plan,
    PlanStep,
    Reason,
    SetAside,
    Warned,
)
from placet.policy.readers import amount_of
from placet.policy.rulebook import CompiledRulebook, UnreadableRulebook
from placet.policy.shapes import requirements_of
from placet.policy.staffing import Nobody, Requirement

__all__ = ["AnyRulebook", "make_plan", "near_misses", "requirements"]

AnyRulebook = CompiledRulebook | UnreadableRulebook


class _Side(NamedTuple):
    """What one side asks for."""

    books: list[CompiledRulebook]
    steps: tuple[PlanStep, ...] = ()
    blocked: tuple[Blocked, ...] = ()
    warnings: tuple[Warned, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    notifications: tuple[Notification, ...] = ()
    justification: bool = False


def make_plan(rulebooks: Sequence[AnyRulebook], facts: Facts) -> Plan:
    """The plan of a purchase under the rulebooks of both sides.

    The buyer's side needs a rulebook (a company starts with *Simple organisation*); without one,
    or with incomplete facts, `MissingFact` is raised. A rate that is missing and a rulebook that
    cannot be read are not errors: they block the purchase, with that reason.
    """
    try:
        budgets = tuple([budget_effect(budget, facts) for budget in facts.budgets])
        no_rate: tuple[Blocked, ...] = ()
    except NoRate as error:
        budgets, no_rate = (), (_blocked_by_rate("buyer", error, facts),)
    buyer = _side("buyer", rulebooks, facts, budgets, ())
    merchant = _side("merchant", rulebooks, facts, (), buyer.steps)
    return _plan(buyer, merchant, (*no_rate, *_unreadable(rulebooks)), budgets)


def make_offer_plan(rulebooks: Sequence[AnyRulebook], facts: Facts) -> Plan:
    """Who of the merchant's staff must release an offer before the buyer sees it; one side only.

    ``rulebooks`` are the merchant's about offers, ``requester`` is the offer's author, whose limit
    is what they may offer by themselves.
    """
    side = _side("merchant", rulebooks, facts, (), (), is_offer=True)
    return _plan(_Side([]), side, _unreadable(rulebooks), ())


def _plan(
    buyer: _Side,
    merchant: _Side,
    faults: tuple[Blocked, ...],
    budgets: tuple[BudgetEffect, ...],
) -> Plan:
    """Both sides together."""
    blocked = (*faults, *buyer.blocked, *merchant.blocked)
    steps = () if blocked else (*buyer.steps, *merchant.steps)
    outcome: Outcome = "blocked" if blocked else "approval" if steps else "free"
    books = (*buyer.books, *merchant.books)
    return Plan(
        outcome=outcome,
        steps=steps,
        warnings=buyer.warnings + merchant.warnings,
        blocked=blocked,
        set_aside=buyer.set_aside + merchant.set_aside,
        notifications=buyer.notifications + merchant.notifications,
        budgets=budgets,
        justification_required=buyer.justification or merchant.justification,
        rulebooks=tuple([book.reference for book in books]),
        reads=_fields_read(books),
    )


def _fields_read(books: Sequence[CompiledRulebook]) -> tuple[str, ...]:
    if len(books) == 1:
        return books[0].fields_read
    return tuple(sorted({field for book in books for field in book.fields_read}))


def requirements(rulebooks: Sequence[AnyRulebook], facts: Facts, side: Side) -> list[Requirement]:
    """What one side's rules ask for before equal steps are merged; raises `Nobody`, `NoRate`."""
    books = applicable(rulebooks, side, facts.organisation.units)
    budgets = [budget_effect(budget, facts) for budget in facts.budgets] if side == "buyer" else []
    asked = _asked(combined(books, facts), _built_in(side, books, facts, budgets))
    candidates = _candidates(side, books, facts)
    basis = _basis(books)
    return [
        requirement
        for shape, reason in asked
        for requirement in requirements_of(shape, reason, candidates, basis)
    ]


def _side(
    side: Side,
    rulebooks: Sequence[AnyRulebook],
    facts: Facts,
    budgets: tuple[BudgetEffect, ...],
    earlier: tuple[PlanStep, ...],
    *,
    is_offer: bool = False,
) -> _Side:
    """One side's part of the plan; what cannot be answered blocks."""
    books = applicable(rulebooks, side, facts.organisation.units)
    if side == "buyer" and not books and not _unreadable(rulebooks):
        raise MissingFact("a rulebook of the buyer's side")
    if side == "merchant" and not books and not isinstance(facts.company.credit.limit, Money):
        return _Side(books)
    try:
        found = combined(books, facts)
        built_in = _offered(books, facts) if is_offer else _built_in(side, books, facts, budgets)
    except NoRate as error:
        return _Side(books, blocked=(_blocked_by_rate(side, error, facts),))
    candidates = _candidates(side, books, facts)
    blocked = [*found.blocked, *built_in.blocked]
    asked = _asked(found, built_in)
    wanted, unanswered = wanted_of(asked, candidates, _basis(books))
    for fault in unanswered:
        if isinstance(fault, Nobody):
            blocked.append(_blocked_by_nobody(fault))
        else:
            blocked.append(_blocked_by_rate(side, fault, facts))
    steps: tuple[PlanStep, ...] = ()
    try:
        steps = steps_of(wanted, asked, candidates, earlier)
    except Nobody as error:
        blocked.append(_blocked_by_nobody(error))
    return _Side(
        books=books,
        steps=steps,
        blocked=tuple(blocked),
        warnings=found.warnings + built_in.warnings,
        set_aside=found.set_aside,
        notifications=tuple([_notification(*note, candidates) for note in found.notifies]),
        justification=any(effect.justification for effect, _ in found.requires),
    )


def _basis(books: Sequence[CompiledRulebook]) -> AmountBasis:
    """The amount basis for limits, tiers and authority: the one of the side's top rulebook."""
    return books[0].content.amount_basis if books else "goods"


def _candidates(side: Side, books: Sequence[CompiledRulebook], facts: Facts) -> Candidates:
    may_approve = books[0].content.may_approve if books else frozenset()
    amount = Money(amount_of(facts, _basis(books)), facts.purchase.currency)
    return Candidates(facts, side, may_approve, amount)


def _built_in(
    side: Side,
    books: Sequence[CompiledRulebook],
    facts: Facts,
    budgets: Sequence[BudgetEffect],
) -> BuiltIn:
    """Limits and budgets on the buyer's side, credit on the merchant's."""
    content = books[0].content if books else None
    if side == "merchant":
        return credit_rule(facts, content.credit_approvers if content else None)
    limit = limit_rule(facts, _basis(books), content.limit_approvers if content else None)
    if not budgets:
        return limit
    parts = [limit]
    parts += [
        budget_rule(budget, effect, content.budget_approvers if content else None)
        for budget, effect in zip(facts.budgets, budgets, strict=False)
    ]
    return BuiltIn(
        demands=tuple(demand for part in parts for demand in part.demands),
        blocked=tuple(block for part in parts for block in part.blocked),
        warnings=tuple(warning for part in parts for warning in part.warnings),
    )


def _offered(books: Sequence[CompiledRulebook], facts: Facts) -> BuiltIn:
    """What the author of an offer may not offer alone."""
    return offer_rule(facts, _basis(books), books[0].content.limit_approvers if books else None)


def _asked(found: Combined, built_in: BuiltIn) -> list[tuple[Shape, Reason]]:
    """The shapes of all rules that require something, with their reasons."""
    return [
        *[(effect.shape, reason) for effect, reason in found.requires],
        *[(demand.shape, demand.reason) for demand in built_in.demands],
    ]


def _notification(effect: Notify, reason: Reason, candidates: Candidates) -> Notification:
    """Watchers are anybody active: separation of duties is about deciding, not about knowing."""
    members = dict.fromkeys(
        member for selector in effect.watchers for member in candidates.select(selector).members
    )
    people = candidates.facts.organisation.people
    watchers = tuple(candidates.approver(people[name]) for name in members if name in people)
    return Notification(reason, watchers)


def _unreadable(rulebooks: Sequence[AnyRulebook]) -> tuple[Blocked, ...]:
    return tuple(
        [
            Blocked(
                Reason(
                    book.rulebook, book.version, "unreadable", book.side, "unreadable_rulebook", ()
                ),
                (),
                ("ask_admin",),
            )
            for book in rulebooks
            if isinstance(book, UnreadableRulebook)
        ]
    )


def _blocked_by_rate(side: Side, error: NoRate, facts: Facts) -> Blocked:
    """Which currency has no rate: the purchase's, where it is one of the two."""
    pair = (error.source, error.target)
    missing = facts.purchase.currency if facts.purchase.currency in pair else error.source
    other = error.target if missing == error.source else error.source
    found = Finding("rates", "is empty", other, missing)
    return Blocked(built_in_reason(side, "no_rate", (found,)), (), ("ask_admin",))


def _blocked_by_nobody(error: Nobody) -> Blocked:
    return Blocked(error.reason._replace(code=error.code), (), ("ask_admin",))
