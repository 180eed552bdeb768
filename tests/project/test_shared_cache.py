"""Redis serves what all processes share; while it is away, the database does."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.core.cache.backends.db import DatabaseCache
from django.core.management import call_command
from structlog.testing import capture_logs

from placet.project.settings import CACHES
from placet.project.shared_cache import TABLE, SharedCache

NOWHERE = "redis://127.0.0.1:1/0"
OPTIONS = {"OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1}}


@pytest.mark.django_db
def test_while_redis_is_away_the_table_answers() -> None:
    call_command("createcachetable", TABLE, verbosity=0)
    cache = SharedCache(NOWHERE, OPTIONS)
    with capture_logs() as logs:
        assert cache.add("permit", 1, timeout=60)
        assert not cache.add("permit", 1, timeout=60)
        assert cache.get("permit") == 1
        assert cache.incr("permit") == 2
        assert cache.get_many(["permit", "nothing"]) == {"permit": 2}
        assert cache.has_key("permit")
        cache.set("permit", 5, timeout=60)
        assert cache.touch("permit", 90)
        assert cache.delete("permit")
        assert cache.get("permit") is None
        cache.clear()
    # It is not asked again with every call.
    assert [said["event"] for said in logs] == ["cache.away"]


@pytest.mark.django_db
def test_two_processes_see_one_counter() -> None:
    call_command("createcachetable", TABLE, verbosity=0)
    one, other = SharedCache(NOWHERE, OPTIONS), SharedCache(NOWHERE, OPTIONS)
    assert one.add("block", 1, timeout=60)
    assert not other.add("block", 1, timeout=60)


@pytest.mark.django_db
@pytest.mark.parametrize("has_redis", [True, False])
def test_many_permits_of_keys_open_no_lockout(*, has_redis: bool) -> None:
    """A full table forgets by the order of keys, and those of the sign-in come first."""
    call_command("createcachetable", TABLE, verbosity=0)
    cache = SharedCache(NOWHERE, OPTIONS) if has_redis else DatabaseCache(TABLE, CACHES["default"])
    cache.set("allauth:rl:login_failed:ines", [1], timeout=300)
    for block in range(310):
        cache.add(f"placet.api.rate:key_{block % 7}:{block}", 1, timeout=120)
    assert cache.get("allauth:rl:login_failed:ines") == [1]


def test_the_table_is_made_with_redis_too() -> None:
    """`createcachetable` knows only entries of its own kind: without one there is no way back."""
    script = (
        "import django; django.setup(); from django.core.cache import caches;"
        "print(type(caches['default']).__name__, type(caches['table']).__name__)"
    )
    said = subprocess.run(
        [sys.executable, "-c", script],
        env={
            **os.environ,
            "PLACET_REDIS_URL": NOWHERE,
            "DJANGO_SETTINGS_MODULE": "placet.project.settings",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split() == ["SharedCache", "DatabaseCache"]
