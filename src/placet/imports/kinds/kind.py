"""What can be imported: one value a kind, made of functions over the cells of a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from placet.core.errors import Conflict, PlacetError
from placet.imports.columns import Column, Text
from placet.imports.ground import Ground

Cells = Mapping[str, str]
Did = Literal["added", "changed", "unchanged"]


class ChangedSince(Conflict):
    """What an import made has been changed or used since, so it is not taken back."""

    code = "changed_since"


class Warned(NamedTuple):
    """Something that a row says and that is left as it is, with its column."""

    column: str
    sentence: str


class Change(NamedTuple):
    """What one column of a thing was and is, as the cells of an export say it."""

    column: str
    was: str
    now: str


class Made(NamedTuple):
    """What a row did. ``before`` holds what a change replaced, as JSON, for taking it back;
    ``changes`` says the same for people.
    """

    did: Did
    id: str
    version: int
    before: Mapping[str, Any] = {}
    warnings: tuple[Warned, ...] = ()
    changes: tuple[Change, ...] = ()


Result = Made | PlacetError
"""What became of a row, or why it was refused."""


class Kind(NamedTuple):
    """A kind of rows. ``key_of`` says which rows are about the same thing; ``above_of`` is the key
    of the row that has to go first. ``permission`` opens the pages; the actions decide each row.
    A kind of which files hold thousands writes and takes back ``many`` at a time, in a fixed number
    of statements for so many rows; the answers stand in the order of the rows. ``check_many_back``
    says what prevents it, and writes nothing. ``finish`` comes after the last row that is written.
    """

    key: str
    label: Text
    permission: str
    columns: tuple[Column, ...]
    key_of: Callable[[Cells], str]
    above_of: Callable[[Cells], str]
    write_row: Callable[[Cells, Ground], Made]
    take_back: Callable[[Made, Ground], None]
    export_rows: Callable[[Ground], Iterable[dict[str, str]]]
    finish: Callable[[Ground], None] = lambda ground: None
    write_many: Callable[[Sequence[Cells], Ground], list[Result]] | None = None
    take_many_back: Callable[[Sequence[Made], Ground], list[Result]] | None = None
    check_many_back: Callable[[Sequence[Made], Ground], list[Result]] | None = None
    most_rows: int = 5_000

    @property
    def largest_file(self) -> int:
        """The bytes of the largest file that is read."""
        return 40_000_000 if self.most_rows > 5_000 else 10_000_000

    @property
    def slice_size(self) -> int:
        """So many rows are tried in one transaction."""
        return 1_000 if self.write_many is not None else 200


def nothing_above(cells: Cells) -> str:
    """Rows of this kind do not hang on each other."""
    return ""
