"""Columns of imports and exports, and which column of a file is meant by which of ours."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from placet.core.errors import InvalidInput

Text = str | Promise


class Column(NamedTuple):
    """One value of a row. ``names`` are headers that mean it, beside its key and its label; a
    column that ``has_lines`` may hold more than one.
    """

    key: str
    label: Text
    hint: Text = ""
    is_required: bool = False
    longest: int = 120
    names: tuple[str, ...] = ()
    example: str = ""
    has_lines: bool = False


def folded(text: str) -> str:
    """A header without case, marks and signs, so that "E-mail *" and "e_mail" are the same."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    return "".join(sign for sign in plain if sign.isalnum())


def guess_columns(columns: Sequence[Column], header: Sequence[str]) -> dict[str, int]:
    """For each of our columns the position in the file whose header means it."""
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        places.setdefault(folded(name), place)
    found: dict[str, int] = {}
    for column in columns:
        for name in (column.key, str(column.label), *column.names):
            at = places.get(folded(name))
            if at is not None and at not in found.values():
                found[column.key] = at
                break
    return found


def checked_columns(
    columns: Sequence[Column], chosen: Mapping[str, int], width: int
) -> dict[str, int]:
    """The chosen positions; raises ``InvalidInput`` on the path of the column that cannot be."""
    known = {column.key for column in columns}
    for key, place in chosen.items():
        if key not in known:
            raise InvalidInput(key, "unknown_column", _("There is no such column."))
        if not 0 <= place < width:
            raise InvalidInput(key, "no_such_place", _("The file has no such column."))
        if list(chosen.values()).count(place) > 1:
            raise InvalidInput(key, "chosen_twice", _("A column of the file is chosen twice."))
    for column in columns:
        if column.is_required and column.key not in chosen:
            raise InvalidInput(column.key, "required", _("Choose the column that holds this."))
    return dict(chosen)
