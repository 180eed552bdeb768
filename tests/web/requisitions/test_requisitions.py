"""Requisitions: the sentence, the list with its filters, and taking one back."""

from __future__ import annotations

import re
from html import unescape

import pytest

from placet.requisitions.models import Requisition
from tests.cast import Cast
from tests.requisitions.road import GLOVES
from tests.web.pages import as_actor, page, queries_of
from tests.web.road import approve, waiting

pytestmark = pytest.mark.django_db


def test_the_sentence_names_a_person_and_a_time(cast: Cast) -> None:
    requisition = waiting(cast)
    shown = page(cast.lena, f"requisitions/{requisition.number}/")
    assert "Waiting for Rashid Haddad, until" in shown
    approve(requisition, "rashid", cast=cast)
    shown = page(cast.lena, f"requisitions/{requisition.number}/")
    assert "Waiting for Biomedical engineering, until" in shown
    assert "Rashid Haddad approved" in shown


def test_only_the_requester_takes_it_back(cast: Cast) -> None:
    requisition = waiting(cast)
    address = f"/c/meridian/requisitions/{requisition.number}/"
    assert "Withdraw" not in page(cast.rashid, f"requisitions/{requisition.number}/")
    as_actor(cast.rashid).post(address + "withdraw/")
    assert Requisition.objects.get().status == "pending"
    shown = as_actor(cast.lena).post(address + "withdraw/", follow=True).content.decode()
    assert f"{requisition.number} is withdrawn." in shown
    assert "Lena Vogt withdrew it" in shown
    again = as_actor(cast.lena).post(address + "withdraw/", follow=True).content.decode()
    assert "This is no longer waiting for approval." in again


def test_the_filters_are_in_the_address(cast: Cast) -> None:
    first = waiting(cast)
    ordered_at_once = waiting(cast, (GLOVES, 3))
    assert first.number in page(cast.lena, "requisitions/?status=open")
    shown = page(cast.lena, "requisitions/?status=ordered&whose=mine&q=glv-m")
    assert ordered_at_once.number in shown
    assert f">{first.number}<" not in shown
    assert "No requisition fits" in page(cast.lena, "requisitions/?q=nothing")
    assert "No requisition yet" in page(cast.sofia, "requisitions/")


@pytest.mark.parametrize("bad", ["after=req_nothing", "status=%00", "after=%00"])
def test_a_bad_address_is_no_error_of_ours(cast: Cast, bad: str) -> None:
    waiting(cast)
    answer = as_actor(cast.lena).get(f"/c/meridian/requisitions/?{bad}")
    assert answer.status_code in {200, 404, 422}


def test_pages_follow_each_other_without_gaps(cast: Cast) -> None:
    numbers = {waiting(cast, (GLOVES, 1)).number for _each in range(27)}
    client = as_actor(cast.lena)
    seen: set[str] = set()
    query = ""
    for _page in range(2):
        text = client.get(f"/c/meridian/requisitions/?{query}").content.decode()
        shown = set(re.findall(r"\bREQ-\d+", text))
        assert not shown & seen
        seen |= shown
        further = re.search(r'rel="next" href="\?([^"]+)"', text)
        query = unescape(further.group(1)) if further else ""
    assert seen == numbers
    assert not query


def test_the_list_asks_as_often_for_many_rows(cast: Cast) -> None:
    waiting(cast)
    one = queries_of(cast.lena, "requisitions/")
    for _each in range(5):
        waiting(cast)
    assert queries_of(cast.lena, "requisitions/") <= one


def test_outsiders_find_nothing(cast: Cast) -> None:
    requisition = waiting(cast)
    for person in (cast.sofia, cast.pavel, cast.ola):
        page(person, f"requisitions/{requisition.number}/", status=404)
