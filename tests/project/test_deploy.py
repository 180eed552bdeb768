"""The files of ``deploy/`` are tried as far as one machine can: units, containers, web server."""

from __future__ import annotations

import re
import runpy
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from placet.project.logs import JsonLine
from tests.house.source import ROOT

DEPLOY = ROOT / "deploy"
COMMAND = re.compile(r"\bplacet ([a-z]+)")


def commands_of(name: str) -> list[str]:
    """The commands of `placet` that a file calls."""
    return COMMAND.findall((DEPLOY / name).read_text())


@pytest.mark.parametrize(
    "name", ["placet-web.service", "placet-work.service", "compose.yaml", "README.md"]
)
def test_every_command_that_is_called_exists(name: str) -> None:
    known = {*get_commands(), "setup"}
    assert set(commands_of(name)) - known == set()


@pytest.mark.parametrize("name", ["placet-web.service", "placet-work.service"])
def test_units_are_understood_by_systemd(name: str, tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    # The programs of /opt/placet are not on this machine; any other program is.
    text = (DEPLOY / name).read_text()
    text = re.sub(r"/opt/placet/\.venv/bin/\w+", "/bin/true", text)
    unit = tmp_path / name
    unit.write_text(text.replace("User=placet", "User=daemon").replace("/opt/placet", "/"))
    said = subprocess.run(
        [program, "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False
    )
    complaints = [line for line in said.stderr.splitlines() if name in line]
    assert complaints == []


def test_a_unit_with_a_mistake_would_be_found(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    unit = tmp_path / "broken.service"
    unit.write_text("[Service]\nExecStart=relative/program\n")
    said = subprocess.run(
        [program, "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False
    )
    assert "broken.service" in said.stderr


def test_containers_name_each_other_and_wait_for_the_tables() -> None:
    compose: Any = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    services = compose["services"]
    for service in services.values():
        assert set(service.get("depends_on", [])) <= set(services)
        volumes = {volume.partition(":")[0] for volume in service.get("volumes", [])}
        assert volumes <= set(compose["volumes"])
    for name in ("web", "work"):
        assert services[name]["depends_on"]["prepare"]["condition"].endswith("successfully")
        assert services[name]["environment"]["PLACET_PRODUCTION"] == "1"
    assert "createcachetable" in services["prepare"]["command"]
    assert shlex.split(services["web"]["command"])[0] == "gunicorn"


def test_the_image_installs_by_hash_and_runs_as_nobody_special() -> None:
    steps = (DEPLOY / "Dockerfile").read_text().replace("\\\n", " ").splitlines()
    assert any("--require-hashes -r requirements/run.lock" in step for step in steps)
    assert steps[-1].startswith("USER placet")
    for copied in re.findall(r"^COPY (\S+) ", "\n".join(steps), re.MULTILINE):
        assert (ROOT / copied).exists()


def test_the_web_server_reads_its_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLACET_WEB_PROCESSES", "3")
    monkeypatch.setenv("PLACET_PRODUCTION", "1")
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "/tmp/figures-of-a-test")
    read = runpy.run_path(str(DEPLOY / "gunicorn.conf.py"))
    assert (read["workers"], read["threads"]) == (3, 4)
    line = read["logconfig_dict"]["formatters"]["line"]["()"]
    assert line == f"{JsonLine.__module__}.{JsonLine.__name__}"
    assert read["accesslog"] is None


def test_the_proxy_leads_to_the_web_server() -> None:
    proxied = "reverse_proxy 127.0.0.1:8000"
    assert proxied in (DEPLOY / "Caddyfile").read_text()
    assert "--bind 127.0.0.1:8000" in (DEPLOY / "placet-web.service").read_text()
