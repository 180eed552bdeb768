"""Many rows and many lines: the number of queries does not grow, pages follow without gaps."""

from __future__ import annotations

import re

import pytest

from placet.requisitions.models import Requisition
from tests.cast import Cast
from tests.requisitions.road import DRESSING, pending_step, submit
from tests.web.inbox.multiply import multiply
from tests.web.pages import page, queries_of
from tests.web.road import long_cart, waiting

pytestmark = pytest.mark.django_db


def test_ten_and_two_hundred_rows_cost_the_same_queries(cast: Cast) -> None:
    first = waiting(cast, (DRESSING, 40))
    multiply(first, 10)
    few = queries_of(cast.rashid, "inbox/")
    multiply(first, 190)
    # One more: how many there are beyond the first page.
    assert queries_of(cast.rashid, "inbox/") == few + 1


@pytest.mark.parametrize("sort", ["due", "-due", "total", "-total", "submitted", "-submitted"])
def test_pages_follow_each_other_in_every_order(cast: Cast, sort: str) -> None:
    multiply(waiting(cast, (DRESSING, 40)), 119)
    address, seen = f"inbox/?sort={sort}", []
    while address:
        shown = page(cast.rashid, address)
        seen += re.findall(r'class="no">(REQ-\d+)', shown)
        following = re.search(r'rel="next" href="([^"]+)"', shown)
        address = f"inbox/{following[1].replace('&amp;', '&')}" if following else ""
    assert len(seen) == len(set(seen)) == Requisition.objects.count() == 120


def test_more_than_a_thousand_are_told_as_such(cast: Cast) -> None:
    multiply(waiting(cast, (DRESSING, 40)), 1001)
    assert "1,000+" in page(cast.rashid, "inbox/")


def test_filters_and_what_was_typed_stay(cast: Cast) -> None:
    requisition = waiting(cast)
    assert requisition.name in page(cast.rashid, "inbox/?look=first")
    assert requisition.number not in page(cast.rashid, "inbox/?look=none")
    assert "Nothing fits" in page(cast.rashid, "inbox/?look=over&q=inf")
    assert "Nothing fits" in page(cast.rashid, "inbox/?due=over")
    assert requisition.number in page(cast.rashid, "inbox/?due=week&q=inf-set&sort=-total")
    assert requisition.number in page(cast.rashid, "inbox/?look=nothing&due=x&sort=y&tab=z")


def test_the_same_asked_for_twice_is_named(cast: Cast) -> None:
    first = waiting(cast, (DRESSING, 40))
    second = waiting(cast, (DRESSING, 40))
    assert f"Like {first.number}" in page(cast.rashid, "inbox/")
    third = waiting(cast, (DRESSING, 41))
    shown = page(cast.rashid, f"inbox/{pending_step(third).pk}/")
    assert f"Also in {second.number}" in shown or f"Also in {first.number}" in shown


@pytest.mark.parametrize("lines", [50, 200])
def test_a_long_request_costs_the_queries_of_a_short_one(cast: Cast, lines: int) -> None:
    short = submit(long_cart(cast, 5), actor=cast.lena, now=cast.now)
    few = queries_of(cast.rashid, f"inbox/{pending_step(short).pk}/")
    long = submit(long_cart(cast, lines), actor=cast.lena, now=cast.now)
    assert queries_of(cast.rashid, f"inbox/{pending_step(long).pk}/") <= few + 4
