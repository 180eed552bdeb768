"""Who has to have a second factor before a page of the company opens."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator

from placet.carts.models import Cart
from placet.companies.models import Company
from tests.cast import Cast
from tests.web.pages import as_actor, page, queries_of

pytestmark = pytest.mark.django_db

SECURITY = "/account/security/"


def set_policy(policy: str) -> None:
    """As Meridian's admin set it."""
    Company.objects.filter(slug="meridian").update(second_factor=policy)


def test_without_a_policy_nothing_is_looked_up(cast: Cast) -> None:
    before = queries_of(cast.lena, "carts/")
    set_policy("deciders")
    assert queries_of(cast.lena, "carts/") == before
    set_policy("optional")
    assert queries_of(cast.lena, "carts/") == before


def test_whoever_approves_or_manages_is_sent_to_set_one_up(cast: Cast) -> None:
    set_policy("deciders")
    for person in (cast.rashid, cast.mei, cast.ines):
        answer = as_actor(person).get("/c/meridian/", follow=True)
        assert answer.redirect_chain == [(SECURITY, 302)]
        assert "Meridian Health Group asks whoever approves or manages" in answer.content.decode()
        assert answer.status_code == 200
    for person in (cast.lena, cast.aron, cast.anika):
        page(person, "")


def test_everybody_means_everybody_of_that_company(cast: Cast) -> None:
    set_policy("everybody")
    for person in (cast.lena, cast.aron, cast.ines):
        answer = as_actor(person).get("/c/meridian/carts/")
        assert (answer.status_code, answer.headers["Location"]) == (302, SECURITY)
    page(cast.ola, "carts/")
    page(cast.odd, "customers/")


def test_nothing_is_done_before_it_is_there(cast: Cast) -> None:
    set_policy("everybody")
    before = Cart.objects.count()
    answer = as_actor(cast.lena).post("/c/meridian/carts/new/", {"name": "Week 50"})
    assert answer.headers["Location"] == SECURITY
    inside = as_actor(cast.lena).get("/c/meridian/carts/", headers={"hx-request": "true"})
    assert inside.headers["HX-Redirect"] == SECURITY
    assert Cart.objects.count() == before


def test_an_app_or_a_passkey_opens_the_door_and_recovery_codes_do_not(cast: Cast) -> None:
    set_policy("everybody")
    lena = cast.user["lena"]
    Authenticator.objects.create(user_id=lena, type="recovery_codes", data={})
    assert as_actor(cast.lena).get("/c/meridian/carts/").status_code == 302
    Authenticator.objects.create(user_id=lena, type="webauthn", data={})
    page(cast.lena, "carts/")


def test_who_has_no_password_can_set_one_up(cast: Cast) -> None:
    """Such as the people of the demo, whom one tries as."""
    set_policy("everybody")
    client = as_actor(cast.lena)
    assert client.get("/c/meridian/", follow=True).status_code == 200
    assert client.get("/account/security/totp/activate/").status_code == 200


def test_strangers_learn_nothing_of_the_policy(cast: Cast) -> None:
    set_policy("everybody")
    assert as_actor(cast.ola).get("/c/meridian/").status_code == 404
