"""The tree of a company: units are added, moved, closed, and have heads."""

from __future__ import annotations

from typing import Annotated

from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.labels import label
from placet.api.paging import Page, page_of
from placet.api.schemas.base import Identifier, ListOf, Wish
from placet.api.schemas.places import Unit, show_units
from placet.api.schemas.words import Code, ExternalId, Labels, Name, wished
from placet.api.versions import require_version, tag
from placet.companies import actions, queries
from placet.companies.po_forms import PoForm
from placet.requisitions.actions import close_unit as close
from placet.requisitions.actions import move_unit as move
from placet.requisitions.actions import name_head as name

router = Router(tags=["units"])


PoText = Annotated[str, StringConstraints(max_length=200)]


class UnitFilters(Page):
    """Units with one code, or with one id of another system."""

    code: Code = ""
    external_id: Annotated[ExternalId, Field(description="id of another system")] = ""


class NewUnit(Labels):
    """A division, branch or department; without a parent below the company itself."""

    name: Name
    code: Code = ""
    po_pattern: PoText = ""
    po_hint: PoText = ""
    parent: Identifier | None = None


class UnitChange(Labels):
    """What is named is changed."""

    name: Name | None = None
    code: Code | None = None
    po_pattern: PoText | None = None
    po_hint: PoText | None = None


class UnitMove(Wish):
    """The unit below which it hangs from now on."""

    parent: Identifier


class UnitHead(Wish):
    """Who heads the unit; null: nobody does."""

    member: Identifier | None


@router.get("/units", response=ListOf[Unit])
def list_units(request: ApiRequest, page: Query[UnitFilters]) -> ListOf[Unit]:
    """The company's tree without closed units, each parent before its children."""
    found = queries.list_units(request.actor)
    if page.code:
        found = found.filter(code=page.code)
    if page.external_id:
        found = found.filter(external_id=page.external_id)
    return page_of(request, found, page, lambda rows: show_units(rows, request.actor))


@router.post("/units", response={201: Unit})
def add_unit(request: ApiRequest, body: NewUnit) -> Status[Unit]:
    """Add a unit."""
    unit = actions.add_unit(
        queries.get_company(request.actor),
        name=body.name,
        code=body.code,
        po_form=PoForm(body.po_pattern, body.po_hint),
        parent=queries.get_unit(request.actor, body.parent) if body.parent else None,
        actor=request.actor,
        now=request.now,
    )
    label(request, unit, body)
    return Status(201, _show(request, unit.pk))


@router.get("/units/{unit_id}", response=Unit)
def get_unit(request: ApiRequest, unit_id: str) -> Unit:
    """One unit, closed ones too."""
    return _show(request, unit_id)


@router.patch("/units/{unit_id}", response=Unit)
def change_unit(request: ApiRequest, unit_id: str, body: UnitChange) -> Unit:
    """Give a unit another name or code; needs If-Match."""
    unit = queries.get_unit(request.actor, unit_id)
    require_version(request, unit.version)
    label(request, unit, body)
    changes = {key: value for key, value in wished(body).items() if value is not None}
    form = PoForm(changes.pop("po_pattern", unit.po_pattern), changes.pop("po_hint", unit.po_hint))
    if changes or form != PoForm(unit.po_pattern, unit.po_hint):
        actions.change_unit(
            unit,
            **{"name": unit.name, "code": unit.code, **changes},
            po_form=form,
            version=unit.version,
            actor=request.actor,
            now=request.now,
        )
    return _show(request, unit.pk)


@router.post("/units/{unit_id}/moves", response={201: Unit})
def move_unit(request: ApiRequest, unit_id: str, body: UnitMove) -> Status[Unit]:
    """Hang a unit, and all below it, under another one; open steps follow."""
    unit = queries.get_unit(request.actor, unit_id)
    parent = queries.get_unit(request.actor, body.parent)
    move(unit, parent=parent, actor=request.actor, now=request.now)
    return Status(201, _show(request, unit.pk))


@router.post("/units/{unit_id}/closings", response={201: Unit})
def close_unit(request: ApiRequest, unit_id: str) -> Status[Unit]:
    """Close a unit in which nothing lives; else a 409 says what does."""
    unit = queries.get_unit(request.actor, unit_id)
    close(unit, actor=request.actor, now=request.now)
    return Status(201, _show(request, unit.pk))


@router.post("/units/{unit_id}/heads", response={201: Unit})
def name_head(request: ApiRequest, unit_id: str, body: UnitHead) -> Status[Unit]:
    """Say who heads a unit; open steps that ask the head ask this member now."""
    unit = queries.get_unit(request.actor, unit_id)
    member = queries.get_member(request.actor, body.member) if body.member else None
    name(unit, member=member, actor=request.actor, now=request.now)
    return Status(201, _show(request, unit.pk))


def _show(request: ApiRequest, unit_id: str) -> Unit:
    unit = queries.get_unit(request.actor, unit_id)
    tag(request, unit.version)
    return show_units([unit], request.actor)[0]
