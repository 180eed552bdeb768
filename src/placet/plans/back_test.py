"""What would this text have done? A back-test of past purchases, and a rule's count of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.plans.back_test_ground import BackTestGround
from placet.plans.back_test_result import Touched
from placet.plans.back_test_run import COLUMNS, KIND, BackTest, Row
from placet.policy.facts import MissingFact
from placet.policy.money import NoRate
from placet.policy.rulebook import CompiledRulebook
from placet.rulebooks.documents import compile_document, read_text, write_document
from placet.rulebooks.models import Rulebook
from placet.rulebooks.permissions import can_manage_rulebook
from placet.rulebooks.queries import find_draft
from placet.runs.actions import start_run
from placet.runs.models import Run

MOST_DAYS: Final = 730
MOST_LOOKED_AT: Final = 2_000


@transaction
def start_back_test(
    rulebook: Rulebook,
    *,
    document: Mapping[str, Any] | None = None,
    days: int = 90,
    actor: Actor,
    now: datetime,
) -> Run:
    """Try a text (by default the rulebook's draft) against the purchases of the last ``days``.

    The text is compared with the version that is published now, whatever is published while the
    run waits. Raises ``Forbidden``, ``InvalidInput`` (days, text, no draft), ``TooManyRuns``.
    """
    refuse(can_manage_rulebook(actor, rulebook))
    _require_days(days)
    if document is None:
        draft = find_draft(rulebook)
        if draft is None:
            raise InvalidInput("document", "missing", _("There is no draft: send the text to try."))
        document = read_text(draft.document)
    text = write_document(document, (), side=rulebook.side).document
    return start_run(
        KIND,
        subject=rulebook.pk,
        parameters={
            "document": text,
            "base": rulebook.published_id or "",
            "days": days,
            "until": now.isoformat(),
        },
        actor=actor,
        now=now,
    )


def count_touched(
    actor: Actor,
    rulebook: Rulebook,
    rule_document: Mapping[str, Any],
    *,
    days: int = 90,
    now: datetime,
) -> Touched:
    """How many past purchases one rule would match, whatever the other rules say of them.

    Looks at the newest 2,000 of the last ``days`` and says so. Raises ``Forbidden``,
    ``InvalidInput`` with the pointer of what is wrong in the rule.
    """
    refuse(can_manage_rulebook(actor, rulebook))
    _require_days(days)
    document = _alone(rulebook, rule_document)
    compile_document(document, side=rulebook.side)
    ground = BackTestGround(rulebook, document, "", now=now, is_alone=True)
    trial = BackTest(ground, days=days, until=now)
    rows = list(trial.purchases.values(*COLUMNS)[: MOST_LOOKED_AT + 1])
    matched = sum(_matches(trial, row) for row in rows[:MOST_LOOKED_AT])
    return Touched(
        matched=matched,
        looked_at=min(len(rows), MOST_LOOKED_AT),
        days=days,
        is_all=len(rows) <= MOST_LOOKED_AT,
    )


def _matches(trial: BackTest, row: Row) -> bool:
    """Whether the one rule is true of a purchase; one that cannot be told does not count."""
    ground = trial.ground
    place = ground.trial_of(row["unit_id"] if ground.is_buyers else "")
    if place is None:
        return False
    book = place.after[-1]
    assert isinstance(book, CompiledRulebook)
    try:
        known = trial.facts_of(row, place.organisation)
        return bool(book.evaluator(known).evaluate(known).matched)
    except (ValueError, MissingFact, NoRate):
        return False


def _alone(rulebook: Rulebook, rule_document: Mapping[str, Any]) -> dict[str, Any]:
    """The rule as a rulebook of its own, with the amount basis of the text that it stands in."""
    draft = find_draft(rulebook)
    text = draft or rulebook.published
    around: Mapping[str, Any] = read_text(text.document) if text else {}
    return {
        "format": 1,
        "side": rulebook.side,
        "default": "free",
        "amount_basis": around.get("amount_basis", "goods"),
        "rules": [dict(rule_document)],
    }


def _require_days(days: int) -> None:
    if isinstance(days, bool) or not 1 <= days <= MOST_DAYS:
        raise InvalidInput("days", "days", _("From 1 to %(most)d days back.") % {"most": MOST_DAYS})
