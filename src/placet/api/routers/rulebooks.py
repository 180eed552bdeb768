"""Rulebooks and their published versions, to read."""

from __future__ import annotations

from ninja import Query, Router

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of
from placet.api.schemas.base import ListOf
from placet.api.schemas.rulebook import (
    Rulebook,
    RulebookVersion,
    show_rulebooks,
    show_versions,
)
from placet.api.versions import tag
from placet.companies.permissions import AUDIT_VIEW, RULE_MANAGE
from placet.core.actor import Actor
from placet.core.errors import Forbidden
from placet.rulebooks import queries

router = Router(tags=["rulebooks"])


@router.get("/rulebooks", response=ListOf[Rulebook])
def list_rulebooks(request: ApiRequest, page: Query[Page]) -> ListOf[Rulebook]:
    """The company's rulebooks."""
    _require_reader(request.actor)
    return page_of(request, queries.list_rulebooks(request.actor), page, show_rulebooks)


@router.get("/rulebooks/{rulebook_id}", response=Rulebook)
def get_rulebook(request: ApiRequest, rulebook_id: str) -> Rulebook:
    """One rulebook."""
    _require_reader(request.actor)
    rulebook = queries.get_rulebook(request.actor, rulebook_id)
    tag(request, rulebook.version)
    return show_rulebooks([rulebook])[0]


@router.get("/rulebooks/{rulebook_id}/versions", response=ListOf[RulebookVersion])
def list_rulebook_versions(
    request: ApiRequest, rulebook_id: str, page: Query[Page]
) -> ListOf[RulebookVersion]:
    """The published versions, the newest first; none of them ever changes."""
    _require_reader(request.actor)
    rulebook = queries.get_rulebook(request.actor, rulebook_id)
    return page_of(request, rulebook.versions.order_by("-number", "-id"), page, show_versions)


def _require_reader(actor: Actor) -> None:
    """Rules name limits and people: for those who keep them or audit them."""
    if not (actor.holds_anywhere(RULE_MANAGE) or actor.holds_anywhere(AUDIT_VIEW)):
        raise Forbidden("Rules are shown to those who manage or audit them.")
