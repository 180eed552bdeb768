"""The lines of a list as they could be ordered today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from placet.carts.again import Again, AgainRow, judge_again
from placet.carts.models import PurchaseList, PurchaseListLine


class ListedLine(NamedTuple):
    """A line of a list beside what it would be in a cart now."""

    line: PurchaseListLine
    row: AgainRow


def read_lines(
    wanted: PurchaseList, *, currency: str, requester_id: str, now: datetime
) -> list[ListedLine]:
    """The lines in their order, at the requester's prices; a fixed number of queries."""
    lines = list(
        wanted.lines.select_related("product__category", "product__substitute__category").order_by(
            "position", "id"
        )
    )
    rows = judge_again(
        [Again(line.product, line.quantity, line.note) for line in lines],
        company_id=wanted.company_id,
        currency=currency,
        requester_id=requester_id,
        now=now,
    )
    return [ListedLine(line, row) for line, row in zip(lines, rows, strict=True)]


def up_to_par(line: PurchaseListLine, on_hand: int) -> int:
    """How many are missing until there are as many as there should be; 0 where none are.

    A line without a par level is ordered as usual.
    """
    if line.par_quantity is None:
        return line.quantity
    return max(line.par_quantity - max(on_hand, 0), 0)


def wanted_of(lines: Mapping[str, PurchaseListLine], quantities: Mapping[str, int]) -> list[Again]:
    """The chosen lines with how many of each, in the order of the list."""
    return [
        Again(line.product, quantities[line_id], line.note)
        for line_id, line in lines.items()
        if quantities.get(line_id, 0) > 0
    ]
