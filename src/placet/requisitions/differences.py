"""What changed between two revisions, for people: lines and fields, values before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from placet.orders.content import Content, ContentLine

Kind = Literal["added", "removed", "changed"]


class FieldChange(NamedTuple):
    """A field with its value before and after.

    ``field`` is the name in ``Content`` or ``ContentLine``, for a reference ``references.<key>``,
    for places of a line ``ship_to`` and ``cost_center`` (names, each once). Amounts are minor units
    of ``currency``; without a currency the values are texts or numbers as they stand.
    """

    field: str
    before: int | str
    after: int | str
    currency: str = ""


class LineChange(NamedTuple):
    """A line that was added, removed or changed; a substitute is one removed and one added."""

    kind: Kind
    before: ContentLine | None
    after: ContentLine | None
    fields: tuple[FieldChange, ...]

    @property
    def line(self) -> ContentLine:
        """The line as it is now, or as it was when it is gone."""
        found = self.after or self.before
        assert found is not None
        return found


class Difference(NamedTuple):
    """Lines in the order of the later revision, removed ones last; then what stands above them."""

    lines: tuple[LineChange, ...]
    fields: tuple[FieldChange, ...]

    def __bool__(self) -> bool:
        """Whether anything changed at all; a longer hold of prices alone is no change."""
        return bool(self.lines or self.fields)


def difference(before: Content, after: Content) -> Difference:
    """What the later content has, lost and changed. Lines are the same when their product is.

    What no catalog knows is told apart by its SKU.
    """
    old = {line.product or line.sku: line for line in before.lines}
    new = {line.product or line.sku: line for line in after.lines}
    lines = [_line_change(before, after, old.get(key), line) for key, line in new.items()]
    lines += [LineChange("removed", line, None, ()) for key, line in old.items() if key not in new]
    return Difference(
        lines=tuple(one for one in lines if one.kind != "changed" or one.fields),
        fields=tuple(_fields(before, after)),
    )


def _line_change(
    before: Content, after: Content, old: ContentLine | None, new: ContentLine
) -> LineChange:
    if old is None:
        return LineChange("added", None, new, ())
    return LineChange("changed", old, new, tuple(_line_fields(before, after, old, new)))


def _line_fields(
    before: Content, after: Content, old: ContentLine, new: ContentLine
) -> Iterator[FieldChange]:
    if not new.product:
        yield from _said_of_it(old, new)
    if old.quantity != new.quantity:
        yield FieldChange("quantity", old.quantity, new.quantity)
    old_price = (old.unit_price_minor, old.price_quantity)
    if old_price != (new.unit_price_minor, new.price_quantity):
        yield FieldChange(
            "unit_price_minor", old.unit_price_minor, new.unit_price_minor, after.currency
        )
    if old.total_minor != new.total_minor:
        yield FieldChange("total_minor", old.total_minor, new.total_minor, after.currency)
    for field, told in (
        ("ship_to", _ship_tos),
        ("cost_center", _cost_centers),
        ("need_by_on", _days),
    ):
        was, becomes = told(before, old), told(after, new)
        if was != becomes:
            yield FieldChange(field, was, becomes)
    if old.note != new.note:
        yield FieldChange("note", old.note, new.note)
    yield from _references(old.references, new.references)


def _said_of_it(old: ContentLine, new: ContentLine) -> Iterator[FieldChange]:
    """What no catalog knows is what the shop said, and may have been said anew."""
    for field in ("name", "pack", "category"):
        was, becomes = getattr(old, field).strip("/"), getattr(new, field).strip("/")
        if was != becomes:
            yield FieldChange(field, was, becomes)
    if old.tax_basis_points != new.tax_basis_points:
        rates = (f"{one.tax_basis_points / 100:g} %" for one in (old, new))
        yield FieldChange("tax_rate", *rates)


def _ship_tos(content: Content, line: ContentLine) -> str:
    return _parts(line, [_place_name(content, part.ship_to) for part in line.allocations])


def _cost_centers(content: Content, line: ContentLine) -> str:
    return _parts(line, [_center_code(content, part.cost_center) for part in line.allocations])


def _days(_content: Content, line: ContentLine) -> str:
    return _parts(line, [part.need_by_on for part in line.allocations])


def _parts(line: ContentLine, names: list[str]) -> str:
    """One name where all pieces share it; else how many go where, in the line's order."""
    if len(set(names)) < 2:
        return names[0] if names else ""
    pieces: dict[str, int] = {}
    for part, name in zip(line.allocations, names, strict=True):
        pieces[name] = pieces.get(name, 0) + part.quantity
    return ", ".join(f"{quantity} × {name or '–'}" for name, quantity in pieces.items())


def _place_name(content: Content, address_id: str) -> str:
    place = content.ship_to_named(address_id)
    return place.name if place else ""


def _center_code(content: Content, cost_center_id: str) -> str:
    mark = content.cost_center_named(cost_center_id)
    return mark.code if mark else ""


def _fields(before: Content, after: Content) -> Iterator[FieldChange]:
    for field in ("goods_minor", "discount_minor", "shipping_minor", "tax_minor", "total_minor"):
        was, becomes = getattr(before, field), getattr(after, field)
        if was != becomes or before.currency != after.currency:
            yield FieldChange(field, was, becomes, after.currency)
    for field in ("currency", "name", "terms", "justification", "requested_on"):
        was, becomes = getattr(before, field), getattr(after, field)
        if was != becomes:
            yield FieldChange(field, was, becomes)
    was_billed = before.bill_to.name if before.bill_to else ""
    is_billed = after.bill_to.name if after.bill_to else ""
    if before.bill_to != after.bill_to:
        yield FieldChange("bill_to", was_billed, is_billed)
    yield from _references(before.references, after.references)


def _references(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[FieldChange]:
    for key in sorted({*before, *after}):
        old, new = before.get(key, ""), after.get(key, "")
        if old != new:
            yield FieldChange(f"references.{key}", old, new)
