"""What all documents of the API share: the frame of a thing, money, people, lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from placet.companies.models import Member
from placet.companies.refusals import Refusal
from placet.core.actor import Actor
from placet.core.models import Resource

LARGEST = 10**15
MemberName = Annotated[str, StringConstraints(max_length=120)]
Identifier = Annotated[str, StringConstraints(min_length=1, max_length=40)]


class Answer(BaseModel):
    """Something that we say: every field is always there."""

    model_config = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=True)


class Wish(BaseModel):
    """Something that a caller says: unknown fields are refused, nothing is converted."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Money(Answer):
    """An amount in minor units (cents) of a currency."""

    amount_minor: int
    currency: str


class UnitPrice(Money):
    """The price of ``price_quantity`` pieces."""

    price_quantity: int


class Named(Answer):
    """Something else by its id, with the name to show."""

    id: str
    name: str


class Person(Answer):
    """A member by id and name."""

    member: str
    name: str


class ClosedAction(Answer):
    """What the caller may not do now, and why."""

    action: str
    code: str
    reason: str


class Resourceful(Answer):
    """The frame of every stored thing; ``version`` is its ETag."""

    id: str
    created_at: datetime
    version: int
    external_id: str
    metadata: dict[str, Any]


A = TypeVar("A", bound=Answer)


class ListOf(Answer, Generic[A]):
    """A page of a list; ``next_cursor`` leads on while ``has_more``."""

    object: Literal["list"] = "list"
    data: list[A]
    has_more: bool
    next_cursor: str | None


class Fault(Answer):
    """One value that does not fit, with the place where it stands."""

    pointer: str
    code: str
    detail: str


class Problem(BaseModel):
    """An error after RFC 9457; some codes carry more (a new plan, both hashes, a version)."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    code: str
    detail: str
    request_id: str
    errors: list[Fault] = Field(default_factory=list)


def money(amount_minor: int, currency: str) -> Money:
    """An amount of this currency."""
    return Money(amount_minor=amount_minor, currency=currency)


def person(member: Member) -> Person:
    """A member whose user is loaded."""
    return Person(member=member.id, name=member.user.name)


def side_of(actor: Actor) -> str:
    """The side whose rules and reasons the actor may read."""
    return "merchant" if actor.is_merchant else "buyer"


def frame(row: Resource) -> dict[str, Any]:
    """The fields of ``Resourceful``."""
    return {
        "id": row.pk,
        "created_at": row.created_at,
        "version": row.version,
        "external_id": row.external_id,
        "metadata": row.metadata,
    }


def actions_of(refusals: Mapping[str, Refusal | None]) -> dict[str, Any]:
    """``allowed_actions``, and for each closed one the reason, from the predicates of the gate."""
    return {
        "allowed_actions": [name for name, refusal in refusals.items() if refusal is None],
        "closed_actions": [
            ClosedAction(action=name, code=refusal.code, reason=str(refusal.sentence))
            for name, refusal in refusals.items()
            if refusal is not None
        ],
    }
