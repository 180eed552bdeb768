"""People in front of their browsers, and the day that passes around them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import mail as django_mail
from django.test import Client
from django.urls import reverse
from structlog.testing import capture_logs

from placet.core import clock
from placet.jobs.sweep import sweep
from tests.journeys.screen import Screen

FAILURES = ("job.failed", "decision.not_applied")
UNDO = timedelta(seconds=settings.PLACET_UNDO_SECONDS)


class Person:
    """Somebody who is signed in; they see what the page shows and send only its forms."""

    def __init__(self, user_id: str, company: str) -> None:
        self.company = company
        self.browser = Client()
        self.browser.force_login(get_user_model().objects.get(pk=user_id))

    def address(self, name: str, *args: object) -> str:
        """The address of a page of their company."""
        return reverse(name, args=[self.company, *args])

    def opens(self, name: str, *args: object, query: str = "") -> Screen:
        """A page that is there for them."""
        return self.visits(self.address(name, *args) + query)

    def visits(self, url: str, *, status: int = 200) -> Screen:
        """An address, with the redirects that it leads to."""
        return _seen(self.browser.get(url, follow=True), url, status)

    def sends(
        self, screen: Screen, name: str, /, *args: object, status: int = 200, **values: str
    ) -> Screen:
        """Fill in the form that goes to this page, send it, and look at the answer."""
        return self.presses(screen, self.address(name, *args), status=status, **values)

    def presses(self, screen: Screen, url: str, /, *, status: int = 200, **values: str) -> Screen:
        """The same for any address."""
        sent = screen.form(url).filled(**values)
        return _seen(self.browser.post(url, sent, follow=True), url, status)

    def is_refused(self, name: str, *args: object) -> int:
        """The status with which a page is refused."""
        status: int = self.browser.get(self.address(name, *args)).status_code
        assert status >= 400, f"{name} is shown"
        return status


class Day:
    """The clock of everybody and the worker; ``mails`` are those that have arrived."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._stand_still()

    def later(self, **much: float) -> Day:
        """Let time pass."""
        self.now += timedelta(**much)
        self._stand_still()
        return self

    def work(self) -> None:
        """Let the worker do everything that is due; nothing of it may fail."""
        with capture_logs() as logs:
            sweep(now=self.now)
        failed = [entry for entry in logs if entry["event"] in FAILURES]
        assert not failed, failed

    def undo_passes(self) -> None:
        """The time in which an answer can be taken back is over, and the worker applies it."""
        self.later(seconds=UNDO.total_seconds())
        self.work()

    @property
    def mails(self) -> list[EmailMessage]:
        """Every mail as it went over the wire, the first one first."""
        sent: list[Any] = getattr(django_mail, "outbox", [])
        return [_read(one.message().as_bytes()) for one in sent]

    def mails_to(self, name: str) -> list[EmailMessage]:
        """Those to one person, by the part before the @."""
        return [mail for mail in self.mails if f"{name}@" in str(mail["To"])]

    def _stand_still(self) -> None:
        clock.set_offset_source(lambda: self.now - clock.real_now())


def link_in(mail: EmailMessage) -> str:
    """The path behind the button of a mail."""
    part = mail.get_body(("plain",))
    assert part is not None
    found = re.search(
        re.escape(settings.PLACET_BASE_URL) + r"(/d/[^\s>]+?)/?(?=[\s>])", part.get_content()
    )
    assert found, part.get_content()
    return found.group(1) + "/"


def _read(written: bytes) -> EmailMessage:
    read = message_from_bytes(written, policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


def _seen(response: Any, url: str, status: int) -> Screen:
    chain = getattr(response, "redirect_chain", [])
    screen = Screen(chain[-1][0] if chain else url, response.status_code, response.content.decode())
    assert response.status_code == status, (response.status_code, screen)
    return screen
