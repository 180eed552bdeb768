"""Sending through an outage: nothing is lost, nothing is sent twice, and everything can be seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from structlog.testing import capture_logs

from placet.carts.actions import comment_on_cart
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, NotFound
from placet.events.models import Event
from placet.notices import matrix, sending
from placet.notices.actions import retry_mail
from placet.notices.models import Mail
from placet.notices.queries import get_mail, list_mails
from placet.notices.rendering import render_mail
from placet.notices.sending import WAITS, send_mails
from tests.cast import Cast
from tests.notices.conftest import PostOffice
from tests.requisitions.road import fill_cart

pytestmark = pytest.mark.django_db


class Trouble(EmailBackend):
    """A mail server as a test wants it: down, refusing, or gone after some mails."""

    on_open: Exception | None = None
    on_send: Exception | None = None
    only_for: str = ""

    def open(self) -> bool:
        if Trouble.on_open:
            raise Trouble.on_open
        return True

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        if Trouble.on_send and messages[0].to[0].startswith(Trouble.only_for):
            raise Trouble.on_send
        return super().send_messages(list(messages))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Trouble]]:
    """The mail server of a test, without trouble at first."""
    monkeypatch.setattr(settings, "EMAIL_BACKEND", f"{Trouble.__module__}.{Trouble.__name__}")
    monkeypatch.setattr("django.core.mail.import_string", lambda _name: Trouble)
    Trouble.on_open = Trouble.on_send = None
    Trouble.only_for = ""
    yield Trouble
    Trouble.on_open = Trouble.on_send = None


@pytest.fixture
def waiting(cast: Cast, post: PostOffice) -> Mail:
    """A mail to Pavel that is due."""
    tell(cast, "@Pavel look")
    post.read()
    return Mail.objects.get()


def tell(cast: Cast, *texts: str) -> None:
    cart = fill_cart(cast, ("GLV-M", 4))
    for text in texts:
        comment_on_cart(cart, text=text, actor=cast.lena, now=cast.now)


def test_an_outage_is_bridged(waiting: Mail, post: PostOffice, server: type[Trouble]) -> None:
    server.on_open = ConnectionRefusedError("nobody listens")
    for wait in WAITS:
        assert send_mails(now=post.now) == 1
        waiting.refresh_from_db()
        assert (waiting.status, waiting.last_error) == (
            "waiting",
            "no connection: nobody listens",
        )
        assert waiting.next_attempt_at == post.now + wait
        post.now = waiting.next_attempt_at - timedelta(seconds=1)
        assert send_mails(now=post.now) == 0
        post.later(seconds=1)
    server.on_open = None
    assert [message.to for message in post.work()] == [["pavel@meridian.example"]]
    waiting.refresh_from_db()
    assert (waiting.status, waiting.attempts, waiting.sent_at) == ("sent", 7, post.now)
    assert waiting.last_error == ""


def test_it_is_given_up_in_the_end_and_can_be_sent_by_hand(
    waiting: Mail, post: PostOffice, server: type[Trouble], cast: Cast
) -> None:
    server.on_open = TimeoutError("slow")
    for _attempt in range(len(WAITS) + 1):
        send_mails(now=post.now)
        post.later(days=2)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.attempts) == ("failed", 7)
    assert send_mails(now=post.now) == 0
    server.on_open = None
    retry_mail(waiting, actor=cast.ines, now=cast.now)
    assert len(post.work()) == 1
    with pytest.raises(Conflict):
        retry_mail(waiting, actor=cast.ines, now=cast.now)


def test_an_address_that_is_refused_for_good_is_not_tried_again(
    waiting: Mail, post: PostOffice, server: type[Trouble]
) -> None:
    server.on_send = SMTPRecipientsRefused({"pavel@meridian.example": (550, b"unknown")})
    send_mails(now=post.now)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.last_error) == ("failed", "refused: [550]")


def test_an_address_that_is_refused_for_now_is_tried_again(
    waiting: Mail, post: PostOffice, server: type[Trouble]
) -> None:
    server.on_send = SMTPRecipientsRefused({"pavel@meridian.example": (451, b"later")})
    send_mails(now=post.now)
    waiting.refresh_from_db()
    assert waiting.status == "waiting"


def test_one_bad_mail_does_not_hold_up_the_others(
    cast: Cast, post: PostOffice, server: type[Trouble]
) -> None:
    tell(cast, "@Pavel look", "@Mei look", "@Sofia look")
    server.on_send = SMTPRecipientsRefused({"mei@meridian.example": (550, b"unknown")})
    server.only_for = "mei@"
    got = {message.to[0].partition("@")[0] for message in post.work()}
    assert got == {"pavel", "sofia"}
    assert Mail.objects.get(status="failed").address.startswith("mei@")


def test_a_mail_that_cannot_be_written_fails_alone(
    cast: Cast, post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(cast, "@Pavel look", "@Mei look")
    post.read()
    written = render_mail

    def render(mail: Mail) -> Any:
        if mail.address.startswith("mei@"):
            raise KeyError("Mei Tanaka")
        return written(mail)

    monkeypatch.setattr(sending, "render_mail", render)
    with capture_logs() as logs:
        assert [message.to[0] for message in post.work()] == ["pavel@meridian.example"]
    assert "Mei" not in str(logs)
    assert Mail.objects.get(status="waiting").last_error == "cannot be written: KeyError"


def test_when_the_connection_breaks_the_rest_waits(
    cast: Cast, post: PostOffice, server: type[Trouble]
) -> None:
    tell(cast, "@Pavel look", "@Mei look", "@Sofia look")
    post.read()
    server.on_send = ConnectionResetError("gone")
    assert send_mails(now=post.now) == 3
    assert set(Mail.objects.values_list("status", "last_error")) == {
        ("waiting", "connection lost: gone")
    }
    server.on_send = SMTPServerDisconnected("closed")
    post.later(minutes=2)
    assert send_mails(now=post.now) == 3
    server.on_send = None
    assert len(post.later(hours=1).work()) == 3


def test_a_claim_is_given_once_and_runs_out(waiting: Mail, post: PostOffice) -> None:
    mine, theirs = Mail.objects.get(), Mail.objects.get()
    assert sending._claim(theirs, post.now)
    assert not sending._claim(mine, post.now)
    assert send_mails(now=post.now) == 0
    assert send_mails(now=post.now + timedelta(minutes=11)) == 1
    assert Mail.objects.get().status == "sent"


def test_reading_twice_tells_once(waiting: Mail, post: PostOffice) -> None:
    post.read()
    assert Mail.objects.count() == 1
    assert len(post.work()) == 1
    assert post.work() == []


def test_an_event_that_cannot_be_understood_silences_nobody(
    cast: Cast, post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = matrix.MATRIX["comment.added"]

    def careless(event: Event, payload: Any) -> Any:
        if cast.member["mei"] in payload["mentions"]:
            raise KeyError("what")
        return rule(event, payload)

    monkeypatch.setattr(matrix, "MATRIX", {"comment.added": careless})
    tell(cast, "@Pavel look", "@Mei look", "@Sofia look")
    with capture_logs() as logs:
        got = {message.to[0].partition("@")[0] for message in post.work()}
    assert got == {"pavel", "sofia"}
    assert [said["event"] for said in logs] == ["notice.passed_over"]


@pytest.mark.parametrize("person", ["lena", "rashid", "tomas"])
def test_mails_are_seen_and_sent_again_by_those_who_may(
    waiting: Mail, cast: Cast, person: str
) -> None:
    actor: Actor = getattr(cast, person)
    with pytest.raises(Forbidden):
        list_mails(actor)
    with pytest.raises((Forbidden, NotFound)):
        retry_mail(waiting, actor=actor, now=cast.now)


def test_an_auditor_sees_mails_and_sends_none(waiting: Mail, cast: Cast) -> None:
    assert list(list_mails(cast.aron, status="waiting")) == [waiting]
    assert list(list_mails(cast.aron, status="sent")) == []
    with pytest.raises(Forbidden):
        retry_mail(waiting, actor=cast.aron, now=cast.now)


def test_another_company_sees_none(waiting: Mail, cast: Cast) -> None:
    for outsider in (cast.jan, cast.mira):
        assert list(list_mails(outsider)) == []
        with pytest.raises(NotFound):
            get_mail(outsider, waiting.id)
    assert get_mail(cast.ines, waiting.id) == waiting
