"""The bar on top of every page of the demo: who I am, the pages of the demo, the clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from placet.companies.queries import list_memberships
from placet.core.actor import Actor
from placet.demo.people import list_main_people


class BarPerson(NamedTuple):
    """A button of the bar."""

    name: str
    role: str
    url: str
    current: bool


class BarPage(NamedTuple):
    """A link of the bar."""

    label: str
    url: str


class Bar(NamedTuple):
    """What the bar shows; ``clock`` is business time."""

    people: list[BarPerson]
    pages: list[BarPage]
    clock: datetime | None
    clock_url: str


def demo_bar(request: HttpRequest) -> dict[str, Any]:
    """The bar as ``demo``; nothing at all where the demo is off."""
    if not settings.PLACET_DEMO:
        return {}
    actor = getattr(getattr(request, "ui", None), "actor", None)
    user_id = str(request.user.pk) if request.user.is_authenticated else ""
    people = [
        BarPerson(
            name=person.first_name,
            role=person.role,
            url=_url_of(person.member_id, request),
            current=(actor.member_id == person.member_id) if actor else user_id == person.user_id,
        )
        for person in list_main_people()
    ]
    pages = [
        BarPage(_("Everybody"), reverse("front")),
        BarPage(_("Mailbox"), reverse("demo_mailbox")),
        BarPage(_("ERP"), reverse("demo_erp")),
    ]
    if user_id and not any(person.current for person in people):
        people.append(_somebody_else(request, actor))
    bar = Bar(people, pages, getattr(request, "now", None), reverse("demo_clock"))
    return {"demo": bar}


def _somebody_else(request: HttpRequest, actor: Actor | None) -> BarPerson:
    """Whoever I am beside the four, in the company of the page or in the first of theirs."""
    if actor is not None:
        url = _url_of(actor.member_id, request)
        return BarPerson(actor.name, actor.company_name, url, current=True)
    memberships = list_memberships(str(request.user.pk))
    member_id, company = ("", "")
    if memberships:
        member_id, company = memberships[0].pk, memberships[0].company.name
    url = _url_of(member_id, request) if member_id else reverse("front")
    return BarPerson(str(request.user), company, url, current=True)


def _url_of(member_id: str, request: HttpRequest) -> str:
    """The button's address; behind a mail's link one becomes somebody and stays on the page."""
    address = reverse("demo_try_as", args=[member_id])
    if request.resolver_match and request.resolver_match.url_name == "confirm":
        return f"{address}?{urlencode({'next': request.path})}"
    return address
