"""What changed between two revisions, as rows of a page: lines first, then what is above them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.core.actor import Actor
from placet.orders.content import Content, read_content
from placet.requisitions.differences import FieldChange, LineChange, difference
from placet.requisitions.models import Revision
from placet.web import formats

_KINDS = {"added": "add", "removed": "del", "changed": "mod"}
_NAMES: dict[str, str | Promise] = {
    "quantity": gettext_lazy("Quantity"),
    "unit_price_minor": gettext_lazy("Unit price"),
    "ship_to": gettext_lazy("Ship-to"),
    "cost_center": gettext_lazy("Cost centre"),
    "need_by_on": gettext_lazy("Needed by"),
    "note": gettext_lazy("Note"),
    "discount_minor": gettext_lazy("Discount"),
    "shipping_minor": gettext_lazy("Delivery"),
    "currency": gettext_lazy("Currency"),
    "name": gettext_lazy("Name"),
    "pack": gettext_lazy("Pack"),
    "category": gettext_lazy("Category"),
    "tax_rate": gettext_lazy("Tax"),
    "terms": gettext_lazy("Payment terms"),
    "justification": gettext_lazy("Justification"),
    "requested_on": gettext_lazy("Requested for"),
    "bill_to": gettext_lazy("Bill-to"),
    "references.po": gettext_lazy("PO reference"),
}
_FOR_SUPPLIER = {"quantity", "unit_price_minor", "ship_to", "need_by_on", "discount_minor"}
_FOR_SUPPLIER |= {"shipping_minor", "currency", "terms", "bill_to", "references.po"}
_FOR_SUPPLIER |= {"pack", "category", "tax_rate"}
_SAID_BY_TOTAL = {"goods_minor", "tax_minor", "total_minor"}
_DAYS = {"need_by_on", "requested_on"}


class ChangeRow(NamedTuple):
    """A line that came, went or changed; ``kind`` is add, del or mod as in the component diff."""

    kind: str
    number: int
    name: str
    sku: str
    note: str
    before: str
    after: str
    delta_minor: int


class FieldRow(NamedTuple):
    """Something above the lines: what it is called, what it was, what it is now."""

    label: str
    before: str
    after: str


class Changes(NamedTuple):
    """From one revision to another; totals without tax, in minor units of ``currency``."""

    before: Revision
    after: Revision
    before_minor: int
    after_minor: int
    currency: str
    lines: tuple[ChangeRow, ...]
    fields: tuple[FieldRow, ...]


def read_changes(before: Revision, after: Revision, reader: Actor) -> Changes:
    """What the later revision has, lost and changed; the supplier reads nothing internal."""
    old, new = read_content(bytes(before.content)), read_content(bytes(after.content))
    found = difference(old, new)
    return Changes(
        before,
        after,
        old.net_minor,
        new.net_minor,
        new.currency,
        tuple(_line_row(one, new, reader) for one in found.lines if _is_told(one, reader)),
        tuple(_field_rows(found.fields, reader)),
    )


def _is_told(change: LineChange, reader: Actor) -> bool:
    return change.kind != "changed" or bool(_told(change.fields, reader))


def _told(fields: Iterable[FieldChange], reader: Actor) -> list[FieldChange]:
    return [
        one
        for one in fields
        if one.field not in _SAID_BY_TOTAL
        and (not reader.is_merchant or one.field in _FOR_SUPPLIER)
    ]


def _line_row(change: LineChange, content: Content, reader: Actor) -> ChangeRow:
    line, before, after = change.line, change.before, change.after
    fields = _told(change.fields, reader)
    first = fields[0] if fields and fields[0].field in {"quantity", "unit_price_minor"} else None
    notes = [_sentence(one) for one in fields if one is not first]
    return ChangeRow(
        kind=_KINDS[change.kind],
        number=line.number,
        name=line.name,
        sku=line.sku,
        note=", ".join(notes),
        before=_text(first, first.before) if first else _quantity(before.quantity if before else 0),
        after=_text(first, first.after) if first else _quantity(after.quantity if after else 0),
        delta_minor=(after.total_minor if after else 0) - (before.total_minor if before else 0),
    )


def _quantity(quantity: int) -> str:
    return formats.number(quantity)


def _field_rows(fields: Iterable[FieldChange], reader: Actor) -> Iterator[FieldRow]:
    for one in _told(fields, reader):
        yield FieldRow(_label(one), _text(one, one.before), _text(one, one.after))


def _label(change: FieldChange) -> str:
    known = _NAMES.get(change.field)
    return str(known) if known else change.field.removeprefix("references.")


def _sentence(change: FieldChange) -> str:
    return _("%(field)s: %(before)s, now %(after)s") % {
        "field": _label(change),
        "before": _text(change, change.before),
        "after": _text(change, change.after),
    }


def _text(change: FieldChange, value: int | str) -> str:
    if change.currency:
        return formats.money(int(value), change.currency)
    if isinstance(value, int):
        return formats.number(value)
    if change.field in _DAYS and len(value) == len("2026-11-25"):
        return _day(value)
    return value or "–"


def _day(written: str) -> str:
    on = date.fromisoformat(written)
    return formats.day(on, today=on)
