"""Everybody of the cast in front of a browser; after each story the promise is verified."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core import mail as django_mail

from placet.jobs.verify import verify
from tests.cast import Cast
from tests.cast_people import PEOPLE
from tests.journeys.people import Day, Person

COMPANY_OF = {person.key: person.company for person in PEOPLE}


@pytest.fixture(autouse=True)
def _the_promise_holds(db: None) -> Iterator[None]:
    """Whatever happened: one order for one approval of exactly this content, to the last row."""
    yield
    assert verify() == []


@pytest.fixture
def day(db: None, cast: Cast, _at_the_time_of_the_cast: None) -> Day:
    """The day of the story; what happened while the cast was made is told to nobody."""
    begun = Day(cast.now)
    begun.work()
    django_mail.outbox.clear()
    return begun


class People:
    """``people.lena`` sits down in front of her browser, signed in."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._here: dict[str, Person] = {}

    def __getattr__(self, name: str) -> Person:
        """The same person with the same session each time."""
        if name not in COMPANY_OF:
            raise AttributeError(f"nobody in the cast is called {name}")
        if name not in self._here:
            self._here[name] = Person(self._cast.user[name], COMPANY_OF[name])
        return self._here[name]


@pytest.fixture
def people(day: Day, cast: Cast) -> People:
    """Everybody of the cast."""
    return People(cast)
