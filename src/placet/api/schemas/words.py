"""The kinds of values that callers say about the organisation, each with its bounds."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Annotated, Any, Final

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints

from placet.api.schemas.base import LARGEST, Identifier, Wish

EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)


def near(found: datetime) -> datetime:
    """Instants of this product; at the ends of the calendar other zones cannot write them."""
    if not EARLIEST <= found <= LATEST:
        raise ValueError("an instant lies between 2000 and 2200")
    return found


Amount = Annotated[int, Field(ge=0, le=LARGEST)]
Code = Annotated[str, StringConstraints(max_length=40)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
ExternalId = Annotated[str, StringConstraints(max_length=100)]
Month = Annotated[int, Field(ge=1, le=12)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Text = Annotated[str, StringConstraints(max_length=200)]
LongText = Annotated[str, StringConstraints(max_length=1000)]
Moment = Annotated[AwareDatetime, Field(strict=False), AfterValidator(near)]
Notes = Annotated[
    dict[
        Annotated[str, StringConstraints(min_length=1, max_length=40)],
        Annotated[str, StringConstraints(max_length=500)],
    ],
    Field(max_length=50, description="notes of another system, by name"),
]
Clock = Annotated[
    str,
    StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"),
    Field(description="hours and minutes; 00:00 as the end of a day is midnight"),
]
Days = Annotated[list[Annotated[int, Field(ge=1, le=7)]], Field(max_length=7)]
Some = Annotated[list[Identifier], Field(max_length=1000)]


class Labels(Wish):
    """What another system calls the thing, and its notes; left out they stay."""

    external_id: ExternalId | None = None
    metadata: Notes | None = None


LABELS: Final = frozenset(Labels.model_fields)


def wished(body: Wish, *besides: str) -> dict[str, Any]:
    """What was named in a body, without labels and without what is meant in another way."""
    return body.model_dump(exclude_unset=True, exclude={*LABELS, *besides})


def with_times(changes: dict[str, Any]) -> dict[str, Any]:
    """The changes, with hours of the day as times."""
    hours = {
        name: time.fromisoformat(changes[name])
        for name in ("work_starts", "work_ends")
        if changes.get(name) is not None
    }
    return {**changes, **hours}
