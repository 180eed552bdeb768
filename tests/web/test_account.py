"""Signing in: what allauth could do and we do not let it."""

from __future__ import annotations

import pytest

from placet.companies.models import User
from tests.cast import Cast
from tests.web.pages import as_actor

pytestmark = pytest.mark.django_db


def test_nobody_gives_themselves_the_address_of_somebody_who_is_not_invited_yet(
    cast: Cast,
) -> None:
    lena = as_actor(cast.lena)
    theirs = {"email": "ceo@other.example"}
    for path in ("email/", "confirm-email/", "login/code/confirm/"):
        assert lena.get(f"/account/{path}").status_code == 404
        assert lena.post(f"/account/{path}", theirs | {"action_add": ""}).status_code == 404
    assert not User.objects.filter(email=theirs["email"]).exists()


def test_signing_in_and_asking_for_a_new_password_work_without_those_pages(cast: Cast) -> None:
    lena = User.objects.get(pk=cast.lena.user_id)
    lena.set_password("correct horse battery")
    lena.save()
    browser = as_actor(cast.lena)
    browser.logout()
    sent = {"login": lena.email, "password": "correct horse battery"}
    assert browser.post("/account/login/", sent).status_code == 302
    assert browser.get("/c/meridian/").status_code == 200
    browser.logout()
    asked = browser.post("/account/password/reset/", {"email": lena.email})
    assert asked.status_code == 302
