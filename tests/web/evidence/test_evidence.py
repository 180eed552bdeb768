"""One page holds the evidence, computed again each time, for those who may see the purchase."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.cast import Cast
from tests.requisitions.road import answer
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
    assert "takes effect in a few seconds" in page(cast.rashid, path)


def test_outsiders_find_nothing(cast: Cast) -> None:
    order = ordered(cast)
    for person in (cast.sofia, cast.ola, cast.tomas):
        page(person, f"requisitions/{order.requisition_number}/evidence/", status=404)
