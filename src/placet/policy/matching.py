"""All conditions of a rulebook as one generated function: which rules match, and what was seen?

A rulebook of fifty rules is asked at every change of a cart, and most of its comparisons are of a
few kinds: an amount over a threshold, a key that occurs on some line, the sum of a cost centre.
Calling a closure for each costs more than the comparison itself, so those kinds are written out,

    def matched(values):
        found = []
        add = found.append
        v0 = values[3] = v0_of(values)      the purchase's amount
        v1 = values[4] = v1_of(values)      the rows of each ship-to that occurs
        if v0 > c0: add((0, v0))
        if c1 in v1 and test0(values): add((1, see1(values)))
        return found

and everything else stays the closures of `compiling` and `observing`, here `test0` and `see1`.
Each match carries what was seen, in the forms that `observing` lists. The text of a rule is never
part of the code: names, numbers and words are constants, named c0, c1, ... by this module.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from placet.policy.comparing import bound_of
from placet.policy.compiling import Compiler
from placet.policy.conditions import AllOf, AnyOf, Comparison, Condition, Not, Rows, Sum, walk
from placet.policy.fields import FIELDS, NUMERIC
from placet.policy.meeting import is_keyed
from placet.policy.observing import Observer, Seen, is_seen_at_once
from placet.policy.probes import Read, Values, keys_of

Match = tuple[int, Seen]
Matched = Callable[[Values], list[Match]]

MOST_WRITTEN: Final = 20
"""A condition of more parts stays a closure, so that the code's size is bounded by the rules."""

_SIGNS: Final = {">": ">", ">=": ">=", "<": "<", "<=": "<=", "=": "=="}


def matched_by(conditions: Sequence[Condition], compiler: Compiler, observer: Observer) -> Matched:
    """The function that finds the conditions that hold, ascending, each with what was seen."""
    code = _Code(compiler, observer)
    tests = [code.rule(place, condition) for place, condition in enumerate(conditions)]
    lines = ["def matched(values):", "    found = []", "    add = found.append"]
    source = "\n".join([*lines, *code.reading(), *tests, "    return found"])
    exec(compile(source, "<rulebook>", "exec"), code.names)  # noqa: S102 - made of our words only
    matched: Matched = code.names["matched"]
    return matched


class _Written(NamedTuple):
    """Two expressions: whether a condition holds, and, where it does, what is seen."""

    test: str
    seen: str


class _Code:
    """Writes conditions as expressions, and collects the names that they use."""

    def __init__(self, compiler: Compiler, observer: Observer) -> None:
        self.names: dict[str, Any] = {}
        self._reads: dict[Read, str] = {}
        self._constants: dict[Hashable, str] = {}
        self._compiler = compiler
        self._observer = observer

    def rule(self, place: int, condition: Condition) -> str:
        """The statement that adds one rule, where its condition holds."""
        is_short = sum(1 for _ in walk(condition)) <= MOST_WRITTEN
        written = self._written(condition) if is_short else self._closures(condition)
        return f"    if {written.test}: add(({place}, {written.seen}))"

    def _written(self, condition: Condition) -> _Written:
        if isinstance(condition, AllOf):
            parts = [self._written(part) for part in condition.parts]
            seen = "".join(f"{part.seen}, " for part in parts)
            return _Written(_joined(parts, " and ") or "True", f"({seen})")
        if isinstance(condition, AnyOf):
            parts = [self._written(part) for part in condition.parts]
            return _Written(_joined(parts, " or ") or "False", self._closures(condition).seen)
        if isinstance(condition, Not):
            test, seen = self._written(condition.part)
            return _Written(f"(not {test})", seen)
        if isinstance(condition, Rows):
            return self._rows(condition)
        if isinstance(condition, Sum):
            return self._sum(condition)
        field = FIELDS[condition.field]
        plain = field.kind in NUMERIC or field.kind in ("text", "path", "flag")
        if not plain or condition.operator not in _SIGNS:
            return self._closures(condition)
        name = self._read(self._compiler.probes.field(condition.field, condition.parameter))
        return _Written(self._compared(name, condition, absent=field.may_be_absent), name)

    def _compared(self, name: str, condition: Comparison | Sum, *, absent: bool) -> str:
        text = f"{name} {_SIGNS[condition.operator]} {self._bound(condition)}"
        return f"({name} is not None and {text})" if absent else f"({text})"

    def _rows(self, condition: Rows) -> _Written:
        """Some row has the key, or the largest value reaches the threshold, and what is left."""
        part, scope = condition.part, condition.scope
        parts = part.parts if isinstance(part, AllOf) else (part,)
        if condition.quantifier != "any":
            return self._closures(condition)
        if len(parts) == 2 and is_keyed(parts[0]) and isinstance(parts[1], Comparison):
            return self._row_of_key(parts[0], parts[1], condition)
        for each in sorted(parts, key=is_keyed, reverse=True):
            first = self._some_row(each, scope)
            if first is not None:
                if each is part:
                    return first
                test, seen = self._closures(condition)
                return _Written(f"({first.test} and {test})", seen)
        return self._closures(condition)

    def _row_of_key(self, first: Comparison, second: Comparison, condition: Rows) -> _Written:
        """Whether a row that has the key also meets the other part, mostly an amount."""
        probes, scope, field = self._compiler.probes, condition.scope, FIELDS[second.field]
        keys, sign = keys_of(first), _SIGNS.get(second.operator)
        if sign is None or len(keys) != 1 or field.kind not in NUMERIC or field.may_be_absent:
            return self._closures(condition)
        key, rows = self._constant(keys[0]), self._read(probes.rows_by_key(first, scope))
        column, bound = self._read(probes.column(second, scope)), self._bound(second)
        found = self._named("r", None)
        met = f"({found} := [row for row in {rows}[{key}] if {column}[row] {sign} {bound}])"
        return _Written(f"({key} in {rows} and {met})", found)

    def _some_row(self, part: Condition, scope: str) -> _Written | None:
        """Whether some row meets one comparison, without looking at rows; None if not so easy."""
        if not isinstance(part, Comparison):
            return None
        probes = self._compiler.probes
        if is_keyed(part):
            keys = keys_of(part)
            if len(keys) > 1:
                return None
            key, keyed = self._constant(keys[0]), self._read(probes.occurring(part, scope))
            seen = self._column(part, scope) if is_seen_at_once(part) else f"{keyed}[{key}]"
            return _Written(f"({key} in {keyed})", seen)
        if is_seen_at_once(part):
            largest = self._read(probes.extreme(part, scope))
            test = self._compared(largest, part, absent=True)
            return _Written(test, self._column(part, scope))
        return None

    def _sum(self, condition: Sum) -> _Written:
        """The sum of one key, where the rows are narrowed to that."""
        where, sign = condition.where, _SIGNS.get(condition.operator)
        if sign is None or not is_keyed(where) or len(keys_of(where)) != 1:
            return self._closures(condition)
        probes, key = self._compiler.probes, self._constant(keys_of(where)[0])
        total = f"{self._read(probes.sums_by_key(condition.measure, where))}.get({key}, 0)"
        if is_seen_at_once(where):
            rows = self._column(where, condition.scope)
        else:
            by_key = self._named("rows_of", probes.rows_by_key(where, condition.scope))
            rows = f"{by_key}(values).get({key}, ())"
        return _Written(f"({total} {sign} {self._bound(condition)})", f"({total}, {rows})")

    # ── Names ───────────────────────────────────────────────────────────────────────────────────

    def _read(self, read: Read) -> str:
        """The local variable of what is read once for all rules."""
        return self._reads.setdefault(read, f"v{len(self._reads)}")

    def reading(self) -> Iterator[str]:
        """The statements that compute what is read, straight into its place."""
        for read, name in self._reads.items():
            column = self._compiler.probes.place(read)
            if column is not None:
                yield f"    {name} = values[{column}]"
                continue
            place, self.names[f"{name}_of"] = self._compiler.probes.behind(read)
            kept = "" if place is None else f"values[{place}] = "
            yield f"    {name} = {kept}{name}_of(values)"

    def _column(self, part: Comparison, scope: str) -> str:
        return self._read(self._compiler.probes.column(part, scope))

    def _bound(self, condition: Comparison | Sum) -> str:
        return self._constant(bound_of(condition, self._compiler.currencies))

    def _constant(self, value: Any) -> str:
        name = self._constants.setdefault((type(value), value), f"c{len(self._constants)}")
        self.names[name] = value
        return name

    def _named(self, word: str, function: Callable[..., Any] | None) -> str:
        """A name that no other has: of a function, or of a local variable."""
        name = f"{word}{len(self.names)}"
        self.names[name] = function
        return name

    def _closures(self, condition: Condition) -> _Written:
        test = self._named("test", self._compiler.test(condition))
        see = self._named("see", self._observer.observe(condition).see)
        return _Written(f"{test}(values)", f"{see}(values)")


def _joined(parts: Sequence[_Written], word: str) -> str:
    """What is written out first, closures last: most of them are then not called."""
    tests = sorted([part.test for part in parts], key=lambda test: "(values)" in test)
    return f"({word.join(tests)})" if tests else ""
