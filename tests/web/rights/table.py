"""Tables of rights as text: a line is a route and a method, a column is a person.

A cell is what the person gets: a status; ``login`` where they are asked to sign in; ``back`` where
they are sent back to a page and nothing was written. ``200+404``: one spelling of the thing in the
address is known to them (its id) and another is not (its number).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Row(NamedTuple):
    """One line: what each person gets from one method of one route."""

    method: str
    route: str
    answers: Mapping[str, str]

    def __str__(self) -> str:
        """The name of its test."""
        return f"{self.method} {self.route}"


def read_table(text: str, **always: str) -> list[Row]:
    """The rows of a table; ``always`` are columns that are the same in each of its lines."""
    head, *lines = [line.split() for line in text.strip().splitlines() if line.strip()]
    rows = []
    for method, route, *cells in lines:
        assert len(cells) == len(head), f"{method} {route} has {len(cells)} cells of {len(head)}"
        rows.append(Row(method, route, {**dict(zip(head, cells, strict=True)), **always}))
    return rows
