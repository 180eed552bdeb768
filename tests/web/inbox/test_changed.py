"""What changed since the reader looked: told in the inbox, and shown first on the page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from placet.carts.actions import describe_cart
from placet.requisitions.actions import apply_due_decisions, edit_requisition, rebuild_cart
from placet.requisitions.models import Requisition, RevisionSeen, Step
from tests.cast import Cast
from tests.requisitions.road import DRESSING, INFUSION_SET, answer, pending_step, submit
from tests.web.pages import page
from tests.web.road import approve, revise, waiting

pytestmark = pytest.mark.django_db


def step_of(requisition: Requisition) -> Step:
    return pending_step(requisition)


def test_looking_is_noted_once_and_an_unseen_change_is_flagged(cast: Cast) -> None:
    requisition = waiting(cast)
    assert "Changed since you looked" not in page(cast.rashid, "inbox/").split("<table")[1]
    page(cast.rashid, f"inbox/{step_of(requisition).pk}/")
    revise(requisition, cast, INF_SET=12)
    assert "Changed since you looked" in page(cast.rashid, "inbox/").split("<table")[1]
    shown = page(cast.rashid, f"inbox/{step_of(requisition).pk}/")
    assert 'id="h-changed"' in shown
    assert "<del>10</del> <ins>12</ins>" in shown
    assert "+238.00" in shown
    assert "Lena Vogt edited it and resubmitted" in shown
    assert RevisionSeen.objects.get(member_id=cast.rashid.member_id).revision.number == 2
    again = page(cast.rashid, f"inbox/{step_of(requisition).pk}/")
    assert 'id="h-changed"' not in again
    assert '<a href="?from=1">1</a>' in again
    assert "Changed since revision 1" in page(
        cast.rashid, f"inbox/{step_of(requisition).pk}/?from=1"
    )


def test_who_decided_is_told_again_and_again_what_changed_since(cast: Cast) -> None:
    requisition = waiting(cast)
    approve(requisition, "rashid", cast=cast)
    revise(requisition, cast, INF_SET=12)
    step = Step.objects.get(
        revision=requisition.revision, assignments__member_id=cast.rashid.member_id
    )
    for _time in range(2):
        shown = page(cast.rashid, f"inbox/{step.pk}/")
        assert 'id="h-changed"' in shown
        assert "<del>10</del> <ins>12</ins>" in shown
        assert "1 approval was asked for again." in shown


def test_an_approval_that_carried_over_says_so(cast: Cast) -> None:
    requisition = waiting(cast)
    approve(requisition, "rashid", cast=cast)
    revise(requisition, cast, INF_SET=8)
    shown = page(cast.lena, f"requisitions/{requisition.number}/")
    assert "Rashid Haddad approved revision 1" in shown
    assert "It still counts: nothing that it was given for got worse." in shown
    assert "1 approval still counted" in shown
    assert 'id="revision-2"' in shown
    assert "<del>10</del> <ins>8</ins>" in shown


def test_one_revision_alone_is_no_list(cast: Cast) -> None:
    requisition = waiting(cast)
    assert 'id="h-revisions"' not in page(cast.lena, f"requisitions/{requisition.number}/")


def test_the_try_before_and_its_reason_are_shown_to_the_approvers(cast: Cast) -> None:
    requisition = waiting(cast)
    answer(requisition, "reject", actor=cast.rashid, now=cast.now, reason="The shelf is full.")
    now = cast.now + timedelta(minutes=1)
    apply_due_decisions(now=now)
    requisition.refresh_from_db()
    again = submit(rebuild_cart(requisition, actor=cast.lena, now=now), actor=cast.lena, now=now)
    shown = page(cast.rashid, f"inbox/{pending_step(again).pk}/")
    assert f"Rashid Haddad rejected {requisition.number}" in shown
    assert "The shelf is full." in shown


@pytest.mark.parametrize("wanted", ["0", "2", "99999", "9" * 5000, "x", "-1"])
def test_a_revision_that_is_not_there_is_compared_with_nothing(cast: Cast, wanted: str) -> None:
    requisition = waiting(cast)
    revise(requisition, cast, INF_SET=12)
    shown = page(cast.rashid, f"inbox/{step_of(requisition).pk}/?from={wanted}")
    assert 'id="h-changed"' not in shown


def test_the_supplier_reads_nothing_internal_in_a_difference(cast: Cast) -> None:
    requisition = waiting(cast)
    cart = edit_requisition(requisition, actor=cast.lena, now=cast.now)
    describe_cart(cart, justification="Our own reason", actor=cast.lena, now=cast.now)
    revise(requisition, cast, INF_SET=12)
    address = f"requisitions/{requisition.pk}/"
    assert "<ins>Our own reason</ins>" in page(cast.lena, address)
    shown = page(cast.tomas, address)
    assert "<del>10</del> <ins>12</ins>" in shown
    for own in ("Our own reason", "Justification", "4410"):
        assert own not in shown, own


def test_who_was_asked_before_sees_a_new_line(cast: Cast) -> None:
    requisition = waiting(cast, (INFUSION_SET, 10), (DRESSING, 2))
    page(cast.rashid, f"inbox/{step_of(requisition).pk}/")
    revise(requisition, cast, DRS_15=0, DRS_10=3)
    shown = page(cast.rashid, f"inbox/{step_of(requisition).pk}/")
    assert "Removed:" in shown
    assert "Added:" in shown
    assert " to 0" not in shown.split('id="h-lines"')[1]
