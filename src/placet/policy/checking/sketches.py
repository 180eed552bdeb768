"""A purchase in short form: fields by the names that rules use, and nothing that does not matter.

    {"purchase.amount": {"amount_minor": 320000, "currency": "EUR"},
     "requester.roles": ["buyer"], "requester.orders/week": 3,
     "lines": [{"line.category": "medical-devices/infusion", "allocation.cost_centre": "4410"}]}

Fields of lines and allocations may stand at the top: then they hold for every line. After a slash
stands what the field is of: a number of days, a period, a reference's key; without it all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from placet.policy.fields import FIELDS, PERIODS, Field
from placet.policy.money import Money
from placet.policy.reading import (
    MAX_TEXT,
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

MOST_LINES: Final = 50
Key = tuple[str, str]
"""A field, and what it is of; an empty text is all of them."""

Given = int | str | bool | Decimal | Money | tuple[str, ...]
Cells = Mapping[Key, Given]


class Sketch(NamedTuple):
    """What is given of a purchase; everything else is as ordinary as can be."""

    purchase: Cells
    lines: tuple[Cells, ...]


def read_sketch(document: object, pointer: str) -> Sketch:
    """The sketch of a JSON document; raises `InvalidPart` with the pointer to what is wrong."""
    node = dict(as_mapping(document, pointer))
    lines = as_list(node.pop("lines", []), point(pointer, "lines"), MOST_LINES)
    cells = _read_cells(node, pointer)
    common = {key: value for key, value in cells.items() if FIELDS[key[0]].scope != "purchase"}
    read: list[Cells] = []
    for index, line in enumerate(lines or [{}]):
        here = point(point(pointer, "lines"), index)
        own = _read_cells(as_mapping(line, here), here)
        for key in own:
            if FIELDS[key[0]].scope == "purchase":
                raise InvalidPart(point(here, key[0]), "wrong_scope", "not a field of a line")
        read.append({**common, **own})
    purchase = {key: value for key, value in cells.items() if key not in common}
    return Sketch(purchase, tuple(read))


def write_sketch(sketch: Sketch) -> dict[str, Any]:
    """The JSON document of a sketch; reading it gives the same sketch."""
    document = _write_cells(sketch.purchase)
    lines = [_write_cells(cells) for cells in sketch.lines]
    return {**document, "lines": lines} if any(lines) or len(lines) > 1 else document


def _read_cells(node: Mapping[str, object], pointer: str) -> dict[Key, Given]:
    cells: dict[Key, Given] = {}
    for text, value in node.items():
        here = point(pointer, text)
        key, _, parameter = text.partition("/")
        field = FIELDS.get(key)
        if field is None:
            raise InvalidPart(here, "unknown_field", f"no field {key!r}")
        _check_parameter(field, parameter, here)
        cells[key, parameter] = _read_given(value, field, here)
    return cells


def _check_parameter(field: Field, parameter: str, pointer: str) -> None:
    if not parameter:
        return
    if not field.parameter:
        raise InvalidPart(pointer, "unexpected", f"{field.key} is of nothing")
    if field.parameter == "period":
        as_choice(parameter, pointer, PERIODS)
    elif field.parameter == "days" and not (parameter.isascii() and parameter.isdecimal()):
        raise InvalidPart(pointer, "wrong_type", "a number of days")


def _read_given(document: object, field: Field, pointer: str) -> Given:
    if field.kind == "money":
        return as_money(document, pointer)
    if field.kind in ("count", "basis_points"):
        return as_integer(document, pointer, -(10**9), 10**9)
    if field.kind == "quantity":
        return as_quantity(document, pointer)
    if field.kind == "flag":
        return as_boolean(document, pointer)
    if field.kind == "texts":
        entries = as_list(document, pointer, 100)
        return tuple(as_text(text, point(pointer, i)) for i, text in enumerate(entries))
    if document == "":
        return ""
    text = as_text(document, pointer)
    if len(text) > MAX_TEXT or (field.choices and text not in field.choices):
        raise InvalidPart(pointer, "unknown_choice", f"one of: {', '.join(field.choices)}")
    return text


def _write_cells(cells: Cells) -> dict[str, Any]:
    return {
        f"{key}/{parameter}" if parameter else key: _write_given(value)
        for (key, parameter), value in cells.items()
    }


def _write_given(value: Given) -> Any:
    if isinstance(value, Money):
        return {"amount_minor": value.amount_minor, "currency": value.currency}
    if isinstance(value, Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) else value
