"""Requisitions from before the purchase history get their rows, and the rows say so."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from placet.plans.models import PastPurchase
from placet.plans.stored_facts import read_facts
from tests.cast import Cast
from tests.cast_rules import MERIDIAN
from tests.plans.back_test_world import found_by
from tests.requisitions.road import DRESSING, INFUSION_SET, fill_cart, submit

pytestmark = pytest.mark.django_db


def rebuilt() -> str:
    said = StringIO()
    call_command("history", stdout=said)
    return said.getvalue()


def test_what_was_frozen_is_exact_and_the_rest_is_said(cast: Cast) -> None:
    cart = fill_cart(cast, (DRESSING, 50), (INFUSION_SET, 10))
    requisition = submit(cart, actor=cast.lena, now=cast.now)
    before = PastPurchase.objects.get(requisition_id=requisition.pk)
    PastPurchase.objects.all().delete()
    assert rebuilt().startswith("1 purchases were added")
    after = PastPurchase.objects.get(requisition_id=requisition.pk)
    was, became = read_facts(before.facts), read_facts(after.facts)
    assert became.purchase == was.purchase
    assert became.requester._replace(uses=()) == was.requester._replace(uses=())
    assert (became.authors, became.company) == (was.authors, was.company)
    assert was.budgets
    assert became.budgets == ()
    for column in ("created_at", "steps", "outcome", "total_minor", "number", "unit_id"):
        assert getattr(after, column) == getattr(before, column)
    assert (before.is_rebuilt, after.is_rebuilt) == (False, True)
    assert rebuilt() == "0 purchases were added to the history.\n"


def test_the_result_says_how_many_were_rebuilt(cast: Cast) -> None:
    submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    assert found_by(cast, MERIDIAN).totals.rebuilt == 0
    PastPurchase.objects.all().delete()
    rebuilt()
    totals = found_by(cast, MERIDIAN).totals
    assert (totals.purchases, totals.rebuilt) == (1, 1)
