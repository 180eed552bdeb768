"""Formats: every thing leaves in each of its formats, and a new one is a module and a row."""

from __future__ import annotations

import pytest

from placet.core.errors import NotFound
from placet.documents.formats import (
    EVIDENCE,
    FORMATS,
    ORDER,
    QUOTE,
    REQUISITION,
    Format,
    list_formats,
    make_document,
)
from placet.documents.order import order_paper
from placet.orders.actions import acknowledge_order
from tests.api.caller import own_key_of
from tests.cast import Cast
from tests.documents.test_papers import as_html
from tests.requisitions.orders import ordered
from tests.requisitions.road import GLOVES
from tests.web.orders.test_finding_and_exporting import written_on
from tests.web.pages import as_actor, page

pytestmark = pytest.mark.django_db
BEGINNINGS = {"pdf": b"%PDF-", "csv": "\ufeffOrder,".encode(), "xlsx": b"PK", "ubl.xml": b"<?xml"}


def test_which_kind_leaves_in_which_format() -> None:
    found = {kind: [one.ending for one in list_formats(kind)] for kind in (ORDER, REQUISITION)}
    assert found == {ORDER: ["pdf", "csv", "xlsx", "ubl.xml"], REQUISITION: ["pdf", "csv", "xlsx"]}
    assert [one.ending for one in list_formats(QUOTE)] == ["pdf"]
    assert [one.ending for one in list_formats(EVIDENCE)] == ["pdf"]


@pytest.mark.parametrize("ending", sorted(BEGINNINGS))
def test_an_order_leaves_by_page_and_by_interface_for_both_sides(cast: Cast, ending: str) -> None:
    order = ordered(cast, (GLOVES, 20))
    for person, company in ((cast.lena, "meridian"), (cast.tomas, "norden")):
        got = as_actor(person).get(f"/c/{company}/orders/{order.number}/order.{ending}")
        assert got.content.startswith(BEGINNINGS[ending])
        assert f'filename="{order.number}.{ending}"' in got["Content-Disposition"]
        assert got["Content-Type"] == FORMATS[ending].media_type
        by_key = own_key_of(person).get(f"/orders/{order.pk}/order.{ending}")
        # Two papers of two moments differ in nothing but the moment.
        assert len(by_key.content) == len(got.content)
        assert f"order.{ending}" in page(person, f"orders/{order.number}/")
    assert as_actor(cast.ola).get(f"/c/kowalski/orders/{order.number}/order.pdf").status_code == 404


def test_a_new_format_is_a_row(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """As cXML would enter: nothing but the row knows of it."""
    order = ordered(cast, (GLOVES, 20))
    row = Format("cxml", "cXML", "application/xml", {ORDER: lambda one, *_: one.number.encode()})
    monkeypatch.setitem(FORMATS, "cxml", row)
    by_page = as_actor(cast.tomas).get(f"/c/norden/orders/{order.number}/order.cxml")
    by_key = own_key_of(cast.tomas).get(f"/orders/{order.pk}/order.cxml")
    assert by_page.content == by_key.content == order.number.encode()
    assert ">cXML</a>" in page(cast.tomas, f"orders/{order.number}/")
    with pytest.raises(NotFound):
        make_document(QUOTE, order, "cxml", reader=cast.tomas, now=cast.now)


@pytest.mark.parametrize("ending", ["cxml", "PDF", "ubl", "pdf.pdf", "..%2F"])
def test_a_format_that_nobody_knows_is_not_there(cast: Cast, ending: str) -> None:
    order = ordered(cast, (GLOVES, 20))
    assert own_key_of(cast.lena).get(f"/orders/{order.pk}/order.{ending}").status == 404
    got = as_actor(cast.lena).get(f"/c/meridian/orders/{order.number}/order.{ending}")
    assert got.status_code == 404


def test_the_order_on_paper_says_to_each_side_what_it_may_read(cast: Cast) -> None:
    order = written_on(cast)
    acknowledge_order(order, erp_number="SO-4711", actor=cast.tomas, now=cast.now)
    mine = as_html(order_paper(order, reader=cast.lena, now=cast.now))
    theirs = as_html(order_paper(order, reader=cast.tomas, now=cast.now))
    for said in (order.number, "SO-4711", order.requisition_number, "PR-88121", "=P-2031"):
        assert said in mine
        assert said in theirs
    assert order.content_hash in mine
    for internal in ("M 47-11", "4410"):
        assert internal in mine
        assert internal not in theirs
