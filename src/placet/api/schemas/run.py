"""Documents about runs, and about back-tests, which are runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, cast

from django.utils.translation import gettext as _

from placet.api.schemas.base import Answer, Money, Person, Resourceful, frame, money
from placet.core.actor import Actor
from placet.plans.back_test_reading import describe_back_test
from placet.plans.back_test_result import BackTestDescription, ChangeDescription
from placet.plans.back_test_run import KIND
from placet.runs import models
from placet.runs.queries import count_progress

Outcome = Literal["free", "approval", "blocked"]
Status = Literal["waiting", "running", "done", "failed", "cancelled"]


class BackTestTotals(Answer):
    """Counts over all purchases that were tried; a changed purchase counts as changed once."""

    purchases: int
    changed: int
    free_before: int
    free_after: int
    approval_before: int
    approval_after: int
    blocked_before: int
    blocked_after: int
    free_to_approval: int
    approval_to_free: int
    newly_blocked: int
    no_longer_blocked: int
    steps_added: int
    steps_removed: int
    other_than_then: int
    rebuilt: int
    left_out: int


class BackTestLoad(Person):
    """How often a member would be asked."""

    before: int
    after: int


class BackTestHits(Answer):
    """How many purchases a rule matches; null where a text has no such rule."""

    rule: str
    name: str
    before: int | None
    after: int | None


class BackTestWeek(Answer):
    """A week, by submission, from its Monday in the company's zone."""

    starts_on: date
    purchases: int
    approval_before: int
    approval_after: int
    blocked_before: int
    blocked_after: int


class BackTest(Answer):
    """What a text would have done; its changed purchases are a list of their own."""

    object: Literal["back_test"] = "back_test"
    rulebook: str
    document_hash: str
    days: int
    totals: BackTestTotals
    load: list[BackTestLoad]
    hits: list[BackTestHits]
    weeks: list[BackTestWeek]
    listed: int
    held_constant: list[str]


class BackTestChange(Answer):
    """A purchase that would go another way; `total` is goods and shipping without tax."""

    object: Literal["back_test_change"] = "back_test_change"
    requisition: str
    number: str
    submitted_at: datetime
    requester: Person
    total: Money
    before: Outcome
    after: Outcome
    steps_added: int
    steps_removed: int
    why: str


class Run(Resourceful):
    """Work that takes a while: poll it until `status` is done, failed or cancelled."""

    object: Literal["run"] = "run"
    kind: str
    about: str
    status: Status
    done: int
    total: int
    percent: int
    error: str
    started_at: datetime | None
    ended_at: datetime | None
    result: BackTest | None


def show_runs(runs: Sequence[models.Run]) -> list[Run]:
    """Runs without their results."""
    return [_run(run, None) for run in runs]


def show_run(run: models.Run, actor: Actor) -> Run:
    """One run, with its result when it has one."""
    has_result = run.kind == KIND and run.status == models.Run.Status.DONE
    return _run(run, _back_test(describe_back_test(actor, run)) if has_result else None)


def show_changes(changes: Sequence[ChangeDescription]) -> list[BackTestChange]:
    """Changed purchases."""
    return [
        BackTestChange(
            requisition=change.requisition,
            number=change.number,
            submitted_at=change.submitted_at,
            requester=Person(member=change.requester, name=change.requester_name),
            total=money(change.total_minor, change.currency),
            before=change.before,
            after=change.after,
            steps_added=change.steps_added,
            steps_removed=change.steps_removed,
            why=change.why,
        )
        for change in changes
    ]


def _run(run: models.Run, result: BackTest | None) -> Run:
    bar = count_progress(run)
    return Run(
        **frame(run),
        kind=run.kind,
        about=run.subject,
        status=cast(Status, run.status),
        done=bar.done,
        total=bar.total,
        percent=bar.percent,
        error=_(run.error) if run.error else "",
        started_at=run.started_at,
        ended_at=run.ended_at,
        result=result,
    )


def _back_test(found: BackTestDescription) -> BackTest:
    return BackTest(
        rulebook=found.rulebook,
        document_hash=found.document_hash,
        days=found.days,
        totals=BackTestTotals(**found.totals._asdict()),
        load=[BackTestLoad(**one._asdict()) for one in found.load],
        hits=[BackTestHits(**one._asdict()) for one in found.hits],
        weeks=[BackTestWeek(**one._asdict()) for one in found.weeks],
        listed=found.listed,
        held_constant=list(found.held_constant),
    )
