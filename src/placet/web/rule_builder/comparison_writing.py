"""From the controls of a comparison to its document; each control has its own sentences."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from placet.policy.fields import FIELDS, Field, Kind
from placet.policy.patterns import BadPattern, compile_pattern
from placet.web.rule_builder.comparisons import SEVERAL, operators_of, values_of
from placet.web.rule_builder.slots import Slot
from placet.web.rule_builder.writing import Document, Writer


def write_comparison(slot: Slot, at: str, pointer: str, writer: Writer) -> Document:
    """The comparison that was filled in; what is wrong goes to the writer."""
    key = slot.one("field")
    writer.place(f"{at}field", pointer, "field")
    field = FIELDS.get(key)
    if field is None:
        if key:
            writer.wrong(f"{at}field", _("There is no such field."))
        else:
            writer.missing(f"{at}field", _("Choose what to look at."))
        return {}
    document: Document = {"field": key}
    document |= write_value(slot, at, pointer, writer, field.kind, field)
    if field.parameter:
        document[field.parameter] = _write_parameter(slot, at, pointer, writer, field)
    return document


def write_value(
    slot: Slot, at: str, pointer: str, writer: Writer, kind: Kind, field: Field | None = None
) -> Document:
    """The operator and the value of a comparison, or of a sum."""
    operator = slot.one("op")
    writer.place(f"{at}op", pointer, "op")
    if operator not in operators_of(kind, is_sum=field is None):
        writer.missing(f"{at}op", _("Choose how it is compared."))
        return {}
    if operator == "is empty":
        return {"op": operator}
    inner = writer.place(f"{at}value", pointer, "value")
    if operator == "between":
        writer.place(f"{at}upper", inner, 1)
        bounds = [_single(slot, name, at, writer, kind) for name in ("value", "upper")]
        return {"op": operator, "value": bounds}
    if operator in SEVERAL:
        return {"op": operator, "value": _several(slot, at, writer)}
    if operator == "matches":
        return {"op": operator, "value": _pattern(slot, at, writer)}
    return {"op": operator, "value": _single(slot, "value", at, writer, kind)}


def _single(slot: Slot, name: str, at: str, writer: Writer, kind: Kind) -> Any:
    if kind == "money":
        return writer.money(slot, name, at)
    if kind == "count":
        return writer.whole(slot, name, at)
    if kind == "quantity":
        return writer.quantity(slot, name, at)
    if kind == "basis_points":
        return writer.percent(slot, name, at)
    if kind == "flag":
        typed = slot.one(name)
        if typed not in ("yes", "no"):
            writer.missing(f"{at}{name}", _("Choose yes or no."))
        return typed == "yes"
    chosen = values_of(slot)
    if not chosen:
        writer.missing(f"{at}{name}", _("Say which one."))
        return ""
    return chosen[0]


def _several(slot: Slot, at: str, writer: Writer) -> list[str]:
    chosen = values_of(slot)
    if not chosen:
        writer.missing(f"{at}value", _("Choose at least one."))
    return chosen


def _pattern(slot: Slot, at: str, writer: Writer) -> str:
    typed = writer.text(slot, "value", at, _("Write a form such as PR-[0-9]{5}."))
    try:
        compile_pattern(typed)
    except BadPattern as error:
        sentence = _("This form cannot be read: %(why)s.") % {"why": str(error)}
        writer.wrong(f"{at}value", sentence)
    return typed


def _write_parameter(
    slot: Slot, at: str, pointer: str, writer: Writer, field: Field
) -> int | str | None:
    writer.place(f"{at}parameter", pointer, field.parameter)
    if field.parameter == "days":
        return writer.whole(slot, "parameter", at)
    said = {"period": _("Choose a period."), "key": _("Say which reference.")}
    return writer.text(slot, "parameter", at, said[field.parameter])
