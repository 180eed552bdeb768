"""One thing that stands still, and the kinds of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.functional import Promise

from placet.core.actor import Actor
from placet.orders.models import Order
from placet.web.shell import company_url

Words = str | Promise


class Said(NamedTuple):
    """What is told of one: the thing, whose it is, why it stands still, and the way on."""

    what: str
    who: str
    sentence: Words
    url: str
    act: Words


class Stuck(NamedTuple):
    """One thing that stands still, since when, and where it is set going again."""

    kind: str
    key: str
    since: datetime
    said: Said

    @property
    def what(self) -> str:
        """The thing: the number of an order or of a requisition, or the name of an event."""
        return self.said.what

    @property
    def sentence(self) -> Words:
        """Why it stands still."""
        return self.said.sentence

    @property
    def url(self) -> str:
        """Where it is set going again."""
        return self.said.url


class Source(NamedTuple):
    """A kind: its rows, each with ``since_at`` (a day where ``is_by_day``), and one in words."""

    kind: str
    label: Words
    list_rows: Callable[[Actor, datetime], QuerySet[Any]]
    say: Callable[[Actor, Any], Said]
    is_by_day: bool = False


def say_order(actor: Actor, order: Order, sentence: Words, act: Words) -> Said:
    """An order that stands still."""
    url = company_url(actor, "order", order.number)
    return Said(order.number, order.company.name, sentence, url, act)
