"""The demo's own doors: everybody may use each of them, and only by the methods said here."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from placet.demo.models import ReceivedMail
from placet.demo.urls import urlpatterns
from placet.events.models import Event
from tests.demo.conftest import member_of
from tests.demo.world_facts import NOW
from tests.web.rights.table import Row, read_table

# Without a session: the demo's front door is open to whoever can reach the machine.
ROWS = read_table(
    """
                           anyone
GET  front                 200
POST demo_try_as           302
POST demo_clock            302
GET  demo_keys             200
GET  demo_mailbox          200
GET  demo_mail             200
GET  demo_mail_body        200
GET  demo_erp              200
POST demo_erp              401
POST demo_erp_acknowledge  302
"""
)


def address_of(route: str) -> str:
    """An address where there is something."""
    if route == "demo_try_as":
        return reverse(route, args=[member_of("lena").pk])
    if route in ("demo_mail", "demo_mail_body"):
        mail = ReceivedMail.objects.create(
            received_at=NOW,
            recipient=member_of("lena").user.email,
            subject="Hello",
            raw="Subject: Hello\r\nContent-Type: text/plain\r\n\r\nHello",
        )
        return reverse(route, args=[mail.pk])
    return reverse(route)


def test_every_address_of_the_demo_has_its_row() -> None:
    assert {row.route for row in ROWS} == {pattern.name for pattern in urlpatterns}


@pytest.mark.parametrize("route", sorted({row.route for row in ROWS}))
def test_door(route: str, demo_client: Client) -> None:
    address = address_of(route)
    rows: dict[str, Row] = {row.method: row for row in ROWS if row.route == route}
    before = Event.objects.count()
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        answer = getattr(demo_client, method.lower())(address)
        expected = rows[method].answers["anyone"] if method in rows else "405"
        assert str(answer.status_code) == expected, method
    assert Event.objects.count() == before, "a door of the demo writes no history of its own"
