"""Documents about who people are: the caller, members, units, cost centres, addresses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from placet.api.call import ApiRequest
from placet.api.schemas.base import Answer, Named, Person, Resourceful, frame, person
from placet.companies import models
from placet.core.actor import Grant


class KeyShown(Answer):
    """The key that calls; its secret is never shown again."""

    id: str
    name: str
    scopes: list[str]
    expires_at: datetime | None


class CompanyShown(Answer):
    """The company for which the key works."""

    id: str
    slug: str
    name: str
    kind: str
    currency: str


class PermissionShown(Answer):
    """Something that the caller may do, for a unit and below, or (no unit) for the company."""

    permission: str
    unit: str | None


class Me(Answer):
    """Who calls, and what they may do."""

    object: Literal["me"] = "me"
    key: KeyShown
    company: CompanyShown
    member: Person | None
    permissions: list[PermissionShown]


class Member(Resourceful):
    """Somebody's membership of the company."""

    object: Literal["member"] = "member"
    name: str
    email: str
    title: str
    unit: Named
    status: str
    language: str
    time_zone: str


class Unit(Resourceful):
    """A node of the company's tree."""

    object: Literal["unit"] = "unit"
    name: str
    code: str
    parent: str | None
    head: Person | None


class CostCenter(Resourceful):
    """Where a cost is booked, and who answers for it."""

    object: Literal["cost_center"] = "cost_center"
    code: str
    name: str
    unit: str | None
    owner: Person | None


class Address(Resourceful):
    """Where goods (``ship_to``) or invoices (``bill_to``) go."""

    object: Literal["address"] = "address"
    kind: str
    name: str
    street: str
    postcode: str
    city: str
    country: str
    delivery_note: str
    unit: str | None


def show_me(request: ApiRequest) -> Me:
    """The caller of this request."""
    actor, key = request.actor, request.key
    return Me(
        key=KeyShown(id=key.id, name=key.name, scopes=key.scopes, expires_at=key.expires_at),
        company=CompanyShown(
            id=actor.company_id,
            slug=actor.company_slug,
            name=actor.company_name,
            kind=actor.company_kind,
            currency=actor.currency,
        ),
        member=Person(member=actor.member_id, name=actor.name) if actor.member_id else None,
        permissions=[
            _permission(grant)
            for grant in sorted(actor.grants, key=lambda grant: (grant.permission, grant.unit_path))
        ],
    )


def show_members(members: Sequence[models.Member]) -> list[Member]:
    """Members with their users and units loaded."""
    return [
        Member(
            **frame(member),
            name=member.user.name,
            email=member.user.email,
            title=member.title,
            unit=Named(id=member.unit.id, name=member.unit.name),
            status=member.status,
            language=member.language,
            time_zone=member.time_zone,
        )
        for member in members
    ]


def show_units(units: Sequence[models.Unit]) -> list[Unit]:
    """Units with their heads loaded."""
    return [
        Unit(
            **frame(unit),
            name=unit.name,
            code=unit.code,
            parent=unit.parent_id,
            head=person(unit.head) if unit.head else None,
        )
        for unit in units
    ]


def show_cost_centers(centers: Sequence[models.CostCenter]) -> list[CostCenter]:
    """Cost centres with their owners loaded."""
    return [
        CostCenter(
            **frame(center),
            code=center.code,
            name=center.name,
            unit=center.unit_id,
            owner=person(center.owner) if center.owner else None,
        )
        for center in centers
    ]


def show_addresses(addresses: Sequence[models.Address]) -> list[Address]:
    """Addresses of one kind or both."""
    return [
        Address(
            **frame(address),
            kind=address.kind,
            name=address.name,
            street=address.street,
            postcode=address.postcode,
            city=address.city,
            country=address.country,
            delivery_note=address.delivery_note,
            unit=address.unit_id,
        )
        for address in addresses
    ]


def _permission(grant: Grant) -> PermissionShown:
    unit = grant.unit_path.strip("/").rpartition("/")[2]
    return PermissionShown(permission=grant.permission, unit=unit or None)
