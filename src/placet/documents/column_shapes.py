"""What a column map says, checked once for pages and API alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.documents.column_maps import list_columns

LONGEST_NAME: Final = 60
LONGEST_HEADING: Final = 80
MOST_COLUMNS: Final = 100
DELIMITERS: Final = (",", ";", "\t", "|")
DECIMAL_MARKS: Final = (".", ",")


class ColumnMapShape(NamedTuple):
    """What a map says: its columns are pairs of a key and a heading, empty for the usual one."""

    name: str
    columns: Sequence[tuple[str, str]]
    delimiter: str = ","
    decimal_mark: str = "."


def check_shape(
    shape: ColumnMapShape, *, list_name: str, actor: Actor, kept: frozenset[str] = frozenset()
) -> ColumnMapShape:
    """The shape as it is kept; ``InvalidInput`` names what is wrong in it."""
    name = _text(shape.name, "name", LONGEST_NAME)
    if not name:
        raise InvalidInput("name", "required", _("A column map needs a name."))
    if not shape.columns:
        raise InvalidInput("columns", "required", _("Choose at least one column."))
    if len(shape.columns) > MOST_COLUMNS:
        raise InvalidInput("columns", "too_many", _("A file has a hundred columns at most."))
    if shape.delimiter not in DELIMITERS:
        raise InvalidInput("delimiter", "unknown", _("Choose one of the delimiters."))
    if shape.decimal_mark not in DECIMAL_MARKS:
        raise InvalidInput("decimal_mark", "unknown", _("Amounts have a point or a comma."))
    known = list_columns(actor, list_name)
    columns: list[tuple[str, str]] = []
    for number, (key, heading) in enumerate(shape.columns):
        column = known.get(key)
        if column is None and key not in kept:
            raise InvalidInput(
                f"columns/{number}/key",
                "unknown",
                _("“%(key)s” is no column of this list.") % {"key": key[:60]},
            )
        path = f"columns/{number}/heading"
        said = _text(heading, path, LONGEST_HEADING) or str(column.heading if column else key)
        columns.append((key, said))
    _refuse_twice(columns)
    return shape._replace(name=name, columns=columns)


def _refuse_twice(columns: list[tuple[str, str]]) -> None:
    """Two columns of one heading could not be told apart by the program that reads them.

    And the page has one place for each column: it could not show one that is there twice.
    """
    headings = [heading for _key, heading in columns]
    for number, heading in enumerate(headings):
        if heading in headings[:number]:
            raise InvalidInput(
                f"columns/{number}/heading",
                "twice",
                _("Two columns are called “%(heading)s”.") % {"heading": heading},
            )
    keys = [key for key, _heading in columns]
    for number, (key, heading) in enumerate(columns):
        if key in keys[:number]:
            raise InvalidInput(
                f"columns/{number}/key",
                "twice",
                _("“%(heading)s” is a column that is there already.") % {"heading": heading},
            )


def _text(text: str, path: str, longest: int) -> str:
    text = " ".join(text.split())
    if not text.isprintable():
        raise InvalidInput(path, "characters", _("Use letters, digits and signs only."))
    if len(text) > longest:
        raise InvalidInput(path, "too_long", _("This is too long."))
    return text
