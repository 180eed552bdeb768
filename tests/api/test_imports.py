"""Imports of the catalog in the API: as rows, as a file in a form, with what differs."""

from __future__ import annotations

import json

import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from placet.catalog.models import Product
from placet.core.cells import sheet_of
from placet.jobs.timetable import RUNNERS
from placet.runs.models import Run
from placet.runs.work import work_run
from tests.api.caller import Caller, Said, key_of
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
ROWS = [{"sku": "GLV-M", "stock": "7"}, {"sku": "GLV-S", "stock": "500"}]


@pytest.fixture
def erp(cast: Cast) -> Caller:
    return key_of("norden", "catalog.manage")


def send(erp: Caller, content: bytes, name: str = "stock.csv", **fields: str) -> Said:
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile(name, content)
    body = encode_multipart(BOUNDARY, {**fields, "file": file})
    return erp.post("/imports", body, content_type=MULTIPART_CONTENT)


def ended(erp: Caller, said: Said) -> Said:
    assert said.status == 202, said.json
    while work_run(RUNNERS, now=NOW, read_real=lambda: NOW):
        pass
    return erp.get(f"/imports/{said.json['id']}")


def test_a_trial_says_what_differs(erp: Caller) -> None:
    tried = ended(erp, erp.post("/imports", {"kind": "stock", "dry_run": True, "rows": ROWS}))
    assert tried.json["counts"] == {
        "rows": 2, "added": 0, "changed": 1, "unchanged": 1, "warnings": 0, "errors": 0,
    }  # fmt: skip
    (found,) = tried.json["differences"]
    assert (found["column"], found["rows"]) == ("stock", 1)
    assert found["samples"] == [{"row": 2, "name": "GLV-M", "before": "500", "after": "7"}]
    rows = erp.get(f"/imports/{tried.json['id']}/rows?state=changed").json["data"]
    assert [row["changes"] for row in rows] == [
        [{"column": "stock", "before": "500", "after": "7"}]
    ]
    assert Product.objects.get(sku="GLV-M").stock == 500


@pytest.mark.parametrize("is_sheet", [False, True])
def test_a_file_comes_in_a_form_with_columns_of_its_own_names(erp: Caller, is_sheet: bool) -> None:
    table = [["Art.", "Menge"], ["GLV-M", "9"]]
    content = sheet_of(table, "x") if is_sheet else b"Art.;Menge\nGLV-M;9\n"
    columns = json.dumps({"sku": "Art.", "stock": "Menge"})
    written = ended(erp, send(erp, content, kind="stock", columns=columns))
    assert written.json["is_written"], written.json
    assert Product.objects.get(sku="GLV-M").stock == 9
    undone = erp.post(f"/imports/{written.json['id']}/reversals")
    assert ended(erp, undone).json["reversal"]["is_undone"]
    assert Product.objects.get(sku="GLV-M").stock == 500


def test_a_file_that_is_sent_twice_under_one_key_is_one_import(erp: Caller) -> None:
    def once(boundary: str) -> Said:
        from django.core.files.uploadedfile import SimpleUploadedFile

        file = SimpleUploadedFile("a.csv", b"sku,stock\nGLV-M,1\n")
        body = encode_multipart(boundary, {"kind": "stock", "file": file})
        kind = f"multipart/form-data; boundary={boundary}"
        return erp.post("/imports", body, content_type=kind, idempotency_key="same")

    assert once("one").json["id"] == once("other").json["id"]
    assert Run.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "fields", "pointer"),
    [
        (b"", {"kind": "stock"}, "/file"),
        (b"sku,stock\nGLV-M,1\n", {}, "/kind"),
        (b"sku,stock\nGLV-M,1\n", {"kind": "nothing"}, "/kind"),
        (b"sku,stock\nGLV-M,1\n", {"kind": "stock", "more": "x"}, "/more"),
        (b"sku,stock\nGLV-M,1\n", {"kind": "stock", "columns": '{"sku": "nope"}'}, "/columns/sku"),
        (b"sku,stock\nGLV-M,1\n", {"kind": "stock", "columns": "{x"}, "/columns"),
    ],
)
def test_a_form_that_cannot_be_says_where(
    erp: Caller, content: bytes, fields: dict[str, str], pointer: str
) -> None:
    said = send(erp, content, **fields)
    assert said.status == 422
    assert pointer in [one["pointer"] for one in said.json["errors"]], said.json


def test_a_key_without_the_right_imports_and_reads_nothing(cast: Cast) -> None:
    narrow = key_of("norden", "order.process")
    for kind in ("products", "prices", "stock", "promotions", "costs", "categories"):
        assert narrow.post("/imports", {"kind": kind, "rows": [{"sku": "x"}]}).status in (403, 422)
        assert narrow.get(f"/exports/{kind}").status == 403
    buyer = key_of("meridian")
    assert buyer.get("/exports/costs").status == 403
