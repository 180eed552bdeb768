"""The rows of a file that was sent, kept in parts and read one part at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from placet.imports.models import ImportFile, ImportPart

ROWS_A_PART: Final = 5_000


def keep_rows_of_file(rows: Sequence[Sequence[str]], **columns: Any) -> ImportFile:
    """Write a file down: its first rows beside its header, the others in parts."""
    file = ImportFile.objects.create(**columns, rows=list(rows[:ROWS_A_PART]), row_count=len(rows))
    for position, start in enumerate(range(ROWS_A_PART, len(rows), ROWS_A_PART), start=1):
        part = list(rows[start : start + ROWS_A_PART])
        ImportPart.objects.create(file=file, position=position, rows=part)
    return file


def rows_of_file(file: ImportFile) -> Iterator[list[str]]:
    """All rows in their order; one part is in memory at a time."""
    yield from file.rows
    for pk in list(file.parts.order_by("position").values_list("pk", flat=True)):
        yield from ImportPart.objects.values_list("rows", flat=True).get(pk=pk)


def find_rows(file: ImportFile, places: Collection[int]) -> dict[int, list[str]]:
    """These rows by their place from zero on."""
    wanted = set(places)
    return {place: row for place, row in enumerate(rows_of_file(file)) if place in wanted}
