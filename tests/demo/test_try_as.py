"""Try as somebody: only in the demo, only by POST, only active people, and never elsewhere."""

from __future__ import annotations

import pytest
from django.test import Client

from placet.companies.models import Member
from placet.companies.queries import get_actor_of_key
from placet.core import clock
from placet.demo.world import golden
from placet.demo.world.people import TRY_AS
from tests.demo.conftest import member_of


def test_the_first_page_says_whom_one_may_be_and_what_comes_next(demo_client: Client) -> None:
    page = demo_client.get("/").content.decode()
    for key, company, role in TRY_AS:
        assert member_of(key, company).user.name in page
        assert role in page
    assert golden.PASTE.splitlines()[0] in page
    assert "comes next" in page


@pytest.mark.parametrize(
    ("key", "company", "landing"),
    [
        ("lena", "meridian", "/c/meridian/"),
        ("rashid", "meridian", "/c/meridian/inbox/"),
        ("ines", "meridian", "/c/meridian/budgets/"),
        ("tomas", "norden", "/c/norden/orders/"),
        ("zofia", "kowalski", "/c/kowalski/"),
    ],
)
def test_one_click_is_a_real_session(
    demo_client: Client, key: str, company: str, landing: str
) -> None:
    member = member_of(key, company)
    answer = demo_client.post(f"/demo/as/{member.pk}/")
    assert (answer.status_code, answer.url) == (302, landing)  # type: ignore[attr-defined]
    assert demo_client.session["_auth_user_id"] == member.user_id
    assert demo_client.get(landing).status_code == 200


def test_a_get_changes_nothing(demo_client: Client) -> None:
    assert demo_client.get(f"/demo/as/{member_of('lena').pk}/").status_code == 405
    assert demo_client.get("/demo/clock/").status_code == 405
    assert "_auth_user_id" not in demo_client.session


def test_who_has_left_cannot_be_tried(demo_client: Client) -> None:
    gone = Member.objects.get(status=Member.Status.DEACTIVATED)
    assert demo_client.post(f"/demo/as/{gone.pk}/").status_code == 404
    assert demo_client.post("/demo/as/mem_nobody/").status_code == 404


@pytest.mark.parametrize("wanted", ["//evil.example/", "https://evil.example/", "javascript:x"])
def test_no_form_leads_elsewhere(demo_client: Client, wanted: str) -> None:
    answer = demo_client.post(f"/demo/as/{member_of('lena').pk}/", {"next": wanted})
    assert answer.url == "/c/meridian/"  # type: ignore[attr-defined]


def test_a_form_may_lead_to_a_page_of_ours(demo_client: Client) -> None:
    answer = demo_client.post(f"/demo/as/{member_of('anika').pk}/", {"next": "/c/meridian/inbox/"})
    assert answer.url == "/c/meridian/inbox/"  # type: ignore[attr-defined]


def test_the_bar_says_who_i_am(demo_client: Client) -> None:
    demo_client.post(f"/demo/as/{member_of('rashid').pk}/")
    page = demo_client.get("/c/meridian/inbox/").content.decode()
    assert 'aria-current="true">Rashid, approver' in page


def test_another_persons_name_stands_in_the_bar(demo_client: Client) -> None:
    demo_client.post(f"/demo/as/{member_of('anika').pk}/")
    page = demo_client.get("/c/meridian/inbox/").content.decode()
    assert 'aria-current="true">Anika Rao, Meridian Health Group' in page


def test_the_keys_of_the_demo_work(demo_client: Client) -> None:
    shown = demo_client.get("/demo/keys.json").json()
    actor, _key = get_actor_of_key(shown["keys"]["meridian"], now=clock.real_now())
    assert actor.company_slug == "meridian"
    assert shown["members"]["lena"] == member_of("lena").pk
