"""kill -9 at named points of the road out: every mail and delivery leaves, by the same row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from placet.core import clock
from placet.events.models import Event
from placet.jobs.skip import skip_outbox
from placet.jobs.verify import verify
from placet.notices.models import Mail
from placet.notices.sending import send_mails
from placet.webhooks.actions import add_endpoint
from placet.webhooks.delivery import send_webhooks
from placet.webhooks.models import Delivery
from tests.cast import NOW, Cast
from tests.ground import Failed, Ground, race
from tests.requisitions.road import DRESSING, fill_cart, submit
from tests.requisitions.test_kill import dies
from tests.webhooks.receiver import Receiver, listening

MAILS = "placet.notices.sending"
WEBHOOKS = "placet.webhooks.delivery"
READING = {
    "before events get their place": dies("placet.events.actions", "place_events", before=True),
    "after the letters were written": dies("placet.notices.outbox", "read_outbox", before=False),
    "after the deliveries were written": dies(
        "placet.webhooks.outbox", "read_outbox", before=False
    ),
}
SENDING = {
    "after a mail was claimed": dies(MAILS, "_claim", before=False),
    "before a mail leaves": dies(MAILS, "_send_one", before=True),
    "before a mail's success is written down": dies(MAILS, "_settle_success", before=True),
    "after a mail's success was written down": dies(MAILS, "_settle_success", before=False),
    "after a delivery was claimed": dies(WEBHOOKS, "_claim", before=False),
    "before the receiver's answer is written down": dies(WEBHOOKS, "settle", before=True),
    "after the receiver's answer was written down": dies(WEBHOOKS, "settle", before=False),
}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with listening() as made:
        yield made


def read_all(now: datetime) -> None:
    """What happened becomes letters and deliveries; looked up where a point replaces it."""
    from placet.events import actions
    from placet.notices import outbox as letters
    from placet.webhooks import outbox as deliveries

    while actions.place_events():
        pass
    while letters.read_outbox(now=now):
        pass
    while deliveries.read_outbox(now=now):
        pass


def send_all(now: datetime) -> None:
    """Make the attempts that are due, mails first."""
    while send_mails(now=now):
        pass
    while send_webhooks(now=now, business_now=NOW):
        pass


def is_killed(patch: Callable[[], None], act: Callable[[], None]) -> None:
    def killed() -> None:
        patch()
        act()

    (ended,) = race([killed])
    assert isinstance(ended, Failed)
    assert ended.kind == "Died", ended


def ask_rashid(cast: Cast, receiver: Receiver) -> None:
    """One mail and one delivery are to leave."""
    skip_outbox()
    add_endpoint(receiver.url, event_types=["requisition.submitted"], actor=cast.mira, now=cast.now)
    submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)


@pytest.mark.parametrize("point", READING)
def test_killed_while_reading_what_happened_each_letter_is_written_once(
    committed_db: Ground, cast: Cast, receiver: Receiver, point: str
) -> None:
    ask_rashid(cast, receiver)
    now = clock.real_now()
    is_killed(READING[point], lambda: read_all(now))
    read_all(now)
    send_all(now)
    read_all(now)
    assert [mail.status for mail in Mail.objects.filter(member_id=cast.member["rashid"])] == [
        Mail.Status.SENT
    ]
    assert [one.status for one in Delivery.objects.all()] == [Delivery.Status.DELIVERED]
    assert len(receiver.ids) == 1
    assert verify() == []


@pytest.mark.parametrize("point", SENDING)
def test_killed_while_sending_it_leaves_by_the_same_row(
    committed_db: Ground, cast: Cast, receiver: Receiver, point: str
) -> None:
    ask_rashid(cast, receiver)
    now = clock.real_now()
    read_all(now)
    rows = Mail.objects.count(), Delivery.objects.count(), Event.objects.count()
    is_killed(SENDING[point], lambda: send_all(now))
    send_all(now + timedelta(hours=1))
    assert (Mail.objects.count(), Delivery.objects.count(), Event.objects.count()) == rows
    assert set(Mail.objects.values_list("status", flat=True)) == {Mail.Status.SENT}
    assert set(Delivery.objects.values_list("status", flat=True)) == {Delivery.Status.DELIVERED}
    # Whoever receives it twice sees by its id that it is the same.
    assert set(receiver.ids) == set(Delivery.objects.values_list("event_id", flat=True))
    assert verify() == []
