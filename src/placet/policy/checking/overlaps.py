"""Rules that can never matter: contradictions, and rules that another always covers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from placet.policy.checking.branches import TooManyBranches, branches_of
from placet.policy.checking.findings import CheckFinding
from placet.policy.checking.ground import Ground
from placet.policy.checking.witnesses import sketches_for
from placet.policy.conditions import AllOf, Condition, Not
from placet.policy.effects import AutoApprove, Block
from placet.policy.rulebook import CompiledRulebook, Rule

MOST_PAIRS: Final = 4_000


def check_overlaps(book: CompiledRulebook, ground: Ground) -> Iterator[CheckFinding]:
    """What can never match, and what always matches only together with a rule that says as much.

    Sound and not complete: what it says is proved, field by field; it may miss some.
    """
    rules = list(enumerate(book.content.rules))
    alive = []
    for index, rule in rules:
        if _is_never(rule.when, book):
            yield CheckFinding("never_matches", "warn", f"/rules/{index}/when", rule.id)
        else:
            alive.append((index, rule))
    pairs = 0
    covered: set[str] = set()
    for index, rule in alive:
        for other_index, other in alive:
            if rule is other or other.id in covered or not _says_as_much(other, rule):
                continue
            pairs += 1
            if pairs > MOST_PAIRS:
                yield CheckFinding("not_all_checked", "warn", "/rules", "")
                return
            if _is_never(AllOf((rule.when, Not(other.when))), book) and not (
                other_index > index and _is_never(AllOf((other.when, Not(rule.when))), book)
            ):
                covered.add(rule.id)
                yield _covered(index, rule, other, book, ground)
                break


def _covered(
    index: int, rule: Rule, other: Rule, book: CompiledRulebook, ground: Ground
) -> CheckFinding:
    blocks = isinstance(other.then, Block) and not isinstance(rule.then, Block)
    sketch = next((found for found, _ in sketches_for(rule.when, book, ground)), None)
    return CheckFinding(
        "never_counts" if blocks else "covered",
        "warn",
        f"/rules/{index}",
        rule.id,
        (("other", other.id),),
        sketch,
    )


def _says_as_much(other: Rule, rule: Rule) -> bool:
    """Whether the other rule's effect makes this one's without consequence where both match."""
    if isinstance(other.then, Block):
        return True
    if isinstance(rule.then, AutoApprove):
        return isinstance(other.then, AutoApprove)
    return rule.then == other.then and rule.message == other.message


def _is_never(condition: Condition, book: CompiledRulebook) -> bool:
    """Whether it is proved that nothing meets the condition."""
    try:
        return not branches_of(condition, book.content.amount_basis)
    except TooManyBranches:
        return False
