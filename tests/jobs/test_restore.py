"""A restored backup sends nothing again by itself: the workers hold until somebody has looked."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event as Stop
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection

from placet.core import clock
from placet.jobs.restoring import pulse
from placet.jobs.restoring.pulse import beat, beat_seen, find_hold, may_work
from placet.jobs.skip import skip_outbox
from placet.jobs.sweep import entries_of
from placet.jobs.timetable import TIMETABLE
from placet.jobs.verify import verify
from placet.jobs.worker import _sweep_lane
from placet.notices.models import Mail
from placet.orders.models import Order
from placet.webhooks.actions import add_endpoint
from placet.webhooks.models import Delivery
from tests.cast import Cast
from tests.ground import Ground
from tests.requisitions.road import DRESSING, answer, fill_cart, submit
from tests.webhooks.receiver import Receiver, listening


@pytest.fixture(autouse=True)
def _a_machine(tmp_path: Path, settings: Any) -> None:
    """The file beside the database of this test."""
    settings.PLACET_PULSE = str(tmp_path / "pulse")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with listening() as made:
        yield made


def work() -> None:
    """What the lanes of a worker do in one pass each."""
    for lane in sorted({entry.lane for entry in TIMETABLE}):
        _sweep_lane(entries_of(lane), Stop())
    for lane in ("mail", "webhooks"):
        _sweep_lane(entries_of(lane), Stop())


def back_up(ground: Ground, folder: Path) -> str:
    """A copy of the database at this moment, as a backup that is restored under another name."""
    before = ground.current
    if connection.vendor == "sqlite":
        copy = folder / "backup.sqlite3"
        call_command("backup", str(copy), stdout=io.StringIO())
        return str(copy)
    ground.close()
    copy_name = f"{before}_backup"
    ground._at_home(f'CREATE DATABASE "{copy_name}" TEMPLATE "{before}"')  # type: ignore[attr-defined]
    return copy_name


def say(*options: str) -> str:
    out = io.StringIO()
    call_command("restored", *options, stdout=out)
    return out.getvalue()


def left(receiver: Receiver) -> tuple[list[str], list[str]]:
    """The mails and webhooks that left so far."""
    letters = [
        f"{one.to} {one.extra_headers.get('Message-ID', one.subject)}" for one in mail.outbox
    ]
    return letters, list(receiver.ids)


def a_day(cast: Cast, receiver: Receiver, ground: Ground, folder: Path) -> str:
    """Rashid is asked; the backup is made; then the mails leave, he approves, the order leaves."""
    rashid = replace(cast.rashid, channel="api")
    skip_outbox()
    beat()
    add_endpoint(receiver.url, event_types=["order.*"], actor=cast.mira, now=cast.now)
    add_endpoint(receiver.url, event_types=["requisition.*"], actor=cast.ines, now=cast.now)
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    _sweep_lane(entries_of("inside"), Stop())
    assert Mail.objects.filter(status=Mail.Status.WAITING).exists()
    backup = back_up(ground, folder)
    work()
    answer(requisition, "approve", actor=rashid, now=clock.business_now())
    work()
    assert Order.objects.count() == 1
    return backup


@pytest.mark.parametrize("fate", ["drop", "send"])
def test_after_a_restore_nothing_leaves_by_itself(
    committed_db: Ground, cast: Cast, receiver: Receiver, tmp_path: Path, fate: str
) -> None:
    backup = a_day(cast, receiver, committed_db, tmp_path)
    before = left(receiver)
    assert before[0]
    assert before[1]
    committed_db.use(backup)
    for _pass in range(3):
        work()
    assert left(receiver) == before
    assert find_hold() is not None
    with pytest.raises(CommandError):
        call_command("sweep")
    listed = say()
    assert "mails that wait" in listed
    assert "requisition.submitted" in listed

    released = say("--mails", "drop", "--webhooks", fate)
    assert "The workers go on." in released
    work()
    letters, webhooks = left(receiver)
    assert letters == before[0], "a mail that left before the crash left again"
    if fate == "drop":
        assert webhooks == before[1]
        assert set(Delivery.objects.values_list("status", flat=True)) == {Delivery.Status.FAILED}
        assert set(Delivery.objects.values_list("last_error", flat=True)) == {"dropped"}
    # A receiver that is sent a message again knows it by its id: no new id for an old fact.
    assert set(webhooks) == set(before[1])
    assert verify() == []


def test_without_the_pulse_the_same_mails_leave_twice(
    committed_db: Ground, cast: Cast, receiver: Receiver, tmp_path: Path, settings: Any
) -> None:
    """What the hold prevents: a worker of a new machine knows nothing of the lost day."""
    backup = a_day(cast, receiver, committed_db, tmp_path)
    letters, _webhooks = left(receiver)
    settings.PLACET_PULSE = str(tmp_path / "another machine")
    committed_db.use(backup)
    work()
    again = left(receiver)[0][len(letters) :]
    assert set(again) & set(letters)


def test_after_the_release_the_day_goes_on(
    committed_db: Ground, cast: Cast, receiver: Receiver, tmp_path: Path
) -> None:
    backup = a_day(cast, receiver, committed_db, tmp_path)
    committed_db.use(backup)
    work()
    say("--mails", "drop", "--webhooks", "drop")
    before = left(receiver)
    submit(fill_cart(cast, (DRESSING, 51), name="Afterwards"), actor=cast.lena, now=cast.now)
    work()
    assert find_hold() is None
    assert len(left(receiver)[0]) > len(before[0])
    assert len(left(receiver)[1]) == len(before[1]) + 1
    # The file has the beat of the restored database now: the next start is not held.
    assert may_work(now=clock.real_now())


def test_on_a_new_machine_somebody_says_it(
    committed_db: Ground, cast: Cast, receiver: Receiver, tmp_path: Path, settings: Any
) -> None:
    backup = a_day(cast, receiver, committed_db, tmp_path)
    before = left(receiver)
    settings.PLACET_PULSE = str(tmp_path / "another machine")
    committed_db.use(backup)
    assert "Held: nothing happens by itself" in say()
    work()
    assert left(receiver) == before


@pytest.mark.django_db
def test_both_fates_have_to_be_said_and_something_has_to_be_held() -> None:
    with pytest.raises(CommandError, match="Say both"):
        say("--mails", "drop")
    with pytest.raises(CommandError, match="Nothing is held"):
        say("--mails", "drop", "--webhooks", "send")


@pytest.mark.django_db
def test_the_beat_only_grows_and_survives_a_broken_file(
    cast: Cast, settings: Any, tmp_path: Path
) -> None:
    assert may_work(now=clock.real_now())
    beat()
    beat()
    assert beat_seen() == 2
    merchant = (tmp_path / "pulse").read_text().split()[0]
    for broken in ("torn", "", "3", f"{merchant} three", "\x00"):
        (tmp_path / "pulse").write_text(broken)
        assert may_work(now=clock.real_now())
    (tmp_path / "pulse").write_text(f"{merchant} 3")
    assert not may_work(now=clock.real_now())
    settings.PLACET_PULSE = "/dev/null/nowhere"
    beat()


@pytest.mark.django_db
def test_the_beat_of_another_thread_holds_nobody(cast: Cast) -> None:
    """A lane that works between this lane's look at the row and its look at the file."""
    beat()
    beats = iter([beat])

    def between(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        answer = execute(sql, params, many, context)
        if sql.startswith("SELECT") and "jobs_pulse" in sql and (once := next(beats, None)):
            once()
        return answer

    with connection.execute_wrapper(between):
        assert may_work(now=clock.real_now())
    assert next(beats, None) is None
    assert beat_seen() == 2


@pytest.mark.django_db
def test_a_file_beside_another_installation_holds_nobody(cast: Cast, tmp_path: Path) -> None:
    """A database that was made anew, or one of somebody else, below the same folder."""
    (tmp_path / "pulse").write_text("com_somebody_else 1000000")
    assert may_work(now=clock.real_now())
    beat()
    assert beat_seen() == 1


@pytest.mark.django_db
def test_a_release_holds_for_all_machines(cast: Cast, settings: Any, tmp_path: Path) -> None:
    """The file of another machine may have seen more than that on which somebody looked."""
    beat()
    merchant = (tmp_path / "pulse").read_text().split()[0]
    (tmp_path / "further").write_text(f"{merchant} 5000")
    assert "Held" in say()
    say("--mails", "drop", "--webhooks", "drop")
    assert may_work(now=clock.real_now())
    settings.PLACET_PULSE = str(tmp_path / "further")
    assert may_work(now=clock.real_now())


@pytest.mark.django_db
def test_a_held_installation_says_so_again_and_again(
    cast: Cast, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    say()
    caplog.clear()
    at = [0.0]
    monkeypatch.setattr(pulse, "monotonic", lambda: at[0])
    monkeypatch.setattr(pulse, "_reminded", {})
    with caplog.at_level("ERROR", "placet.jobs"):
        for at[0] in (0.0, 1.0, 59.0, 60.0, 61.0):
            assert not may_work(now=clock.real_now())
    assert [one.message for one in caplog.records] == ["restore.still_held"] * 2


def test_a_backup_is_whole_and_overwrites_nothing(
    committed_db: Ground, cast: Cast, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    if connection.vendor != "sqlite":
        with pytest.raises(CommandError, match="pg_dump"):
            call_command("backup", str(copy))
        return
    call_command("backup", str(copy), stdout=io.StringIO())
    with closing(sqlite3.connect(copy)) as read:
        (users,) = read.execute("SELECT count(*) FROM companies_user").fetchone()
    assert users == len(set(cast.user.values()))
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", str(copy))
