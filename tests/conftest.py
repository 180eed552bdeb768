"""The ground of the tests: a migrated template with the cast is made once and copied.

No test flushes tables that have triggers. Ordinary tests run in a transaction of their worker's
copy that is rolled back; ``committed_db`` gives a copy of its own to a test with commits, threads
or processes. PLACET_DATABASE_URL=postgresql://… selects PostgreSQL. All tests live at ``cast.NOW``.
"""

from __future__ import annotations

import gc
import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from placet.core import clock
from placet.events.wake import set_waker
from tests.cast import NOW, Cast, load_cast
from tests.ground import Ground, ground_for
from tests.leaks import find_leak, watch_commits
from tests.lengths import refuse_long_texts
from tests.requests import render_untold, share_middleware
from tests.statements import FOLDER, Recorder, choose_tests, read_told

hypothesis_settings.register_profile(
    "placet",
    derandomize=True,
    deadline=None,
    database=None,
    print_blob=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis_settings.load_profile("placet")
refuse_long_texts()
watch_commits()
share_middleware()
_queues = itertools.count(1)
recorder = Recorder() if FOLDER and connection.vendor == "sqlite" else None
if recorder:
    recorder.listen()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL: what SQLite's tests asked is asked once."""
    told = read_told(Path(FOLDER)) if FOLDER and connection.vendor == "postgresql" else {}
    if not told:
        return
    chosen = choose_tests([item.nodeid for item in items], told)
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in chosen])
    items[:] = [item for item in items if item.nodeid in chosen]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Write down what a test asked the database, where somebody wants to know."""
    if recorder is None:
        return (yield)
    with recorder.during(item.nodeid):
        return (yield)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """A test that SQLite skips, or that fails there, is not spared PostgreSQL (ADR 36)."""
    if recorder and not report.passed:
        recorder.forget(report.nodeid)


def pytest_sessionfinish() -> None:
    """Keep what was written down."""
    if recorder and recorder.told:
        recorder.write(Path(FOLDER), os.environ.get("PYTEST_XDIST_WORKER", "main"))


def pytest_collection_finish() -> None:
    """What is loaded stays: it is not looked through again for garbage with every few objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def _templates_as_in_an_installation(django_test_environment: None) -> None:
    render_untold()


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Ground]:
    """The template and its copies; the folder is shared by the workers of one session."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    made = ground_for(folder)
    yield made
    with django_db_blocker.unblock():
        made.drop_copies()


@pytest.fixture(scope="session")
def tables(ground: Ground, django_db_blocker: Any) -> Iterator[Ground]:
    """Every table and no row: the migrations run once a session, all templates begin with this."""
    place = ground.folder / f"{ground.folder.name}-tables"
    place.mkdir(exist_ok=True)
    with django_db_blocker.unblock():
        made = ground_for(place)
        made.build_template(lambda: None)
        ground.close()
    yield made
    with django_db_blocker.unblock():
        made.drop_copies()


@pytest.fixture(scope="session")
def django_db_setup(ground: Ground, tables: Ground, django_db_blocker: Any) -> Iterator[None]:
    """Point Django at this worker's copy of the template instead of a database of its own."""
    with django_db_blocker.unblock():
        ground.build_template(tables=tables)
        copy = ground.new_copy()
        ground.use(copy)
        ground.shared = copy
    yield
    with django_db_blocker.unblock():
        ground.close()


@pytest.fixture(scope="session")
def _loaded_cast(django_db_setup: None, django_db_blocker: Any) -> Cast:
    with django_db_blocker.unblock():
        return load_cast()


@pytest.fixture
def cast(_loaded_cast: Cast) -> Cast:
    """The fixed people and things; their ids are the same in every copy."""
    return _loaded_cast


@pytest.fixture
def committed_db(ground: Ground, django_db_setup: None, django_db_blocker: Any) -> Iterator[Ground]:
    """A fresh database where commits are real: for threads, processes and what follows a commit.

    Never together with ``db`` or the mark ``django_db`` in one test.
    """
    with django_db_blocker.unblock():
        before = ground.current
        copy = ground.new_copy()
        ground.use(copy)
        try:
            yield ground
        finally:
            ground.use(before)
            ground.drop(copy)


@pytest.fixture(autouse=True)
def _leaves_nothing_behind(ground: Ground) -> Iterator[None]:
    """Made first, so that it looks when everything else of the test is gone."""
    yield
    if ground.shared and (leak := find_leak(ground.shared, ground.current)):
        ground.use(ground.shared)
        pytest.fail(f"This test leaves something behind: {leak}.")


@pytest.fixture(autouse=True)
def _at_the_time_of_the_cast() -> Iterator[None]:
    """Doors that read the clock read about ``NOW``; nothing wakes a worker that is not there."""
    offset = NOW - clock.real_now()
    clock.set_offset_source(lambda: offset)
    set_waker(None)
    yield
    clock.set_offset_source(None)
    set_waker(None)


@pytest.fixture
def after_commits(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]],
) -> Callable[[], AbstractContextManager[Any]]:
    """``with after_commits(): …`` runs what the actions inside left for after their commit.

    Ordinary tests never commit, so what should follow a commit is captured here, explicitly.
    """
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture(scope="session")
def _state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("state")


@pytest.fixture(autouse=True)
def _queue_of_its_own(_state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the queue of an installation, or of another test."""
    monkeypatch.setattr(settings, "PLACET_QUEUE", str(_state / f"queue_{next(_queues)}.sqlite3"))
