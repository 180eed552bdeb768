"""Leaving on the page: what hangs on somebody is listed, goes to one person, or nothing happens."""

import pytest

from placet.carts.actions import create_cart
from placet.companies.models import Member, Unit
from placet.requisitions.actions import NobodyLeft
from tests.cast import Cast
from tests.requisitions.road import DRESSING, fill_cart, submit
from tests.web.members.test_inviting import send
from tests.web.pages import page

pytestmark = pytest.mark.django_db


def test_all_that_hangs_on_rashid_stands_there_and_goes_to_mei(cast: Cast) -> None:
    waiting = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    create_cart("Rashid's own", actor=cast.rashid, now=cast.now)
    rashid = cast.member["rashid"]
    text = page(cast.ines, f"members/{rashid}/leave/")
    for thing in (waiting.number, "Rashid&#x27;s own", "4410", "ICU consumables Q4", "Intensive"):
        assert thing in text
    status, _text = send(cast.ines, f"members/{rashid}/leave/", to=cast.member["mei"])
    assert status == 302
    assert Member.objects.get(pk=rashid).status == "deactivated"
    assert Unit.objects.get(pk=cast.unit["icu"]).head_id == cast.member["mei"]
    left = page(cast.ines, f"members/{rashid}/")
    assert "Let them come back" in left
    assert "/edit/" not in left
    assert "Give this role" not in left


def test_somebody_must_take_what_hangs_on_them(cast: Cast) -> None:
    rashid = cast.member["rashid"]
    assert send(cast.ines, f"members/{rashid}/leave/", to="")[0] == 422
    assert send(cast.ines, f"members/{rashid}/leave/", to=rashid)[0] == 422
    assert Member.objects.get(pk=rashid).status == "active"


def test_a_step_that_nobody_could_take_is_named(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_things: object, **_named: object) -> None:
        raise NobodyLeft("REQ-7 would wait for nobody.")

    monkeypatch.setattr("placet.web.members.leaving.hand_over_colleague", refuse)
    form = {"to": cast.member["mei"]}
    status, text = send(cast.ines, f"members/{cast.member['rashid']}/leave/", **form)
    assert status == 422
    assert "REQ-7 would wait for nobody." in text
    assert f'value="{cast.member["mei"]}" selected' in text


def test_nothing_hangs_on_pavel_who_comes_back(cast: Cast) -> None:
    pavel = cast.member["pavel"]
    text = page(cast.ines, f"members/{pavel}/leave/")
    assert "Nothing hangs on them" in text
    assert send(cast.ines, f"members/{pavel}/leave/")[0] == 302
    assert Member.objects.get(pk=pavel).status == "deactivated"
    assert send(cast.ines, f"members/{pavel}/return/")[0] == 302
    assert Member.objects.get(pk=pavel).status == "active"


def test_nobody_leaves_by_their_own_hand(cast: Cast) -> None:
    ines = cast.member["ines"]
    page(cast.ines, f"members/{ines}/leave/", status=403)
    assert "/leave/" not in page(cast.ines, f"members/{ines}/")
