"""Home, the first page, and the sign-in that is in front of everything."""

from __future__ import annotations

import pytest
from django.test import Client

from placet.companies.models import User
from tests.cast import Cast
from tests.requisitions.road import fill_cart
from tests.web.pages import as_actor, page
from tests.web.road import waiting

pytestmark = pytest.mark.django_db


def test_home_begins_with_what_waits(cast: Cast) -> None:
    assert "Nothing waits for you, and you wait for nobody." in page(cast.rashid, "")
    requisition = waiting(cast)
    assert "<b>1 request</b> waits for your decision" in page(cast.rashid, "")
    shown = page(cast.lena, "")
    assert "<b>1 requisition</b> of yours waits, the latest for Rashid Haddad" in shown
    assert requisition.number in shown


def test_open_carts_are_there(cast: Cast) -> None:
    assert "No open cart" in page(cast.lena, "")
    assert fill_cart(cast).name in page(cast.lena, "")
    assert "No open cart" in page(cast.sofia, "")


def test_the_first_page_leads_on(cast: Cast, client: Client) -> None:
    assert client.get("/")["Location"] == "/account/login/"
    assert as_actor(cast.lena).get("/")["Location"] == "/c/meridian/"
    assert as_actor(cast.lena).get("/c/kowalski/").status_code == 404


def test_signing_in_with_a_password(cast: Cast, client: Client) -> None:
    lena = User.objects.get(pk=cast.user["lena"])
    lena.set_password("a long and quiet corridor")
    lena.save(update_fields=["password"])
    shown = client.get("/account/login/?next=/c/meridian/inbox/").content.decode()
    assert 'value="/c/meridian/inbox/"' in shown
    sent = {"login": lena.email, "password": "wrong"}
    wrong = client.post("/account/login/", sent)
    assert 'role="alert"' in wrong.content.decode()
    sent |= {"password": "a long and quiet corridor", "next": "//evil.example"}
    answer = client.post("/account/login/", sent)
    assert answer["Location"] == "/"


def test_signing_up_is_by_invitation(client: Client) -> None:
    assert "Accounts are made by invitation" in client.get("/account/signup/").content.decode()
