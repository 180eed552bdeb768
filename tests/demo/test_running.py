"""Starting the demo: where it may run, what its processes share, and what happens when one dies."""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from placet.companies.models import Company
from placet.demo.loading.connections import ERP_PATH
from placet.demo.models import DemoClock
from placet.demo.running import processes as processes_module
from placet.demo.running.environment import CannotStart, demo_environment, refuse_busy_port
from placet.demo.running.processes import Processes
from placet.demo.running.state import prepare_state, remove_state
from placet.demo.world.scale import SMALL
from placet.events.models import Event as StoredEvent
from placet.webhooks.models import Endpoint
from tests.ground import Ground


def test_the_processes_share_one_environment(tmp_path: Path) -> None:
    made = demo_environment(8123, {"PLACET_STATE": str(tmp_path / "new"), "PATH": "/bin"})
    assert made["PLACET_DEMO"] == "1"
    assert made["PLACET_BASE_URL"] == "http://127.0.0.1:8123"
    assert made["PATH"] == "/bin"
    assert (tmp_path / "new").is_dir()


def test_without_a_folder_it_keeps_apart_from_a_real_installation(
    tmp_path: Path, settings: Any
) -> None:
    settings.STATE = tmp_path
    assert demo_environment(8123, {})["PLACET_STATE"] == str(tmp_path / "demo")


def test_production_settings_are_refused(settings: Any) -> None:
    settings.PLACET_PRODUCTION = True
    with pytest.raises(CannotStart, match="without a password"):
        demo_environment(8123, {})


def test_a_busy_port_is_a_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotStart, match=f"Port {port} is taken"):
            refuse_busy_port(port)
    refuse_busy_port(port)


@pytest.mark.parametrize("port", [0, -1, 65_536])
def test_what_is_no_port_is_a_sentence(port: int) -> None:
    with pytest.raises(CannotStart, match="is not a port"):
        refuse_busy_port(port)


def test_a_process_that_dies_again_and_again_ends_the_demo() -> None:
    said: list[str] = []
    running = Processes({"worker": [sys.executable, "-c", "raise SystemExit(3)"]}, said.append)
    running.start()
    try:
        assert not running.watch(Event())
    finally:
        running.end()
    assert said[0] == "The worker ended (3); it is started again."
    assert len(said) == processes_module.MOST_RESTARTS + 1


def test_told_to_stop_it_ends_what_it_started() -> None:
    waits = "import sys; sys.stdin.read(); import signal; signal.pause()"
    running = Processes({"worker": [sys.executable, "-c", waits]}, lambda sentence: None)
    running.start()
    stop = Event()
    stop.set()
    assert running.watch(stop)
    running.end()
    assert [process.returncode is None for process in running._running.values()] == [False]


def test_a_second_start_keeps_the_data_and_follows_the_port(own_world: None, settings: Any) -> None:
    settings.PLACET_BASE_URL = "http://127.0.0.1:9123"
    before = (Company.objects.count(), StoredEvent.objects.count())
    assert prepare_state(1, SMALL) is False
    assert (Company.objects.count(), StoredEvent.objects.count()) == before
    erp = Endpoint.objects.get(url__endswith=ERP_PATH)
    assert erp.url == f"http://127.0.0.1:9123{ERP_PATH}"


def test_a_start_that_was_cut_off_before_its_end_tells_nobody(own_world: None) -> None:
    DemoClock.objects.all().delete()
    prepare_state(1, SMALL)
    assert DemoClock.objects.count() == 1


def test_a_real_installation_is_left_alone(committed_db: Ground) -> None:
    """The cast has a company Meridian too, and is not the demo's."""
    with pytest.raises(CannotStart, match="real installation"):
        prepare_state(1, SMALL)
    with pytest.raises(CannotStart, match=r"real installation|PostgreSQL"):
        remove_state()
    assert Company.objects.exists()
