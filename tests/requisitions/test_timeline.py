"""What people read about a requisition: a sentence with a name, and nothing told too early."""

from __future__ import annotations

from datetime import timedelta

import pytest

from placet.core.actor import Actor
from placet.requisitions.actions import apply_due_decisions
from placet.requisitions.models import Requisition
from placet.requisitions.queries import get_requisition
from placet.requisitions.timeline import Timeline, read_timeline
from tests.cast import Cast
from tests.requisitions.road import INFUSION_SET, answer, fill_cart, submit

pytestmark = pytest.mark.django_db
LATER = timedelta(seconds=10)


@pytest.fixture
def requisition(cast: Cast) -> Requisition:
    """Rashid is asked first, then Biomedical engineering."""
    return submit(fill_cart(cast, (INFUSION_SET, 10)), actor=cast.lena, now=cast.now)


def read(requisition: Requisition, reader: Actor, cast: Cast) -> Timeline:
    """The timeline as this person reads it."""
    fresh = get_requisition(reader, requisition.pk)
    return read_timeline(fresh, reader=reader, now=cast.now)


def test_it_names_a_person_and_a_time(cast: Cast, requisition: Requisition) -> None:
    assert read(requisition, cast.lena, cast).sentence == (
        "Waiting for Rashid Haddad, until Wed 25 Nov, 10:00."
    )


def test_an_answer_that_may_be_undone_is_told_to_its_author_alone(
    cast: Cast, requisition: Requisition
) -> None:
    answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    for_lena = read(requisition, cast.lena, cast)
    assert for_lena.sentence.startswith("Waiting for Rashid Haddad")
    assert for_lena.steps[0].answers == ()
    for_rashid = read(requisition, cast.rashid, cast)
    assert "takes effect" in for_rashid.sentence
    assert [one.kind for one in for_rashid.steps[0].answers] == ["approve"]
    apply_due_decisions(now=cast.now + LATER)
    assert [one.kind for one in read(requisition, cast.lena, cast).steps[0].answers] == ["approve"]


def test_the_supplier_reads_no_reason_of_the_customers(
    cast: Cast, requisition: Requisition
) -> None:
    answer(requisition, "reject", actor=cast.rashid, now=cast.now, reason="Secret: CANARY-7")
    assert "CANARY-7" not in read(requisition, cast.tomas, cast).sentence
    apply_due_decisions(now=cast.now + LATER)
    assert "CANARY-7" in read(requisition, cast.lena, cast).sentence
