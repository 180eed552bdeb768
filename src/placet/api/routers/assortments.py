"""Assortments: a company's for its own people, the merchant's for a customer."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of
from placet.api.schemas.base import Identifier, ListOf, Wish
from placet.api.schemas.store import Assortment, show_assortments
from placet.api.schemas.words import Name
from placet.api.versions import require_version, tag
from placet.catalog import actions, kept
from placet.catalog.actions import AssortmentValues, Audience, Naming
from placet.companies.models import Role
from placet.companies.queries import get_company, get_member, get_unit
from placet.core.actor import Actor
from placet.core.errors import NotFound

router = Router(tags=["assortments"])
Path = Annotated[str, StringConstraints(max_length=400)]
Sku = Annotated[str, StringConstraints(max_length=64)]
Categories = Annotated[list[Path], Field(max_length=200)]
Products = Annotated[list[Sku], Field(max_length=2_000)]


class AssortmentFilters(Page):
    """The merchant names the customer; a company sees its own."""

    company: Annotated[str, Field(max_length=40)] = ""


class AssortmentWish(Wish):
    """All of it; at most one of unit, role and member, none of them by the merchant."""

    name: Name
    effect: Literal["allow", "deny"]
    categories: Categories = []
    products: Products = []
    unit: Identifier | None = None
    role: Identifier | None = None
    member: Identifier | None = None


class NewAssortment(AssortmentWish):
    """The merchant names the customer."""

    company: Identifier | None = None


class NewClosing(Wish):
    """Nothing needs to be said."""


@router.get("/assortments", response=ListOf[Assortment])
def list_assortments(request: ApiRequest, page: Query[AssortmentFilters]) -> ListOf[Assortment]:
    """The assortments that the caller keeps, closed ones too."""
    company = get_company(request.actor, page.company)
    found = kept.list_assortments(request.actor, company).order_by("-created_at", "-id")
    return page_of(request, found, page, show_assortments)


@router.post("/assortments", response={201: Assortment})
def create_assortment(request: ApiRequest, body: NewAssortment) -> Status[Assortment]:
    """Say what people may see and order, or may not; it holds at once."""
    company = get_company(request.actor, body.company or "")
    values = _values(request.actor, body)
    made = actions.create_assortment(company, values=values, actor=request.actor, now=request.now)
    return Status(201, _show(request, made.pk))


@router.get("/assortments/{assortment_id}", response=Assortment)
def get_assortment(request: ApiRequest, assortment_id: str) -> Assortment:
    """One assortment."""
    return _show(request, assortment_id)


@router.put("/assortments/{assortment_id}", response=Assortment)
def change_assortment(request: ApiRequest, assortment_id: str, body: AssortmentWish) -> Assortment:
    """State it anew, all of it; needs If-Match. What was submitted stays."""
    found = kept.get_assortment(request.actor, assortment_id)
    require_version(request, found.version)
    actions.change_assortment(
        found,
        values=_values(request.actor, body),
        version=found.version,
        actor=request.actor,
        now=request.now,
    )
    return _show(request, assortment_id)


@router.post("/assortments/{assortment_id}/closings", response={201: Assortment})
def close_assortment(
    request: ApiRequest, assortment_id: str, body: NewClosing
) -> Status[Assortment]:
    """Let it hold no more."""
    found = kept.get_assortment(request.actor, assortment_id)
    actions.close_assortment(found, actor=request.actor, now=request.now)
    return Status(201, _show(request, assortment_id))


def _values(actor: Actor, body: AssortmentWish) -> AssortmentValues:
    role = Role.objects.filter(pk=body.role, company_id=actor.company_id).first()
    if body.role and role is None:
        raise NotFound
    audience = Audience(
        unit=get_unit(actor, body.unit) if body.unit else None,
        role=role,
        member=get_member(actor, body.member) if body.member else None,
    )
    naming = Naming(body.categories, body.products)
    return AssortmentValues(body.name, body.effect, naming, audience)


def _show(request: ApiRequest, assortment_id: str) -> Assortment:
    found = kept.get_assortment(request.actor, assortment_id)
    tag(request, found.version)
    return show_assortments([found])[0]
