"""The things of the rights matrix, made once a session for everything that asks for all of them."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from tests.cast import Cast
from tests.ground import Ground as Databases
from tests.ground import ground_for
from tests.web.rights.trying import Ground, lay_ground
from tests.web.rights.world import build_world


@pytest.fixture(scope="session")
def laid(
    ground: Databases, _loaded_cast: Cast, django_db_blocker: Any
) -> Iterator[tuple[str, Ground]]:
    """A database with the world in it, made once a session by the worker that is first."""
    place = ground.folder / f"{ground.folder.name}-world"
    place.mkdir(exist_ok=True)
    written = place / "laid.pickle"

    def lay() -> None:
        laid_now = lay_ground(_loaded_cast, build_world(_loaded_cast))
        written.write_bytes(pickle.dumps(laid_now))

    with django_db_blocker.unblock():
        before = ground.current
        worlds = ground_for(place)
        worlds.build_template(lay, tables=ground)
        name = worlds.new_copy()
        ground.use(before)
    yield name, pickle.loads(written.read_bytes())
    with django_db_blocker.unblock():
        worlds.drop_copies()


@pytest.fixture
def tried(laid: tuple[str, Ground], ground: Databases, django_db_blocker: Any) -> Iterator[Ground]:
    """The ground of all tries; each of them is undone."""
    name, made = laid
    with django_db_blocker.unblock():
        before = ground.current
        ground.use(name)
        cache.clear()  # How often strangers have knocked before.
        yield made
        ground.use(before)
