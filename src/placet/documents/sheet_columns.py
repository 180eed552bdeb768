"""The columns that a sheet of purchases may have, each with its key, its usual heading, its value.

A sheet has a row a purchase; with a column of lines a row a line; and with a column of parts a row
for each place and day that a part of a line goes to. What stands above repeats in each row, and
quantity and total are those of the row, so that a sum over the rows is the sum of the purchase.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from placet.orders.content import Content, ContentAllocation, ContentLine, Place
from placet.policy.money import plain_amount

Cell = str | int | Decimal
PURCHASE, LINE, PART = range(3)
"""How fine a column is; the finest one of a sheet says what its rows are."""
ORDERS, REQUISITIONS = "orders", "requisitions"
LISTS: Final = (ORDERS, REQUISITIONS)


class Head(NamedTuple):
    """What an order or a requisition says of itself, beside its content."""

    number: str
    requisition: str
    erp_number: str
    on: date
    company: str
    customer_number: str
    person: str
    unit: str
    state: str
    terms: str
    content_hash: str


class SheetRow(NamedTuple):
    """What a row is about; without columns of lines or parts these are empty."""

    head: Head
    content: Content
    line: ContentLine | None = None
    part: ContentAllocation | None = None


class SheetColumn(NamedTuple):
    """A column; one that ``is_own`` is the company's, and none of the supplier's.

    ``is_gone``: what it read is no longer there, or not for this reader; it is empty.
    """

    key: str
    heading: str | Promise
    level: int
    read: Callable[[SheetRow], Cell]
    is_own: bool = False
    lists: tuple[str, ...] = LISTS
    is_gone: bool = False
    is_closed: bool = False


def _money(read: Callable[[SheetRow], int]) -> Callable[[SheetRow], Cell]:
    return lambda row: Decimal(plain_amount(read(row), row.content.currency))


def _of_line(read: Callable[[ContentLine], Cell]) -> Callable[[SheetRow], Cell]:
    return lambda row: read(row.line) if row.line else ""


def _line_money(read: Callable[[ContentLine], int]) -> Callable[[SheetRow], Cell]:
    return lambda row: (
        Decimal(plain_amount(read(row.line), row.content.currency)) if row.line else ""
    )


def _of_place(read: Callable[[Place], str]) -> Callable[[SheetRow], Cell]:
    def found(row: SheetRow) -> Cell:
        place = row.content.ship_to_named(row.part.ship_to) if row.part else None
        return read(place) if place else ""

    return found


def _of_bill_to(read: Callable[[Place], str]) -> Callable[[SheetRow], Cell]:
    return lambda row: read(row.content.bill_to) if row.content.bill_to else ""


def _quantity(row: SheetRow) -> Cell:
    if row.part:
        return row.part.quantity
    return row.line.quantity if row.line else ""


def _goods(row: SheetRow) -> int:
    if row.part:
        return row.part.goods_minor
    return row.line.total_minor if row.line else 0


def _cost_center(row: SheetRow) -> Cell:
    mark = row.content.cost_center_named(row.part.cost_center) if row.part else None
    return mark.code if mark else ""


def _rate(row: SheetRow) -> Cell:
    source = row.part or row.line
    return Decimal(source.tax_basis_points) / 100 if source else ""


_TABLE: Final = (
    SheetColumn("order", _("Order"), PURCHASE, lambda row: row.head.number, lists=(ORDERS,)),
    SheetColumn(
        "erp_number",
        _("The supplier's number"),
        PURCHASE,
        lambda row: row.head.erp_number,
        lists=(ORDERS,),
    ),
    SheetColumn("requisition", _("Requisition"), PURCHASE, lambda row: row.head.requisition),
    SheetColumn("on", _("Day"), PURCHASE, lambda row: row.head.on.isoformat()),
    SheetColumn("company", _("Company"), PURCHASE, lambda row: row.head.company),
    SheetColumn(
        "customer_number",
        _("Number of the company in your system"),
        PURCHASE,
        lambda row: row.head.customer_number,
    ),
    SheetColumn("person", _("Buyer"), PURCHASE, lambda row: row.head.person),
    SheetColumn("unit", _("Unit"), PURCHASE, lambda row: row.head.unit, is_own=True),
    SheetColumn("state", _("State"), PURCHASE, lambda row: row.head.state),
    SheetColumn("terms", _("Payment"), PURCHASE, lambda row: row.head.terms),
    SheetColumn("purchase", _("Purchase"), PURCHASE, lambda row: row.content.name),
    SheetColumn("po_number", _("PO reference"), PURCHASE, lambda row: row.content.po_number),
    SheetColumn("requested_on", _("Requested for"), PURCHASE, lambda row: row.content.requested_on),
    SheetColumn("goods", _("Goods"), PURCHASE, _money(lambda row: row.content.goods_minor)),
    SheetColumn(
        "discount", _("Discount"), PURCHASE, _money(lambda row: row.content.discount_minor)
    ),
    SheetColumn(
        "shipping", _("Delivery"), PURCHASE, _money(lambda row: row.content.shipping_minor)
    ),
    SheetColumn("tax", _("Tax"), PURCHASE, _money(lambda row: row.content.tax_minor)),
    SheetColumn(
        "total_with_tax", _("Total with tax"), PURCHASE, _money(lambda row: row.content.total_minor)
    ),
    SheetColumn("currency", _("Currency"), PURCHASE, lambda row: row.content.currency),
    SheetColumn("bill_to", _("Bill-to"), PURCHASE, _of_bill_to(lambda place: place.name)),
    SheetColumn("content_hash", _("Content hash"), PURCHASE, lambda row: row.head.content_hash),
    SheetColumn("line", _("Line"), LINE, _of_line(lambda line: line.number)),
    SheetColumn("sku", _("SKU"), LINE, _of_line(lambda line: line.sku)),
    SheetColumn(
        "part_number", _("Part number"), LINE, _of_line(lambda line: line.part_number), is_own=True
    ),
    SheetColumn("product", _("Product"), LINE, _of_line(lambda line: line.name)),
    SheetColumn("pack", _("Pack"), LINE, _of_line(lambda line: line.pack)),
    SheetColumn("quantity", _("Quantity"), LINE, _quantity),
    SheetColumn(
        "unit_price", _("Unit price"), LINE, _line_money(lambda line: line.unit_price_minor)
    ),
    SheetColumn("price_quantity", _("Per"), LINE, _of_line(lambda line: line.price_quantity)),
    SheetColumn("line_total", _("Total"), LINE, _money(_goods)),
    SheetColumn("tax_rate", _("Tax rate in percent"), LINE, _rate),
    SheetColumn("note", _("Note"), LINE, _of_line(lambda line: line.note), is_own=True),
    SheetColumn("ship_to", _("Ship-to"), PART, _of_place(lambda place: place.name)),
    SheetColumn("ship_to_street", _("Street"), PART, _of_place(lambda place: place.street)),
    SheetColumn("ship_to_postcode", _("Postcode"), PART, _of_place(lambda place: place.postcode)),
    SheetColumn("ship_to_city", _("City"), PART, _of_place(lambda place: place.city)),
    SheetColumn("ship_to_country", _("Country"), PART, _of_place(lambda place: place.country)),
    SheetColumn("ship_to_id", _("Id of the ship-to"), PART, _of_place(lambda place: place.id)),
    SheetColumn(
        "delivery_note",
        _("Note for the delivery"),
        PART,
        _of_place(lambda place: place.delivery_note),
    ),
    SheetColumn("cost_center", _("Cost centre"), PART, _cost_center, is_own=True),
    SheetColumn(
        "need_by_on", _("Needed by"), PART, lambda row: row.part.need_by_on if row.part else ""
    ),
)
COLUMNS: Final[Mapping[str, SheetColumn]] = {column.key: column for column in _TABLE}
"""All columns that are not a company's own fields, by key."""
USUAL: Final[Mapping[str, tuple[str, ...]]] = {
    ORDERS: (
        *("order", "on", "company", "person", "state", "terms", "purchase", "po_number"),
        *("line", "sku", "part_number", "product", "pack", "quantity", "unit_price"),
        *("price_quantity", "line_total", "currency", "note"),
    ),
    REQUISITIONS: (
        *("requisition", "on", "company", "person", "state", "unit", "purchase", "po_number"),
        *("line", "sku", "part_number", "product", "pack", "quantity", "unit_price"),
        *("price_quantity", "line_total", "currency", "note"),
    ),
}
"""What a new map of a list begins with."""
REFERENCE: Final = "reference."


def reference_column(
    key: str, heading: str, *, is_per_line: bool, companies: frozenset[str], is_closed: bool
) -> SheetColumn:
    """The column of a field of the companies' own; purchases of other companies leave it empty."""

    def read(row: SheetRow) -> Cell:
        if row.content.company not in companies:
            return ""
        own = row.line.references.get(key, "") if row.line else ""
        return own or row.content.references.get(key, "")

    level = LINE if is_per_line else PURCHASE
    return SheetColumn(f"{REFERENCE}{key}", heading, level, read, is_closed=is_closed)


def gone_column(key: str) -> SheetColumn:
    """A column that a map still names, and that there is no more: empty, and it says so."""
    return SheetColumn(key, key, PURCHASE, lambda row: "", is_gone=True)
