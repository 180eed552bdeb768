"""Limits on the page: typed as people type, told in words, never lost by saving again."""

import pytest

from placet.companies.models import Limit, Member
from placet.companies.organisation.limits import Bounds
from placet.requisitions.actions import set_limit
from tests.cast import Cast
from tests.web.members.test_inviting import send
from tests.web.pages import page

pytestmark = pytest.mark.django_db


def limit_of(cast: Cast, who: str, use: str = "spending") -> Limit:
    """The limit as a row."""
    return Limit.objects.get(member_id=cast.member[who], use=use)


@pytest.mark.parametrize(
    ("mode", "sentence"),
    [
        ("over", "orders within this without asking; beyond it somebody approves"),
        ("hard", "cannot submit what goes beyond this; nobody can approve it"),
        ("always", "Every order of Lena Vogt needs an approval"),
        ("unrestricted", "has no limit of their own"),
    ],
)
def test_each_mode_says_what_it_means(cast: Cast, mode: str, sentence: str) -> None:
    path = f"members/{cast.member['lena']}/limits/spending/"
    form = {
        "version": "0",
        "mode": mode,
        "order_maximum": "1,250.50",
        "period": "week",
        "period_orders": "2",
    }
    assert send(cast.ines, path, **form)[0] == 302
    limit = limit_of(cast, "lena")
    assert (limit.order_maximum_minor, limit.period_orders) == (125_050, 2)
    text = page(cast.ines, f"members/{cast.member['lena']}/").replace("\xa0", " ")
    assert sentence in text
    assert "Up to 1,250.50 EUR an order" in text
    assert "At most 2 orders a week" in text


def test_authority_covers_only_what_is_named_unless_said(cast: Cast) -> None:
    path = f"members/{cast.member['mei']}/limits/authority/"
    assert "theirs never is" in page(cast.ines, f"members/{cast.member['mei']}/")
    send(cast.ines, path, version="0", order_maximum="500", period="month")
    assert "What is not named is not covered" in page(cast.ines, f"members/{cast.member['mei']}/")
    send(cast.ines, path, version="1", is_unlimited="on", period="month")
    assert limit_of(cast, "mei", "authority").is_unlimited
    assert "is enough for every purchase" in page(cast.ines, f"members/{cast.member['mei']}/")


def test_what_the_action_refuses_stands_beside_its_field(cast: Cast) -> None:
    path = f"members/{cast.member['lena']}/limits/spending/"
    form = {"version": "0", "mode": "over", "period": "month"}
    status, text = send(cast.ines, path, **form, order_minimum="9", order_maximum="5")
    assert status == 422
    assert "The most is less than the least" in text
    assert send(cast.ines, path, **form, order_maximum="a lot")[0] == 422
    assert send(cast.ines, path, version="0", mode="sometimes", period="month")[0] == 422
    assert not Limit.objects.filter(member_id=cast.member["lena"]).exists()


def test_two_admins_do_not_overwrite_each_other(cast: Cast) -> None:
    path = f"members/{cast.member['lena']}/limits/spending/"
    form = {"version": "0", "mode": "over", "period": "month"}
    assert send(cast.ines, path, **form, order_maximum="5")[0] == 302
    status, text = send(cast.ines, path, **form, order_maximum="50")
    assert status == 422
    assert "Somebody changed this limit meanwhile" in text


def test_a_list_that_allows_nothing_stays_one(cast: Cast) -> None:
    lena = Member.objects.get(pk=cast.member["lena"])
    nothing = Bounds("EUR", categories=[], ship_tos=[cast.address["ICU dock"]])
    set_limit(lena, use="spending", bounds=nothing, actor=cast.ines, now=cast.now)
    dock = limit_of(cast, "lena").ship_tos
    assert dock == [cast.address["ICU dock"]]
    path = f"members/{lena.pk}/limits/spending/"
    form = {"version": "1", "mode": "over", "period": "month", "ship_tos": dock}
    assert send(cast.ines, path, **form)[0] == 302
    assert limit_of(cast, "lena").categories == []
    assert limit_of(cast, "lena").ship_tos == dock


def test_a_limit_is_taken_away(cast: Cast) -> None:
    path = f"members/{cast.member['lena']}/limits/spending/"
    send(cast.ines, path, version="0", mode="hard", period="month", order_maximum="5")
    assert "Take the limit away" in page(cast.ines, path)
    assert send(cast.ines, path + "clear/")[0] == 302
    assert not Limit.objects.filter(member_id=cast.member["lena"]).exists()
    page(cast.ines, f"members/{cast.member['lena']}/limits/eternal/", status=404)
