"""Where costs are booked, and who answers for them."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.labels import label
from placet.api.paging import Page, page_of
from placet.api.schemas.base import Identifier, ListOf
from placet.api.schemas.places import CostCenter, show_cost_centers
from placet.api.schemas.words import ExternalId, Labels, Name
from placet.api.versions import require_version, tag
from placet.companies import actions, directory, queries
from placet.core.actor import Actor
from placet.requisitions.actions import change_cost_center as change

router = Router(tags=["cost centers"])


class CostCenterFilters(Page):
    """Cost centres that one may order on; `managed` adds those that one looks after."""

    managed: bool = False
    code: Annotated[str, Field(max_length=40)] = ""
    external_id: Annotated[ExternalId, Field(description="id of another system")] = ""


class NewCostCenter(Labels):
    """Its code, which stays; for a unit and below, or for everybody."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    name: Name
    unit: Identifier | None = None
    owner: Identifier | None = None


class CostCenterChange(Labels):
    """What is named is changed; null is the whole company, or nobody."""

    name: Name | None = None
    unit: Identifier | None = None
    owner: Identifier | None = None


@router.get("/cost_centers", response=ListOf[CostCenter])
def list_cost_centers(request: ApiRequest, page: Query[CostCenterFilters]) -> ListOf[CostCenter]:
    """The cost centres that the caller may order on."""
    found = queries.list_cost_centers(request.actor)
    if page.managed:
        found = directory.list_known_cost_centers(request.actor).filter(closed_at=None)
    for name in ("code", "external_id"):
        if getattr(page, name):
            found = found.filter(**{name: getattr(page, name)})
    return page_of(request, found, page, lambda rows: show_cost_centers(rows, request.actor))


@router.post("/cost_centers", response={201: CostCenter})
def add_cost_center(request: ApiRequest, body: NewCostCenter) -> Status[CostCenter]:
    """Add a cost centre; nobody names themselves its owner, since an owner decides."""
    center = actions.add_cost_center(
        queries.get_company(request.actor),
        code=body.code,
        name=body.name,
        **_people_and_places(request.actor, body),
        actor=request.actor,
        now=request.now,
    )
    label(request, center, body)
    return Status(201, _show(request, center.pk))


@router.get("/cost_centers/{cost_center_id}", response=CostCenter)
def get_cost_center(request: ApiRequest, cost_center_id: str) -> CostCenter:
    """One cost centre."""
    return _show(request, cost_center_id)


@router.patch("/cost_centers/{cost_center_id}", response=CostCenter)
def change_cost_center(
    request: ApiRequest, cost_center_id: str, body: CostCenterChange
) -> CostCenter:
    """Change a cost centre; needs If-Match. Open steps that ask the owner ask the new one."""
    center = directory.get_known_cost_center(request.actor, cost_center_id)
    require_version(request, center.version)
    label(request, center, body)
    changes = _people_and_places(request.actor, body)
    if body.name is not None:
        changes["name"] = body.name
    if changes:
        change(center, version=center.version, actor=request.actor, now=request.now, **changes)
    return _show(request, center.pk)


@router.post("/cost_centers/{cost_center_id}/closings", response={201: CostCenter})
def close_cost_center(request: ApiRequest, cost_center_id: str) -> Status[CostCenter]:
    """Let nothing be booked on it any more; what waits and what was ordered keeps it."""
    center = directory.get_known_cost_center(request.actor, cost_center_id)
    actions.close_cost_center(center, actor=request.actor, now=request.now)
    tag(request, center.version)
    return Status(201, show_cost_centers([center], request.actor)[0])


def _people_and_places(actor: Actor, body: NewCostCenter | CostCenterChange) -> dict[str, Any]:
    """The unit and the owner that a body names, found; null is none."""
    found: dict[str, Any] = {}
    if "unit" in body.model_fields_set:
        found["unit"] = queries.get_unit(actor, body.unit) if body.unit else None
    if "owner" in body.model_fields_set:
        found["owner"] = queries.get_member(actor, body.owner) if body.owner else None
    return found


def _show(request: ApiRequest, cost_center_id: str) -> CostCenter:
    center = directory.get_known_cost_center(request.actor, cost_center_id)
    tag(request, center.version)
    return show_cost_centers([center], request.actor)[0]
