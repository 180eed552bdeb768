"""Sheets of purchases with the columns of a map: its order, its headings, its way of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from placet.companies.models import ColumnMap
from placet.core.actor import Actor
from placet.core.cells import csv_lines, sheet_of
from placet.documents.column_maps import columns_of
from placet.documents.sheet_columns import LINE, PART, Cell, Head, SheetRow
from placet.documents.sheets import in_parts, state_of_requisition
from placet.orders.content import Content, read_content
from placet.orders.models import Order
from placet.orders.queries import find_order_states
from placet.requisitions.models import Requisition, Revision

BYTE_ORDER_MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"


def order_rows(orders: Iterable[Order]) -> Iterator[SheetRow]:
    """One a purchase; whoever reads on asks for their lines and parts."""
    for order in orders:
        head = Head(
            number=order.number,
            requisition=order.requisition_number,
            erp_number=order.erp_number,
            on=order.placed_at.date(),
            company=order.company.name,
            customer_number=order.company.external_id,
            person=order.buyer.user.name,
            unit="",
            state=order.get_status_display(),
            terms=order.terms,
            content_hash=order.content_hash,
        )
        yield SheetRow(head, read_content(order.content))


def requisition_rows(requisitions: Iterable[Requisition]) -> Iterator[SheetRow]:
    """The same of requisitions, as their current revisions say them."""
    for part in in_parts(requisitions):
        orders = find_order_states(one.pk for one in part)
        for one in part:
            if one.revision is not None:
                yield _row_of(one, one.revision, state_of_requisition(one, orders))


def _row_of(requisition: Requisition, revision: Revision, state: str) -> SheetRow:
    content = read_content(revision.content)
    head = Head(
        number=requisition.number,
        requisition=requisition.number,
        erp_number="",
        on=requisition.submitted_at.date(),
        company=requisition.company.name,
        customer_number=requisition.company.external_id,
        person=requisition.requester.user.name,
        unit=requisition.unit.name,
        state=state,
        terms=content.terms,
        content_hash=revision.content_hash,
    )
    return SheetRow(head, content)


def mapped_rows(
    rows: Iterable[SheetRow], column_map: ColumnMap, *, reader: Actor
) -> Iterator[list[Cell]]:
    """The headings, then the cells of each row at the level of the finest column."""
    chosen = columns_of(column_map, reader)
    yield [heading for heading, _column in chosen]
    columns = [column for _heading, column in chosen]
    level = max((column.level for column in columns), default=0)
    for row in rows:
        for fine in _at(row, level):
            yield [column.read(fine) for column in columns]


def mapped_csv(rows: Iterable[Sequence[Cell]], column_map: ColumnMap) -> bytes:
    """The rows as CSV in the map's delimiter and decimal mark; no byte order mark, for programs."""
    mark = column_map.decimal_mark
    plain = ([_written(cell, mark) for cell in row] for row in rows)
    lines = "".join(csv_lines(plain, delimiter=column_map.delimiter))
    return lines.removeprefix(BYTE_ORDER_MARK).encode()


def mapped_xlsx(rows: Iterable[Sequence[Cell]], column_map: ColumnMap) -> bytes:
    """The rows as one sheet, amounts as numbers."""
    return sheet_of(rows, column_map.name)


def _written(cell: Cell, mark: str) -> str:
    return format(cell, "f").replace(".", mark) if isinstance(cell, Decimal) else str(cell)


def _at(row: SheetRow, level: int) -> Iterator[SheetRow]:
    content: Content = row.content
    if level < LINE:
        yield row
        return
    for line in content.lines:
        if level < PART:
            yield row._replace(line=line)
        else:
            for part in line.allocations:
                yield row._replace(line=line, part=part)
