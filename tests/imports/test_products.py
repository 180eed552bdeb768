"""Products, stock and prices of the merchant: thousands of rows, all or none, taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from placet.carts.actions import add_line, create_cart
from placet.catalog.models import Category, Price, PriceList, Product
from placet.core.errors import Forbidden, PlacetError
from placet.imports.exporting import export_table
from placet.imports.ground import Ground
from placet.imports.kinds import get_kind, list_kinds
from placet.imports.reading import read_csv
from placet.imports.rows import Sequenced, Tried, read_rows, try_rows
from placet.runs.models import Run
from tests.cast import Cast
from tests.imports.files import did, import_csv, report, undo

pytestmark = pytest.mark.django_db
PRODUCTS = (
    "SKU;Nazwa;Kategoria;Cena;Stan;Zamiennik;Attributes\n"
    "BND-6;Bandage, 6 cm;Consumables / Bandages;1.234,50;20;BND-8;Width: 6 cm\n"
    "BND-8;Bandage, 8 cm;Consumables / Bandages;2,75;;;\n"
    "GLV-M;;;9,10;7;;\n"
    "PEN-B;Ballpoint pen, blue;office/;;;;\n"
)


def contents(run: Run) -> list[dict[str, Any]]:
    return list(run.rows.order_by("position").values_list("content", flat=True))


def default_prices(*skus: str) -> dict[str, int]:
    rows = Price.objects.filter(price_list__key="list-eur", product__sku__in=skus)
    return dict(rows.values_list("product__sku", "unit_price_minor"))


def test_products_are_added_changed_and_taken_back(cast: Cast) -> None:
    tried = import_csv("products", PRODUCTS, cast.mira, is_dry_run=True)
    assert did(tried) == (2, 1, 1, 0)
    assert not Product.objects.filter(sku="BND-6").exists()
    assert not Category.objects.filter(name="Bandages").exists()
    written = import_csv("products", PRODUCTS, cast.mira)
    assert did(written) == (2, 1, 1, 0)
    made = Product.objects.get(sku="BND-6")
    assert (made.category.path, made.stock) == ("consumables/bandages/", 20)
    assert (made.substitute, made.attributes) == (
        Product.objects.get(sku="BND-8"),
        {"Width": "6 cm"},
    )
    assert default_prices("BND-6", "BND-8", "GLV-M") == {
        "BND-6": 123450,
        "BND-8": 275,
        "GLV-M": 910,
    }
    assert Product.objects.get(sku="GLV-M").stock == 7
    assert did(import_csv("products", PRODUCTS, cast.mira)) == (0, 0, 4, 0)
    taken = undo(written, cast.mira)
    assert taken.result["is_undone"], report(taken)
    assert not Product.objects.filter(sku__startswith="BND").exists()
    assert not Category.objects.filter(name="Bandages").exists()
    glove = Product.objects.get(sku="GLV-M")
    assert (glove.name, glove.stock) == ("Nitrile gloves, M", 500)
    assert default_prices("GLV-M") == {"GLV-M": 890}


def test_what_somebody_uses_is_not_taken_back(cast: Cast) -> None:
    written = import_csv("products", PRODUCTS, cast.mira)
    cart = create_cart("Ward", actor=cast.lena, now=cast.now)
    add_line(cart, sku="BND-8", quantity=1, actor=cast.lena, now=cast.now)
    taken = undo(written, cast.mira)
    assert not taken.result["is_undone"]
    assert Product.objects.filter(sku="BND-6").exists()
    assert [row["row"] for row in contents(taken)] == [3]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ("a b;X;office/;1;", "sku"),
        ("NEW;;office/;1;", "name"),
        ("NEW;X;;1;", "category"),
        ("NEW;X;nowhere/;1;", "category"),
        ("NEW;X;!!! / ###;1;", "category"),
        ("NEW;X;office/;1.234;", "price"),
        ("NEW;X;office/;-1;", "price"),
        ("NEW;X;office/;0.001;", "price"),
        ("NEW;X;office/;NaN;", "price"),
        ("NEW;X;office/;1;0.5", "stock"),
        ("NEW;X;office/;1;1e18", "stock"),
        (f"NEW;{'x' * 201};office/;1;", "name"),
    ],
)
def test_one_bad_row_keeps_all_out(cast: Cast, cells: str, column: str) -> None:
    text = f"sku;name;category;price;stock\nGOOD;Good;New / Things;1;1\n{cells}\n"
    run = import_csv("products", text, cast.mira)
    refused = [row for row in contents(run) if row["status"] == "error"]
    assert [row["messages"][0]["column"] for row in refused] == [column], refused
    assert not Product.objects.filter(sku="GOOD").exists()
    assert not Category.objects.filter(name="New").exists()


def test_stock_is_counted_for_what_is_there(cast: Cast) -> None:
    run = import_csv("stock", "sku,stock\nGLV-M,3\nNOPE,1\n", cast.mira)
    assert [row["status"] for row in contents(run)] == ["ok", "error"]
    written = import_csv("stock", "sku,stock\nGLV-M,3\nGLV-S,500\n", cast.mira)
    assert did(written) == (0, 1, 1, 0)
    assert Product.objects.get(sku="GLV-M").stock == 3
    Product.objects.filter(sku="GLV-M").update(version=99)
    assert not undo(written, cast.mira).result["is_undone"], "an order took some since"


def test_prices_by_list_and_quantity(cast: Cast) -> None:
    text = (
        "price_list,sku,from_quantity,price\n"
        ",GLV-M,,9.00\nmeridian,GLV-M,10,7.40\nmeridian,GLV-M,50,7.00\nlist-pln,GLV-S,,12\n"
    )
    written = import_csv("prices", text, cast.mira)
    assert did(written) == (2, 2, 0, 0)
    rows = Price.objects.filter(price_list__key="meridian", product__sku="GLV-M")
    tiers = rows.order_by("from_quantity").values_list("from_quantity", "unit_price_minor")
    assert list(tiers) == [(1, 800), (10, 740), (50, 700)]
    assert undo(written, cast.mira).result["is_undone"]
    assert list(tiers.all()) == [(1, 800), (10, 750)]
    assert default_prices("GLV-M") == {"GLV-M": 890}
    bad = "price_list,sku,from_quantity,price\nnope,GLV-M,,1\n,NOPE,,1\n,GLV-M,0,1\n,GLV-M,2,-1\n"
    run = import_csv("prices", bad, cast.mira)
    found = [row["messages"][0]["column"] for row in contents(run)]
    assert found == ["price_list", "sku", "from_quantity", "price"]


def test_a_price_that_is_stated_twice_is_refused_however_it_is_written(cast: Cast) -> None:
    default = PriceList.objects.get(is_default=True, currency="EUR").key
    head = "price_list,sku,from_quantity,price\n"
    for other in (f"{default},GLV-M,,8.00", ",GLV-M,1.0,8.00", ",GLV-M,01,8.00"):
        run = import_csv("prices", f"{head},GLV-M,1,9.00\n{other}\n", cast.mira)
        assert [row["status"] for row in contents(run)] == ["ok", "error"]
        assert contents(run)[1]["messages"][0]["code"] == "twice"
    assert default_prices("GLV-M") == {"GLV-M": 890}


@pytest.mark.parametrize("kind", ["products", "prices", "stock", "categories"])
def test_an_export_imports_again_and_changes_nothing(cast: Cast, kind: str) -> None:
    rows = list(export_table(get_kind(kind), actor=cast.mira, now=cast.now))
    text = "\n".join(";".join(f'"{cell}"' for cell in row) for row in rows)
    run = import_csv(kind, text, cast.mira)
    assert run.result["errors"] == 0, report(run)
    assert run.result["unchanged"] == len(rows) - 1


@pytest.mark.parametrize("who", ["ines", "lena", "jan", "tomas"])
def test_nobody_else_imports_them(cast: Cast, who: str) -> None:
    actor = getattr(cast, who)
    assert not {"products", "prices", "stock"} & {kind.key for kind in list_kinds(actor)}
    with pytest.raises(Forbidden):
        import_csv("products", PRODUCTS, actor)


def test_the_queries_do_not_grow_with_the_rows(cast: Cast) -> None:
    def asked(count: int) -> int:
        body = "".join(f"Q-{number},Thing {number},New / Things,1.50\n" for number in range(count))
        table = read_csv("sku,name,category,price\n" + body)
        columns = {"sku": 0, "name": 1, "category": 2, "price": 3}
        sequenced = Sequenced(get_kind("products"), read_rows(columns, table.rows))
        with CaptureQueriesContext(connection) as queries, pytest.raises(Tried):
            try_rows(sequenced, sequenced.rows, Ground(cast.mira, cast.now))
        return len(queries)

    assert asked(150) <= asked(5) + 5, "a few more batches"


CELL = st.one_of(
    st.sampled_from(
        ["GLV-M", "NEW", "office/", "A / B", "1.234,50", "1e9", "=1+1", "\u202e", "-0"]
    ),
    st.text(st.characters(exclude_characters='\x00;"\r\n'), max_size=12),
)


@settings(max_examples=120)
@given(rows=st.lists(st.tuples(*[CELL] * 6), min_size=1, max_size=4))
def test_whatever_a_file_holds_nothing_breaks(rows: list[tuple[str, ...]], cast: Cast) -> None:
    columns = ["sku", "name", "category", "price", "stock", "attributes"]
    body = "\n".join(";".join(row) for row in rows)
    before = (Product.objects.count(), Category.objects.count())
    try:
        table = read_csv(";".join(columns) + "\n" + body)
    except PlacetError:
        return
    places = {name: place for place, name in enumerate(columns)}
    sequenced = Sequenced(get_kind("products"), read_rows(places, table.rows))
    with pytest.raises(Tried) as tried:
        try_rows(sequenced, sequenced.rows, Ground(cast.mira, cast.now))
    assert len(tried.value.entries) == len(sequenced.rows)
    assert (Product.objects.count(), Category.objects.count()) == before


def test_a_file_of_products_may_be_long(cast: Cast) -> None:
    kind: Any = get_kind("products")
    assert kind.most_rows == 100_000
    assert PriceList.objects.filter(is_default=True).count() == 2
