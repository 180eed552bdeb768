"""Who one is, and the people and places of the company."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Query, Router
from pydantic import Field

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of
from placet.api.schemas.base import ListOf
from placet.api.schemas.company import (
    Address,
    CostCenter,
    Me,
    Member,
    Unit,
    show_addresses,
    show_cost_centers,
    show_me,
    show_members,
    show_units,
)
from placet.api.versions import tag
from placet.companies import queries

router = Router(tags=["company"])


class AddressFilters(Page):
    """Addresses of one kind."""

    kind: Annotated[Literal["ship_to", "bill_to"], Field(description="which kind")] = "ship_to"


@router.get("/me", response=Me)
def get_me(request: ApiRequest) -> Me:
    """Who the key acts as, and what that allows."""
    return show_me(request)


@router.get("/members", response=ListOf[Member])
def list_members(request: ApiRequest, page: Query[Page]) -> ListOf[Member]:
    """The active people of the company by name."""
    return page_of(request, queries.list_members(request.actor), page, show_members)


@router.get("/members/{member_id}", response=Member)
def get_member(request: ApiRequest, member_id: str) -> Member:
    """One member, deactivated ones too."""
    member = queries.get_member(request.actor, member_id)
    tag(request, member.version)
    return show_members([member])[0]


@router.get("/units", response=ListOf[Unit])
def list_units(request: ApiRequest, page: Query[Page]) -> ListOf[Unit]:
    """The company's tree, each parent before its children."""
    return page_of(request, queries.list_units(request.actor), page, show_units)


@router.get("/cost_centers", response=ListOf[CostCenter])
def list_cost_centers(request: ApiRequest, page: Query[Page]) -> ListOf[CostCenter]:
    """The cost centres that the caller may order on."""
    return page_of(request, queries.list_cost_centers(request.actor), page, show_cost_centers)


@router.get("/addresses", response=ListOf[Address])
def list_addresses(request: ApiRequest, page: Query[AddressFilters]) -> ListOf[Address]:
    """Where the caller may order to, or where invoices go."""
    return page_of(request, queries.list_addresses(request.actor, page.kind), page, show_addresses)
