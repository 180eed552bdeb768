"""Trying one address as one person, and undoing whatever it did."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from placet.companies.models import User
from placet.core.actor import Actor
from tests.api.caller import Caller, key_of, own_key_of
from tests.cast import Cast
from tests.cast_people import PEOPLE
from tests.web.rights.routes import Operation, Route
from tests.web.rights.wishes import Wish, wishes_of_operations, wishes_of_pages
from tests.web.rights.world import World

# The columns of the tables. All things are Meridian's, most of them the owner's.
PEOPLE_OF_COLUMNS = {
    "owner": "lena",  # the buyer who made the cart and submitted it
    "peer": "pavel",  # a buyer of the same unit, with whom nothing was shared
    "sister": "sofia",  # a buyer of another unit
    "head": "rashid",  # the approver whom the step asks
    "admin": "ines",  # the company admin
    "auditor": "aron",
    "desk": "tomas",  # the merchant's order desk
    "store": "mira",  # the merchant's store manager
    "boss": "odd",  # the owner of the merchant's store
    "other": "ola",  # a buyer of another company
    "parent": "minjun",  # of a household
    "child": "yuna",
    "deactivated": "gone",  # was a buyer of the owner's unit
    "suspended": "vera",  # a buyer of a company that the merchant suspended
}
ANONYMOUS = "anonymous"
KEY = "key"
FACTS = "SELECT (SELECT COUNT(*) FROM events_event), (SELECT COUNT(*) FROM requisitions_decision)"
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
    sessions = {}
    callers = {ANONYMOUS: Caller(""), KEY: key_of("meridian")}
    for person in PEOPLE_OF_COLUMNS.values():
        browser = Client()
        browser.force_login(User.objects.get(pk=cast.user[person]))
        sessions[person] = browser.cookies["sessionid"].value
        callers[person] = own_key_of(cast.actors.get(person) or _as_they_were(cast, person))
    return Ground(
        world,
        wishes_of_pages(cast, world),
        wishes_of_operations(cast, world),
        sessions,
        callers,
    )


def _as_they_were(cast: Cast, person: str) -> Actor:
    """Who is deactivated or suspended now, when they made their key."""
    return replace(
        cast.lena,
        user_id=cast.user[person],
        person_user_id=cast.user[person],
        member_id=cast.member[person],
        company_id=cast.company[COMPANY_OF[person]],
    )


def try_page(
    ground: Ground, route: Route, method: str, column: str, *, company: str = ""
) -> set[str]:
    """What a person gets from a page, for each spelling of the things in its address.

    ``company`` is the slug in the address, by default that of the person's own company.
    """
    person = PEOPLE_OF_COLUMNS.get(column, column if column in ground.sessions else "")
    slug = company or COMPANY_OF.get(person, "meridian")
    return {
        _try_once(ground, method, address, person, route.name)
        for address in _addresses(ground, route, slug)
    }


def try_operation(ground: Ground, operation: Operation, column: str) -> set[str]:
    """What a program gets from an operation when it acts for a person."""
    caller = ground.callers[PEOPLE_OF_COLUMNS.get(column, column)]
    names = operation.parameters
    spellings = itertools.product(*(ground.world.named(operation.name, name) for name in names))
    return {
        _call_once(ground, caller, operation, dict(zip(names, values, strict=True)))
        for values in spellings
    }


def _addresses(ground: Ground, route: Route, slug: str) -> Iterator[str]:
    names = [name for name in route.parameters if name != "company"]
    for values in itertools.product(*(ground.world.named(route.name, name) for name in names)):
        filled = dict(zip(names, values, strict=True))
        if route.is_company_page:
            filled["company"] = slug
        if route.name == route.address:
            raise AssertionError(f"{route.address} has no name")
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


def _call_once(
    ground: Ground, caller: Caller, operation: Operation, values: Mapping[str, str]
) -> str:
    method, address = operation.method, "/" + operation.path.format(**values)
    wish: Any = None if method in ("GET", "DELETE") else ground.operations[operation.name]
    headers = {"if_match": "*"} if method in ("PATCH", "PUT", "DELETE") else {}
    with _undone() as written:
        if method == "POST":
            answer = caller.post(address, wish)
        else:
            answer = caller.send(method, address, wish, **headers)
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


def _facts() -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(FACTS)
        found: tuple[int, ...] = cursor.fetchone()
        return found


def _drain(answer: HttpResponseBase) -> None:
    if answer.streaming:
        for _part in answer:
            pass
