"""Column maps: files with the columns, headings and numbers that another system expects."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from placet.carts.actions import allocate_line
from placet.carts.allocating import AllocationValues
from placet.carts.models import CartLine
from placet.companies.actions.reference_fields import close_reference_field
from placet.companies.models import ColumnMap, Company, ReferenceField
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.documents.actions import (
    MOST_MAPS,
    TooManyColumnMaps,
    change_column_map,
    delete_column_map,
    save_column_map,
)
from placet.documents.column_maps import columns_of, list_columns
from placet.documents.column_shapes import ColumnMapShape
from placet.documents.mapped_sheets import mapped_csv, mapped_rows, mapped_xlsx, order_rows
from placet.documents.sheet_columns import COLUMNS, LISTS, USUAL
from placet.events.models import Event
from placet.orders.models import Order
from placet.orders.queries import list_orders
from placet.policy.money import plain_amount
from tests.cast import Cast
from tests.requisitions.orders import order_of, ordered
from tests.requisitions.road import DRESSING, GLOVES, fill_cart, submit
from tests.web.orders.test_finding_and_exporting import written_on

pytestmark = pytest.mark.django_db


def kept(cast: Cast, *columns: tuple[str, str], name: str = "ERP", **more: str) -> ColumnMap:
    """A map of the merchant's for orders."""
    shape = ColumnMapShape(name, columns, **more)
    return save_column_map("orders", shape=shape, actor=cast.tomas, now=cast.now)


def text_of(cast: Cast, column_map: ColumnMap, orders: list[Order]) -> str:
    rows = mapped_rows(order_rows(orders), column_map, reader=cast.tomas)
    return mapped_csv(rows, column_map).decode()


def test_order_headings_delimiter_and_decimal_mark_are_those_of_the_map(cast: Cast) -> None:
    order = ordered(cast, (GLOVES, 20), (DRESSING, 3))
    column_map = kept(
        cast,
        ("quantity", "QTY"),
        ("order", "Belegnummer"),
        ("line_total", "Wert"),
        ("sku", ""),
        delimiter=";",
        decimal_mark=",",
    )
    lines = text_of(cast, column_map, [order]).splitlines()
    assert lines[0] == "QTY;Belegnummer;Wert;SKU"
    wanted = [
        f"{line.quantity};{order.number};"
        f"{plain_amount(line.total_minor, 'EUR').replace('.', ',')};{line.sku}"
        for line in order.lines.order_by("number")
    ]
    assert lines[1:] == wanted
    assert len(wanted) == 2


def test_without_a_column_of_lines_a_purchase_is_one_row(cast: Cast) -> None:
    order = ordered(cast, (GLOVES, 20), (DRESSING, 3))
    (head, row) = text_of(cast, kept(cast, ("order", ""), ("goods", "")), [order]).splitlines()
    assert head == "Order,Goods"
    assert row == f"{order.number},{plain_amount(order.goods_minor, 'EUR')}"


def test_with_a_column_of_parts_each_part_is_a_row_and_the_sum_stays(cast: Cast) -> None:
    order = _in_two_parts(cast)
    column_map = kept(
        cast,
        *(
            (key, "")
            for key in ("order", "line", "quantity", "line_total", "need_by_on", "ship_to")
        ),
    )
    rows = list(csv.DictReader(StringIO(text_of(cast, column_map, [order]))))
    assert [row["Quantity"] for row in rows] == ["15", "5"]
    assert [row["Needed by"] for row in rows] == ["", "2026-12-11"]
    assert {row["Order"] for row in rows} == {order.number}
    assert all(row["Ship-to"] for row in rows)
    total = sum(int(row["Total"].replace(".", "")) for row in rows)
    assert total == order.goods_minor


def _in_two_parts(cast: Cast) -> Order:
    cart = fill_cart(cast, (GLOVES, 20))
    line = CartLine.objects.select_related("cart__company").get(cart=cart)
    allocate_line(
        line,
        allocations=[
            AllocationValues(15),
            AllocationValues(5, need_by_on=date(2026, 12, 11)),
        ],
        actor=cast.lena,
        now=cast.now,
    )
    return order_of(submit(cart, actor=cast.lena, now=cast.now))


def test_a_sheet_has_numbers_where_amounts_are(cast: Cast) -> None:
    order = ordered(cast, (GLOVES, 20))
    column_map = kept(cast, ("line_total", "Wert"), ("quantity", "QTY"), ("sku", "SKU"))
    rows = mapped_rows(order_rows([order]), column_map, reader=cast.tomas)
    book = CalamineWorkbook.from_filelike(BytesIO(mapped_xlsx(rows, column_map)))
    (head, cells) = book.get_sheet_by_index(0).to_python()
    assert head == ["Wert", "QTY", "SKU"]
    assert cells == [order.goods_minor / 100, 20.0, "GLV-M"]


@pytest.mark.parametrize("heading", ["=1+1", "+SUM(A1)", "-2", "@x"])
def test_a_heading_is_never_run(cast: Cast, heading: str) -> None:
    order = ordered(cast, (GLOVES, 20))
    column_map = kept(cast, ("order", heading))
    assert text_of(cast, column_map, [order]).splitlines()[0] == f"'{heading}"
    rows = mapped_rows(order_rows([order]), column_map, reader=cast.tomas)
    book = CalamineWorkbook.from_filelike(BytesIO(mapped_xlsx(rows, column_map)))
    assert book.get_sheet_by_index(0).to_python()[0] == [heading]


def test_own_fields_are_columns_and_one_that_is_gone_stays_empty_and_says_so(cast: Cast) -> None:
    order = written_on(cast)
    field = ReferenceField.objects.get(key="project")
    column_map = kept(cast, ("order", ""), ("reference.project", "Projekt"))
    assert text_of(cast, column_map, [order]).splitlines()[1].endswith(",'=P-2031")
    close_reference_field(field, actor=cast.ines, now=cast.now)
    (_order, (_heading, column)) = columns_of(column_map, cast.tomas)
    assert (column.is_closed, column.is_gone) == (True, False)
    assert text_of(cast, column_map, [order]).splitlines()[1].endswith(",'=P-2031")
    ReferenceField.objects.filter(pk=field.pk).update(is_for_supplier=False)
    (_order, (heading, column)) = columns_of(column_map, cast.tomas)
    assert (heading, column.is_gone) == ("Projekt", True)
    assert text_of(cast, column_map, [order]).splitlines()[1] == f"{order.number},"
    shape = ColumnMapShape("ERP", [("reference.project", "Projekt"), ("order", "")])
    change_column_map(column_map, shape=shape, actor=cast.tomas, now=cast.now)
    with pytest.raises(InvalidInput) as refused:
        kept(cast, ("reference.project", ""), name="New")
    assert refused.value.path == "columns/0/key"


def test_the_supplier_is_offered_nothing_of_the_companys_own(cast: Cast) -> None:
    written_on(cast)
    own = {key for key, column in COLUMNS.items() if column.is_own}
    assert own == {"unit", "part_number", "note", "cost_center"}
    for list_name in LISTS:
        offered = list_columns(cast.tomas, list_name)
        assert not own & set(offered)
        assert "reference.room" not in offered, "asked line by line, and not meant for the supplier"
        assert own | {"reference.room", "reference.project"} <= set(
            list_columns(cast.ines, list_name)
        )
        assert set(USUAL[list_name]) <= set(COLUMNS)
    for key in sorted(own):
        with pytest.raises(InvalidInput):
            kept(cast, (key, ""))


@pytest.mark.parametrize(
    ("shape", "path"),
    [
        (ColumnMapShape(" ", [("order", "")]), "name"),
        (ColumnMapShape("x" * 61, [("order", "")]), "name"),
        (ColumnMapShape("A\x00", [("order", "")]), "name"),
        (ColumnMapShape("A", []), "columns"),
        (ColumnMapShape("A", [("order", "")] * 101), "columns"),
        (ColumnMapShape("A", [("order", ""), ("nothing", "")]), "columns/1/key"),
        (ColumnMapShape("A", [("order", "x" * 81)]), "columns/0/heading"),
        (ColumnMapShape("A", [("order", "N"), ("sku", "N")]), "columns/1/heading"),
        (ColumnMapShape("A", [("order", ""), ("order", "")]), "columns/1/heading"),
        (ColumnMapShape("A", [("order", "")], delimiter=":"), "delimiter"),
        (ColumnMapShape("A", [("order", "")], decimal_mark="'"), "decimal_mark"),
    ],
)
def test_a_map_that_no_program_could_read_is_refused(
    cast: Cast, shape: ColumnMapShape, path: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        save_column_map("orders", shape=shape, actor=cast.tomas, now=cast.now)
    assert refused.value.path == path


def test_names_are_once_a_list_and_maps_are_no_endless_heap(cast: Cast) -> None:
    kept(cast, ("order", ""))
    with pytest.raises(InvalidInput) as refused:
        kept(cast, ("sku", ""))
    assert refused.value.code == "taken"
    shape = ColumnMapShape("ERP", [("requisition", "")])
    save_column_map("requisitions", shape=shape, actor=cast.tomas, now=cast.now)
    company = Company.objects.get(kind="merchant")
    ColumnMap.objects.bulk_create(
        ColumnMap(
            created_at=cast.now,
            changed_at=cast.now,
            company=company,
            list_name="orders",
            name=str(number),
        )
        for number in range(MOST_MAPS - 2)
    )
    with pytest.raises(TooManyColumnMaps):
        kept(cast, ("order", ""), name="One more")


def test_who_keeps_maps(cast: Cast) -> None:
    shape = ColumnMapShape("Ours", [("order", "")])
    with pytest.raises(Forbidden):
        save_column_map("orders", shape=shape, actor=cast.lena, now=cast.now)
    ours = save_column_map("orders", shape=shape, actor=cast.ines, now=cast.now)
    with pytest.raises(NotFound):
        change_column_map(ours, shape=shape, actor=cast.tomas, now=cast.now)
    with pytest.raises(NotFound):
        delete_column_map(ours, actor=cast.tomas, now=cast.now)
    with pytest.raises(Conflict):
        change_column_map(ours, shape=shape, actor=cast.ines, now=cast.now, version=7)
    delete_column_map(ours, actor=cast.ines, now=cast.now)
    delete_column_map(ours, actor=cast.ines, now=cast.now)
    types = list(Event.objects.filter(subject=ours.pk).values_list("type", flat=True))
    assert types == ["column_map.saved", "column_map.deleted"]


def test_more_orders_cost_no_more_queries(cast: Cast) -> None:
    column_map = kept(cast, ("order", ""), ("sku", ""), ("ship_to", ""))
    counts = []
    for _number in range(2):
        ordered(cast, (GLOVES, 20))
        with CaptureQueriesContext(connection) as counted:
            rows = mapped_rows(order_rows(list_orders(cast.tomas)), column_map, reader=cast.tomas)
            assert len(list(rows)) > 1
        counts.append(len(counted))
    assert counts[0] == counts[1]
