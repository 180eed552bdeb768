"""Exceptions that a store releases, in plain words: five rules of the merchant's own rulebook.

"Orders below 100.00 are released by the store manager, below 80.00 by the owner." Each rule is
found again by its id and may be changed in the builder like any other; what says more than these
words can is left as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

BELOW, FAR_BELOW = "below-minimum", "far-below-minimum"
FIRST_ORDER, OVERDUE, LARGE = "first-order", "overdue", "large-order"
KEYS: Final = (BELOW, FAR_BELOW, FIRST_ORDER, OVERDUE, LARGE)
WITHOUT_AMOUNT: Final = frozenset({FIRST_ORDER})
NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    BELOW: {"en": "Below the minimum", "pl": "Poniżej minimum"},
    FAR_BELOW: {"en": "Far below the minimum", "pl": "Znacznie poniżej minimum"},
    FIRST_ORDER: {"en": "A customer’s first order", "pl": "Pierwsze zamówienie klienta"},
    OVERDUE: {"en": "Overdue invoices", "pl": "Zaległe faktury"},
    LARGE: {"en": "Large orders", "pl": "Duże zamówienia"},
}


class StoreRule(NamedTuple):
    """One exception: its key, its amount in minor units (0 where it has none), whose role decides.

    Below an amount, over what is overdue, over an amount: as the key says.
    """

    key: str
    amount_minor: int
    role: str


def no_store_rules() -> dict[str, Any]:
    """A rulebook of the merchant's side in which every order is taken."""
    return {"format": 1, "side": "merchant", "default": "free", "rules": []}


def find_store_rules(document: Mapping[str, Any], currency: str) -> dict[str, StoreRule]:
    """The exceptions that a document says in plain words, by key."""
    found: dict[str, StoreRule] = {}
    for rule in document["rules"]:
        read = _read(rule) if rule["id"] in KEYS else None
        if read is not None:
            found[read.key] = read
    written = {rule["id"]: rule for rule in _write_all(list(found.values()), currency)}
    plain = {rule["id"]: rule for rule in document["rules"] if rule["id"] in found}
    return {
        key: rule
        for key, rule in found.items()
        if (plain[key]["when"], plain[key]["then"]) == (written[key]["when"], written[key]["then"])
    }


def list_further_rules(document: Mapping[str, Any], currency: str) -> list[Mapping[str, Any]]:
    """The rules that are not among the exceptions in plain words."""
    known = find_store_rules(document, currency)
    return [rule for rule in document["rules"] if rule["id"] not in known]


def put_store_rules(
    document: Mapping[str, Any], rules: Sequence[StoreRule], currency: str
) -> dict[str, Any]:
    """The document with exactly these exceptions, before the rules that say more.

    A further rule that has the id of an exception gives way to it.
    """
    ids = {rule.key for rule in rules}
    further = [one for one in list_further_rules(document, currency) if one["id"] not in ids]
    return {**document, "rules": [*_write_all(rules, currency), *further]}


def _write_all(rules: Sequence[StoreRule], currency: str) -> list[dict[str, Any]]:
    by_key = {rule.key: rule for rule in rules}
    return [_write(by_key[key], by_key, currency) for key in KEYS if key in by_key]


def _write(rule: StoreRule, beside: Mapping[str, StoreRule], currency: str) -> dict[str, Any]:
    step = {"approvers": [{"select": "merchant_role", "role": rule.role}], "rank": 10}
    return {
        "id": rule.key,
        "name": dict(NAMES[rule.key]),
        "when": _condition(rule, beside.get(FAR_BELOW), currency),
        "then": {"effect": "require", "steps": [step]},
    }


def _condition(rule: StoreRule, further: StoreRule | None, currency: str) -> dict[str, Any]:
    def compare(field: str, operator: str, amount_minor: int) -> dict[str, Any]:
        value = {"amount_minor": amount_minor, "currency": currency}
        return {"field": field, "op": operator, "value": value}

    if rule.key == FIRST_ORDER:
        return {"field": "company.earlier_orders", "op": "=", "value": 0}
    if rule.key == OVERDUE:
        return compare("company.overdue", ">", rule.amount_minor)
    if rule.key == LARGE:
        return compare("purchase.amount", ">", rule.amount_minor)
    below = compare("purchase.amount", "<", rule.amount_minor)
    if rule.key == FAR_BELOW or further is None:
        return below
    return {"all": [below, compare("purchase.amount", ">=", further.amount_minor)]}


def _read(rule: Mapping[str, Any]) -> StoreRule | None:
    """What a rule could be in plain words; whether it says no more is compared afterwards."""
    steps = rule["then"].get("steps", [])
    approvers = steps[0]["approvers"] if len(steps) == 1 else []
    role = approvers[0].get("role", "") if len(approvers) == 1 else ""
    when = rule["when"]
    first = when["all"][0] if when.get("all") else when
    value = first.get("value")
    amount = value.get("amount_minor", 0) if isinstance(value, Mapping) else 0
    return StoreRule(rule["id"], amount, role) if role else None
