"""Trying one address as one person, and undoing whatever it did."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from placet.companies.models import User
from placet.events.models import Event
from placet.requisitions.models import Decision
from tests.api.caller import Caller, key_of
from tests.cast import Cast
from tests.cast_people import PEOPLE
from tests.web.rights.routes import Route
from tests.web.rights.wishes import Wish, wishes_of_operations, wishes_of_pages
from tests.web.rights.world import World

# The columns of the tables. All things are Meridian's, most of them Lena's.
PEOPLE_OF_COLUMNS = {
    "owner": "lena",
    "colleague": "pavel",
    "sibling": "sofia",
    "approver": "rashid",
    "admin": "ines",
    "auditor": "aron",
    "desk": "tomas",
    "store": "mira",
    "stranger": "ola",
    "parent": "minjun",
    "child": "yuna",
    "deactivated": "gone",
    "suspended": "vera",
}
ANONYMOUS = "anonymous"
KEY = "key"
COMPANY_OF = {person.key: person.company for person in PEOPLE}


@dataclass(frozen=True)
class Ground:
    """What the tries need: the things, valid bodies, and everybody's session and key."""

    world: World
    pages: Mapping[str, Wish]
    operations: Mapping[str, Wish]
    sessions: Mapping[str, str]
    callers: Mapping[str, Caller]


def lay_ground(cast: Cast, world: World) -> Ground:
    """Sign everybody in and give every company a key; called once for all tries."""
    sessions, callers = {}, {}
    keys = {slug: key_of(slug) for slug in set(COMPANY_OF.values())}
    for person in PEOPLE_OF_COLUMNS.values():
        browser = Client()
        browser.force_login(User.objects.get(pk=cast.user[person]))
        sessions[person] = browser.cookies["sessionid"].value
        callers[person] = keys[COMPANY_OF[person]].acting_for(cast.member[person])
    callers |= {ANONYMOUS: Caller(""), KEY: keys["meridian"]}
    return Ground(
        world,
        wishes_of_pages(cast, world),
        wishes_of_operations(cast, world),
        sessions,
        callers,
    )


def try_page(
    ground: Ground, route: Route, method: str, column: str, *, company: str = ""
) -> set[str]:
    """What a person gets from a page, for each spelling of the things in its address.

    ``company`` is the slug in the address, by default that of the person's own company.
    """
    person = PEOPLE_OF_COLUMNS.get(column, "")
    slug = company or COMPANY_OF.get(person, "meridian")
    return {
        _try_once(ground, method, address, person, route.name)
        for address in _addresses(ground, route, slug)
    }


def try_operation(ground: Ground, method: str, path: str, column: str) -> set[str]:
    """What a program gets from an operation when it acts for a person."""
    caller = ground.callers[PEOPLE_OF_COLUMNS.get(column, column)]
    names = [part.strip("{}") for part in path.split("/") if part.startswith("{")]
    route = path.rpartition("/")[2] if "{" not in path.rpartition("/")[2] else ""
    route = "revisions" if "/revisions/" in path else route
    spellings = itertools.product(*(ground.world.named(route, name) for name in names))
    answers = set()
    for values in spellings:
        filled = path
        for name, value in zip(names, values, strict=True):
            filled = filled.replace("{" + name + "}", value)
        answers.add(_call_once(ground, caller, method, path, filled))
    return answers


def _addresses(ground: Ground, route: Route, slug: str) -> Iterator[str]:
    names = [name for name in route.parameters if name != "company"]
    for values in itertools.product(*(ground.world.named(route.name, name) for name in names)):
        filled = dict(zip(names, values, strict=True))
        if route.is_company_page:
            filled["company"] = slug
        if route.name == route.address:
            yield "/" + route.address.replace("<str:token>", filled.get("token", ""))
        else:
            yield reverse(route.name, kwargs=filled)


def _try_once(ground: Ground, method: str, address: str, person: str, name: str) -> str:
    browser = Client()
    if person:
        browser.cookies["sessionid"] = ground.sessions[person]
    wish = dict(ground.pages.get(name, {})) if method != "GET" else {}
    with _undone() as written:
        answer = getattr(browser, method.lower())(address, wish or None)
        _drain(answer)
        has_written = written()
    if "/account/login/" in answer.headers.get("Location", "") and not has_written:
        return "login"
    return _code(method, answer.status_code, has_written)


def _call_once(ground: Ground, caller: Caller, method: str, path: str, filled: str) -> str:
    wish: Any = None if method in ("GET", "DELETE") else ground.operations[f"{method} {path}"]
    headers = {"if_match": "*"} if method in ("PATCH", "DELETE") else {}
    with _undone() as written:
        if method == "POST":
            answer = caller.post(f"/{filled}", wish)
        else:
            answer = caller.send(method, f"/{filled}", wish, **headers)
        return _code(method, answer.status, written())


def _code(method: str, status: int, has_written: bool) -> str:
    if has_written and (method == "GET" or status >= 400):
        return f"{status} AND WROTE"
    if method == "GET" or status >= 400 or has_written:
        return str(status)
    return "back"


@contextmanager
def _undone() -> Iterator[Any]:
    """Within, ``written()`` says whether anything has happened since; at the end nothing has."""
    with transaction.atomic():
        before = _facts()
        yield lambda: _facts() != before
        transaction.set_rollback(True)


def _facts() -> tuple[int, int]:
    return Event.objects.count(), Decision.objects.count()


def _drain(answer: HttpResponseBase) -> None:
    if answer.streaming:
        for _part in answer:
            pass
