"""Promotions, costs and categories of the merchant; what differs; parts; a worker that dies."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from placet.catalog.actions import ProductValues, upsert_product
from placet.catalog.kept import list_promotions
from placet.catalog.models import Category, Product, Promotion
from placet.core.cells import csv_lines, sheet_of
from placet.core.errors import Forbidden, InvalidInput
from placet.events.models import Event
from placet.imports import kept_rows, work
from placet.imports.actions import keep_import_file, start_import
from placet.imports.columns import guess_columns
from placet.imports.exporting import export_table, list_refused_rows
from placet.imports.ground import Ground
from placet.imports.kinds import get_kind
from placet.imports.kinds.kind import Kind
from placet.imports.models import ImportFile, ImportPart
from placet.imports.reading import read_csv, read_file
from placet.imports.rows import Sequenced, read_rows, write_rows
from placet.jobs.timetable import RUNNERS
from placet.runs.models import Run, RunRow
from placet.runs.work import work_run
from tests.cast import NOW, Cast
from tests.imports.files import did, import_csv, import_rows, report, undo

pytestmark = pytest.mark.django_db

PROMOTIONS = (
    "key,name,kind,percent,amount,customer,from_quantity,valid_from,valid_until,products\n"
    "gloves,Gloves,percent,7.5,,,10,2026-12-01,31.12.2026,GLV-M; GLV-S\n"
    'big,Big orders,order_amount,,"1,000.50",meridian,,,,\n'
)


def contents(run: Run) -> list[dict[str, Any]]:
    return list(run.rows.order_by("position").values_list("content", flat=True))


def fields(run: Run) -> dict[str, int]:
    return {one["column"]: one["rows"] for one in run.result["fields"]}


def test_promotions_are_made_changed_and_taken_back(cast: Cast) -> None:
    tried = import_csv("promotions", PROMOTIONS, cast.mira, is_dry_run=True)
    assert did(tried) == (2, 0, 0, 0), report(tried)
    assert not Promotion.objects.filter(key="gloves").exists()
    written = import_csv("promotions", PROMOTIONS, cast.mira)
    gloves = Promotion.objects.get(key="gloves")
    assert (gloves.kind, gloves.basis_points, gloves.from_quantity) == ("line_percent", 750, 10)
    assert {one.product.sku for one in gloves.entries.all()} == {"GLV-M", "GLV-S"}
    big = Promotion.objects.get(key="big")
    assert (big.amount_minor, big.company.slug) == (100_050, "meridian")
    assert did(import_csv("promotions", PROMOTIONS, cast.mira)) == (0, 0, 2, 0)
    changed = import_csv("promotions", "key,percent\ngloves,8\n", cast.mira)
    assert contents(changed)[0]["changes"] == [["percent", "7.5", "8"]]
    assert not undo(written, cast.mira).result["is_undone"], "gloves was changed since"
    assert undo(changed, cast.mira).result["is_undone"]
    assert Promotion.objects.get(key="gloves").basis_points == 750
    exported = list(export_table(get_kind("promotions"), actor=cast.mira, now=cast.now))
    again = import_rows("promotions", read_csv("".join(csv_lines(exported))), cast.mira)
    assert did(again)[:2] == (0, 0), report(again)


def test_a_promotion_that_was_taken_back_holds_again_when_it_comes_again(cast: Cast) -> None:
    written = import_csv("promotions", PROMOTIONS, cast.mira)
    assert undo(written, cast.mira).result["is_undone"]
    assert all(one.ended_at for one in list_promotions(cast.mira).filter(key__in=["gloves", "big"]))
    again = import_csv("promotions", PROMOTIONS, cast.mira)
    assert did(again) == (0, 2, 0, 0), report(again)
    assert not Promotion.objects.exclude(ended_at=None).filter(key="gloves").exists()
    assert undo(again, cast.mira).result["is_undone"]
    assert Promotion.objects.get(key="gloves").ended_at is not None


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("x,,percent,5,,", "name"),
        ("x,X,,5,,", "kind"),
        ("x,X,gift,5,,", "kind"),
        ("x,X,percent,101,,", "percent"),
        ("x,X,percent,0.001,,", "percent"),
        ("x,X,order_amount,,,", "amount"),
        ("x,X,percent,5,,nobody", "customer"),
        ("x,X,percent,5,,placet", "customer"),
        ("X!,X,percent,5,,", "key"),
    ],
)
def test_a_promotion_that_cannot_be_says_in_which_column(cast: Cast, row: str, column: str) -> None:
    run = import_csv("promotions", f"key,name,kind,percent,amount,customer\n{row}\n", cast.mira)
    (found,) = contents(run)
    assert (found["status"], found["messages"][0]["column"]) == ("error", column), found


def test_costs_are_stated_and_taken_back_and_no_fact_names_them(cast: Cast) -> None:
    text = "sku;Einkaufspreis;currency\nGLV-M;4,1234;\n"
    assert contents(import_csv("costs", text, cast.mira))[0]["messages"][0]["column"] == "cost"
    text = "sku;Einkaufspreis;currency\nGLV-M;77.31;\nGLV-S;12;PLN\nNOPE;1;\n"
    assert did(import_csv("costs", text, cast.mira))[3] == 1
    written = import_csv("costs", text.replace("NOPE;1;\n", ""), cast.mira)
    assert did(written) == (0, 2, 0, 0)
    glove = Product.objects.get(sku="GLV-M")
    assert (glove.cost_minor, glove.cost_currency) == (7731, "EUR")
    assert fields(written) == {"cost": 2, "currency": 2}
    said = Event.objects.filter(type="product.costs_set").values_list("company_id", "payload")
    assert {company for company, _payload in said} == {cast.mira.company_id}
    assert not any("7731" in str(payload) or "77.31" in str(payload) for _c, payload in said)
    table = read_csv("".join(csv_lines(export_table(get_kind("costs"), actor=cast.mira, now=NOW))))
    assert did(import_rows("costs", table, cast.mira)) == (0, 0, 2, 0)
    assert undo(written, cast.mira).result["is_undone"]
    glove.refresh_from_db()
    assert (glove.cost_minor, glove.cost_currency) == (None, "")


def test_categories_come_from_the_top_down(cast: Cast) -> None:
    text = "path,name,position\nlab/glass/,Glass,2\nlab/,Laboratory,90\noffice/,Office things,\n"
    written = import_csv("categories", text, cast.mira)
    assert did(written) == (2, 1, 0, 0), report(written)
    assert Category.objects.get(path="lab/glass/").parent.name == "Laboratory"
    assert did(import_csv("categories", text, cast.mira)) == (0, 0, 3, 0)
    assert undo(written, cast.mira).result["is_undone"], report(written)
    assert not Category.objects.filter(path__startswith="lab/").exists()
    assert Category.objects.get(path="office/").name != "Office things"


def test_a_trial_says_what_differs_and_counts_it_by_column(cast: Cast) -> None:
    text = "sku,name,stock,price\nGLV-M,Nitrile glove,7,9.10\nGLV-S,,7,\nPEN-B,,,\n"
    tried = import_csv("products", text, cast.mira, is_dry_run=True)
    assert did(tried) == (0, 2, 1, 0)
    assert fields(tried) == {"stock": 2, "name": 1, "price": 1}
    assert contents(tried)[0]["changes"] == [
        ["name", "Nitrile gloves, M", "Nitrile glove"],
        ["stock", "500", "7"],
        ["price", "8.90", "9.10"],
    ]
    samples = {one["column"]: one["samples"] for one in tried.result["fields"]}
    assert samples["price"] == [[2, "GLV-M · Nitrile glove", "8.90", "9.10"]]
    assert all(not one["before"] for one in contents(tried)), "a trial is never taken back"


@pytest.mark.parametrize("who", ["ines", "lena", "jan", "tomas"])
@pytest.mark.parametrize("kind", ["promotions", "costs", "categories"])
def test_nobody_but_the_merchant_imports_or_reads_them(cast: Cast, who: str, kind: str) -> None:
    actor = getattr(cast, who)
    with pytest.raises(Forbidden):
        import_csv(kind, "key,sku,path\na,b,c/\n", actor)
    with pytest.raises(Forbidden):
        list(export_table(get_kind(kind), actor=actor, now=NOW))


def test_long_files_are_kept_in_parts(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_rows, "ROWS_A_PART", 3)
    rows = "".join(f"P-{number},Thing {number},office/\n" for number in range(8))
    run = import_csv("products", f"sku,name,category\n{rows}BAD!,x,office/\n", cast.mira)
    file = ImportFile.objects.get(pk=run.subject)
    assert (len(file.rows), ImportPart.objects.count(), file.row_count) == (3, 2, 9)
    assert did(run) == (8, 0, 0, 1)
    refused = list(list_refused_rows(run, file))
    assert [row[0] for row in refused] == ["sku", "BAD!"]


class Killed(BaseException):
    """What kill -9 looks like from inside: nothing after it runs."""


def test_a_worker_that_is_killed_leaves_what_it_tried_to_the_next(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Kind, "slice_size", 100)
    body = "".join(f"K-{number},Thing {number},office/\n" for number in range(250))
    kind = get_kind("products")
    table = read_csv("sku,name,category\n" + body)
    file = keep_import_file(table, kind=kind, name="x", actor=cast.mira, now=NOW)
    columns = guess_columns(kind.columns, file.header)
    run = start_import(file, columns=columns, is_dry_run=False, actor=cast.mira, now=NOW)
    tries: list[int] = []
    real = work.try_rows

    def dying(sequenced: Any, rows: Any, ground: Any) -> None:
        tries.append(rows[0].number)
        if len(tries) == 3:
            raise Killed
        real(sequenced, rows, ground)

    monkeypatch.setattr(work, "try_rows", dying)
    with pytest.raises(Killed):
        work_run(RUNNERS, now=NOW, read_real=lambda: NOW)
    assert RunRow.objects.filter(run=run).count() == 200
    later = NOW.replace(year=2027)
    assert work_run(RUNNERS, now=NOW, read_real=lambda: later) == 1
    run.refresh_from_db()
    assert tries == [2, 102, 202, 202], "only the slice that was under way is tried again"
    assert did(run) == (250, 0, 0, 0)
    assert Product.objects.filter(sku__startswith="K-").count() == 250
    assert RunRow.objects.filter(run=run).count() == 250
    assert undo(run, cast.mira).result["is_undone"]
    assert not Product.objects.filter(sku__startswith="K-").exists()


def test_a_substitute_may_come_far_below(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Kind, "slice_size", 2)
    rows = "".join(f"C-{n},Thing {n},office/,C-{(n + 1) % 6}\n" for n in range(6))
    text = f"sku,name,category,substitute\n{rows}"
    written = import_csv("products", text, cast.mira)
    assert did(written) == (6, 0, 0, 0), report(written)
    for number in range(6):
        product = Product.objects.select_related("substitute").get(sku=f"C-{number}")
        assert product.substitute.sku == f"C-{(number + 1) % 6}", "a circle is one too"
    assert did(import_csv("products", text, cast.mira)) == (0, 0, 6, 0)
    assert undo(written, cast.mira).result["is_undone"]
    assert not Product.objects.filter(sku__startswith="C-").exists()


TEXT = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=30)
SIGNS = st.sampled_from(["=1+1", "+x", "-5", "@a", "'=x", "a; b", "a, b", "1.234", "x: y", "yes"])


@settings(max_examples=40, phases=[Phase.explicit, Phase.generate])
@given(
    name=TEXT.filter(str.strip) | SIGNS,
    description=st.text(st.characters(blacklist_categories=["Cs"]), max_size=40).filter(
        lambda text: "\x00" not in text
    )
    | SIGNS
    | st.just("long " * 1_900),
    tags=st.lists(SIGNS | TEXT.filter(str.strip), max_size=3, unique=True),
    attributes=st.dictionaries(SIGNS, SIGNS, max_size=3),
    stock=st.integers(-50, 50),
    tax=st.integers(0, 10_000),
    is_sheet=st.booleans(),
)
def test_whatever_a_product_says_its_export_changes_nothing(
    cast: Cast,
    name: str,
    description: str,
    tags: list[str],
    attributes: dict[str, str],
    stock: int,
    tax: int,
    is_sheet: bool,
) -> None:
    values = ProductValues("GLV-M", name, "office/", description=description, brand="=1+1")
    values = values._replace(tags=tuple(tags), attributes=attributes, stock=stock)
    try:
        upsert_product(values._replace(tax_basis_points=tax), actor=cast.mira, now=NOW)
    except InvalidInput:
        return  # What no catalog holds is never exported.
    rows = list(export_table(get_kind("products"), actor=cast.mira, now=NOW))
    wanted = [rows[0], *(row for row in rows if row[0] == "GLV-M")]
    content = sheet_of(wanted, "x") if is_sheet else "".join(csv_lines(wanted)).encode()
    kind = get_kind("products")
    file = read_file(content, most_rows=kind.most_rows)
    places = guess_columns(kind.columns, file.header)
    sequenced = Sequenced(kind, read_rows(places, file.rows))
    (entry,) = write_rows(sequenced, sequenced.rows, Ground(cast.mira, NOW))
    assert entry.made is not None, (entry, wanted)
    assert entry.made.did == "unchanged", entry
