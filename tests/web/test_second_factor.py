"""Second factors and sessions: Lena protects her account, and nobody gets in beside her."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.test import Client

from placet.companies.models import User
from tests.cast import Cast

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"


def lena_at_a_browser(cast: Cast) -> Client:
    """Lena, signed in with her password; with a second factor she stands before its page."""
    lena = User.objects.get(pk=cast.lena.user_id)
    if not lena.has_usable_password():
        lena.set_password(PASSWORD)
        lena.save()
    browser = Client()
    sent = {"login": lena.email, "password": PASSWORD}
    assert browser.post("/account/login/", sent).status_code == 302
    return browser


def code(secret: str, ahead: int = 0) -> str:
    """What the app shows now, or a step of 30 seconds ahead: each code works once."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def switch_on(browser: Client) -> str:
    """Lena says once more who she is and scans the square; returns the secret of her app."""
    asked = browser.get("/account/security/totp/activate/")
    assert asked["Location"].startswith("/account/reauthenticate/")
    again = browser.post(asked["Location"], {"password": PASSWORD})
    assert again["Location"] == "/account/security/totp/activate/"
    page = browser.get("/account/security/totp/activate/").content.decode()
    found = re.search(r'<code class="secret">(\w+)</code>', page)
    assert found
    assert 'src="data:image/svg+xml' in page
    answer = browser.post("/account/security/totp/activate/", {"code": code(found[1])})
    assert answer.status_code == 302
    return found[1]


def test_with_an_app_the_password_alone_opens_nothing(cast: Cast) -> None:
    secret = switch_on(lena_at_a_browser(cast))
    thief = lena_at_a_browser(cast)
    assert thief.get("/c/meridian/").status_code == 302
    assert thief.post("/account/security/authenticate/", {"code": "000000"}).status_code == 200
    assert thief.get("/c/meridian/").status_code == 302
    lena = lena_at_a_browser(cast)
    answer = lena.post("/account/security/authenticate/", {"code": code(secret, ahead=1)})
    assert answer.status_code == 302
    assert lena.get("/c/meridian/").status_code == 200


def test_a_wrong_code_switches_nothing_on(cast: Cast) -> None:
    browser = lena_at_a_browser(cast)
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    browser.get("/account/security/totp/activate/")
    answer = browser.post("/account/security/totp/activate/", {"code": "000000"})
    assert answer.status_code == 200
    assert "error" in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_a_recovery_code_signs_in_once_when_the_phone_is_gone(cast: Cast) -> None:
    browser = lena_at_a_browser(cast)
    switch_on(browser)
    page = browser.get("/account/security/recovery-codes/").content.decode()
    spare = re.findall(r"<li><code>(\w+)</code></li>", page)
    assert len(spare) == 10
    first = lena_at_a_browser(cast)
    assert first.post("/account/security/authenticate/", {"code": spare[0]}).status_code == 302
    assert first.get("/c/meridian/").status_code == 200
    second = lena_at_a_browser(cast)
    assert second.post("/account/security/authenticate/", {"code": spare[0]}).status_code == 200
    assert second.get("/c/meridian/").status_code == 302


def test_the_database_alone_gives_nobody_the_second_factor(cast: Cast) -> None:
    secret = switch_on(lena_at_a_browser(cast))
    stored = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert secret not in str(stored.data)


def test_switching_it_off_asks_once_more_who_it_is(cast: Cast) -> None:
    secret = switch_on(lena_at_a_browser(cast))
    browser = lena_at_a_browser(cast)
    browser.post("/account/security/authenticate/", {"code": code(secret, ahead=1)})
    answer = browser.post("/account/security/totp/deactivate/")
    assert "reauthenticate" in answer["Location"]
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()


def test_lena_ends_the_session_that_she_left_open_and_nobody_elses(cast: Cast) -> None:
    left, here = lena_at_a_browser(cast), lena_at_a_browser(cast)
    other = UserSession.objects.get(session_key=left.session.session_key)
    rashid = Client()
    rashid.force_login(User.objects.get(pk=cast.rashid.user_id))
    assert rashid.post(f"/account/sessions/{other.pk}/end/").status_code == 404
    assert left.get("/c/meridian/").status_code == 200
    assert "/end/" in here.get("/account/sessions/").content.decode()
    assert here.post(f"/account/sessions/{other.pk}/end/").status_code == 302
    assert left.get("/c/meridian/").status_code == 302
    assert here.get("/c/meridian/").status_code == 200


def test_every_page_of_it_is_dressed_by_us(cast: Cast) -> None:
    browser = lena_at_a_browser(cast)
    switch_on(browser)
    for path in (
        "security/",
        "security/totp/deactivate/",
        "security/recovery-codes/",
        "security/recovery-codes/generate/",
        "security/webauthn/",
        "security/webauthn/add/",
        "security/reauthenticate/",
        "sessions/",
        "reauthenticate/",
    ):
        answer = browser.get(f"/account/{path}")
        assert answer.status_code == 200, path
        assert 'class="brand"' in answer.content.decode(), path
        assert "style=" not in answer.content.decode(), path
