"""One comparison: a field, how it is compared, and with what; as slots and as a document.

Which control a value needs comes from the registry's kind; ``PICKED`` adds from which list a text
is chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from placet.core.formats import number_text
from placet.policy.fields import FIELDS, OPERATORS, SUMS, Field, Kind, Operator
from placet.web.rule_builder.slots import Slot
from placet.web.typed_numbers import show_number

PICKED: Final[Mapping[str, str]] = {
    "purchase.currency": "currencies",
    "purchase.bill_to": "bill_tos",
    "purchase.weekday": "weekdays",
    "purchase.hour": "hours",
    "requester.member": "members",
    "beneficiary.member": "members",
    "requester.unit": "units",
    "requester.roles": "roles",
    "requester.permissions": "permissions",
    "line.category": "categories",
    "allocation.ship_to": "ship_tos",
    "allocation.cost_centre": "cost_centres",
}
"""The list that a field's values are chosen from; what is not here is typed."""

SEVERAL: Final = ("in", "within")
FIRST: Final[Mapping[Kind, str]] = {
    "money": ">",
    "count": ">",
    "quantity": ">",
    "basis_points": ">",
    "text": "in",
    "path": "within",
    "texts": "in",
    "flag": "=",
}
"""How a freshly chosen field is compared until somebody says otherwise."""


def operators_of(kind: Kind, *, is_sum: bool) -> list[Operator]:
    """How a kind of value can be compared; a sum is never missing."""
    return [one for one in OPERATORS[kind] if not (is_sum and one == "is empty")]


def first_operator(field: Field) -> str:
    """What most rules mean when they name this field."""
    return "=" if field.key == "purchase.weekday" else FIRST[field.kind]


# ── From the document ───────────────────────────────────────────────────────────────────────────


def fill_comparison(node: Mapping[str, Any], language: str) -> Slot:
    """The slot of a comparison; a value that is not there yet leaves its control empty."""
    field = FIELDS[node["field"]]
    slot = Slot()
    slot.put("field", field.key)
    slot.put("was", field.key)
    if field.parameter:
        slot.put("parameter", str(node.get(field.parameter, "")))
    fill_value(slot, node, field.kind, language)
    return slot


def fill_value(slot: Slot, node: Mapping[str, Any], kind: Kind, language: str) -> None:
    """The operator and the value of a comparison, or of a sum."""
    operator = node["op"]
    slot.put("op", operator)
    if "value" not in node:
        return
    value = node["value"]
    if operator == "between":
        low, high = value
        slot.put("value", _shown(low, kind, language))
        slot.put("upper", _shown(high, kind, language))
        value = low
    elif operator in SEVERAL:
        slot.put("value", *([value] if isinstance(value, str) else value))
    else:
        slot.put("value", _shown(value, kind, language))
    if kind == "money":
        slot.put("currency", value["currency"])


def _shown(value: Any, kind: Kind, language: str) -> str:
    if kind == "money":
        return shown_money(value, language)
    if kind == "basis_points":
        return show_number(Decimal(value).scaleb(-2).normalize())
    if kind == "quantity":
        return show_number(value if isinstance(value, int) else Decimal(value))
    if kind == "flag":
        return "yes" if value else "no"
    return str(value)


def shown_money(money: Mapping[str, Any], language: str) -> str:
    """An amount for a field, without its currency."""
    return number_text(money["amount_minor"], money["currency"], language)


def values_of(slot: Slot, name: str = "value") -> list[str]:
    """What was chosen, and what stands in the control that adds: one text a line."""
    added = [line.strip() for text in slot.values.get("more", []) for line in text.split("\n")]
    chosen = [text for text in slot.several(name) if text.strip()]
    return [*chosen, *(text for text in dict.fromkeys(added) if text and text not in chosen)]


def kind_of_sum(measure: str) -> Kind:
    """What a sum is compared with."""
    return SUMS[measure]


# ── What a change of a control brings with it ───────────────────────────────────────────────────


def settle_comparison(slot: Slot, _scope: str) -> None:
    """Another field takes no value over; what was added to a list is in the list."""
    slot.lists.clear()
    field = FIELDS.get(slot.one("field"))
    if field is None:
        return
    if slot.one("was") != field.key:
        for name in ("value", "upper", "parameter", "more", "op"):
            slot.put(name)
        if field.parameter:
            slot.put("parameter", _FIRST_PARAMETER[field.parameter])
        slot.put("was", field.key)
    settle_operator(slot, field.kind, first_operator(field))
    if field.kind in ("text", "path", "texts"):
        slot.put("value", *values_of(slot))
        slot.put("more")


def settle_operator(slot: Slot, kind: Kind, first: str = "") -> None:
    """Where nothing is chosen yet, the operator is the one that most rules mean."""
    if not slot.one("op"):
        slot.put("op", first or FIRST[kind])


_FIRST_PARAMETER: Final = {"days": "30", "period": "month", "key": "po"}
