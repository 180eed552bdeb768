"""The demo world, loaded once a session at a fixed moment, and a database with nothing in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client

from placet.companies.models import Member
from placet.core import clock
from placet.demo.loading.world import load_world
from placet.demo.models import DemoClock
from placet.demo.world.people import USERS
from placet.demo.world.scale import SMALL
from placet.jobs.skip import skip_outbox
from tests.cast import Cast
from tests.demo.world_facts import NOW
from tests.ground import Ground, ground_for

EMAIL = {user.key: user.email for user in USERS}


def load_demo() -> None:
    """What the first start of the demo does, at a fixed moment."""
    load_world(now=NOW, scale=SMALL)
    skip_outbox()
    DemoClock.objects.create(pk=1)


@pytest.fixture(scope="session")
def world_ground(
    ground: Ground, tables: Ground, _loaded_cast: Cast, django_db_blocker: Any
) -> Iterator[Ground]:
    """The whole demo world, loaded by the first worker; a copy takes a moment.

    The cast is read before: later it would be looked for in the demo's world, and all tests of the
    worker after it would have the demo's Lena.
    """
    before = ground.current
    place = ground.folder / f"{ground.folder.name}-demo"
    place.mkdir(exist_ok=True)
    with django_db_blocker.unblock():
        made = ground_for(place)
        made.build_template(load_demo, tables=tables)
        ground.use(before)
    yield made
    with django_db_blocker.unblock():
        made.drop_copies()


@contextmanager
def copy_of(source: Ground, ground: Ground, blocker: Any) -> Iterator[None]:
    """Work in a copy of a ground, where commits are real."""
    with blocker.unblock():
        before, copy = ground.current, source.new_copy()
        ground.use(copy)
        try:
            yield
        finally:
            ground.use(before)
            source.drop(copy)


@pytest.fixture(scope="module")
def world(world_ground: Ground, ground: Ground, django_db_blocker: Any) -> Iterator[None]:
    """The demo world for a module that reads it."""
    with copy_of(world_ground, ground, django_db_blocker):
        yield


@pytest.fixture
def own_world(world_ground: Ground, ground: Ground, django_db_blocker: Any) -> Iterator[None]:
    """The demo world for a test that changes it."""
    with copy_of(world_ground, ground, django_db_blocker):
        yield


@pytest.fixture
def empty_db(
    ground: Ground, tables: Ground, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """Tables and nothing in them."""
    with copy_of(tables, ground, django_db_blocker):
        yield


@pytest.fixture
def at_now() -> Iterator[None]:
    """Doors that read the clock read the moment of the world."""
    clock.set_offset_source(lambda: NOW - clock.real_now())
    yield
    clock.set_offset_source(None)


@pytest.fixture
def demo_client(own_world: None, at_now: None, settings: Any) -> Client:
    """A browser at a demo of its own."""
    settings.PLACET_DEMO = True
    settings.ROOT_URLCONF = "tests.demo.urls"
    return Client()


def member_of(key: str, company: str = "meridian") -> Member:
    """A member by the key of their user."""
    found: Member = Member.objects.select_related("company", "user").get(
        user__email=EMAIL[key], company__slug=company
    )
    return found
