"""Documents about what changed between two revisions."""

from __future__ import annotations

from typing import Literal

from placet.api.schemas.base import Answer, Money, money
from placet.orders.content import Content, ContentLine
from placet.requisitions import models
from placet.requisitions.differences import Difference as Found
from placet.requisitions.differences import FieldChange as FoundField
from placet.requisitions.differences import LineChange as FoundLine


class FieldChange(Answer):
    """A field with its value before and after: money, a number or a text."""

    field: str
    before: Money | int | str
    after: Money | int | str


class LineChange(Answer):
    """A line that was added, removed or changed; the numbers are those of each revision."""

    kind: Literal["added", "removed", "changed"]
    sku: str
    name: str
    number_before: int | None
    number: int | None
    quantity_before: int
    quantity: int
    fields: list[FieldChange]


class Difference(Answer):
    """From one revision to another; both are named by number and hash."""

    object: Literal["difference"] = "difference"
    requisition: str
    revision_before: int
    revision: int
    content_hash_before: str
    content_hash: str
    total_before: Money
    total: Money
    lines: list[LineChange]
    fields: list[FieldChange]


def show_difference(
    before: models.Revision,
    after: models.Revision,
    found: Found,
    contents: tuple[Content, Content],
) -> Difference:
    """The difference of two revisions of one requisition."""
    old, new = contents
    return Difference(
        requisition=after.requisition_id,
        revision_before=before.number,
        revision=after.number,
        content_hash_before=before.content_hash,
        content_hash=after.content_hash,
        total_before=money(old.net_minor, old.currency),
        total=money(new.net_minor, new.currency),
        lines=[_line(one) for one in found.lines],
        fields=[_field(one) for one in found.fields],
    )


def _line(change: FoundLine) -> LineChange:
    return LineChange(
        kind=change.kind,
        sku=change.line.sku,
        name=change.line.name,
        number_before=change.before.number if change.before else None,
        number=change.after.number if change.after else None,
        quantity_before=_quantity(change.before),
        quantity=_quantity(change.after),
        fields=[_field(one) for one in change.fields],
    )


def _quantity(line: ContentLine | None) -> int:
    return line.quantity if line else 0


def _field(change: FoundField) -> FieldChange:
    if change.currency and isinstance(change.before, int) and isinstance(change.after, int):
        return FieldChange(
            field=change.field.removesuffix("_minor"),
            before=money(change.before, change.currency),
            after=money(change.after, change.currency),
        )
    return FieldChange(field=change.field, before=change.before, after=change.after)
