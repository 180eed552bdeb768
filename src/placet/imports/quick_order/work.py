"""The run of a long quick order: its rows are judged, then added as one, or only judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils import translation

from placet.carts.actions import Sent
from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.imports.acting import get_actor_of_run, rights_of
from placet.imports.columns import checked_columns
from placet.imports.models import ImportFile
from placet.imports.quick_order.adding import (
    Target,
    add_to_carts,
    find_target,
    refuse_twice,
)
from placet.imports.quick_order.judging import Judged, JudgedRow, judge_rows
from placet.imports.quick_order.reading import COLUMNS, WishedRow, digest_of, wished_rows
from placet.runs.actions import start_run
from placet.runs.models import Run
from placet.runs.work import Outcome, Progress

KIND: Final = "quick_order"
AT_ONCE_ON_THE_PAGE: Final = 500
"""More rows than these are judged and added by a run."""


@transaction
def start_quick_order(
    file: ImportFile,
    *,
    columns: Mapping[str, int],
    target: Target,
    is_dry_run: bool,
    with_substitutes: bool = False,
    seen: str = "",
    actor: Actor,
    now: datetime,
) -> Run:
    """Judge the rows of a long file, or add the good ones once: see ``add_to_carts``.

    Raises ``TooManyRuns``, ``AddedAlready``.
    """
    find_target(actor, target)
    if not is_dry_run:
        refuse_twice(file.pk, seen)
    parameters = {
        "columns": checked_columns(COLUMNS, columns, len(file.header)),
        "cart": target.cart_id,
        "name": target.name,
        "file": file.name,
        "dry_run": is_dry_run,
        "substitutes": with_substitutes,
        "seen": seen,
        **rights_of(actor),
    }
    return start_run(KIND, subject=file.pk, parameters=parameters, actor=actor, now=now)


def run_quick_order(run: Run, progress: Progress) -> Outcome:
    """Look up and judge; what can be added is added in the transaction that ends the run."""
    assert run.started_at is not None
    now = run.started_at
    actor = get_actor_of_run(run, now=now)
    file = ImportFile.objects.get(pk=run.subject)
    rows = wished_rows(run.parameters["columns"], file.rows)
    progress(0, len(rows))
    with translation.override(actor.language):
        judged = judge_for(
            rows,
            target_of(run),
            actor=actor,
            now=now,
            progress=lambda done: progress(done, len(rows)),
        )
    result = summed(judged) | {"dry_run": run.parameters["dry_run"], "imports": []}
    shown = [as_json(one) for one in judged.rows]
    if run.parameters["dry_run"]:
        return Outcome(result, shown)
    return Outcome(result, shown, lambda: _add(run, rows, judged, now))


def judge_for(
    rows: Sequence[WishedRow],
    target: Target,
    *,
    actor: Actor,
    now: datetime,
    progress: Any = lambda done: None,
) -> Judged:
    """Judge rows for a cart that is there, or for one that the actor will begin."""
    cart = find_target(actor, target)
    return judge_rows(
        rows,
        cart_id=cart.pk if cart else "",
        requester_id=cart.owner_id if cart else actor.member_id,
        currency=cart.currency if cart else actor.currency,
        actor=actor,
        now=now,
        progress=progress,
    )


def target_of(run: Run) -> Target:
    """The cart that a run fills."""
    return Target(run.parameters["cart"], run.parameters["name"])


def summed(judged: Judged) -> dict[str, Any]:
    """How many rows would do what, and what the good ones cost."""
    return {
        "rows": len(judged.rows),
        "good": len(judged.good),
        "warnings": judged.count("warning"),
        "errors": judged.count("error"),
        "substitutes": len(judged.replaceable),
        "total_minor": judged.total_minor,
        "currency": judged.currency,
    }


def as_json(one: JudgedRow) -> dict[str, Any]:
    """A row as a run keeps it, as the API tells it."""
    return {
        "row": one.row.number,
        "sku": one.row.sku,
        "typed": one.row.typed,
        "status": one.status,
        "code": one.code,
        "messages": list(one.sentences),
        "product": one.product.sku if one.product else "",
        "name": one.product.name if one.product else "",
        "quantity": one.quantity,
        "total_minor": one.total_minor,
        "substitute": one.substitute.sku if one.substitute else "",
        "substitute_name": one.substitute.name if one.substitute else "",
        "nearest": list(one.nearest),
    }


@transaction
def _add(run: Run, rows: Sequence[WishedRow], judged: Judged, now: datetime) -> None:
    """Add with the rights of now; a cart that was closed meanwhile fails the whole run."""
    actor = get_actor_of_run(run, now=now)
    replaceable = frozenset(one.row.number for one in judged.replaceable)
    taken = replaceable if run.parameters["substitutes"] else frozenset()
    sent = Sent(run.parameters["file"], digest_of(rows), run.subject, run.pk)
    with translation.override(actor.language):
        found = add_to_carts(
            judged.lines(taken=taken),
            target=target_of(run),
            sent=sent,
            seen=run.parameters.get("seen", ""),
            actor=actor,
            now=now,
        )
    result = summed(judged) | {"dry_run": False, "imports": [one.pk for one in found]}
    Run.objects.filter(pk=run.pk).update(result=result)
