"""Where goods and invoices go, and who may use which."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.labels import label
from placet.api.paging import Page, page_of
from placet.api.schemas.base import Identifier, ListOf, Wish
from placet.api.schemas.places import Address, show_addresses
from placet.api.schemas.words import ExternalId, Labels, Name, Some, Text, wished
from placet.api.versions import require_version, tag
from placet.companies import actions, directory, queries
from placet.core.actor import Actor

router = Router(tags=["addresses"])
Postcode = Annotated[str, StringConstraints(max_length=20)]
City = Annotated[str, StringConstraints(max_length=100)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2}$")]
PLACES = ("unit", "member")


class AddressFilters(Page):
    """Addresses of one kind that one may use; `managed` adds those that one looks after."""

    kind: Annotated[Literal["ship_to", "bill_to"], Field(description="which kind")] = "ship_to"
    managed: bool = False
    external_id: Annotated[ExternalId, Field(description="id of another system")] = ""


class NewAddress(Labels):
    """For a member, for a unit and all below it, or for everybody."""

    kind: Literal["ship_to", "bill_to"]
    name: Name
    street: Text
    postcode: Postcode
    city: City
    country: Country
    delivery_note: Text = ""
    unit: Identifier | None = None
    member: Identifier | None = None


class AddressChange(Labels):
    """What is named is changed; `"unit": null` is the whole company."""

    name: Name | None = None
    street: Text | None = None
    postcode: Postcode | None = None
    city: City | None = None
    country: Country | None = None
    delivery_note: Text | None = None
    unit: Identifier | None = None
    member: Identifier | None = None


class Sharing(Wish):
    """The members who alone may use an address; nobody named: everybody whom it reaches."""

    members: Some


@router.get("/addresses", response=ListOf[Address])
def list_addresses(request: ApiRequest, page: Query[AddressFilters]) -> ListOf[Address]:
    """Where the caller may order to, or where invoices go."""
    found = queries.list_addresses(request.actor, page.kind)
    if page.managed:
        found = directory.list_known_addresses(request.actor).filter(kind=page.kind, closed_at=None)
    if page.external_id:
        found = found.filter(external_id=page.external_id)
    return page_of(request, found, page, lambda rows: show_addresses(rows, request.actor))


@router.post("/addresses", response={201: Address})
def add_address(request: ApiRequest, body: NewAddress) -> Status[Address]:
    """Add a ship-to or a bill-to."""
    said = body.model_dump(exclude={"external_id", "metadata", *PLACES})
    address = actions.add_address(
        queries.get_company(request.actor),
        **said,
        **_places(request.actor, body),
        actor=request.actor,
        now=request.now,
    )
    label(request, address, body)
    return Status(201, _show(request, address.pk))


@router.get("/addresses/{address_id}", response=Address)
def get_address(request: ApiRequest, address_id: str) -> Address:
    """One address of either kind."""
    return _show(request, address_id)


@router.patch("/addresses/{address_id}", response=Address)
def change_address(request: ApiRequest, address_id: str, body: AddressChange) -> Address:
    """Change an address; needs If-Match. What was submitted keeps the one it was frozen with."""
    address = directory.get_known_address(request.actor, address_id)
    require_version(request, address.version)
    label(request, address, body)
    said = {name: value for name, value in wished(body, *PLACES).items() if value is not None}
    changes: dict[str, Any] = {**said, **_places(request.actor, body)}
    if changes:
        actions.change_address(
            address, version=address.version, actor=request.actor, now=request.now, **changes
        )
    return _show(request, address.pk)


@router.post("/addresses/{address_id}/shares", response={201: Address})
def share_address(request: ApiRequest, address_id: str, body: Sharing) -> Status[Address]:
    """Say which members alone may use an address."""
    actions.share_address(
        directory.get_known_address(request.actor, address_id),
        members=[queries.get_member(request.actor, one) for one in body.members],
        actor=request.actor,
        now=request.now,
    )
    return Status(201, _show(request, address_id))


@router.post("/addresses/{address_id}/closings", response={201: Address})
def close_address(request: ApiRequest, address_id: str) -> Status[Address]:
    """Let nobody choose an address any more."""
    address = directory.get_known_address(request.actor, address_id)
    actions.close_address(address, actor=request.actor, now=request.now)
    tag(request, address.version)
    return Status(201, show_addresses([address], request.actor)[0])


def _places(actor: Actor, body: NewAddress | AddressChange) -> dict[str, Any]:
    """The unit and the member that a body names, found; null is none."""
    found: dict[str, Any] = {}
    if "unit" in body.model_fields_set:
        found["unit"] = queries.get_unit(actor, body.unit) if body.unit else None
    if "member" in body.model_fields_set:
        found["member"] = queries.get_member(actor, body.member) if body.member else None
    return found


def _show(request: ApiRequest, address_id: str) -> Address:
    address = directory.get_known_address(request.actor, address_id)
    tag(request, address.version)
    return show_addresses([address], request.actor)[0]
