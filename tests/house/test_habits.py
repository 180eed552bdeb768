"""One way for each thing: the clock, chance and secrets, transactions, output, signals."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import Check, SourceFile, complaints_of, dotted, imported, snippet

CLOCK = "src/placet/core/clock.py"
IDS = "src/placet/core/ids.py"
TRANSACTION = "src/placet/core/transaction.py"

AMBIENT_TIME = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "datetime.datetime.now",
    "datetime.date.today", "timezone.now", "timezone.localdate", "timezone.localtime", "time.time",
    "time.time_ns", "django.utils.timezone.now",
}  # fmt: skip
CHANCE = {"random", "secrets", "uuid", "os.urandom", "django.utils.crypto.get_random_string"}
# The doors where a request or a job comes in; there the clock is read, once, and passed on.
DOORS = {"web", "api", "jobs", "demo", "project"}
# Time stamps for other machines are real time, whatever the demo's clock says.
REAL_TIME = {"webhooks", "notices"}

# path: the reason. An entry that is no longer needed fails as well.
EXCEPTIONS: dict[str, str] = {
    "src/placet/core/apps.py listens to signals": "triggers are made again after every migrate",
}


def ambient_time(file: SourceFile) -> Iterator[str]:
    """Reads of the clock, and columns that fill themselves from it."""
    if file.path == CLOCK:
        return
    for node in file.nodes:
        name = dotted(node) if isinstance(node, ast.Attribute) else ""
        if name in AMBIENT_TIME and not (file.path == IDS and name == "time.time_ns"):
            yield f"{file.path} reads {name} (line {node.lineno})"  # type: ignore[attr-defined]
        if isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
            yield f"{file.path} has a column with {node.arg} (line {node.value.lineno})"


def clock_inside(file: SourceFile) -> Iterator[str]:
    """Asking our own clock anywhere but at the doors: inside, ``now`` is an argument."""
    if not file.room or file.room in DOORS or file.path == CLOCK:
        return
    for line, name in imported(file):
        is_real = name == "placet.core.clock.real_now" and file.room in REAL_TIME
        if name.startswith("placet.core.clock") and not is_real:
            yield f"{file.path} asks the clock (line {line})"


def chance(file: SourceFile) -> Iterator[str]:
    """Random numbers, ids and secrets that do not come from the one module."""
    if file.path == IDS:
        return
    for line, name in imported(file):
        if name in CHANCE or name.split(".")[0] in CHANCE:
            yield f"{file.path} imports {name} (line {line})"
    for node in file.nodes:
        if isinstance(node, ast.Attribute) and dotted(node) == "os.urandom":
            yield f"{file.path} reads os.urandom (line {node.lineno})"


def transactions(file: SourceFile) -> Iterator[str]:
    """Transactions that are opened past ``core.transaction``."""
    if file.path == TRANSACTION:
        return
    for line, name in imported(file):
        if name in {"django.db.transaction", "django.db.transaction.atomic"}:
            yield f"{file.path} imports {name} (line {line})"
    for node in file.nodes:
        if isinstance(node, ast.Attribute) and node.attr in {"atomic", "set_autocommit"}:
            yield f"{file.path} uses {dotted(node)} (line {node.lineno})"
        if isinstance(node, ast.Constant) and node.value == "ATOMIC_REQUESTS":
            yield f"{file.path} sets ATOMIC_REQUESTS (line {node.lineno})"


def prints(file: SourceFile) -> Iterator[str]:
    """``print``: a command writes to its ``stdout``, everything else logs."""
    for node in file.nodes:
        if isinstance(node, ast.Call) and dotted(node.func) in {"print", "pprint", "breakpoint"}:
            yield f"{file.path} calls {dotted(node.func)} (line {node.lineno})"


def hidden_flow(file: SourceFile) -> Iterator[str]:
    """Signals and generic foreign keys: effects and references that no reader finds."""
    for line, name in imported(file):
        if name.startswith(("django.dispatch", "django.db.models.signals")):
            yield f"{file.path} listens to signals (line {line})"
        if name.startswith("django.contrib.contenttypes"):
            yield f"{file.path} imports {name} (line {line})"


CHECKS = [ambient_time, clock_inside, chance, transactions, prints, hidden_flow]


def is_excused(complaint: str) -> bool:
    """Whether the table of exceptions names it."""
    return any(complaint.startswith(place) for place in EXCEPTIONS)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_habits_of_the_house(check: Check) -> None:
    found = complaints_of(check)
    assert [complaint for complaint in found if not is_excused(complaint)] == []


def test_every_exception_is_still_needed() -> None:
    found = [complaint for check in CHECKS for complaint in complaints_of(check)]
    assert [e for e in EXCEPTIONS if not any(c.startswith(e) for c in found)] == []


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (ambient_time, "from django.utils import timezone\nnow = timezone.now()"),
        (ambient_time, "created_at = DateTimeField(default=timezone.now)"),
        (ambient_time, "created_at = DateTimeField(auto_now_add=True)"),
        (ambient_time, "def get_cart(now=None):\n    now = now or datetime.now(UTC)"),
        (clock_inside, "from placet.core.clock import business_now"),
        (clock_inside, "from placet.core import clock"),
        (clock_inside, "from placet.core.clock import real_now"),
        (chance, "from uuid import uuid4"),
        (chance, "import secrets"),
        (chance, "import os\nsalt = os.urandom(8)"),
        (transactions, "from django.db import transaction"),
        (transactions, "from django.db.transaction import atomic"),
        (transactions, "with transaction.atomic():\n    pass"),
        (transactions, "DATABASES = {'default': {'ATOMIC_REQUESTS': True}}"),
        (prints, "print(1)"),
        (hidden_flow, "from django.dispatch import receiver"),
        (hidden_flow, "from django.contrib.contenttypes.fields import GenericForeignKey"),
    ],
)
def test_the_habits_can_be_broken(check: Check, text: str) -> None:
    assert list(check(snippet("src/placet/carts/actions.py", text)))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_good_code_passes(check: Check) -> None:
    good = (
        "from datetime import datetime\n"
        "from placet.core.ids import new_id\n"
        "from placet.core.transaction import transaction\n"
        "@transaction\n"
        "def submit_cart(cart, *, actor, now: datetime):\n"
        "    return new_id('req')\n"
    )
    assert list(check(snippet("src/placet/carts/actions.py", good))) == []
