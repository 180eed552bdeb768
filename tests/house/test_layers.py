"""Who may know whom: imports, foreign keys, and the libraries that one room keeps to itself."""

import subprocess
import sys
import tomllib
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.models import Model

from tests.house.source import ROOT, SourceFile, code, imported, snippet

# The engine takes complete facts and returns a plan: no clock, no chance, no files, no network.
NOT_PURE = {"io", "logging", "os", "pathlib", "random", "secrets", "socket", "sqlite3"}
NOT_PURE |= {"subprocess", "tempfile", "threading", "time", "urllib", "uuid"}
LINTER = "from importlinter.cli import lint_imports_command; lint_imports_command()"
# A library and the only room that may import it, so that it can be changed.
KEPT_IN = {"ninja": "api", "pydantic": "api", "huey": "jobs", "aiosmtpd": "demo"}
KEPT_IN |= {"typst": "documents"}


def ranks() -> dict[str, int]:
    """Each room's height from the contract in pyproject.toml: 0 is the highest."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return {
        room.strip().strip("()"): height
        for height, row in enumerate(contracts["contracts"][0]["layers"])
        for room in row.split("|")
    }


def points_up(owner: str, target: str) -> bool:
    """Whether a reference from one room to another goes up, or sideways to a sibling."""
    return owner != target and ranks()[owner] >= ranks()[target]


def impure_imports(file: SourceFile) -> Iterator[str]:
    """What the engine imports beside itself and the pure part of the standard library."""
    if file.room != "policy":
        return
    for line, name in imported(file):
        top = name.split(".")[0]
        if name.startswith("placet.policy"):
            continue
        if top not in sys.stdlib_module_names or top in NOT_PURE:
            yield f"{file.path}:{line} imports {name}"


def kept_imports(file: SourceFile) -> Iterator[str]:
    """Libraries that are imported outside of the room that keeps them."""
    for line, name in imported(file):
        room = KEPT_IN.get(name.split(".")[0])
        if room is not None and file.room != room:
            yield f"{file.path}:{line} imports {name}, which only {room} may"


def our_models() -> list[type[Model]]:
    """The models of our rooms."""
    return [model for model in apps.get_models() if model.__module__.startswith("placet.")]


def upward_references() -> Iterator[str]:
    """Foreign keys that point up or sideways, which import-linter cannot see."""
    for model in our_models():
        for field in model._meta.get_fields():
            target = field.related_model
            if field.auto_created or not isinstance(target, type):
                continue
            owner, other = model._meta.app_label, target._meta.app_label
            if target.__module__.startswith("placet.") and points_up(owner, other):
                yield f"{owner}.{model.__name__}.{field.name} points up to {other}"


def test_imports_go_down_only() -> None:
    linter = subprocess.run(
        [sys.executable, "-c", LINTER, "--no-cache", "--no-logo"],
        cwd=ROOT,
        env={"PYTHONPATH": "src", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert linter.returncode == 0, linter.stdout + linter.stderr


def test_foreign_keys_go_down_only() -> None:
    assert our_models()
    assert list(upward_references()) == []


def test_the_engine_is_pure() -> None:
    assert [complaint for file in code() for complaint in impure_imports(file)] == []


def test_libraries_stay_in_their_room() -> None:
    assert [complaint for file in code() for complaint in kept_imports(file)] == []


@pytest.mark.parametrize(
    ("owner", "target", "up"),
    [
        ("orders", "requisitions", True),
        ("events", "companies", True),
        ("web", "api", True),
        ("notices", "webhooks", True),
        ("requisitions", "orders", False),
        ("carts", "carts", False),
    ],
)
def test_up_and_sideways_is_seen(owner: str, target: str, up: bool) -> None:
    assert points_up(owner, target) is up


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("src/placet/policy/plan.py", "from django.db import models"),
        ("src/placet/policy/plan.py", "import time"),
        ("src/placet/policy/plan.py", "from placet.core.clock import real_now"),
    ],
)
def test_an_impure_engine_is_seen(path: str, text: str) -> None:
    assert list(impure_imports(snippet(path, text)))
    assert not list(impure_imports(snippet(path, "from dataclasses import dataclass")))


def test_a_library_in_the_wrong_room_is_seen() -> None:
    text = "def cart():\n    from ninja import Router\n"
    assert list(kept_imports(snippet("src/placet/web/cart/views.py", text)))
    assert not list(kept_imports(snippet("src/placet/api/routers/carts.py", text)))
