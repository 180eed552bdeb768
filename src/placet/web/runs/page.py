"""A run in words: what it does, about what, for whom, how far it is, what went wrong."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple

from django.db import models
from django.db.models import QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.companies.models import Member
from placet.core.actor import Actor
from placet.imports import undo as import_undo
from placet.imports import work as import_work
from placet.imports.quick_order import work as quick_order
from placet.plans.back_test_run import KIND as BACK_TEST
from placet.rulebooks.models import Rulebook
from placet.runs.models import Run
from placet.runs.queries import Bar, count_progress, list_runs

OPEN: Final = (Run.Status.WAITING, Run.Status.RUNNING)

# Status, its badge's colour and icon, and what it is called.
STATES: Final[dict[str, tuple[str, str, str | Promise]]] = {
    Run.Status.WAITING: ("", "hourglass", gettext_lazy("waiting")),
    Run.Status.RUNNING: ("accent", "play", gettext_lazy("under way")),
    Run.Status.DONE: ("approved", "check", gettext_lazy("done")),
    Run.Status.FAILED: ("blocked", "circle-alert", gettext_lazy("failed")),
    Run.Status.CANCELLED: ("", "ban", gettext_lazy("cancelled")),
}

TITLES: Final[dict[str, str | Promise]] = {
    BACK_TEST: gettext_lazy("Back-test"),
    import_work.KIND: gettext_lazy("Import"),
    import_undo.KIND: gettext_lazy("Import taken back"),
    quick_order.KIND: gettext_lazy("Quick order"),
}


class ShownRun(NamedTuple):
    """A run for a page. ``about`` is the name of what it is about, empty where that is gone.

    ``starter`` is empty for a key of the company; ``problem`` is why a failed one failed.
    """

    run: Run
    title: str
    about: str
    starter: str
    bar: Bar
    is_open: bool
    state: str
    icon: str
    label: str
    problem: str

    @property
    def seconds(self) -> int | None:
        """How long the work took, from when a worker took it up; nothing while it is open."""
        return _between(self.run.started_at, self.run.ended_at)


def list_shown_runs(actor: Actor) -> QuerySet[Run]:
    """The runs within reach for a list: without their texts and results, but with the counts."""
    counts = {
        "days": "parameters__days",
        "changed": "result__totals__changed",
        "purchases": "result__totals__purchases",
    }
    light = list_runs(actor).defer("parameters", "result")
    return light.annotate(
        **{name: Cast(KT(place), models.IntegerField()) for name, place in counts.items()}
    )


def show_runs(runs: Iterable[Run]) -> list[ShownRun]:
    """Runs in words; two queries, however many there are."""
    runs = list(runs)
    books = {run.subject for run in runs if run.kind == BACK_TEST}
    names = dict(Rulebook.objects.filter(pk__in=books).values_list("pk", "name")) if books else {}
    members = {run.started_by for run in runs if run.started_by}
    people = Member.objects.filter(pk__in=members).values_list("pk", "user__name")
    starters = dict(people) if members else {}
    return [
        _shown(run, names.get(run.subject, ""), starters.get(run.started_by, "")) for run in runs
    ]


def _shown(run: Run, about: str, starter: str) -> ShownRun:
    state, icon, label = STATES[run.status]
    return ShownRun(
        run=run,
        title=str(TITLES.get(run.kind, _("Run"))),
        about=about,
        starter=starter,
        bar=count_progress(run),
        is_open=run.status in OPEN,
        state=state,
        icon=icon,
        label=str(label),
        problem=_(run.error) if run.error else "",
    )


def _between(start: datetime | None, end: datetime | None) -> int | None:
    return int((end - start).total_seconds()) if start and end else None
