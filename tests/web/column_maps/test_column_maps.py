"""The pages of column maps, and exports that use them, by page and by API."""

from __future__ import annotations

import re

import pytest

from placet.companies.models import ColumnMap
from tests.api.caller import own_key_of
from tests.cast import Cast
from tests.requisitions.orders import ordered
from tests.requisitions.road import GLOVES
from tests.web.pages import as_actor, page

pytestmark = pytest.mark.django_db
NEW = "/c/norden/column-maps/new/"
FORM = {
    "list": "orders",
    "name": "For the ERP",
    "delimiter": "tab",
    "decimal_mark": ",",
    "column": ["order", "sku"],
    "heading-sku": "Artikel",
    "heading-order": "",
}


def columns_of(page_text: str) -> list[str]:
    """The columns of the file in the order of the form."""
    return re.findall(r'name="column" value="([\w.]+)"', page_text)


def test_a_map_is_made_looked_at_and_used(cast: Cast) -> None:
    order = ordered(cast, (GLOVES, 20))
    browser = as_actor(cast.tomas)
    empty = browser.get(NEW).content.decode()
    assert columns_of(empty)[:3] == ["order", "on", "company"]
    assert "Order,Day,Company" in empty, "the usual columns, looked at"
    looked = browser.post(NEW, {**FORM, "do": "preview"}).content.decode()
    assert f"Order\tArtikel\r\n{order.number}\tGLV-M" in looked
    assert not ColumnMap.objects.exists()
    assert browser.post(NEW, {**FORM, "do": "save"})["Location"] == "/c/norden/column-maps/"
    kept = ColumnMap.objects.get()
    assert (kept.columns, kept.delimiter) == ([["order", "Order"], ["sku", "Artikel"]], "\t")
    assert "For the ERP" in page(cast.tomas, "column-maps/")
    assert f'<option value="{kept.pk}">For the ERP</option>' in page(cast.tomas, "orders/")
    got = browser.get(f"/c/norden/orders/export/?column_map={kept.pk}&format=csv")
    assert got.content.decode() == f"Order\tArtikel\r\n{order.number}\tGLV-M\r\n"
    sheet = browser.get(f"/c/norden/orders/export/?column_map={kept.pk}&format=xlsx")
    assert sheet.content.startswith(b"PK")
    by_key = own_key_of(cast.tomas).get(f"/exports/orders.csv?column_map={kept.pk}")
    assert by_key.content == got.content


def test_what_was_refused_comes_back_with_what_was_typed(cast: Cast) -> None:
    browser = as_actor(cast.tomas)
    twice = {**FORM, "heading-order": "Artikel", "do": "save"}
    answer = browser.post(NEW, twice)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Two columns are called “Artikel”." in text
    assert 'name="heading-order" value="Artikel"' in text
    assert browser.post(NEW, {**FORM, "name": ""}).status_code == 422


@pytest.mark.parametrize(
    ("do", "columns"),
    [
        ("up:sku", ["sku", "order"]),
        ("down:order", ["sku", "order"]),
        ("up:order", ["order", "sku"]),
        ("down:sku", ["order", "sku"]),
        ("out:order", ["sku"]),
        ("in:on", ["order", "sku", "on"]),
        ("in:sku", ["order", "sku"]),
        ("in:nothing", ["order", "sku"]),
        ("up:", ["order", "sku"]),
    ],
)
def test_a_column_is_moved_by_a_button_and_nothing_is_saved(
    cast: Cast, do: str, columns: list[str]
) -> None:
    answer = as_actor(cast.tomas).post(NEW, {**FORM, "name": "", "do": do})
    text = answer.content.decode()
    assert (answer.status_code, ColumnMap.objects.exists()) == (200, False)
    assert columns_of(text) == columns
    assert 'name="heading-sku" value="Artikel"' in text
    assert '<option value="tab" selected>' in text
    head = [{"order": "Order", "sku": "Artikel", "on": "Day"}[key] for key in columns]
    assert "\t".join(head) in text, "the preview follows"


def test_a_column_that_comes_back_has_the_heading_that_it_had(cast: Cast) -> None:
    browser = as_actor(cast.tomas)
    without = browser.post(NEW, {**FORM, "do": "out:sku"}).content.decode()
    assert 'type="hidden" name="heading-sku" value="Artikel"' in without
    again = {**FORM, "column": ["order"], "do": "in:sku"}
    assert '<input class="input" name="heading-sku" value="Artikel"' in (
        browser.post(NEW, again).content.decode()
    )


def test_the_pressed_button_keeps_the_focus(cast: Cast) -> None:
    text = as_actor(cast.tomas).post(NEW, {**FORM, "do": "up:sku"}).content.decode()
    assert re.findall(r'<button[^>]* name="do" value="\w+:', text)
    assert not re.findall(r'<button class="[^"]*" name="do" value="\w+:', text), "no name yet"
    (focused,) = re.findall(r'value="([\w:]+)"[^>]* autofocus', text)
    assert focused == "down:sku", "it is the first one now, and has no way up"


def test_a_file_without_columns_is_refused(cast: Cast) -> None:
    answer = as_actor(cast.tomas).post(NEW, {**FORM, "column": [], "do": "save"})
    assert answer.status_code == 422
    assert "Choose at least one column." in answer.content.decode()


def test_a_column_that_is_not_there_is_refused_not_left_out(cast: Cast) -> None:
    answer = as_actor(cast.tomas).post(NEW, {**FORM, "column": ["sku", "secret"], "do": "save"})
    assert (answer.status_code, ColumnMap.objects.exists()) == (422, False)
    assert "“secret” is no column of this list." in answer.content.decode()


def test_a_column_is_taken_out(cast: Cast) -> None:
    browser = as_actor(cast.tomas)
    browser.post(NEW, {**FORM, "do": "save"})
    kept = ColumnMap.objects.get()
    home = f"/c/norden/column-maps/{kept.pk}/"
    browser.post(home, {**FORM, "column": ["order"], "version": "1", "do": "save"})
    kept.refresh_from_db()
    assert kept.columns == [["order", "Order"]]


def test_a_map_of_another_list_or_company_exports_nothing(cast: Cast) -> None:
    ordered(cast, (GLOVES, 20))
    as_actor(cast.tomas).post(NEW, {**FORM, "do": "save"})
    kept = ColumnMap.objects.get()
    for who, path in (
        (cast.lena, f"/c/meridian/orders/export/?column_map={kept.pk}"),
        (cast.tomas, f"/c/norden/requisitions/export/?column_map={kept.pk}"),
        (cast.tomas, "/c/norden/orders/export/?column_map=map_none"),
    ):
        assert as_actor(who).get(path).status_code == 404
    assert own_key_of(cast.lena).get(f"/exports/orders.csv?column_map={kept.pk}").status == 404


def test_it_is_changed_and_deleted(cast: Cast) -> None:
    browser = as_actor(cast.tomas)
    browser.post(NEW, {**FORM, "do": "save"})
    kept = ColumnMap.objects.get()
    home = f"/c/norden/column-maps/{kept.pk}/"
    assert 'value="Artikel"' in browser.get(home).content.decode()
    stale = {**FORM, "name": "Other", "do": "save", "version": "7"}
    assert browser.post(home, stale).status_code == 422
    browser.post(home, {**stale, "version": "1"})
    kept.refresh_from_db()
    assert (kept.name, kept.version) == ("Other", 2)
    browser.post(f"{home}delete/")
    assert not ColumnMap.objects.exists()


def test_by_the_interface(cast: Cast) -> None:
    caller = own_key_of(cast.tomas)
    offered = caller.get("/column_maps/columns/orders").json
    assert {
        "object": "column",
        "key": "sku",
        "heading": "SKU",
        "row": "line",
        "is_closed": False,
    } in (offered)
    wish = {"list": "orders", "name": "ERP", "columns": [{"key": "order"}, {"key": "goods"}]}
    made = caller.post("/column_maps", wish)
    assert made.status == 201
    assert made.json["columns"][1] == {"key": "goods", "heading": "Goods"}
    path = f"/column_maps/{made.json['id']}"
    assert caller.get(path).json["delimiter"] == ","
    assert caller.get("/column_maps?list=requisitions").json["data"] == []
    assert caller.get("/column_maps/columns/nothing").status == 404
    bad = caller.post("/column_maps", {**wish, "name": "B", "columns": [{"key": "secret"}]})
    assert (bad.status, bad.json["errors"][0]["pointer"]) == (422, "/columns/0/key")
    columns = [{"key": "sku"}, {"key": "sku", "heading": "Again"}]
    twice = caller.post("/column_maps", {**wish, "name": "C", "columns": columns})
    assert (twice.status, twice.json["errors"][0]["pointer"]) == (422, "/columns/1/key")
    assert caller.get("/exports/orders.pdf").status == 404
    assert caller.get("/exports/orders.csv?colour=red").status == 422


@pytest.mark.parametrize("since", ["0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-12:00"])
@pytest.mark.parametrize("name", ["orders", "requisitions"])
def test_an_instant_that_no_calendar_holds_is_refused(cast: Cast, name: str, since: str) -> None:
    said = own_key_of(cast.tomas).get(f"/exports/{name}.csv?since={since}")
    assert (said.status, said.json["errors"][0]["pointer"]) == (422, "/query/since")
