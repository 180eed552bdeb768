"""Views of lists: a member keeps the filters of a list under a name, for nobody but themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from placet.companies.changing import update_row
from placet.companies.holding import hold_actor
from placet.companies.models import Member, SavedView
from placet.companies.refusals import Refusal, refuse
from placet.companies.saved_views import check_query, list_views
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput, NotFound
from placet.core.transaction import transaction
from placet.events.record import record

LONGEST_NAME: Final = 60
MOST_VIEWS: Final = 20


class TooManyViews(Conflict):
    """A member keeps as many views of this list as one may."""

    code = "too_many_views"


@transaction
def save_view(name: str, *, list_name: str, query: str, actor: Actor, now: datetime) -> SavedView:
    """Keep the filters of a list under a name; the same name again takes the new filters.

    Raises ``Forbidden`` for whoever is no member, ``InvalidInput`` for an unknown list, filter or
    name, and ``TooManyViews`` beyond twenty a list.
    """
    refuse(_can_keep(actor))
    kept, name = check_query(list_name, query), _checked_name(name)
    _hold(actor)
    mine = list_views(actor, list_name)
    view = mine.filter(name=name).first()
    if view is None:
        if mine.count() >= MOST_VIEWS:
            raise TooManyViews(_("You keep twenty views of this list: delete one first."))
        view = SavedView.objects.create(
            created_at=now, member_id=actor.member_id, list_name=list_name, name=name, query=kept
        )
    else:
        update_row(view, None, query=kept)
    _record("view.saved", view, actor=actor, now=now)
    return view


@transaction
def rename_view(
    view: SavedView, *, name: str, actor: Actor, now: datetime, version: int | None = None
) -> SavedView:
    """Give a view of one's own another name, which no other view of the list has."""
    _own(view, actor)
    name = _checked_name(name)
    _hold(actor)
    if list_views(actor, view.list_name).filter(name=name).exclude(pk=view.pk).exists():
        raise InvalidInput("name", "taken", _("Another view of this list has this name."))
    update_row(view, version, name=name)
    _record("view.renamed", view, actor=actor, now=now)
    return view


@transaction
def delete_view(view: SavedView, *, actor: Actor, now: datetime) -> None:
    """Forget a view of one's own; the list itself stays as it is."""
    _own(view, actor)
    _hold(actor)
    if SavedView.objects.filter(pk=view.pk).delete()[0]:
        _record("view.deleted", view, actor=actor, now=now)


def _can_keep(actor: Actor) -> Refusal | None:
    if actor.member_id and not actor.is_system:
        return None
    return Refusal("members_only", _("Only people keep views: use a key of your own."))


def _own(view: SavedView, actor: Actor) -> None:
    refuse(_can_keep(actor))
    if view.member_id != actor.member_id:
        raise NotFound(_("You have no such view."))


def _hold(actor: Actor) -> None:
    """Views of a member are counted and named one after another."""
    hold_actor(actor)
    list(Member.objects.select_for_update(no_key=True).filter(pk=actor.member_id).values("pk"))


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise InvalidInput("name", "required", _("A view needs a name."))
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise InvalidInput("name", "length", _("A name has 60 characters at most."))
    return name


def _record(what: str, view: SavedView, *, actor: Actor, now: datetime) -> None:
    record(
        what,
        view.pk,
        actor=actor,
        now=now,
        company_id=actor.company_id,
        list=view.list_name,
        private={"name": view.name},
    )
