"""The queue is a bell: it carries nothing, and an action never fails because it is broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from structlog.testing import capture_logs

from placet.events import wake as waking
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
def test_a_queue_that_is_down_is_only_logged(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "PLACET_QUEUE", address)
    with capture_logs() as logs:
        ring()
        assert not heard()
    assert [said["event"] for said in logs] == ["queue.silent", "queue.deaf"]


def test_jobs_registers_the_bell() -> None:
    apps.get_app_config("jobs").ready()
    assert waking._waker is ring
