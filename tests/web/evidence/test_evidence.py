"""One page holds the evidence, computed again each time, for those who may see the purchase."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from placet.requisitions.actions import apply_due_decisions, withdraw_requisition
from placet.requisitions.models import CarryOver, Decision
from tests.cast import Cast
from tests.requisitions.road import DRESSING, answer
from tests.requisitions.test_place_order import AFTER_THE_HOLD, approved_after, set_price
from tests.web.pages import page
from tests.web.road import ordered, waiting

pytestmark = pytest.mark.django_db


def test_who_when_by_which_channel_which_rule_which_hash(cast: Cast) -> None:
    order = ordered(cast)
    shown = page(cast.lena, f"requisitions/{order.requisition_number}/evidence/")
    assert "Every hash matches" in shown
    assert "Same content as approved" in shown
    assert "Rashid Haddad" in shown
    assert "in the portal" in shown
    assert "rulebook version 1" in shown
    assert order.content_hash in shown


def test_a_changed_row_is_seen(cast: Cast) -> None:
    order = ordered(cast)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE orders_order SET content = %s WHERE id = %s", [b"{}", order.pk])
    shown = page(cast.lena, f"requisitions/{order.requisition_number}/evidence/")
    assert "Something was changed" in shown
    assert "Differs from what was approved" in shown


def test_an_answer_that_may_be_undone_is_no_evidence_yet(cast: Cast) -> None:
    requisition = waiting(cast)
    answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    path = f"requisitions/{requisition.number}/evidence/"
    assert "Nobody has answered yet." in page(cast.lena, path)
    assert "Takes effect in a few seconds." in page(cast.rashid, path)


def test_outsiders_find_nothing(cast: Cast) -> None:
    order = ordered(cast)
    for person in (cast.sofia, cast.ola, cast.tomas):
        page(person, f"requisitions/{order.requisition_number}/evidence/", status=404)


def test_a_second_revision_tells_its_cause_its_difference_and_what_carried_over(
    cast: Cast,
) -> None:
    requisition = approved_after(
        cast, lambda: set_price(DRESSING, 1_500, cast), wait=AFTER_THE_HOLD
    )
    shown = page(cast.lena, f"requisitions/{requisition.number}/evidence/")
    assert "Every hash matches" in shown
    assert "Prices had moved when it was to be ordered." in shown
    assert "Rashid Haddad approved revision 1. It counts at step 1 of revision 2" in shown
    assert "15.00" in shown
    assert "19.90" in shown


def test_a_forged_carry_over_is_seen(cast: Cast) -> None:
    requisition = approved_after(
        cast, lambda: set_price(DRESSING, 2_500, cast), wait=AFTER_THE_HOLD
    )
    decision = Decision.objects.get(step__requisition=requisition)
    step = requisition.steps.get(revision=requisition.revision)
    CarryOver.objects.create(
        decision=decision, step=step, reason="nothing_worse", created_at=cast.now
    )
    shown = page(cast.lena, f"requisitions/{requisition.number}/evidence/")
    assert "Something was changed" in shown
    assert "the rule does not confirm it" in shown


def test_an_answer_that_does_not_count_says_why(cast: Cast) -> None:
    requisition = waiting(cast)
    answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    withdraw_requisition(requisition, actor=cast.lena, now=cast.now)
    apply_due_decisions(now=cast.now + timedelta(minutes=1))
    shown = page(cast.lena, f"requisitions/{requisition.number}/evidence/")
    assert "Does not count: the purchase had ended before." in shown
