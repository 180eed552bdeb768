"""Everything that leaves, without any queue; twice at once; and by the worker that people run."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Event, Thread

import pytest
from django.conf import settings
from django.core import mail as django_mail
from django.core.management import call_command
from django.db import connection

from placet.core import clock
from placet.jobs.skip import skip_outbox
from placet.jobs.sweep import sweep
from placet.jobs.worker import run_worker
from placet.notices.models import Mail
from placet.orders.models import Order
from placet.webhooks.actions import add_endpoint
from placet.webhooks.models import Delivery
from tests.cast import Cast
from tests.ground import Ground, race
from tests.requisitions.road import answer, fill_cart, submit
from tests.webhooks.receiver import Receiver, listening

LINES = (("INF-SET", 20), ("GLV-M", 40))


@pytest.fixture
def receiver():  # type: ignore[no-untyped-def]
    with listening() as made:
        yield made


def travel(cast: Cast, receiver: Receiver) -> None:
    """Lena asks, Rashid and Anika say yes on their pages; nothing has left yet."""
    skip_outbox()
    add_endpoint(receiver.url, event_types=["order.*"], actor=cast.mira, now=cast.now)
    requisition = submit(fill_cart(cast, *LINES), actor=cast.lena, now=cast.now)
    rashid = replace(cast.rashid, channel="mail")
    answer(requisition, "approve", actor=rashid, now=cast.now)
    answer(requisition, "approve", actor=cast.anika, now=cast.now)


@pytest.mark.django_db
def test_the_sweep_alone_suffices(
    cast: Cast, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "PLACET_QUEUE", "/dev/null/there-is-no-queue")
    travel(cast, receiver)
    sweep(now=cast.now)
    assert Order.objects.count() == 0, "the time for undo is not over"
    assert receiver.received == []
    sweep(now=cast.now + timedelta(seconds=settings.PLACET_UNDO_SECONDS))
    assert Order.objects.count() == 1
    assert [m.to[0] for m in django_mail.outbox if m.subject.startswith("Ordered")] == [
        "lena@meridian.example"
    ]
    assert len(receiver.received) == 1
    assert sweep(now=cast.now + timedelta(hours=1)) == 0


@pytest.mark.django_db
def test_history_is_told_to_nobody(cast: Cast, receiver: Receiver) -> None:
    travel(cast, receiver)
    skip_outbox()
    sweep(now=cast.now)
    assert Mail.objects.count() == 0
    assert Delivery.objects.count() == 0


@pytest.mark.django_db
def test_the_command_for_cron_does_one_sweep(
    cast: Cast, receiver: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    travel(cast, receiver)
    call_command("sweep")
    assert capsys.readouterr().out.strip().endswith(" done")
    assert Mail.objects.filter(status="waiting").count() == 0


def test_two_workers_at_once_send_everything_once(
    committed_db: Ground, cast: Cast, receiver: Receiver
) -> None:
    travel(cast, receiver)
    later = cast.now + timedelta(minutes=1)
    results = race([lambda: sweep(now=later)] * 3)
    assert all(isinstance(result, int) for result in results), results
    sweep(now=later)
    assert Order.objects.count() == 1
    assert len(receiver.ids) == len(set(receiver.ids)) == 1
    assert set(Mail.objects.values_list("status", "attempts")) <= {("sent", 1), ("dropped", 1)}
    assert set(Delivery.objects.values_list("status", "attempts")) == {("delivered", 1)}


def test_the_worker_works_when_somebody_rings_and_stops_when_it_is_told(
    committed_db: Ground, cast: Cast, receiver: Receiver
) -> None:
    travel(cast, receiver)
    clock.set_offset_source(lambda: cast.now + timedelta(minutes=1) - clock.real_now())
    stop, arrived = Event(), Event()
    take = receiver.answer

    def notice(handler) -> None:  # type: ignore[no-untyped-def]
        take(handler)
        arrived.set()

    receiver.answer = notice
    worker = Thread(target=run_worker, args=(stop,))
    worker.start()
    try:
        assert arrived.wait(20), "the order has left"
    finally:
        stop.set()
        worker.join(20)
    assert not worker.is_alive()
    connection.close()
    assert Delivery.objects.get().status == "delivered"
