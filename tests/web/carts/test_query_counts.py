"""Pages with lines ask the database as often for 200 lines as for 5, the cart for 500."""

from __future__ import annotations

import pytest

from placet.requisitions.models import Requisition
from tests.cast import Cast
from tests.requisitions.road import pending_step, submit
from tests.web.pages import queries_of
from tests.web.road import long_cart

pytestmark = pytest.mark.django_db
LINES = [5, 50, 200]
CART, REQUISITION, DECISION = 62, 27, 41
"""No page asks more often than this."""


def test_cart(cast: Cast) -> None:
    counts = {queries_of(cast.lena, f"carts/{long_cart(cast, n).pk}/") for n in (5, 50, 500)}
    assert len(counts) == 1
    assert counts.pop() <= CART


def test_requisition(cast: Cast) -> None:
    numbers = [_submitted(cast, lines).number for lines in LINES]
    counts = {queries_of(cast.lena, f"requisitions/{number}/") for number in numbers}
    assert len(counts) == 1
    assert counts.pop() <= REQUISITION


def test_decision(cast: Cast) -> None:
    steps = [pending_step(_submitted(cast, lines)).pk for lines in LINES]
    counts = {queries_of(cast.rashid, f"inbox/{step}/") for step in steps}
    assert len(counts) == 1
    assert counts.pop() <= DECISION


def _submitted(cast: Cast, lines: int) -> Requisition:
    return submit(long_cart(cast, lines), actor=cast.lena, now=cast.now)
