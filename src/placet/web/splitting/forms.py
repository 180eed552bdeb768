"""What the forms that divide lines send; the actions validate, these only read types."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from placet.carts.actions import AllocationValues
from placet.core.errors import InvalidInput

MOST_ROWS: Final = 50
FIELDS: Final = ("quantity", "ship_to", "cost_center", "need_by_on")


class TypedPart(NamedTuple):
    """A row of the form as it was typed."""

    quantity: str = ""
    ship_to: str = ""
    cost_center: str = ""
    need_by_on: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all was said about it."""
        return not any(text.strip() for text in self)


def typed_parts(posted: QueryDict) -> list[TypedPart]:
    """The rows of the form in their order, as they were typed."""
    count = min(_whole(posted.get("rows", "")) or 0, MOST_ROWS)
    return [
        TypedPart(*(posted.get(f"{field}-{row}", "")[:40] for field in FIELDS))
        for row in range(count)
    ]


def read_parts(typed: list[TypedPart]) -> list[AllocationValues]:
    """The parts of those rows that say how many; raises ``InvalidInput`` with the row's path."""
    found = []
    for row, part in enumerate(typed):
        if not part.quantity.strip():
            continue
        quantity = _whole(part.quantity)
        if quantity is None:
            raise InvalidInput(f"rows/{row}/quantity", "not_whole", _("Write a whole number."))
        day = _day(part.need_by_on, f"rows/{row}/need_by_on")
        found.append(AllocationValues(quantity, part.ship_to, part.cost_center, day))
    return found


def typed_version(posted: QueryDict) -> int | None:
    """Which version of the line was looked at."""
    return _whole(posted.get("version", ""))


class TypedMatrix(NamedTuple):
    """What was typed for each line and place, and which version of the line was looked at."""

    quantities: Mapping[str, Mapping[str, str]]
    versions: Mapping[str, int]


def typed_matrix(posted: QueryDict, places: list[str]) -> TypedMatrix:
    """The quantities by line and place; a line is there when its version was sent."""
    lines = [name.removeprefix("version-") for name in posted if name.startswith("version-")]
    return TypedMatrix(
        {
            line: {place: posted.get(f"q-{line}-{place}", "")[:12] for place in places}
            for line in lines
        },
        {line: _whole(posted.get(f"version-{line}", "")) or 0 for line in lines},
    )


def read_quantities(typed: Mapping[str, str], line_id: str) -> dict[str, int]:
    """How many go where; nothing typed is none. Raises ``InvalidInput`` with the line's path."""
    found: dict[str, int] = {}
    for place, text in typed.items():
        quantity = _whole(text) if text.strip() else 0
        if quantity is None or quantity < 0:
            raise InvalidInput(f"lines/{line_id}", "not_whole", _("Write whole numbers."))
        found[place] = quantity
    return found


def _whole(text: Any) -> int | None:
    stripped = str(text).strip()
    is_whole = stripped.isascii() and stripped.removeprefix("-").isdigit() and len(stripped) < 10
    return int(stripped) if is_whole else None


def _day(text: str, path: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise InvalidInput(path, "date", _("Write a date, such as 2026-12-01.")) from error
