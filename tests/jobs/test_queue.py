"""The queue is a bell: it carries nothing, and an action never fails because it is broken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from structlog.testing import capture_logs

from placet.events import wake as waking
from placet.jobs import queue
from placet.jobs.queue import heard, queue_at, ring


def test_many_rings_are_heard_once() -> None:
    assert not heard()
    for _ in range(5):
        ring()
    assert queue_at(settings.PLACET_QUEUE).pending_count() == 1
    assert heard()
    assert not heard()


def test_the_bell_carries_no_payload() -> None:
    ring()
    (task,) = queue_at(settings.PLACET_QUEUE).pending()
    assert (task.name, task.args, task.kwargs) == ("wake", (), {})


def test_the_queue_has_a_file_of_its_own() -> None:
    ring()
    assert Path(settings.PLACET_QUEUE).exists()
    assert str(settings.DATABASES["default"]["NAME"]) != settings.PLACET_QUEUE


@pytest.mark.parametrize("address", ["/dev/null/queue.sqlite3", "redis://127.0.0.1:1/0"])
@pytest.mark.parametrize(
    ("act", "said"), [(ring, "queue.silent"), (heard, "queue.deaf")], ids=["ring", "heard"]
)
def test_a_queue_that_is_down_is_only_logged_and_left_alone_for_a_moment(
    address: str, act: Callable[[], object], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "PLACET_QUEUE", address)
    clock = Clock()
    monkeypatch.setattr(queue, "monotonic", clock)
    monkeypatch.setattr(queue, "_away_until", {})
    with capture_logs() as logs:
        for _ in range(3):
            assert not act()
    assert [line["event"] for line in logs] == [said]
    clock.seconds += queue.AWAY_SECONDS
    with capture_logs() as logs:
        assert not act()
    assert [line["event"] for line in logs] == [said]


def test_another_queue_is_asked_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    works = settings.PLACET_QUEUE
    monkeypatch.setattr(queue, "_away_until", {})
    monkeypatch.setattr(settings, "PLACET_QUEUE", "/dev/null/queue.sqlite3")
    ring()
    monkeypatch.setattr(settings, "PLACET_QUEUE", works)
    ring()
    assert heard()


class Clock:
    """A steady clock that stands still."""

    seconds = 100.0

    def __call__(self) -> float:
        """Its seconds."""
        return self.seconds


def test_jobs_registers_the_bell() -> None:
    apps.get_app_config("jobs").ready()
    assert waking._waker is ring
