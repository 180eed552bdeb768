"""Documents about the tree of a company, its places, and what it wants to be told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from placet.api.schemas.base import ClosedAction, Person, Resourceful, actions_of, frame, person
from placet.companies import models
from placet.companies.permissions import ADDRESS_MANAGE, UNIT_MANAGE, can_do
from placet.companies.refusals import Refusal
from placet.core.actor import Actor


class Unit(Resourceful):
    """A node of the company's tree; `path` is the ids from the root down."""

    object: Literal["unit"] = "unit"
    name: str
    code: str
    po_pattern: str
    po_hint: str
    parent: str | None
    path: list[str]
    head: Person | None
    closed_at: datetime | None
    allowed_actions: list[str]
    closed_actions: list[ClosedAction]


class CostCenter(Resourceful):
    """Where a cost is booked, and who answers for it."""

    object: Literal["cost_center"] = "cost_center"
    code: str
    name: str
    unit: str | None
    owner: Person | None
    closed_at: datetime | None
    allowed_actions: list[str]
    closed_actions: list[ClosedAction]


class Address(Resourceful):
    """Where goods (`ship_to`) or invoices (`bill_to`) go; `member`: for this one alone."""

    object: Literal["address"] = "address"
    kind: str
    name: str
    street: str
    postcode: str
    city: str
    country: str
    delivery_note: str
    unit: str | None
    member: str | None
    closed_at: datetime | None
    allowed_actions: list[str]
    closed_actions: list[ClosedAction]


class ReferenceField(Resourceful):
    """What the company wants to be told with each purchase; purchases name it by its `key`."""

    object: Literal["reference_field"] = "reference_field"
    key: str
    name: str
    kind: str
    choices: list[str]
    pattern: str
    hint: str
    is_required: bool
    is_for_supplier: bool
    is_per_line: bool
    position: int
    closed_at: datetime | None
    allowed_actions: list[str]
    closed_actions: list[ClosedAction]


def show_units(units: Sequence[models.Unit], actor: Actor) -> list[Unit]:
    """Units with their heads loaded."""
    return [
        Unit(
            **frame(unit),
            name=unit.name,
            code=unit.code,
            po_pattern=unit.po_pattern,
            po_hint=unit.po_hint,
            parent=unit.parent_id,
            path=unit.path.strip("/").split("/"),
            head=person(unit.head) if unit.head else None,
            closed_at=unit.closed_at,
            **actions_of(_of_unit(unit, actor)),
        )
        for unit in units
    ]


def show_cost_centers(centers: Sequence[models.CostCenter], actor: Actor) -> list[CostCenter]:
    """Cost centres with their units and owners loaded."""
    return [
        CostCenter(
            **frame(center),
            code=center.code,
            name=center.name,
            unit=center.unit_id,
            owner=person(center.owner) if center.owner else None,
            closed_at=center.closed_at,
            **actions_of(_of_place(center, center.unit, actor)),
        )
        for center in centers
    ]


def show_addresses(addresses: Sequence[models.Address], actor: Actor) -> list[Address]:
    """Addresses of one kind or both, with their units loaded."""
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
            member=address.member_id,
            closed_at=address.closed_at,
            **actions_of(_of_place(address, address.unit, actor)),
        )
        for address in addresses
    ]


def show_reference_fields(
    fields: Sequence[models.ReferenceField], actor: Actor
) -> list[ReferenceField]:
    """Reference fields, in the company's order."""
    return [
        ReferenceField(
            **frame(field),
            key=field.key,
            name=field.name,
            kind=field.kind,
            choices=field.choices,
            pattern=field.pattern,
            hint=field.hint,
            is_required=field.is_required,
            is_for_supplier=field.is_for_supplier,
            is_per_line=field.is_per_line,
            position=field.position,
            closed_at=field.closed_at,
            **actions_of(_of_place(field, None, actor)),
        )
        for field in fields
    ]


def _of_unit(unit: models.Unit, actor: Actor) -> dict[str, Refusal | None]:
    change = can_do(actor, UNIT_MANAGE, unit.path)
    move = close = change
    if not unit.parent_id:
        move = Refusal("root", _("The company itself does not move."))
        close = Refusal("root", _("The company itself is not closed."))
    if unit.closed_at is not None:
        move = close = Refusal("closed", _("This unit was closed already."))
    return {"change": change, "name_head": change, "move": move, "close": close}


def _of_place(
    row: models.Address | models.CostCenter | models.ReferenceField,
    unit: models.Unit | None,
    actor: Actor,
) -> dict[str, Refusal | None]:
    change = can_do(actor, ADDRESS_MANAGE, unit.path if unit else "")
    close = Refusal("closed", _("This was closed already.")) if row.closed_at else change
    return {"change": change, "close": close}
