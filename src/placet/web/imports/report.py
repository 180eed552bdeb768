"""The report of an import for its page: what differs, why rows are refused, the rows themselves."""

from __future__ import annotations

from typing import Any

from placet.imports.queries import DID, STATES
from placet.web.imports.page import (
    ShownImport,
    list_differences,
    list_refusals,
    list_shown_rows,
)


def report_of(shown: ShownImport, state: str, after: int) -> dict[str, Any]:
    """What the page shows of the rows in one state, behind a position.

    The first look is at the rows that were refused, else at those that change.
    """
    if state not in (*STATES, *DID, "all"):
        found = [name for name in ("errors", "changed", "added") if shown.result.get(name)]
        state = {"errors": "error"}.get(found[0], found[0]) if found else "all"
    rows, following = list_shown_rows(shown.run, shown.kind, state, after)
    preventing: list[Any] = []
    if shown.undo is not None and not shown.is_undone:
        preventing, _more = list_shown_rows(shown.undo, shown.kind, "", 0)
    return {
        "shown": shown,
        "state": state,
        "rows": rows,
        "following": following,
        "differences": list_differences(shown),
        "refusals": list_refusals(shown),
        "preventing": preventing,
    }
