"""Asking again by API: for the requester, and not too often; hours of companies and members."""

from __future__ import annotations

import pytest

from placet.companies.models import Member
from placet.requisitions.models import Nudge
from tests.api.caller import key_of, own_key_of
from tests.cast import NOW, Cast
from tests.requisitions.road import DRESSING, fill_cart, submit

pytestmark = pytest.mark.django_db


def test_lena_asks_again_and_a_second_time_is_told_when_it_is_possible(cast: Cast) -> None:
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=NOW)
    lena = own_key_of(cast.lena)
    address = f"/requisitions/{requisition.pk}/nudges"
    first = lena.post(address, {"note": "Surgery is on Friday."})
    assert first.status == 201
    assert first.json["steps"] == [requisition.steps.get(position=1).pk]
    assert first.json["next_at"] is not None

    second = lena.post(address, {})
    assert (second.status, second.json["code"]) == (429, "nudged_recently")
    assert second.json["next_at"][:16] == first.json["next_at"][:16]
    assert int(second.headers["Retry-After"]) > 0
    assert Nudge.objects.count() == 1


@pytest.mark.parametrize(("who", "status"), [("rashid", 403), ("sofia", 404), ("ola", 404)])
def test_others_do_not(cast: Cast, who: str, status: int) -> None:
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=NOW)
    caller = own_key_of(getattr(cast, who))

    assert caller.post(f"/requisitions/{requisition.pk}/nudges", {}).status == status
    assert not Nudge.objects.exists()


def test_a_company_says_when_it_works(cast: Cast) -> None:
    caller = key_of("meridian")
    address = f"/companies/{cast.company['meridian']}"
    before = caller.get(address)
    assert before.json["working_time"]["working_days"] == [1, 2, 3, 4, 5]
    wish = {"working_days": [1, 2], "work_ends": "00:00", "holiday_country": "PL"}
    after = caller.patch(address, wish, if_match=before.headers["ETag"])

    assert after.status == 200
    told = after.json["working_time"]
    assert (told["working_days"], told["work_ends"]) == ([1, 2], "00:00")
    assert told["holiday_country"] == "PL"
    bad = caller.patch(address, {"holiday_region": "BE"}, if_match=after.headers["ETag"])
    assert (bad.status, bad.json["errors"][0]["pointer"]) == (422, "/holiday_region")


def test_a_member_gets_hours_of_their_own_and_gives_them_back(cast: Cast) -> None:
    caller = key_of("meridian")
    address = f"/members/{cast.member['rashid']}"
    wish = {"working_days": [1, 3], "work_starts": "07:00", "work_ends": "15:00"}
    own = caller.patch(address, wish, if_match=caller.get(address).headers["ETag"])
    assert own.status == 200
    assert (own.json["working_days"], own.json["work_starts"]) == ([1, 3], "07:00")

    wish = {"working_days": None, "work_starts": None, "work_ends": None}
    caller.patch(address, wish, if_match=own.headers["ETag"])
    member = Member.objects.get(pk=cast.member["rashid"])
    assert (member.working_days, member.work_starts) == (None, None)
