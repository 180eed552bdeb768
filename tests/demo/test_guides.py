"""Every guide of docs/api, as printed, against a live server with the small demo world.

`.ci/run` runs the guides in its demo, one after the other; the soak gives each a world of its own.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connections

from placet.core import clock
from placet.events.wake import set_waker
from placet.jobs.timetable import RUNNERS
from placet.jobs.verify import verify
from placet.runs.work import work_run
from tests.api.caller import document
from tests.api.test_walk import live_server
from tests.demo.world_facts import NOW
from tests.house.source import ROOT

sys.path.insert(0, str(ROOT / "tools"))

import guides

README = ROOT / "docs/api/README.md"
AWAITED = {"requests"}
"""What is told on the page about errors and limits, which is of no resource alone."""
RESOURCES = re.compile(r"Resources: ([\w, ]+)\.", re.MULTILINE)


@pytest.fixture
def address(own_world: None, settings: Any) -> Iterator[str]:
    """A live demo on the day of its world, whose clock goes on."""
    offset = NOW - clock.real_now()
    clock.set_offset_source(lambda: offset)
    settings.PLACET_DEMO = True
    settings.ROOT_URLCONF = "tests.demo.urls"
    with working_on_runs(), live_server() as found:
        yield found


@contextmanager
def working_on_runs() -> Iterator[None]:
    """A worker for what takes longer than a call; the bell wakes it, as in an installation."""
    bell, is_over = Event(), Event()

    def work() -> None:
        while not is_over.is_set():
            bell.wait()
            bell.clear()
            while work_run(RUNNERS, now=NOW, read_real=clock.real_now):
                pass
        connections.close_all()

    worker = Thread(target=work)
    worker.start()
    set_waker(bell.set)
    try:
        yield
    finally:
        set_waker(None)
        is_over.set()
        bell.set()
        worker.join()


@pytest.mark.soak
@pytest.mark.parametrize(
    "path", [path for path in guides.list_guides() if path != README], ids=lambda path: path.stem
)
def test_a_guide_works_as_printed(address: str, path: Path) -> None:
    assert guides.read_blocks(path), "a guide shows calls"
    assert list(guides.run_guide(path, address, f"{NOW:%F}")) == []
    if path.stem == "requisitions":
        assert list(verify()) == []


def test_the_index_leads_to_every_guide() -> None:
    index = README.read_text(encoding="utf-8")
    for path in guides.GUIDES.glob("*.md"):
        assert path == README or f"({path.name}" in index, path.name


def test_every_resource_of_the_description_has_a_guide() -> None:
    covered = {
        name.strip()
        for path in guides.GUIDES.glob("*.md")
        for found in RESOURCES.findall(path.read_text(encoding="utf-8"))
        for name in found.split(",")
    }
    tags = {
        tag.replace("_", " ")
        for operations in document()["paths"].values()
        for operation in operations.values()
        for tag in operation["tags"]
    }
    assert tags - covered - AWAITED == set()
    assert covered - tags == set(), "of no resource of the API"


@pytest.mark.parametrize(
    ("printed", "answer", "is_same"),
    [
        ('{"id": "cart_…", …}', {"id": "cart_1", "name": "x"}, True),
        ('{"id": "cart_…"}', {"id": "cart_1", "name": "x"}, False),
        ('{"id": …, "at": "…T…Z"}', {"id": None, "at": "2026-01-01T00:00Z"}, True),
        ('{"left": 1}', {"left": 2}, False),
        ('{"left": 1}', {"left": True}, False),
        ('{"left": {"amount_minor": 1}, …}', {"left": {}}, False),
        ("[1, …]", [1, 2, 3], True),
        ("[…, 3]", [1, 2, 3], True),
        ("[…, 2]", [1, 2, 3], False),
        ("[]", [1], False),
        ('["a … b"]', ["a long b"], True),
    ],
)
def test_what_is_shortened_is_compared_and_nothing_else_differs(
    printed: str, answer: Any, is_same: bool
) -> None:
    block = guides.Block(1, "", "json", printed)
    assert (list(guides.compare(block, json.dumps(answer))) == []) is is_same
