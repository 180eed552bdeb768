"""Papers: nothing that people wrote is a command, the same rows give the same bytes."""

from __future__ import annotations

import warnings
from datetime import timedelta
from html import unescape

import pytest
import typst
from django.utils import translation

from placet.documents.evidence import evidence_paper
from placet.documents.paper import Column, Fact, Facts, Heading, Paper, Table, Words
from placet.documents.requisition import requisition_paper
from placet.documents.typeset import LAYOUT, paper_text, typeset
from placet.documents.writing import write_evidence, write_requisition
from placet.requisitions.evidence import collect_evidence, evidence_for
from placet.requisitions.models import Requisition
from tests.api.caller import own_key_of
from tests.cast import NOW, Cast
from tests.requisitions.road import DRESSING, answer, fill_cart, submit
from tests.requisitions.test_place_order import AFTER_THE_HOLD, approved_after, set_price
from tests.web.pages import as_actor

HOSTILE = (
    '#panic("x")',
    '#read("/etc/passwd")',
    "*bold* _soft_ $x^2$ `code` // comment",
    "= Heading",
    "\\ @ref <label> [x] {y} ]#",
    "#set page(width: 1pt)",
    "%PDF-1.7 </script> ${x}",
    "Łódź, Jürgen, Ελλάδα, Киев, 中文, 😀, \u202egnol\u202c",
    "'\"; DROP TABLE",
)


def as_html(paper: Paper) -> str:
    """What the layout makes of a paper, as text that can be searched."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        written = typst.compile(
            LAYOUT.encode(),
            format="html",
            ignore_system_fonts=True,
            font_paths=[],
            sys_inputs={"paper": paper_text(paper)},
        )
    assert isinstance(written, bytes)
    return unescape(written.decode())


def paper_of(text: str) -> Paper:
    """The text at every place of a paper."""
    table = Table((Column(text), Column(text, 0, is_number=True, is_hash=True)), ((text, text),))
    facts = Facts((Fact(text, text), Fact(text, text, is_hash=True)))
    return Paper(text, text, "en", text, (Heading(text), Words(text), facts, table), text)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_write_stands_there_as_they_wrote_it(text: str) -> None:
    written = typeset(paper_of(text), at=NOW)
    assert written.startswith(b"%PDF-")
    shown = as_html(paper_of(text))
    assert shown.count(text) >= 9, shown


def test_the_same_paper_is_the_same_bytes() -> None:
    paper = paper_of("REQ-1")
    assert typeset(paper, at=NOW) == typeset(paper, at=NOW)
    assert typeset(paper, at=NOW) != typeset(paper_of("REQ-2"), at=NOW)


@pytest.mark.django_db
def test_the_evidence_on_paper_says_what_the_page_says(cast: Cast) -> None:
    requisition = approved_after(
        cast, lambda: set_price(DRESSING, 1_500, cast), wait=AFTER_THE_HOLD
    )
    found = evidence_for(collect_evidence(requisition), cast.lena)
    shown = as_html(evidence_paper(found, reader=cast.lena, now=cast.now))
    assert "Every hash was computed again for this paper, and matches." in shown
    assert "Rashid Haddad approved revision 1. It counts at step 1 of revision 2" in shown
    assert "Prices had moved when it was to be ordered." in shown
    assert "15.00" in shown
    for one in found.revisions:
        assert one.revision.content_hash in shown
    for event in found.events:
        assert event.event.hash in shown
    assert "placet verify REQ-1 --company meridian" in shown
    with translation.override("pl"):
        assert write_evidence(requisition, reader=cast.lena, now=cast.now).startswith(b"%PDF-")


@pytest.mark.django_db
def test_an_answer_that_may_be_undone_is_on_nobodys_paper_but_its_authors(cast: Cast) -> None:
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    found = collect_evidence(requisition)
    for reader, is_told in ((cast.lena, False), (cast.rashid, True)):
        told = evidence_for(found, reader)
        assert bool(told.decisions) is is_told
        assert any("decision" in one.event.type for one in told.events) is is_told


@pytest.mark.django_db
def test_the_supplier_reads_nothing_internal_on_the_requisitions_paper(cast: Cast) -> None:
    cart = fill_cart(cast, (DRESSING, 50))
    cart.justification = "Because of the inspection"
    type(cart).objects.filter(pk=cart.pk).update(justification=cart.justification)
    requisition = submit(cart, actor=cast.lena, now=cast.now)
    mine = as_html(requisition_paper(requisition, reader=cast.lena, now=cast.now))
    theirs = as_html(requisition_paper(requisition, reader=cast.tomas, now=cast.now))
    for internal in ("Because of the inspection", "4410", "500.00"):
        assert internal in mine
        assert internal not in theirs
    assert "PR-88121" in theirs
    assert "Wound dressing, 15 × 15 cm" in theirs


@pytest.mark.django_db
def test_papers_come_by_page_and_interface_and_not_to_strangers(cast: Cast) -> None:
    requisition: Requisition = approved_after(cast, lambda: None)
    home = f"/c/meridian/requisitions/{requisition.number}"
    for name in ("evidence.pdf", "requisition.pdf"):
        got = as_actor(cast.lena).get(f"{home}/{name}")
        assert got["Content-Type"] == "application/pdf"
        assert got.content.startswith(b"%PDF-")
        assert as_actor(cast.jan).get(f"{home}/{name}").status_code == 404
    by_key = own_key_of(cast.lena).get(f"/requisitions/{requisition.pk}/evidence.pdf")
    assert by_key.content.startswith(b"%PDF-")
    assert own_key_of(cast.jan).get(f"/requisitions/{requisition.pk}/evidence.pdf").status == 404
    later = cast.now + timedelta(days=1)
    first = write_requisition(requisition, reader=cast.lena, now=later)
    assert first == write_requisition(requisition, reader=cast.lena, now=later)
