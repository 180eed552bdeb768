"""Back-tests in a few words: past purchases, a text, and the worker that tries it."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from placet.core.actor import Actor
from placet.jobs.timetable import RUNNERS
from placet.plans.back_test import start_back_test
from placet.plans.back_test_reading import describe_back_test
from placet.plans.back_test_result import BackTestDescription
from placet.plans.models import PastPurchase
from placet.rulebooks.models import Rulebook
from placet.runs.models import Run
from placet.runs.work import work_run
from tests.cast import NOW, Cast
from tests.cast_rules import MERIDIAN
from tests.requisitions.road import fill_cart, submit

LATER = NOW + timedelta(hours=1)


def rules_of(cast: Cast, slug: str = "meridian") -> Rulebook:
    """The company's rulebook."""
    return Rulebook.objects.select_related("published", "unit", "company").get(
        company_id=cast.company[slug], side="buyer"
    )


def changed_rules(**changes: Any) -> dict[str, Any]:
    """Meridian's rules; ``None`` for a rule takes it away, a mapping replaces parts of it."""
    document = copy.deepcopy(MERIDIAN)
    named = {name.replace("_", "-"): change for name, change in changes.items()}
    document["rules"] = [
        {**rule, **(named.get(rule["id"]) or {})}
        for rule in document["rules"]
        if rule["id"] not in named or named[rule["id"]] is not None
    ]
    known = {rule["id"] for rule in MERIDIAN["rules"]}
    document["rules"] += [
        {"id": rule, **change} for rule, change in named.items() if rule not in known and change
    ]
    return document


def buys(cast: Cast, *lines: tuple[str, int], days_ago: int = 1) -> PastPurchase:
    """Lena submits a cart; its row is moved to the past."""
    requisition = submit(fill_cart(cast, *lines), actor=cast.lena, now=NOW)
    row = PastPurchase.objects.get(requisition_id=requisition.pk)
    row.created_at = NOW - timedelta(days=days_ago)
    row.save(update_fields=["created_at"])
    return row


def back_tested(
    cast: Cast, document: Mapping[str, Any], *, days: int = 90, actor: Actor | None = None
) -> Run:
    """A back-test of Meridian's rules that has ended."""
    run = start_back_test(
        rules_of(cast), document=document, days=days, actor=actor or cast.ines, now=LATER
    )
    work_run(RUNNERS, now=LATER, read_real=lambda: LATER)
    run.refresh_from_db()
    return run


def found_by(cast: Cast, document: Mapping[str, Any], *, days: int = 90) -> BackTestDescription:
    """What the back-test of a text found, as Ines reads it."""
    run = back_tested(cast, document, days=days)
    assert run.status == Run.Status.DONE, run.error
    return describe_back_test(cast.ines, run)
