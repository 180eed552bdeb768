"""A condition for every field and operator of the registry, and an effect of every form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from placet.policy.fields import FIELDS, OPERATORS, SUMS, Field, Kind

Document = dict[str, Any]
NUMBERS: dict[str, tuple[Any, Any]] = {
    "money": (
        {"amount_minor": -5, "currency": "EUR"},
        {"amount_minor": 1_234_567_89, "currency": "EUR"},
    ),
    "count": (-3, 4),
    "quantity": (2, "2.50"),
    "basis_points": (-1_250, 1_000_000),
    "flag": (True, False),
}
YEN, DINAR = {"amount_minor": 12_345, "currency": "JPY"}, {"amount_minor": 5, "currency": "KWD"}
PARAMETERS = {"": {}, "days": {"days": 7}, "period": {"period": "week"}, "key": {"key": "po x"}}
ODD_TEXTS = ["a", "  spaces ", "a", "comma, too", "ä/ß", "two\nlines"]
ROWS = ("any_line", "all_lines", "no_line", "any_allocation", "all_allocations", "no_allocation")


def values_of(operator: str, kind: Kind, choices: tuple[str, ...]) -> list[Any]:
    """Values that an operator of a kind takes."""
    if operator == "is empty":
        return [None]
    if kind in NUMBERS:
        low, high = NUMBERS[kind]
        more = [YEN, DINAR] if kind == "money" else []
        return [[low, high]] if operator == "between" else [low, high, *more]
    if operator in ("in", "within"):
        return [list(choices[:2] or ODD_TEXTS), [(choices or ("one",))[0]]]
    if operator == "matches":
        return ["PR-[0-9]{5}|x "]
    return [choices[-1]] if choices else ["one", " with spaces "]


def compare(base: Document, operator: str, value: Any) -> Document:
    """A comparison; `is empty` has no value."""
    with_operator = {**base, "op": operator}
    return with_operator if operator == "is empty" else {**with_operator, "value": value}


def comparisons_of(field: Field) -> Iterator[Document]:
    """Every comparison that a field knows."""
    base = {"field": field.key, **PARAMETERS[field.parameter]}
    for operator in OPERATORS[field.kind]:
        for value in values_of(operator, field.kind, field.choices):
            yield compare(base, operator, value)


def every_condition() -> Iterator[Document]:
    """Every comparison in its place, every sum, and groups of every shape around few and many."""
    around = {"purchase": "", "line": "any_line", "allocation": "no_allocation"}
    for field in FIELDS.values():
        for leaf in comparisons_of(field):
            group = around[field.scope]
            yield {group: leaf} if group else leaf
    line = {"field": "line.restricted", "op": "=", "value": True}
    for measure, kind in SUMS.items():
        for operator in OPERATORS[kind][:-1]:
            for value in values_of(operator, kind, ()):
                yield compare({measure: line}, operator, value)
    leaf = {"field": "beneficiary.differs", "op": "=", "value": False}
    for inner in ({"all": []}, {"any": []}, {"all": [leaf]}, {"any": [leaf]}, {"not": leaf}, leaf):
        yield from (inner, {"not": inner}, {"all": [inner]}, {"any": [inner, leaf]})
    for rows in ROWS:
        for inner in ({"all": []}, {"any": []}, {"any": [line]}, {"not": {"all": [line, line]}}):
            yield {rows: inner}


SELECTORS = (
    {"select": "members", "members": ["mem_2", "mem_1"]},
    {"select": "role", "role": "biomed", "where": "nearest"},
    {"select": "permission", "permission": "order.approve"},
    {"select": "head", "levels_up": 20},
    {"select": "manager", "levels_up": 2},
    {"select": "budget_owner"},
    {"select": "cost_centre_owner"},
    {"select": "category_owner"},
    {"select": "admins"},
)
_STEP = {"approvers": list(SELECTORS)}
_FROM = {"amount_minor": 2_000_00, "currency": "PLN"}


def every_effect() -> Iterator[Document]:
    """Every effect in every shape, bare and with all that it can say."""
    full = {
        **_STEP,
        "otherwise": [SELECTORS[0], SELECTORS[8]],
        "quorum": 2,
        "rank": 0,
        "label": {"de": "Technik", "en": "Engineering"},
        "distinct": True,
        "due_hours": 16,
    }
    tiers = [{"from": _FROM, **_STEP}, {"from": {**_FROM, "amount_minor": 3_000_01}, **full}]
    yield from ({"effect": "auto_approve"}, {"effect": "warn"}, {"effect": "block"})
    yield {"effect": "block", "ways_out": ["ask_admin", "our_own_code", "add_items", "ask_admin"]}
    yield {"effect": "notify", "watchers": list(SELECTORS)}
    yield {"effect": "require", "steps": [_STEP]}
    yield {"effect": "require", "steps": [full, _STEP], "justification": True}
    yield {"effect": "require", "steps": [{**full, "quorum": "all", "label": "One\nname"}]}
    yield {"effect": "require", "tiers": {"mode": "final", "rank": 30, "tiers": [tiers[0]]}}
    ranked = [tiers[0], {**tiers[1], "rank": 40}]
    yield {"effect": "require", "tiers": {"mode": "cumulative", "rank": 5, "tiers": ranked}}
    yield {"effect": "require", "management_chain": {}}
    chain = {"through": list(SELECTORS), "everyone_passed": True, "rank": 7, "due_hours": 1}
    yield {"effect": "require", "management_chain": {**chain, "label": {"pl": "W górę"}}}


def every_rule() -> Iterator[Document]:
    """Rules in which each part occurs."""
    always, warn = {"all": ()}, {"effect": "warn"}
    for condition in every_condition():
        yield {"id": "r", "when": condition, "then": warn}
    for effect in every_effect():
        yield {"id": "r", "when": {"all": list(always["all"])}, "then": effect}
    yield {"id": "r", "name": "Name ", "message": " two\nlines", "when": {"all": []}, "then": warn}
    texts = {"en": "Name", "pl": "Nazwa", "de-AT": "Name "}
    yield {"id": "r", "name": texts, "message": texts, "when": {"all": []}, "then": warn}
