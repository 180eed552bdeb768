"""The registry of what a rule may compare, for builders elsewhere."""

from __future__ import annotations

from typing import Literal

from placet.api.schemas.base import Answer
from placet.plans.rule_words import NOUNS
from placet.policy.fields import FIELDS, OPERATORS, PERIODS, Field


class RuleField(Answer):
    """One field: its kind, the operators that its values understand, what it is of.

    ``parameter`` names the key that stands beside ``field`` in a condition: ``days``, ``period``
    or ``key``. ``currency`` says whose currency a money field is in.
    """

    object: Literal["rule_field"] = "rule_field"
    field: str
    label: str
    scope: str
    kind: str
    operators: list[str]
    parameter: str | None
    periods: list[str]
    currency: str | None
    choices: list[str]
    may_be_absent: bool


def show_fields() -> list[RuleField]:
    """Every field, in the order in which a builder offers them."""
    return [_field(field) for field in FIELDS.values()]


def _field(field: Field) -> RuleField:
    said = str(NOUNS.get(field.key, field.key.rpartition(".")[2].replace("_", " ")))
    return RuleField(
        field=field.key,
        label=said.format(about="…"),
        scope=field.scope,
        kind=field.kind,
        operators=list(OPERATORS[field.kind]),
        parameter=field.parameter or None,
        periods=list(PERIODS) if field.parameter == "period" else [],
        currency=field.currency if field.kind == "money" else None,
        choices=list(field.choices),
        may_be_absent=field.may_be_absent,
    )
