"""The shell of every page of a company: who is it, what may they open, which counts to show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from placet.companies.models import Member
from placet.companies.queries import get_actor, list_memberships
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.notices.queries import count_unread_notices
from placet.web.account.policy import find_missing_factor, send_to_security
from placet.web.navigation import NavGroup, NavItem, build_navigation, build_tabbar

P = ParamSpec("P")
STOP_ASKING = 286
"""The status by which a page that asks again and again is told to stop."""


class PageRequest(HttpRequest):
    """A request of a signed-in member, with the clock read once."""

    actor: Actor
    now: datetime
    ui: Shell
    htmx: Any


@dataclass(slots=True)
class Shell:
    """What the base template draws around a page; answers that draw none of it do not count."""

    actor: Actor
    memberships: list[Member]
    path: str = ""
    groups: list[NavGroup] | None = None
    held: list[Any] = field(default_factory=list)
    counted: int | None = None

    @property
    def nav(self) -> list[NavGroup]:
        """The places at the side, with their counts as of when the first of them is drawn."""
        if self.groups is None:
            self.groups = build_navigation(self.actor, self.path)
        return self.groups

    @property
    def tabbar(self) -> list[NavItem]:
        """The places below, on a phone."""
        return build_tabbar(self.nav)

    @property
    def unread(self) -> int:
        """How many lines below the bell are new; counted once a page."""
        if self.counted is None:
            self.counted = count_unread_notices(self.actor)
        return self.counted


View = Callable[Concatenate[PageRequest, P], HttpResponseBase]
CompanyView = Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]


def refuse_nul(request: HttpRequest) -> None:
    """No id and no text of ours holds NUL, and PostgreSQL cannot even look for it."""
    sent = [
        text
        for query in (request.GET, request.POST)
        for _key, texts in query.lists()
        for text in texts
    ]
    if any("\x00" in text for text in (request.path, *map(str, sent))):
        raise NotFound(_("What was sent holds a character that no text of ours has."))


def company_page(view: View[P]) -> CompanyView[P]:
    """A page below ``/c/<company>/``: for members of that company alone, in their language.

    Strangers are asked to sign in; members of other companies find nothing.
    """

    @wraps(view)
    def handle(
        request: HttpRequest, company: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        refuse_nul(request)
        actor = get_actor(user_id=str(request.user.pk), company_slug=company, channel="web")
        request.actor = actor  # type: ignore[attr-defined]
        request.ui = _shell(actor, request)  # type: ignore[attr-defined]
        wanted = find_missing_factor(actor, request.ui.memberships)  # type: ignore[attr-defined]
        if wanted:
            with translation.override(actor.language):
                return send_to_security(request, wanted)
        with translation.override(actor.language), timezone.override(actor.time_zone):
            response = view(request, *args, **kwargs)  # type: ignore[arg-type]
            return _rendered(response)

    return cast("CompanyView[P]", handle)


def company_signal(view: View[P]) -> CompanyView[P]:
    """What an open page asks for by itself, again and again: cheap, and it leads nobody anywhere.

    Whoever is signed out meanwhile is told to stop asking (286), since nobody pressed anything.
    """

    @wraps(view)
    def handle(
        request: HttpRequest, company: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return HttpResponse(status=STOP_ASKING, headers={"HX-Reswap": "none"})
        actor = get_actor(user_id=str(request.user.pk), company_slug=company, channel="web")
        request.actor = actor  # type: ignore[attr-defined]
        request.ui = Shell(actor=actor, memberships=[])  # type: ignore[attr-defined]
        with translation.override(actor.language), timezone.override(actor.time_zone):
            return _rendered(view(request, *args, **kwargs))  # type: ignore[arg-type]

    return cast("CompanyView[P]", handle)


def company_url(actor: Actor, name: str, *args: str) -> str:
    """The address of a page of the actor's company."""
    return reverse(name, args=[actor.company_slug, *args])


def _shell(actor: Actor, request: HttpRequest) -> Shell:
    return Shell(actor=actor, memberships=list_memberships(actor.user_id), path=request.path)


def _rendered(response: HttpResponseBase) -> HttpResponseBase:
    """Lazy responses are rendered here, while the member's language and zone hold."""
    render = getattr(response, "render", None)
    if isinstance(response, HttpResponse) and callable(render):
        render()
    return response
