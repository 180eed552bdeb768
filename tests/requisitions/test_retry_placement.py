"""A failed placement is a state with a way on: nothing is lost, nothing is placed twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from placet.companies.acting import CompanySuspended
from placet.companies.models import Company
from placet.core.errors import Conflict, Forbidden
from placet.jobs.verify import verify
from placet.orders.models import Order
from placet.requisitions.actions import apply_due_decisions, retry_placement
from placet.requisitions.models import Requisition
from placet.requisitions.placement import DIFFERS, Checked, Problem
from tests.cast import Cast
from tests.requisitions.road import DRESSING, answer, fill_cart, submit

pytestmark = pytest.mark.django_db
CHECK = "placet.requisitions.actions.place_order.check_placement"


def differs(*_purchase: object, **_moment: object) -> Checked:
    """As when somebody had changed the stored bytes."""
    return Checked(Problem(DIFFERS))


@pytest.fixture
def failed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Requisition:
    """Approved by Rashid, while something was in the way of the order."""
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    with monkeypatch.context() as patched:
        patched.setattr(CHECK, differs)
        apply_due_decisions(now=cast.now + timedelta(minutes=1))
    requisition.refresh_from_db()
    assert requisition.status == Requisition.Status.PLACEMENT_FAILED
    assert not Order.objects.exists()
    assert verify() == []
    return requisition


def test_once_the_problem_is_gone_it_is_placed_once(
    cast: Cast, failed: Requisition, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(CHECK, differs)
        with pytest.raises(Conflict) as caught:
            retry_placement(failed, actor=cast.lena, now=cast.now)
    assert caught.value.facts["problem"] == "content_differs"
    Company.objects.filter(pk=failed.company_id).update(status=Company.Status.SUSPENDED)
    with pytest.raises(CompanySuspended):
        retry_placement(failed, actor=cast.lena, now=cast.now)
    Company.objects.filter(pk=failed.company_id).update(status=Company.Status.ACTIVE)
    retry_placement(failed, actor=cast.lena, now=cast.now)
    with pytest.raises(Conflict):
        retry_placement(failed, actor=cast.lena, now=cast.now)
    assert Order.objects.count() == 1
    assert verify() == []


def test_only_the_requester_or_an_admin_of_the_company(cast: Cast, failed: Requisition) -> None:
    for stranger in (cast.rashid, cast.pavel, cast.jan, cast.tomas):
        with pytest.raises(Forbidden):
            retry_placement(failed, actor=stranger, now=cast.now)
