"""The shape of a rule and of a rulebook, and the few words that conditions are made of.

A condition or an effect is the JSON that ``placet.policy`` reads, as plain values.
"""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

Document = dict[str, Any]


class Rule(NamedTuple):
    """One rule. ``words`` say in plain English what ``when`` and ``then`` say to the engine."""

    key: str
    name: str
    words: str
    when: Document
    then: Document
    message: str = ""


class Rulebook(NamedTuple):
    """The published rules of one side of a company; ``version`` counts what was published."""

    company: str
    side: Literal["buyer", "merchant"]
    name: str
    default: Literal["free", "block"]
    published_by: str
    version: int
    rules: tuple[Rule, ...]


def document(rulebook: Rulebook) -> Document:
    """The rulebook as the engine reads it, still with the keys of this world in it."""
    return {
        "format": 1,
        "side": rulebook.side,
        "default": rulebook.default,
        "amount_basis": "goods",
        "rules": [
            {
                "id": rule.key,
                "name": rule.name,
                "when": rule.when,
                "then": rule.then,
                **({"message": rule.message} if rule.message else {}),
            }
            for rule in rulebook.rules
        ],
    }


def euro(amount_minor: int) -> Document:
    """An amount of cents as conditions write it."""
    return {"amount_minor": amount_minor, "currency": "EUR"}


def compare(field: str, operator: str, value: object = None, **parameter: object) -> Document:
    """A registered field compared with a value; ``is empty`` takes none."""
    wanted = {} if operator == "is empty" else {"value": value}
    return {"field": field, "op": operator, **wanted, **parameter}


def amount(operator: str, amount_minor: int) -> Document:
    """The purchase's amount, on the rulebook's basis, compared with cents."""
    return compare("purchase.amount", operator, euro(amount_minor))


def every(*parts: Document) -> Document:
    """All parts hold; without parts it is every order."""
    return {"all": list(parts)}


def either(*parts: Document) -> Document:
    """At least one part holds."""
    return {"any": list(parts)}


def any_line_within(path: str) -> Document:
    """Some line is of this category or of one below it."""
    return {"any_line": compare("line.category", "within", path)}


def on_cost_centers(codes: Sequence[str]) -> Document:
    """A part of a line is booked on one of these cost centres."""
    return compare("allocation.cost_centre", "in", list(codes))


def ask(*selectors: Document, rank: int = 10, due_hours: int = 16, **more: object) -> Document:
    """One step: any one of those selected, unless ``quorum`` says otherwise.

    ``due_hours`` are working hours; 16 are two days.
    """
    return {"approvers": list(selectors), "rank": rank, "due_hours": due_hours, **more}


def require(*steps: Document, justification: bool = False) -> Document:
    """The effect of asking for these steps."""
    needed: Document = {"effect": "require", "steps": list(steps)}
    return {**needed, "justification": True} if justification else needed


def role(key: str) -> Document:
    """Everybody in the company who holds a role."""
    return {"select": "role", "role": key, "where": "company"}


def head(levels_up: int = 0) -> Document:
    """The head of the purchase's unit, or of one above."""
    return {"select": "head", "levels_up": levels_up}


def staff(key: str) -> Document:
    """The merchant's staff with a role."""
    return {"select": "merchant_role", "role": key}
