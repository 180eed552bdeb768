"""All conditions of a rulebook as one generated function: which rules match?

A rulebook of fifty rules is asked at every change of a cart, and most of its comparisons are of a
few kinds: an amount over a threshold, a key that occurs on some line, the sum of a cost centre.
Calling a closure for each costs more than the comparison itself, so those kinds are written out,

    def matched(values):
        found = []
        add = found.append
        v0 = values[3] = v0_of(values)      the purchase's amount
        v1 = values[4] = v1_of(values)      the ship-tos that occur
        if v0 > c0: add(0)
        if c1 in v1 and test0(values): add(1)
        return found

and everything else stays the closure of `compiling`, here `test0`. The text of a rule is never part
of the code: names, numbers and words are constants, named c0, c1, ... by this module.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, Final

from placet.policy.comparing import bound_of
from placet.policy.compiling import Compiler
from placet.policy.conditions import AllOf, AnyOf, Comparison, Condition, Not, Rows, Sum, walk
from placet.policy.fields import FIELDS, NUMERIC
from placet.policy.meeting import is_keyed
from placet.policy.probes import Read, Values, keys_of

Matched = Callable[[Values], list[int]]

MOST_WRITTEN: Final = 20
"""A condition of more parts stays a closure, so that the code's size is bounded by the rules."""

_SIGNS: Final = {">": ">", ">=": ">=", "<": "<", "<=": "<=", "=": "=="}


def matched_by(conditions: Sequence[Condition], compiler: Compiler) -> Matched:
    """The function that finds the conditions that hold, by their places, ascending."""
    code = _Code(compiler)
    tests = [f"    if {code.test(condition)}: add({i})" for i, condition in enumerate(conditions)]
    reads = [f"    {line}" for line in code.reading()]
    lines = ["def matched(values):", "    found = []", "    add = found.append", *reads, *tests]
    source = "\n".join([*lines, "    return found"])
    exec(compile(source, "<rulebook>", "exec"), code.names)  # noqa: S102 - made of our words only
    matched: Matched = code.names["matched"]
    return matched


class _Code:
    """Writes tests as expressions, and collects the names that they use."""

    def __init__(self, compiler: Compiler) -> None:
        self.names: dict[str, Any] = {}
        self._reads: dict[Read, str] = {}
        self._constants: dict[Hashable, str] = {}
        self._compiler = compiler

    def test(self, condition: Condition) -> str:
        """An expression that is true where the condition holds."""
        if sum(1 for _ in walk(condition)) > MOST_WRITTEN:
            return self._closure(condition)
        return self._written(condition)

    def _written(self, condition: Condition) -> str:
        if isinstance(condition, AllOf):
            return self._joined(condition.parts, " and ") or "True"
        if isinstance(condition, AnyOf):
            return self._joined(condition.parts, " or ") or "False"
        if isinstance(condition, Not):
            return f"(not {self._written(condition.part)})"
        if isinstance(condition, Rows):
            return self._rows(condition)
        if isinstance(condition, Sum):
            return self._sum(condition)
        field = FIELDS[condition.field]
        plain = field.kind in NUMERIC or field.kind in ("text", "path", "flag")
        if not plain or condition.operator not in _SIGNS:
            return self._closure(condition)
        read = self._compiler.probes.field(condition.field, condition.parameter)
        return self._compared(read, condition, absent=field.may_be_absent)

    def _joined(self, parts: Sequence[Condition], word: str) -> str:
        """What is written out first, closures last: most of them are then not called."""
        written = sorted(map(self._written, parts), key=lambda text: "(values)" in text)
        return f"({word.join(written)})" if written else ""

    def _compared(self, read: Read, condition: Comparison | Sum, *, absent: bool) -> str:
        name = self._read(read)
        bound = self._constant(bound_of(condition, self._compiler.currencies))
        text = f"{name} {_SIGNS[condition.operator]} {bound}"
        return f"({name} is not None and {text})" if absent else f"({text})"

    def _rows(self, condition: Rows) -> str:
        """Some row has the key, or the largest value reaches the threshold, and what is left."""
        part = condition.part
        parts = part.parts if isinstance(part, AllOf) else (part,)
        if condition.quantifier == "any":
            if len(parts) == 2 and is_keyed(parts[0]) and isinstance(parts[1], Comparison):
                return self._row_of_key(parts[0], parts[1], condition)
            for each in sorted(parts, key=is_keyed, reverse=True):
                first = self._of_some_row(each, condition.scope)
                if first:
                    return first if len(parts) == 1 else f"({first} and {self._closure(condition)})"
        return self._closure(condition)

    def _row_of_key(self, first: Comparison, second: Comparison, condition: Rows) -> str:
        """Whether a row that has the key also meets the other part, mostly an amount."""
        probes, scope, field = self._compiler.probes, condition.scope, FIELDS[second.field]
        keys, sign = keys_of(first), _SIGNS.get(second.operator)
        if sign is None or len(keys) != 1 or field.kind not in NUMERIC or field.may_be_absent:
            return self._closure(condition)
        key, rows = self._constant(keys[0]), self._read(probes.rows_by_key(first, scope))
        column = self._read(probes.column(second, scope))
        bound = self._constant(bound_of(second, self._compiler.currencies))
        met = f"[row for row in {rows}[{key}] if {column}[row] {sign} {bound}]"
        return f"({key} in {rows} and {met})"

    def _of_some_row(self, part: Condition, scope: str) -> str:
        """Whether some row meets one comparison, without looking at rows; empty if not so easy."""
        if not isinstance(part, Comparison):
            return ""
        if is_keyed(part):
            keys = keys_of(part)
            if len(keys) > 1:
                return ""
            occurring = self._read(self._compiler.probes.occurring(part, scope))
            return f"({self._constant(keys[0])} in {occurring})"
        if FIELDS[part.field].kind in NUMERIC and part.operator in (">", ">="):
            return self._compared(self._compiler.probes.extreme(part, scope), part, absent=True)
        return ""

    def _sum(self, condition: Sum) -> str:
        """The sum of one key, where the rows are narrowed to that."""
        where, sign = condition.where, _SIGNS.get(condition.operator)
        if sign is None or not is_keyed(where) or len(keys_of(where)) != 1:
            return self._closure(condition)
        key = self._constant(keys_of(where)[0])
        sums = self._read(self._compiler.probes.sums_by_key(condition.measure, where))
        bound = self._constant(bound_of(condition, self._compiler.currencies))
        return f"({sums}.get({key}, 0) {sign} {bound})"

    # ── Names ───────────────────────────────────────────────────────────────────────────────────

    def _read(self, read: Read) -> str:
        """The local variable of what is read once for all rules."""
        return self._reads.setdefault(read, f"v{len(self._reads)}")

    def reading(self) -> Iterator[str]:
        """The statements that compute what is read, straight into its place."""
        for read, name in self._reads.items():
            place, self.names[f"{name}_of"] = self._compiler.probes.behind(read)
            kept = "" if place is None else f"values[{place}] = "
            yield f"{name} = {kept}{name}_of(values)"

    def _constant(self, value: Any) -> str:
        name = self._constants.setdefault((type(value), value), f"c{len(self._constants)}")
        self.names[name] = value
        return name

    def _closure(self, condition: Condition) -> str:
        name = f"test{len(self.names)}"
        self.names[name] = self._compiler.test(condition)
        return f"{name}(values)"
