"""A purchase on its way, and a post office whose clock the test moves."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMultiAlternatives

from placet.core import clock
from placet.events.actions import place_events
from placet.notices.outbox import read_outbox
from placet.notices.sending import send_mails
from placet.notices.writing import write_notices


class PostOffice:
    """Does what the worker does with mails; ``sent`` is what arrived."""

    def __init__(self) -> None:
        self.now: datetime = clock.real_now()

    def later(self, **much: float) -> PostOffice:
        """Let time pass."""
        self.now += timedelta(**much)
        return self

    def read(self) -> None:
        """Make the rows of everything that happened."""
        while place_events():
            pass
        while read_outbox(now=self.now):
            pass
        while write_notices():
            pass

    def work(self) -> list[EmailMultiAlternatives]:
        """Read, send, and give back what arrived by this."""
        before = len(self.sent)
        self.read()
        while send_mails(now=self.now):
            pass
        return self.sent[before:]

    @property
    def sent(self) -> list[EmailMultiAlternatives]:
        """Everything that arrived so far."""
        return list(getattr(django_mail, "outbox", []))


@pytest.fixture
def post(db: None) -> PostOffice:
    """A post office that has passed over what happened while the cast was made."""
    office = PostOffice()
    office.work()
    return office


def html_of(message: EmailMultiAlternatives) -> str:
    """The HTML part of a mail."""
    (alternative,) = message.alternatives
    return str(alternative[0])
