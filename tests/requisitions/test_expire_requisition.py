"""Nobody decides for a month: the purchase ends, the cart is there, and what it held is free."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from placet.budgets.models import Budget, LedgerEntry, Reservation
from placet.carts.models import Cart
from placet.companies.models import Company
from placet.events.models import Event
from placet.jobs.verify import verify
from placet.orders.models import Order
from placet.requisitions.actions import apply_due_decisions, decide_step, expire_due_requisitions
from placet.requisitions.models import Requisition, Step, StepAssignment
from tests.cast import Cast
from tests.requisitions.road import DRESSING, answer, fill_cart, pending_step, submit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_contradicts_the_promise() -> Iterator[None]:
    yield
    assert verify() == []


@pytest.fixture
def waiting(cast: Cast) -> Requisition:
    """Lena's dressings wait for Rashid."""
    return submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)


def end_of(requisition: Requisition) -> datetime:
    requisition.refresh_from_db()
    assert requisition.expires_at is not None
    return requisition.expires_at


def test_it_expires_once_and_sets_free_what_it_held(cast: Cast, waiting: Requisition) -> None:
    assert Budget.objects.filter(reserved_minor__gt=0).exists()
    end = end_of(waiting)
    assert expire_due_requisitions(now=end - timedelta(seconds=1)) == 0
    assert expire_due_requisitions(now=end) == 1
    assert expire_due_requisitions(now=end + timedelta(days=7)) == 0

    waiting.refresh_from_db()
    assert (waiting.status, waiting.ended_at) == (Requisition.Status.EXPIRED, end)
    assert not Budget.objects.filter(reserved_minor__gt=0).exists()
    held = Reservation.objects.filter(requisition_id=waiting.pk)
    assert set(held.values_list("status", flat=True)) == {Reservation.Status.EXPIRED}
    entries = LedgerEntry.objects.filter(kind=LedgerEntry.Kind.EXPIRE)
    assert entries.count() == held.count() > 0
    assert Cart.objects.get(pk=waiting.cart_id).status == Cart.Status.OPEN
    assert not waiting.steps.filter(status=Step.Status.PENDING).exists()
    assert not StepAssignment.objects.filter(requisition=waiting, is_open=True).exists()
    assert Event.objects.filter(type="requisition.expired", subject=waiting.pk).count() == 1


def test_it_is_never_an_approval(cast: Cast, waiting: Requisition) -> None:
    expire_due_requisitions(now=end_of(waiting))

    assert not Order.objects.exists()
    with pytest.raises(Exception, match="not waiting for a decision"):
        answer_first_step(waiting, cast)


def answer_first_step(requisition: Requisition, cast: Cast) -> None:
    assert requisition.revision is not None
    decide_step(
        requisition.steps.get(position=1),
        kind="approve",
        content_hash=requisition.revision.content_hash,
        actor=cast.rashid,
        now=end_of(requisition),
    )


def test_its_cart_is_submitted_again_as_a_new_purchase(cast: Cast, waiting: Requisition) -> None:
    end = end_of(waiting)
    expire_due_requisitions(now=end)
    again = submit(Cart.objects.get(pk=waiting.cart_id), actor=cast.lena, now=end)

    assert again.pk != waiting.pk
    assert pending_step(again).opened_at == end


def test_an_answer_that_may_be_undone_is_waited_for(cast: Cast, waiting: Requisition) -> None:
    end = end_of(waiting)
    answer(waiting, "approve", actor=cast.rashid, now=end - timedelta(seconds=5))
    assert expire_due_requisitions(now=end) == 0

    apply_due_decisions(now=end + timedelta(seconds=5))
    assert expire_due_requisitions(now=end + timedelta(seconds=5)) == 0
    waiting.refresh_from_db()
    assert waiting.status == Requisition.Status.ORDERED


def test_nothing_expires_before_those_asked_and_those_above_had_their_time(cast: Cast) -> None:
    """A company that lets purchases live for a day only still gives people theirs."""
    Company.objects.filter(pk=cast.company["meridian"]).update(expire_days=1)
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    step = pending_step(requisition)

    assert step.due_at is not None
    # Half of the eight hours after the due time those above are asked, and have eight.
    assert end_of(requisition) == step.due_at + timedelta(days=1, hours=4)


def test_nothing_expires_while_the_company_is_suspended(cast: Cast, waiting: Requisition) -> None:
    end = end_of(waiting)
    companies = Company.objects.filter(pk=cast.company["meridian"])
    companies.update(status=Company.Status.SUSPENDED)
    assert expire_due_requisitions(now=end) == 0

    companies.update(status=Company.Status.ACTIVE)
    assert expire_due_requisitions(now=end) == 1
