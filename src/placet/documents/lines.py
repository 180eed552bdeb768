"""Lines on paper: those of a content, and what changed between two of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.core.actor import Actor
from placet.core.formats import money_text
from placet.documents.paper import Column, Table
from placet.orders.content import Content, ContentLine
from placet.requisitions.differences import FieldChange, LineChange, difference

LABELS: Final[Mapping[str, str | Promise]] = {
    "quantity": gettext_lazy("Quantity"),
    "unit_price_minor": gettext_lazy("Unit price"),
    "total_minor": gettext_lazy("Total"),
    "ship_to": gettext_lazy("Ship-to"),
    "cost_center": gettext_lazy("Cost centre"),
    "need_by_on": gettext_lazy("Needed by"),
    "note": gettext_lazy("Note"),
    "goods_minor": gettext_lazy("Goods"),
    "discount_minor": gettext_lazy("Discount"),
    "shipping_minor": gettext_lazy("Delivery"),
    "tax_minor": gettext_lazy("Tax"),
    "currency": gettext_lazy("Currency"),
    "name": gettext_lazy("Name"),
    "terms": gettext_lazy("Payment terms"),
    "justification": gettext_lazy("Justification"),
    "requested_on": gettext_lazy("Requested for"),
    "bill_to": gettext_lazy("Bill-to"),
    "references.po": gettext_lazy("PO reference"),
}


def line_table(content: Content, *, reader: Actor) -> Table:
    """Every line with what it costs; where it goes when not all of it goes to one place."""
    several = len(content.ship_tos) > 1
    return Table(
        (
            Column("", 0, is_number=True),
            Column(_("Product"), 6),
            Column(_("Quantity"), 0, is_number=True),
            Column(_("Unit price"), 0, is_number=True),
            Column(_("Total"), 0, is_number=True),
        ),
        tuple(_line(line, content, several, reader) for line in content.lines),
    )


def _line(line: ContentLine, content: Content, several: bool, reader: Actor) -> tuple[str, ...]:
    price = money_text(line.unit_price_minor, content.currency, reader.language)
    if line.price_quantity > 1:
        price = _("%(price)s per %(n)d") % {"price": price, "n": line.price_quantity}
    named = [line.name, f"{line.sku}, {line.pack}"]
    if line.part_number and not reader.is_merchant:
        named.append(line.part_number)
    if several:
        places = (content.ship_to_named(part.ship_to) for part in line.allocations)
        named += [
            f"{part.quantity} × {place.name}"
            for part, place in zip(line.allocations, places, strict=True)
            if place
        ]
    total = money_text(line.gross_minor, content.currency, reader.language)
    if line.discount_minor:
        total += f"\n−{money_text(line.discount_minor, content.currency, reader.language)}"
    return (
        str(line.number),
        "\n".join(named),
        str(line.quantity),
        price,
        total,
    )


def change_rows(before: Content, after: Content, reader: Actor) -> tuple[tuple[str, ...], ...]:
    """What changed: of what, which value, before, after."""
    found = difference(before, after)
    rows = [row for change in found.lines for row in _line_rows(change, reader)]
    rows += _field_rows(_("Purchase"), found.fields, reader)
    return tuple(rows)


def change_table(rows: tuple[tuple[str, ...], ...]) -> Table:
    """The table of ``change_rows``."""
    return Table(
        (
            Column(_("Changed"), 4),
            Column("", 2),
            Column(_("Before"), 3),
            Column(_("After"), 3),
        ),
        rows,
    )


def _line_rows(change: LineChange, reader: Actor) -> list[tuple[str, ...]]:
    line = change.line
    name = _("Line %(n)d: %(name)s") % {"n": line.number, "name": line.name}
    if change.kind == "added":
        return [(name, _("Quantity"), "–", str(line.quantity))]
    if change.kind == "removed":
        return [(name, _("Quantity"), str(line.quantity), "–")]
    return _field_rows(name, change.fields, reader)


def _field_rows(name: str, fields: Iterable[FieldChange], reader: Actor) -> list[tuple[str, ...]]:
    return [
        (
            name,
            str(LABELS.get(one.field, one.field.removeprefix("references."))),
            _text(one, one.before, reader),
            _text(one, one.after, reader),
        )
        for one in fields
    ]


def _text(change: FieldChange, value: int | str, reader: Actor) -> str:
    if change.currency and isinstance(value, int):
        return money_text(value, change.currency, reader.language)
    return str(value) or "–"
