"""The JSON schema of a rulebook's file, from the same registry that the engine reads.

The schema says what each part may look like; ranges that depend on each other (tiers that ascend,
the size of a condition) are the reader's. Whoever edits the YAML in an editor gets completion.
"""

from __future__ import annotations

from typing import Any, Final

from placet.policy.checking.examples import OF_A_RULE, OUTCOMES
from placet.policy.conditions import MAX_CHOICES, MAX_DAYS
from placet.policy.effects import EFFECT_NAMES, MAX_RANK, MAX_STEPS
from placet.policy.fields import FIELDS, OPERATORS, PERIODS, SUMS, Field, Kind
from placet.policy.money import LARGEST_AMOUNT_MINOR
from placet.policy.reading import MAX_TEXT
from placet.policy.rulebook import FORMAT, MAX_RULES
from placet.policy.selectors import MAX_LEVELS, MAX_NAMED, MAX_SELECTORS

Schema = dict[str, Any]
TEXT: Final[Schema] = {"type": "string", "minLength": 1, "maxLength": MAX_TEXT}


def rulebook_schema() -> Schema:
    """JSON Schema 2020-12 of a rulebook's file, examples included."""
    shape = {"oneOf": [_object({name: _ref(name)}, (name,)) for name in _SHAPES]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Placet rulebook",
        **_object(
            {
                "format": {"const": FORMAT},
                "side": {"enum": ["buyer", "merchant"]},
                "default": {"oneOf": [{"enum": ["free", "block", "inherit"]}, _ref("require")]},
                "amount_basis": {"enum": ["goods", "with_shipping", "gross"]},
                "may_approve": {
                    "type": "array",
                    "items": {"enum": ["beneficiary", "author"]},
                    "maxItems": 2,
                },
                "limit_approvers": shape,
                "budget_approvers": shape,
                "credit_approvers": shape,
                "rules": _list(_ref("rule"), MAX_RULES),
                "examples": _list(_ref("example"), 500),
            },
            ("format", "side", "default", "rules"),
        ),
        "$defs": {**_values(), **_conditions(), **_effects(), **_rules()},
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _object(properties: Schema, required: tuple[str, ...] = ()) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _list(items: Schema, at_most: int, at_least: int = 0) -> Schema:
    return {"type": "array", "items": items, "minItems": at_least, "maxItems": at_most}


def _values() -> Schema:
    whole = {"type": "integer", "minimum": -LARGEST_AMOUNT_MINOR, "maximum": LARGEST_AMOUNT_MINOR}
    currency = {"type": "string", "pattern": "^[A-Z]{3}$"}
    return {
        "money": _object(
            {"amount_minor": whole, "currency": currency}, ("amount_minor", "currency")
        ),
        "words": {
            "oneOf": [
                TEXT,
                {
                    "type": "object",
                    "additionalProperties": TEXT,
                    "propertyNames": {"minLength": 2, "maxLength": 5},
                },
            ]
        },
    }


def _single(kind: Kind, choices: tuple[str, ...] = ()) -> Schema:
    """One value of a kind."""
    if kind == "money":
        return _ref("money")
    if kind in ("count", "basis_points"):
        return {"type": "integer", "minimum": -(10**9), "maximum": 10**9}
    if kind == "quantity":
        return {
            "oneOf": [{"type": "integer"}, {"type": "string", "pattern": r"^-?\d+(\.\d{1,6})?$"}]
        }
    if kind == "flag":
        return {"type": "boolean"}
    return {"enum": list(choices)} if choices else TEXT


def _compared(
    base: Schema, kind: Kind, choices: tuple[str, ...], required: tuple[str, ...]
) -> list[Schema]:
    """One object for each operator of a kind, since its value depends on it."""
    single = _single(kind, choices)
    several = _list(single, MAX_CHOICES, 1)
    values: dict[str, Schema] = {
        "between": _list(single, 2, 2),
        "in": several,
        "within": {"oneOf": [TEXT, several]},
        "matches": TEXT,
    }
    alternatives: list[Schema] = []
    same: list[str] = []
    for operator in OPERATORS[kind]:
        if operator == "is empty":
            alternatives.append(_object({**base, "op": {"const": operator}}, (*required, "op")))
        elif operator in values:
            properties = {**base, "op": {"const": operator}, "value": values[operator]}
            alternatives.append(_object(properties, (*required, "op", "value")))
        else:
            same.append(operator)
    if same:
        properties = {**base, "op": {"enum": same}, "value": single}
        alternatives.append(_object(properties, (*required, "op", "value")))
    return alternatives


def _parameter(field: Field) -> Schema:
    schemas: dict[str, Schema] = {
        "": {},
        "days": {"days": {"type": "integer", "minimum": 1, "maximum": MAX_DAYS}},
        "period": {"period": {"enum": list(PERIODS)}},
        "key": {"key": TEXT},
    }
    return schemas[field.parameter]


def _comparisons(*scopes: str) -> list[Schema]:
    """The comparisons of the fields of these scopes; fields that are alike share their objects."""
    alike: dict[tuple[Kind, str, tuple[str, ...]], list[Field]] = {}
    for field in FIELDS.values():
        if field.scope in scopes:
            alike.setdefault((field.kind, field.parameter, field.choices), []).append(field)
    return [
        each
        for (kind, parameter, choices), fields in alike.items()
        for each in _compared(
            {"field": {"enum": [field.key for field in fields]}, **_parameter(fields[0])},
            kind,
            choices,
            ("field", *((parameter,) if parameter else ())),
        )
    ]


def _conditions() -> Schema:
    defined: Schema = {}
    scopes = {
        "condition": ("purchase",),
        "line_condition": ("line",),
        "allocation_condition": ("allocation", "line"),
    }
    for name, visible in scopes.items():
        inner = _ref(name)
        alternatives = [
            _object({"all": _list(inner, 300)}, ("all",)),
            _object({"any": _list(inner, 300)}, ("any",)),
            _object({"not": inner}, ("not",)),
            *_comparisons(*visible),
        ]
        if name == "condition":
            alternatives += _on_rows()
        defined[name] = {"oneOf": alternatives}
    return defined


def _on_rows() -> list[Schema]:
    rows = {
        "line_condition": ("any_line", "all_lines", "no_line"),
        "allocation_condition": ("any_allocation", "all_allocations", "no_allocation"),
    }
    found = [_object({key: _ref(name)}, (key,)) for name, keys in rows.items() for key in keys]
    for measure, kind in SUMS.items():
        name = "allocation_condition" if measure == "allocation_total" else "line_condition"
        found += _compared({measure: _ref(name)}, kind, (), (measure,))
    return found


_SHAPES: Final = ("steps", "tiers", "management_chain")


def _effects() -> Schema:
    selectors = _list(_ref("selector"), MAX_SELECTORS, 1)
    rank = {"type": "integer", "minimum": 0, "maximum": MAX_RANK}
    due = {"type": ["integer", "null"], "minimum": 1, "maximum": 10_000}
    step: Schema = {
        "approvers": selectors,
        "otherwise": _list(_ref("selector"), MAX_SELECTORS),
        "quorum": {
            "oneOf": [
                {"enum": ["any", "all"]},
                {"type": "integer", "minimum": 1, "maximum": 50},
            ]
        },
        "rank": rank,
        "label": _ref("words"),
        "distinct": {"type": "boolean"},
        "due_hours": due,
    }
    tier = _object({"from": _ref("money"), **step}, ("from", "approvers"))
    tiers = {"mode": {"enum": ["final", "cumulative"]}, "rank": rank}
    chain: Schema = {
        "through": _list(_ref("selector"), MAX_SELECTORS),
        "everyone_passed": {"type": "boolean"},
        **{key: step[key] for key in ("rank", "label", "due_hours")},
    }
    require = {"effect": {"const": "require"}, "justification": {"type": "boolean"}}
    ways = _list(TEXT, 10)
    plain = [name for name in EFFECT_NAMES.values() if name in ("auto_approve", "warn")]
    return {
        "selector": {"oneOf": _selectors()},
        "steps": _list(_object(step, ("approvers",)), MAX_STEPS, 1),
        "tiers": _object({**tiers, "tiers": _list(tier, MAX_STEPS, 1)}, ("mode", "tiers")),
        "management_chain": _object(chain),
        "require": {
            "oneOf": [_object({**require, name: _ref(name)}, ("effect", name)) for name in _SHAPES]
        },
        "effect": {
            "oneOf": [
                _ref("require"),
                _object({"effect": {"enum": plain}}, ("effect",)),
                _object({"effect": {"const": "block"}, "ways_out": ways}, ("effect",)),
                _object(
                    {"effect": {"const": "notify"}, "watchers": selectors}, ("effect", "watchers")
                ),
            ]
        },
    }


def _selectors() -> list[Schema]:
    where = {"enum": ["unit", "nearest", "company"]}
    parameters: dict[str, Schema] = {
        "members": {"members": _list(TEXT, MAX_NAMED, 1)},
        "role": {"role": TEXT, "where": where},
        "permission": {"permission": TEXT},
        "head": {"levels_up": {"type": "integer", "minimum": 0, "maximum": MAX_LEVELS}},
        "manager": {"levels_up": {"type": "integer", "minimum": 1, "maximum": MAX_LEVELS}},
        "merchant_role": {"role": TEXT},
    }
    plain = ["budget_owner", "cost_centre_owner", "category_owner", "admins"]
    return [
        _object({"select": {"enum": plain}}, ("select",)),
        *(
            _object({"select": {"const": kind}, **more}, ("select", *more))
            for kind, more in parameters.items()
        ),
    ]


def _rules() -> Schema:
    rule = {
        "id": TEXT,
        "name": _ref("words"),
        "when": _ref("condition"),
        "then": _ref("effect"),
        "message": _ref("words"),
    }
    example = {
        "rule": TEXT,
        "name": TEXT,
        "purchase": _ref("purchase"),
        "expect": {"enum": [*OF_A_RULE, *OUTCOMES]},
    }
    of_lines = {key: _given(field) for key, field in FIELDS.items() if field.scope != "purchase"}
    everywhere = {key: _given(field) for key, field in FIELDS.items()}
    parameters = {f"^{key}/.+$": _given(f) for key, f in FIELDS.items() if f.parameter}
    line = {"type": "object", "properties": of_lines, "patternProperties": parameters}
    return {
        "rule": _object(rule, ("id", "when", "then")),
        "example": _object(example, ("purchase", "expect")),
        "purchase": {
            "type": "object",
            "properties": {
                **everywhere,
                "lines": _list({**line, "additionalProperties": False}, 50),
            },
            "patternProperties": parameters,
            "additionalProperties": False,
        },
    }


def _given(field: Field) -> Schema:
    """A value in an example."""
    if field.kind == "texts":
        return _list(TEXT, 100)
    if field.kind in ("text", "path") and not field.choices:
        return {"type": "string", "maxLength": MAX_TEXT}
    return _single(field.kind, field.choices)
