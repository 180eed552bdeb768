"""How the rules that match combine, side by side.

1. `block` always wins. 2. `auto_approve` sets aside the `require` rules of its own side and of its
own unit or below, and its side's default; never an ancestor's rule, never a limit or a budget,
never the other side. 3. All other `require` rules count. 4. `warn` and `notify` never count for
the default, which applies when no block, auto_approve or require of the side matched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, cast

from placet.policy.effects import Block, EffectName, Notify, Require
from placet.policy.facts import Facts, Side, Unit
from placet.policy.late import Late
from placet.policy.plan import Blocked, Reason, SetAside, Warned
from placet.policy.rulebook import CompiledRulebook, Rule, UnreadableRulebook

_new = tuple.__new__  # matches and reasons at half the cost of calling their classes


class Match(NamedTuple):
    """A rule that matched, in its rulebook's place, and why."""

    unit_path: str
    rule: Rule
    reason: Reason


class Combined(NamedTuple):
    """What the rules of one side ask for together."""

    requires: list[tuple[Require, Reason]]
    notifies: tuple[tuple[Notify, Reason], ...]
    warnings: tuple[Warned, ...]
    blocked: tuple[Blocked, ...]
    set_aside: tuple[SetAside, ...]


def applicable(
    rulebooks: Sequence[CompiledRulebook | UnreadableRulebook], side: Side, units: Sequence[Unit]
) -> list[CompiledRulebook]:
    """The side's rulebooks for the requester's unit, the company's first, then down the tree.

    Where a unit has its own rules only, the rulebooks of the units above do not apply.
    """
    books = [book for book in rulebooks if isinstance(book, CompiledRulebook) and book.side == side]
    if not books:
        return []
    depths, own_from = {"": 0}, 0
    for depth, unit in enumerate(units, start=1):
        depths[unit.path] = depth
        if not unit.inherits_rules and side == "buyer":
            own_from = depth
    books = [book for book in books if depths.get(book.unit_path, -1) >= own_from]
    if len(books) > 1:
        books.sort(key=lambda book: depths[book.unit_path])
    return books


ByEffect = dict[EffectName, list[Match]]


def _no_matches() -> ByEffect:
    return {"block": [], "auto_approve": [], "require": [], "warn": [], "notify": []}


def matches_of(books: Sequence[CompiledRulebook], facts: Facts) -> list[Match]:
    """All rules that match, with their reasons; raises `NoRate`."""
    return [match for matches in _matched(books, facts).values() for match in matches]


def _matched(books: Sequence[CompiledRulebook], facts: Facts) -> ByEffect:
    """All rules that match, filed by their effect."""
    found = _no_matches()
    for book in books:
        rulebook, version, unit_path, side = book.rulebook, book.version, book.unit_path, book.side
        rules = book.content.rules
        evaluation = book.evaluator(facts).evaluate(facts)
        stated = evaluation.stated
        for match in evaluation.matches:
            rule = rules[match[0]]
            findings = _new(Late, (stated, match))
            reason = _new(Reason, (rulebook, version, rule.id, side, "rule", findings, rule.name))
            found[rule.effect].append(_new(Match, (unit_path, rule, reason)))
    return found


def combined(books: Sequence[CompiledRulebook], facts: Facts) -> Combined:
    """What the side's rulebooks ask for; raises `NoRate`."""
    return _combined(books, _matched(books, facts))


def combine(books: Sequence[CompiledRulebook], matches: Iterable[Match]) -> Combined:
    """What rules of the side's rulebooks ask for, once it is known which of them match."""
    by_effect = _no_matches()
    for match in matches:
        by_effect[match.rule.effect].append(match)
    return _combined(books, by_effect)


def _combined(books: Sequence[CompiledRulebook], by_effect: ByEffect) -> Combined:
    requiring, allowing = by_effect["require"], by_effect["auto_approve"]
    set_aside: list[SetAside] = []
    if allowing:
        requiring, set_aside = _without_allowed(requiring, allowing)
    requires: list[Any] = [(rule.then, reason) for _, rule, reason in requiring]
    blocked = [
        Blocked(match.reason, match.rule.message, cast(Block, match.rule.then).ways_out)
        for match in by_effect["block"]
    ]
    default = _default_of(books)
    if default is not None:
        reason, effect = default
        decided = allowing or by_effect["require"] or blocked
        if not decided and isinstance(effect, Require):
            requires.append((effect, reason))
        elif not decided:
            blocked.append(Blocked(reason, (), ()))
        elif allowing and not (requires or set_aside or blocked):
            set_aside.append(SetAside(reason, allowing[0].reason, default=True))
    notifies = [(cast(Notify, match.rule.then), match.reason) for match in by_effect["notify"]]
    warnings = [Warned(match.reason, match.rule.message) for match in by_effect["warn"]]
    return Combined(requires, tuple(notifies), tuple(warnings), tuple(blocked), tuple(set_aside))


def _without_allowed(
    requiring: Sequence[Match], allowing: Sequence[Match]
) -> tuple[list[Match], list[SetAside]]:
    """What is still required, and what an `auto_approve` rule sets aside."""
    kept: list[Match] = []
    set_aside: list[SetAside] = []
    for match in requiring:
        allowed_by = _allowed_by(match, allowing)
        if allowed_by is None:
            kept.append(match)
        else:
            set_aside.append(SetAside(match.reason, allowed_by.reason))
    return kept, set_aside


def _allowed_by(match: Match, allowing: Sequence[Match]) -> Match | None:
    """The first allowance of the same unit or of one above."""
    for allowance in allowing:
        above = allowance.unit_path
        if not above or match.unit_path == above or match.unit_path.startswith(f"{above}/"):
            return allowance
    return None


def _default_of(books: Sequence[CompiledRulebook]) -> tuple[Reason, Require | Block] | None:
    """The default of the nearest rulebook that states one; None where that is *free*."""
    for book in reversed(books):
        default = book.content.default
        if default == "inherit":
            continue
        if default == "free":
            return None
        reason = Reason(book.rulebook, book.version, "default", book.side, "default", ())
        if default == "block":
            return reason, Block()
        return reason, default
    return None
