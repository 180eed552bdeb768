"""Documents about quick orders: what each row does, and what was added."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from placet.api.schemas.base import Answer, Money, money
from placet.carts.models import LineImport
from placet.imports.quick_order.judging import Judged
from placet.imports.quick_order.work import as_json


class QuickOrderRow(Answer):
    """A row: ``quantity`` of ``product`` is added, 0 where nothing is; ``nearest`` may be meant."""

    row: int
    sku: str
    typed: str
    status: str
    code: str
    messages: list[str]
    product: str
    name: str
    quantity: int
    total: Money
    substitute: str
    substitute_name: str
    nearest: list[str]


class AddedSku(Answer):
    """A product that was added, and how many of it."""

    line: str
    sku: str
    quantity: int


class LineImportShown(Answer):
    """What went into a cart at once; ``kept`` are the SKUs that a reversal left there."""

    object: Literal["line_import"] = "line_import"
    id: str
    created_at: datetime
    cart: str
    name: str
    added: list[AddedSku]
    kept: list[str]
    undone_at: datetime | None


class QuickOrder(Answer):
    """What every row does; ``line_imports`` is empty for a dry run."""

    object: Literal["quick_order"] = "quick_order"
    dry_run: bool
    good: int
    warnings: int
    errors: int
    total: Money
    rows: list[QuickOrderRow]
    line_imports: list[LineImportShown]


def show_quick_order(judged: Judged, found: Sequence[LineImport]) -> QuickOrder:
    """The report of a quick order, with what was added by it."""
    return QuickOrder(
        dry_run=not found,
        good=len(judged.good),
        warnings=judged.count("warning"),
        errors=judged.count("error"),
        total=money(judged.total_minor, judged.currency),
        rows=[_row(as_json(one), judged.currency) for one in judged.rows],
        line_imports=[show_line_import(one) for one in found],
    )


def show_line_import(found: LineImport) -> LineImportShown:
    """What was added."""
    return LineImportShown(
        id=found.pk,
        created_at=found.created_at,
        cart=found.cart_id,
        name=found.name,
        added=[AddedSku(line=row[0], sku=row[1], quantity=row[2]) for row in found.added],
        kept=found.kept,
        undone_at=found.undone_at,
    )


def _row(row: dict[str, Any], currency: str) -> QuickOrderRow:
    total = money(row.pop("total_minor"), currency)
    return QuickOrderRow(**row, total=total)
