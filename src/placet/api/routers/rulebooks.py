"""Rulebooks: how they are kept, what they said and say; writing them has a file of its own."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.responses import Status
from pydantic import BaseModel, Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.files import wants_yaml, yaml_answer
from placet.api.paging import Page, page_of, whole_list
from placet.api.schemas.base import Identifier, ListOf, Wish
from placet.api.schemas.rule_field import RuleField, show_fields
from placet.api.schemas.rulebook import (
    DifferenceShown,
    Rulebook,
    RulebookVersion,
    show_difference,
    show_rulebooks,
    show_versions,
)
from placet.api.versions import require_version, tag
from placet.companies.permissions import AUDIT_VIEW, RULE_MANAGE
from placet.companies.queries import get_unit
from placet.core.actor import Actor
from placet.core.errors import Forbidden, InvalidInput
from placet.plans.differences import difference
from placet.rulebooks import actions, models, queries
from placet.rulebooks.documents import read_text

router = Router(tags=["rulebooks"])
DRAFT = "draft"
RulebookName = Annotated[str, StringConstraints(min_length=1, max_length=120)]
WhichText = Annotated[str, StringConstraints(pattern=r"^(draft|[0-9]{1,6})$")]


class RulebookFilters(Page):
    """The company's own, or (for the merchant) those that it keeps for customers."""

    kept: Annotated[bool, Field(description="customers' rulebooks that the merchant keeps")] = False


class NewRulebook(Wish):
    """A place for rules: of the company, or of a unit and all below it."""

    name: RulebookName
    side: Literal["buyer", "merchant"] = "buyer"
    unit: Identifier | None = None


class RulebookChange(Wish):
    """What is named is changed: how it is kept, never what it says."""

    name: RulebookName | None = None
    kept_by: Literal["company", "merchant", "both"] | None = None
    needs_second_person: bool | None = None
    inherits: bool | None = None


class Compared(BaseModel):
    """Two texts by number, or `draft`; without them what is published and the draft."""

    from_text: Annotated[WhichText | None, Field(alias="from")] = None
    to_text: Annotated[WhichText | None, Field(alias="to")] = None


@router.get("/rulebooks/fields", response=ListOf[RuleField])
def list_rule_fields(request: ApiRequest) -> ListOf[RuleField]:
    """Everything that a rule may compare, in the caller's language: what a builder offers."""
    return whole_list(show_fields())


@router.get("/rulebooks", response=ListOf[Rulebook])
def list_rulebooks(request: ApiRequest, page: Query[RulebookFilters]) -> ListOf[Rulebook]:
    """The company's rulebooks, or those that the merchant keeps for its customers."""
    _require_reader(request.actor)
    listed = queries.list_kept_rulebooks if page.kept else queries.list_rulebooks
    show = partial(show_rulebooks, actor=request.actor)
    return page_of(request, listed(request.actor), page, show)


@router.post("/rulebooks", response={201: Rulebook})
def create_rulebook(request: ApiRequest, body: NewRulebook) -> Status[Rulebook]:
    """Make a place for rules; it holds nothing until something is published in it."""
    unit = get_unit(request.actor, body.unit) if body.unit else None
    made = actions.create_rulebook(
        name=body.name, side=body.side, unit=unit, actor=request.actor, now=request.now
    )
    return Status(201, _show(request, queries.get_rulebook(request.actor, made.pk)))


@router.get("/rulebooks/{rulebook_id}", response=Rulebook)
def get_rulebook(request: ApiRequest, rulebook_id: str) -> Rulebook:
    """One rulebook: how it is kept, and which version holds."""
    _require_reader(request.actor)
    return _show(request, queries.get_rulebook(request.actor, rulebook_id))


@router.patch("/rulebooks/{rulebook_id}", response=Rulebook)
def change_rulebook(request: ApiRequest, rulebook_id: str, body: RulebookChange) -> Rulebook:
    """Change who keeps it, whether a second person publishes, what it inherits; needs If-Match."""
    rulebook = queries.get_rulebook(request.actor, rulebook_id)
    require_version(request, rulebook.version)
    wished: dict[str, Any] = body.model_dump(exclude_unset=True)
    actions.change_rulebook(
        rulebook, version=rulebook.version, actor=request.actor, now=request.now, **wished
    )
    return _show(request, queries.get_rulebook(request.actor, rulebook_id))


@router.get("/rulebooks/{rulebook_id}/versions", response=ListOf[RulebookVersion])
def list_rulebook_versions(
    request: ApiRequest, rulebook_id: str, page: Query[Page]
) -> ListOf[RulebookVersion]:
    """The published versions, the newest first; none of them ever changes."""
    _require_reader(request.actor)
    rulebook = queries.get_rulebook(request.actor, rulebook_id)
    versions = rulebook.versions.select_related(
        *("published_by__user", "origin__edited_by__user", "origin__based_on")
    )
    return page_of(request, versions.order_by("-number", "-id"), page, show_versions)


@router.get("/rulebooks/{rulebook_id}/versions/{number}", response=RulebookVersion)
def get_rulebook_version(
    request: ApiRequest, rulebook_id: str, number: int
) -> RulebookVersion | HttpResponse:
    """One version with its examples; as a file with `Accept: application/yaml`."""
    _require_reader(request.actor)
    version = queries.get_version(request.actor, rulebook_id, number)
    if wants_yaml(request):
        return yaml_answer(read_text(version.document), queries.list_examples(version))
    return show_versions([version])[0]


@router.get("/rulebooks/{rulebook_id}/differences", response=DifferenceShown)
def compare_rulebook_texts(
    request: ApiRequest, rulebook_id: str, which: Query[Compared]
) -> DifferenceShown:
    """What changed between two texts, rule by rule, in sentences."""
    _require_reader(request.actor)
    rulebook = queries.get_rulebook(request.actor, rulebook_id)
    published = str(rulebook.published.number) if rulebook.published else None
    old = _text(request.actor, rulebook, which.from_text or published)
    new = _text(request.actor, rulebook, which.to_text or DRAFT)
    if new is None:
        raise InvalidInput("/query/to", "missing", _("There is nothing to compare with."))
    found = difference(old, new, company_id=rulebook.company_id, language=request.actor.language)
    return show_difference(found)


def _text(actor: Actor, rulebook: models.Rulebook, which: str | None) -> dict[str, Any] | None:
    if which is None:
        return None
    if which == DRAFT:
        return dict(read_text(queries.get_draft(actor, rulebook.pk).document))
    return dict(read_text(queries.get_version(actor, rulebook.pk, int(which)).document))


def _show(request: ApiRequest, rulebook: models.Rulebook) -> Rulebook:
    tag(request, rulebook.version)
    return show_rulebooks([rulebook], request.actor)[0]


def _require_reader(actor: Actor) -> None:
    """Rules name limits and people: for those who keep them or audit them."""
    if not (actor.holds_anywhere(RULE_MANAGE) or actor.holds_anywhere(AUDIT_VIEW)):
        raise Forbidden(_("Rules are shown to those who manage or audit them."))
