"""Conditions with every *not* pushed down to the comparisons, as evaluation and reasons want it.

`not (a and b)` becomes `not a or not b`; "no line" becomes "all lines are not". The meaning is the
same for every purchase, also where values are absent.
"""

from __future__ import annotations

from placet.policy.conditions import AllOf, AnyOf, Comparison, Condition, Not, Rows, Sum


def pushed_down(condition: Condition, *, negated: bool = False) -> Condition:
    """The same condition (or its negation) with `Not` around comparisons and sums only."""
    if isinstance(condition, (Comparison, Sum)):
        inner = condition
        if isinstance(condition, Sum):
            where = pushed_down(condition.where)
            inner = Sum(condition.measure, where, condition.operator, condition.value)
        return Not(inner) if negated else inner
    if isinstance(condition, Not):
        return pushed_down(condition.part, negated=not negated)
    if isinstance(condition, Rows):
        return _pushed_rows(condition, negated)
    parts = tuple(pushed_down(part, negated=negated) for part in condition.parts)
    return AllOf(parts) if isinstance(condition, AllOf) is not negated else AnyOf(parts)


def _pushed_rows(condition: Rows, negated: bool) -> Rows:
    """Any stays any; all and none become all, and a negation turns one into the other."""
    any_row = condition.quantifier == "any"
    part_negated = (condition.quantifier == "no") is not negated
    if any_row:
        part_negated = negated
    quantifier = "any" if any_row is not negated else "all"
    part = pushed_down(condition.part, negated=part_negated)
    return Rows("any" if quantifier == "any" else "all", condition.scope, part)
