"""What the company wants to be told with each purchase: a project, a ward, a contract."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.labels import label
from placet.api.paging import Page, page_of
from placet.api.schemas.base import ListOf
from placet.api.schemas.places import ReferenceField, show_reference_fields
from placet.api.schemas.words import LABELS, Code, Labels, wished
from placet.api.versions import require_version, tag
from placet.companies import actions, directory, models, queries
from placet.companies.actions.reference_fields import FieldShape

router = Router(tags=["reference fields"])
FieldName = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Short = Annotated[str, StringConstraints(max_length=100)]
Kind = Literal["text", "list", "pattern"]
Choices = Annotated[list[Annotated[str, StringConstraints(max_length=200)]], Field(max_length=500)]
Position = Annotated[int, Field(ge=0, le=1_000)]


class NewReferenceField(Labels):
    """A text, one of a list, or what follows a pattern; its key stays."""

    key: Code
    name: FieldName
    kind: Kind = "text"
    choices: Choices = []
    pattern: Short = ""
    hint: Short = ""
    is_required: bool = False
    is_for_supplier: bool = False
    is_per_line: bool = False
    position: Position = 0


class ReferenceFieldChange(Labels):
    """What is named is changed."""

    name: FieldName | None = None
    kind: Kind | None = None
    choices: Choices | None = None
    pattern: Short | None = None
    hint: Short | None = None
    is_required: bool | None = None
    is_for_supplier: bool | None = None
    is_per_line: bool | None = None
    position: Position | None = None


@router.get("/reference_fields", response=ListOf[ReferenceField])
def list_reference_fields(request: ApiRequest, page: Query[Page]) -> ListOf[ReferenceField]:
    """What the company asks for now, in its order."""
    found = queries.list_reference_fields(request.actor.company_id)
    return page_of(request, found, page, lambda rows: show_reference_fields(rows, request.actor))


@router.post("/reference_fields", response={201: ReferenceField})
def add_reference_field(request: ApiRequest, body: NewReferenceField) -> Status[ReferenceField]:
    """Ask for one more thing with each purchase."""
    field = actions.add_reference_field(
        queries.get_company(request.actor),
        key=body.key,
        shape=FieldShape(**body.model_dump(exclude={"key", *LABELS})),
        actor=request.actor,
        now=request.now,
    )
    label(request, field, body)
    return Status(201, _show(request, field.pk))


@router.get("/reference_fields/{field_id}", response=ReferenceField)
def get_reference_field(request: ApiRequest, field_id: str) -> ReferenceField:
    """One field, closed ones too."""
    return _show(request, field_id)


@router.patch("/reference_fields/{field_id}", response=ReferenceField)
def change_reference_field(
    request: ApiRequest, field_id: str, body: ReferenceFieldChange
) -> ReferenceField:
    """Change what a field asks for; needs If-Match. What was submitted keeps what it says."""
    field = directory.get_reference_field(request.actor, field_id)
    require_version(request, field.version)
    label(request, field, body)
    changes = {name: value for name, value in wished(body).items() if value is not None}
    if changes:
        actions.change_reference_field(
            field,
            shape=_shape(field, changes),
            version=field.version,
            actor=request.actor,
            now=request.now,
        )
    return _show(request, field.pk)


@router.post("/reference_fields/{field_id}/closings", response={201: ReferenceField})
def close_reference_field(request: ApiRequest, field_id: str) -> Status[ReferenceField]:
    """Ask for it no more."""
    field = directory.get_reference_field(request.actor, field_id)
    actions.close_reference_field(field, actor=request.actor, now=request.now)
    return Status(201, _show(request, field.pk))


def _shape(field: models.ReferenceField, changes: dict[str, Any]) -> FieldShape:
    """The field as it is, with these changes."""
    kept = {name: getattr(field, name) for name in FieldShape._fields}
    return FieldShape(**{**kept, **changes})


def _show(request: ApiRequest, field_id: str) -> ReferenceField:
    field = directory.get_reference_field(request.actor, field_id)
    tag(request, field.version)
    return show_reference_fields([field], request.actor)[0]
