"""The controls of a value: an amount, a number, a list, people, a pattern with its example."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.policy.fields import Field, Kind
from placet.policy.patterns import BadPattern, matches
from placet.web.rule_builder.choices import LIST_OF_CHOICES, Option
from placet.web.rule_builder.comparisons import PICKED, SEVERAL, operators_of
from placet.web.rule_builder.controls import Control, Drawing
from placet.web.rule_builder.slots import Slot
from placet.web.rule_builder.words import label_of_operator


def draw_value(
    drawing: Drawing, slot: Slot, at: str, kind: Kind, known: Field | None
) -> list[Control]:
    """How it is compared, and with what; ``known`` is nothing for a sum."""
    operator = slot.one("op")
    offered = operators_of(kind, is_sum=known is None)
    options = [Option(one, label_of_operator(one, kind)) for one in offered]
    chosen = drawing.select(slot, at, "op", _("How it is compared"), options, is_choice=True)
    if len(options) == 1:
        chosen.kind = "hidden"
    if operator == "is empty":
        return [chosen]
    if operator == "matches":
        return [chosen, *_pattern(drawing, slot, at)]
    names = ("value", "upper") if operator == "between" else ("value",)
    values = [_single(drawing, slot, at, name, kind, known) for name in names]
    if operator in SEVERAL and known is not None:
        values = [_several(drawing, slot, at, known)]
    if kind == "money":
        values.append(_currency(drawing, slot, at))
    return [chosen, *values]


def _currency(drawing: Drawing, slot: Slot, at: str) -> Control:
    if not slot.one("currency"):
        slot.put("currency", drawing.choices.currency)
    offered = drawing.choices.currencies
    return drawing.select(slot, at, "currency", _("Currency"), offered)


def _single(
    drawing: Drawing, slot: Slot, at: str, name: str, kind: Kind, known: Field | None
) -> Control:
    label = _("Up to") if name == "upper" else _("Value")
    if kind == "flag":
        yes_or_no = [Option("yes", _("yes")), Option("no", _("no"))]
        return drawing.select(slot, at, name, label, yes_or_no)
    offered = _list_of(known)
    if offered == "members":
        return _people(drawing, slot, at, label)
    if offered:
        return drawing.select(slot, at, name, label, drawing.choices.options(offered))
    shapes = {"money": "amount", "count": "number", "quantity": "number"}
    control = drawing.control(
        slot, at, name, "percent" if kind == "basis_points" else shapes.get(kind, "text"), label
    )
    control.suffix = "%" if kind == "basis_points" else ""
    return control


def _several(drawing: Drawing, slot: Slot, at: str, known: Field) -> Control:
    offered = _list_of(known)
    if offered == "members":
        return _people(drawing, slot, at, _("Who"))
    control = drawing.control(slot, at, "value", "chosen" if offered else "lines", _("Values"))
    control.options = drawing.choices.options(offered) if offered else ()
    control.is_focused = drawing.focus in (f"{at}more", f"{at}value")
    return control


def _people(drawing: Drawing, slot: Slot, at: str, label: str) -> Control:
    return draw_people(drawing, slot, at, "value", label)


def _pattern(drawing: Drawing, slot: Slot, at: str) -> list[Control]:
    pattern = drawing.control(slot, at, "value", "pattern", _("Form"))
    pattern.hint = _("[A-Z] a letter, [0-9]{5} five digits, . anything, | or")
    tried = drawing.control(slot, at, "tried", "tried", _("Try it with"))
    if pattern.text and tried.text:
        tried.hint = _fits(pattern.text, tried.text)
    return [pattern, tried]


def _list_of(known: Field | None) -> str:
    return "" if known is None else PICKED.get(known.key, LIST_OF_CHOICES.get(known.key, ""))


def _fits(pattern: str, tried: str) -> str:
    try:
        return _("It fits.") if matches(pattern, tried) else _("It does not fit.")
    except BadPattern:
        return ""


def draw_people(drawing: Drawing, slot: Slot, at: str, name: str, label: str) -> Control:
    """People who were chosen, and a search for more."""
    control = drawing.control(slot, at, name, "members", label)
    control.words = drawing.choices.names
    control.typed = slot.one("find")
    control.error = control.error or drawing.errors.get(f"{at}find", "")
    control.is_focused = drawing.focus in (f"{at}more", f"{at}{name}", f"{at}find")
    chosen = set(control.texts)
    found = drawing.choices.find_members(control.typed)
    control.found = [option for option in found if option.value not in chosen]
    if control.typed and not control.found:
        control.hint = _("Nobody is found by “%(typed)s”.") % {"typed": control.typed[:60]}
    return control
