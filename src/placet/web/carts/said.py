"""What a change of a cart has to say: a sentence, a way back, a report, or a refusal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placet.carts.actions import PasteReport
from placet.carts.actions.paste_lines import IN_CART
from placet.core.errors import PlacetError


@dataclass(slots=True)
class Said:
    """Shown once above the lines and read out. ``typed`` is what a refused person had written."""

    text: str = ""
    undo_sku: str = ""
    undo_quantity: int = 0
    report: dict[str, Any] = field(default_factory=dict)
    error: PlacetError | None = None
    place: str = ""
    line_id: str = ""
    typed: str = ""
    plan_changed: bool = False

    def kept(self) -> dict[str, Any]:
        """As the session keeps it from a POST to the page that follows it."""
        return {
            "text": self.text,
            "undo_sku": self.undo_sku,
            "undo_quantity": self.undo_quantity,
            "report": self.report,
        }


def report_of(report: PasteReport) -> Said:
    """What became of pasted rows, in one sentence and row by row."""
    total = len(report.rows)
    parts = [ngettext("%(n)d row", "%(n)d rows", total) % {"n": total}]
    parts.append(_("%(n)d found") % {"n": report.found})
    if report.substituted:
        parts.append(
            ngettext(
                "%(n)d discontinued, its substitute was taken",
                "%(n)d discontinued, their substitutes were taken",
                report.substituted,
            )
            % {"n": report.substituted}
        )
    if report.failed:
        parts.append(_("%(n)d not added") % {"n": len(report.failed)})
    rows = [
        {
            "number": row.number,
            "text": row.text[:120],
            "outcome": row.outcome,
            "detail": row.detail,
            "name": row.product.name if row.product else "",
            "added": row.outcome in IN_CART,
        }
        for row in report.rows
    ]
    sentence = "; ".join(parts) + "."
    return Said(text=sentence, report={"rows": rows, "failed": len(report.failed)})
