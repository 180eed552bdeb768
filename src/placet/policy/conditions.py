"""A rule's condition: one small, closed tree of values, and how it is read from JSON.

    {"all": [...]}   {"any": [...]}   {"not": ...}
    {"field": "purchase.amount", "op": ">", "value": {"amount_minor": 50000, "currency": "EUR"}}
    {"any_line": ...}   {"all_lines": ...}   {"no_line": ...}
    {"any_allocation": ...}   {"all_allocations": ...}   {"no_allocation": ...}
    {"allocation_total": ..., "op": ">", "value": ...}      also line_total, line_quantity

`{"all": []}` is every order. Within a condition on allocations the fields of their line may be
used too. Thresholds are as people say them: "from 2,000" is `>=`, "over 500" is `>`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, cast

from placet.policy.fields import FIELDS, OPERATORS, PERIODS, SUMS, Field, Kind, Operator, Scope
from placet.policy.money import Money
from placet.policy.patterns import BadPattern, compile_pattern
from placet.policy.reading import (
    InvalidPart,
    as_boolean,
    as_choice,
    as_integer,
    as_list,
    as_mapping,
    as_money,
    as_quantity,
    as_text,
    point,
)

MAX_DEPTH: Final = 12
MAX_NODES: Final = 300
MAX_CHOICES: Final = 1_000
MAX_DAYS: Final = 1_100

Wanted = Money | int | Decimal | str | bool | tuple[str, ...] | tuple["Wanted", "Wanted"] | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A registered field compared with a value; `parameter` as the field demands."""

    field: str
    operator: Operator
    value: Wanted
    parameter: str | int | None = None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; without parts it always holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds; without parts it never holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


Quantifier = Literal["any", "all", "no"]


@dataclass(frozen=True, slots=True)
class Rows:
    """A condition on any, all or none of the lines, or of the allocations."""

    quantifier: Quantifier
    scope: Literal["line", "allocation"]
    part: Condition


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum over the lines, or allocations, that meet `where`, compared with a value."""

    measure: str
    where: Condition
    operator: Operator
    value: Wanted

    @property
    def scope(self) -> Literal["line", "allocation"]:
        """What is summed over."""
        return "allocation" if self.measure == "allocation_total" else "line"


Condition = Comparison | AllOf | AnyOf | Not | Rows | Sum

_ROWS: Final[dict[str, tuple[Quantifier, Literal["line", "allocation"]]]] = {
    "any_line": ("any", "line"),
    "all_lines": ("all", "line"),
    "no_line": ("no", "line"),
    "any_allocation": ("any", "allocation"),
    "all_allocations": ("all", "allocation"),
    "no_allocation": ("no", "allocation"),
}
_ROW_KEYS: Final = {value: key for key, value in _ROWS.items()}


def read_condition(document: object, pointer: str) -> Condition:
    """The tree of a JSON document; raises `InvalidPart` with the pointer to what is wrong."""
    return _ConditionReader().read(document, pointer, "purchase", 1)


class _ConditionReader:
    """Counts the nodes of one condition while reading it, so that its size stays bounded."""

    def __init__(self) -> None:
        self.nodes = 0

    def read(self, document: object, pointer: str, scope: Scope, depth: int) -> Condition:
        self.nodes += 1
        if depth > MAX_DEPTH:
            raise InvalidPart(pointer, "too_deep", f"at most {MAX_DEPTH} levels")
        if self.nodes > MAX_NODES:
            raise InvalidPart(pointer, "too_large", f"at most {MAX_NODES} parts")
        node = as_mapping(document, pointer)
        kinds = [key for key in node if key in _NODE_KEYS]
        if len(kinds) != 1:
            expected = ", ".join(sorted(_NODE_KEYS))
            raise InvalidPart(pointer, "unknown_condition", f"exactly one of: {expected}")
        kind = kinds[0]
        if kind == "field":
            return _read_comparison(node, pointer, scope)
        inner = point(pointer, kind)
        if kind in SUMS:
            return self._read_sum(node, kind, pointer, scope, depth)
        as_mapping(document, pointer, allowed=(kind,))
        if kind in ("all", "any"):
            parts = as_list(node[kind], inner, MAX_NODES)
            read = tuple(
                self.read(part, point(inner, index), scope, depth + 1)
                for index, part in enumerate(parts)
            )
            return AllOf(read) if kind == "all" else AnyOf(read)
        if kind == "not":
            return Not(self.read(node[kind], inner, scope, depth + 1))
        _only_on_purchases(scope, pointer)
        quantifier, rows = _ROWS[kind]
        return Rows(quantifier, rows, self.read(node[kind], inner, rows, depth + 1))

    def _read_sum(
        self, node: dict[str, object], measure: str, pointer: str, scope: Scope, depth: int
    ) -> Sum:
        _only_on_purchases(scope, pointer)
        as_mapping(node, pointer, required=("op", "value"), allowed=(measure, "op", "value"))
        rows: Scope = "allocation" if measure == "allocation_total" else "line"
        where = self.read(node[measure], point(pointer, measure), rows, depth + 1)
        kind = SUMS[measure]
        operator = _read_operator(node, kind, pointer)
        value = _read_value(node["value"], kind, operator, (), point(pointer, "value"))
        return Sum(measure, where, operator, value)


_NODE_KEYS: Final = frozenset({"field", "all", "any", "not", *_ROWS, *SUMS})


def _only_on_purchases(scope: Scope, pointer: str) -> None:
    if scope != "purchase":
        raise InvalidPart(pointer, "wrong_scope", f"not within a condition on a {scope}")


def _read_comparison(node: dict[str, object], pointer: str, scope: Scope) -> Comparison:
    key = as_text(node["field"], point(pointer, "field"))
    field = FIELDS.get(key)
    if field is None:
        raise InvalidPart(point(pointer, "field"), "unknown_field", f"no field {key!r}")
    if field.scope not in _VISIBLE[scope]:
        raise InvalidPart(
            point(pointer, "field"), "wrong_scope", f"{key} belongs to one {field.scope}"
        )
    operator = _read_operator(node, field.kind, pointer)
    names = ["field", "op"]
    if operator != "is empty":
        names.append("value")
    if field.parameter:
        names.append(field.parameter)
    as_mapping(node, pointer, required=tuple(names), allowed=tuple(names))
    parameter = _read_parameter(node, field, pointer)
    if operator == "is empty":
        return Comparison(key, operator, None, parameter)
    inner = point(pointer, "value")
    value = _read_value(node["value"], field.kind, operator, field.choices, inner)
    return Comparison(key, operator, value, parameter)


_VISIBLE: Final[dict[Scope, tuple[Scope, ...]]] = {
    "purchase": ("purchase",),
    "line": ("line",),
    "allocation": ("allocation", "line"),
}


def _read_operator(node: dict[str, object], kind: Kind, pointer: str) -> Operator:
    operator = as_choice(node.get("op"), point(pointer, "op"), OPERATORS[kind])
    return cast(Operator, operator)


def _read_parameter(node: dict[str, object], field: Field, pointer: str) -> str | int | None:
    inner = point(pointer, field.parameter)
    if field.parameter == "days":
        return as_integer(node["days"], inner, 1, MAX_DAYS)
    if field.parameter == "period":
        return as_choice(node["period"], inner, PERIODS)
    return as_text(node["key"], inner) if field.parameter == "key" else None


def _read_value(
    document: object, kind: Kind, operator: Operator, choices: tuple[str, ...], pointer: str
) -> Wanted:
    if operator == "between":
        low, high = as_list(document, pointer, 2, at_least=2)
        bounds = (
            _read_single(low, kind, choices, point(pointer, 0)),
            _read_single(high, kind, choices, point(pointer, 1)),
        )
        _check_order(bounds, pointer)
        return bounds
    if operator in ("in", "within"):
        single = [document] if operator == "within" and isinstance(document, str) else document
        texts = as_list(single, pointer, MAX_CHOICES, at_least=1)
        return tuple(
            cast(str, _read_single(text, "text", choices, point(pointer, index)))
            for index, text in enumerate(texts)
        )
    if operator == "matches":
        text = as_text(document, pointer)
        try:
            compile_pattern(text)
        except BadPattern as error:
            raise InvalidPart(pointer, "bad_pattern", str(error)) from error
        return text
    return _read_single(document, kind, choices, pointer)


def _read_single(document: object, kind: Kind, choices: tuple[str, ...], pointer: str) -> Wanted:
    if kind == "money":
        return as_money(document, pointer)
    if kind in ("count", "basis_points"):
        return as_integer(document, pointer, -(10**9), 10**9)
    if kind == "quantity":
        return as_quantity(document, pointer)
    if kind == "flag":
        return as_boolean(document, pointer)
    return as_choice(document, pointer, choices) if choices else as_text(document, pointer)


def _check_order(bounds: tuple[Wanted, Wanted], pointer: str) -> None:
    low, high = bounds
    if isinstance(low, Money) and isinstance(high, Money):
        if low.currency != high.currency:
            raise InvalidPart(pointer, "mixed_currencies", "both bounds in one currency")
        low, high = low.amount_minor, high.amount_minor
    if low > high:  # type: ignore[operator]
        raise InvalidPart(pointer, "out_of_range", "the lower bound comes first")


def write_condition(condition: Condition) -> dict[str, object]:
    """The JSON document of a tree; reading it gives the same tree."""
    if isinstance(condition, Comparison):
        document: dict[str, object] = {"field": condition.field, "op": condition.operator}
        if condition.operator != "is empty":
            document["value"] = _write_value(condition.value)
        parameter = FIELDS[condition.field].parameter
        return {**document, parameter: condition.parameter} if parameter else document
    if isinstance(condition, AllOf):
        return {"all": [write_condition(part) for part in condition.parts]}
    if isinstance(condition, AnyOf):
        return {"any": [write_condition(part) for part in condition.parts]}
    if isinstance(condition, Not):
        return {"not": write_condition(condition.part)}
    if isinstance(condition, Rows):
        key = _ROW_KEYS[condition.quantifier, condition.scope]
        return {key: write_condition(condition.part)}
    return {
        condition.measure: write_condition(condition.where),
        "op": condition.operator,
        "value": _write_value(condition.value),
    }


def _write_value(value: Wanted) -> object:
    if isinstance(value, Money):
        return {"amount_minor": value.amount_minor, "currency": value.currency}
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [_write_value(item) for item in value]
    return value


def walk(condition: Condition) -> Iterator[Condition]:
    """The condition and everything in it, depth first."""
    yield condition
    if isinstance(condition, (AllOf, AnyOf)):
        for part in condition.parts:
            yield from walk(part)
    elif isinstance(condition, (Not, Rows)):
        yield from walk(condition.part)
    elif isinstance(condition, Sum):
        yield from walk(condition.where)
