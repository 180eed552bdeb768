"""A finished back-test for people: names for ids, and why each purchase changed, in a sentence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from django.utils.translation import gettext as _

from placet.companies.models import Member
from placet.core.actor import Actor
from placet.core.errors import Conflict, NotFound
from placet.events.canonical import sha256
from placet.plans.back_test_result import (
    BackTestDescription,
    BackTestResult,
    Change,
    ChangeDescription,
    HitsDescription,
    LoadDescription,
)
from placet.plans.back_test_run import KIND
from placet.plans.back_test_tally import MOST_CHANGES
from placet.plans.models import PurchasedLine
from placet.policy.codec import from_json
from placet.rulebooks.models import RulebookVersion
from placet.rulebooks.queries import get_rulebook
from placet.runs.models import Run
from placet.runs.queries import list_run_rows

MOST_NAMES: Final = 4


class NotFinished(Conflict):
    """The back-test is still under way, or it ended without a result."""

    code = "not_finished"


def describe_back_test(actor: Actor, run: Run) -> BackTestDescription:
    """What a finished back-test found; ``run`` was reached with ``get_run``.

    A fixed number of queries. Raises ``NotFound`` for a run of another kind, and where the rulebook
    is not within reach any more; ``NotFinished``.
    """
    found = _result_of(actor, run)
    rules = _Rules(run, actor.language)
    names = _names_of(one.member for one in found.load)
    return BackTestDescription(
        rulebook=run.subject,
        document_hash=sha256(run.parameters["document"].encode()),
        days=found.days,
        totals=found.totals,
        load=tuple(
            LoadDescription(one.member, names.get(one.member, ""), one.before, one.after)
            for one in found.load
        ),
        hits=tuple(
            HitsDescription(one.rule, rules.name(one.rule), one.before, one.after)
            for one in found.hits
        ),
        weeks=found.weeks,
        listed=found.listed,
        held_constant=_held_constant(),
    )


def list_changes(
    actor: Actor, run: Run, *, after: int = 0, limit: int = 50
) -> list[ChangeDescription]:
    """The next changed purchases behind a position, the newest first; a fixed number of queries.

    The merchant's people, who keep a customer's rules, see those that became orders; what a
    company did not order stays its own. Raises ``NotFound``, ``NotFinished``.
    """
    _result_of(actor, run)
    most = MOST_CHANGES if actor.is_merchant else limit
    rows = [
        (position, from_json(Change, content))
        for position, content in list_run_rows(run, after=after, limit=most)
    ]
    if actor.is_merchant:
        rows = _ordered_only(rows)[:limit]
    rules = _Rules(run, actor.language)
    people = [row.requester for _at, row in rows]
    for _at, row in rows:
        people += [*row.people_added, *row.people_removed]
    names = _names_of(people)
    return [
        ChangeDescription(
            position=position,
            requisition=row.requisition,
            number=row.number,
            submitted_at=row.submitted_at,
            requester=row.requester,
            requester_name=names.get(row.requester, ""),
            currency=row.currency,
            total_minor=row.total_minor,
            before=row.before,
            after=row.after,
            steps_added=row.steps_added,
            steps_removed=row.steps_removed,
            why=_why(row, rules, names),
        )
        for position, row in rows
    ]


def _result_of(actor: Actor, run: Run) -> BackTestResult:
    """The result for one who still reaches the rules: a company may take them back any time."""
    if run.kind != KIND:
        raise NotFound(_("There is no such back-test."))
    get_rulebook(actor, run.subject)
    if run.status != Run.Status.DONE:
        raise NotFinished(_("This back-test has no result: it has not ended, or was stopped."))
    try:
        return from_json(BackTestResult, run.result)
    except ValueError as error:
        raise NotFinished(_("An earlier version made this result. Please try it again.")) from error


def _ordered_only(rows: Sequence[tuple[int, Change]]) -> list[tuple[int, Change]]:
    ids = [row.requisition for _at, row in rows]
    lines = PurchasedLine.objects.filter(requisition_id__in=ids)
    ordered = set(lines.values_list("requisition_id", flat=True).distinct())
    return [(at, row) for at, row in rows if row.requisition in ordered]


def _names_of(members: Iterable[str]) -> dict[str, str]:
    rows = Member.objects.filter(pk__in=sorted(set(members)))
    return dict(rows.values_list("pk", "user__name"))


class _Rules:
    """What rules are called: in the tried text, else in the one that it is compared with."""

    def __init__(self, run: Run, language: str) -> None:
        self._run, self._language = run, language

    def name(self, rule: str) -> str:
        """The rule's own name in the reader's language, else its id; built-in rules have words."""
        return self._names.get(rule) or _built_in_name(rule) or rule

    @cached_property
    def _names(self) -> Mapping[str, str]:
        base = RulebookVersion.objects.filter(pk=self._run.parameters["base"]).first()
        texts = [base.document] if base else []
        texts.append(self._run.parameters["document"])
        return {
            rule["id"]: _in_language(rule.get("name"), self._language)
            for text in texts
            for rule in json.loads(text)["rules"]
        }


def _in_language(name: Any, language: str) -> str:
    if isinstance(name, Mapping):
        return str(name.get(language) or next(iter(name.values()), ""))
    return str(name or "")


def _built_in_name(rule: str) -> str:
    """Rules that need no rulebook, by the beginning of their codes."""
    if rule == "default":
        return _("what applies where no rule does")
    words = {
        "limit": _("the requester's limit"),
        "budget": _("a budget"),
        "credit": _("the credit limit"),
        "authority": _("the approvers' authority"),
        "no_rate": _("a missing exchange rate"),
        "unreadable": _("rules that cannot be read"),
    }
    return words.get(rule.partition(".")[0], "")


def _why(change: Change, rules: _Rules, names: Mapping[str, str]) -> str:
    """One or two sentences: what is asked more, and what less."""
    said = []
    added, removed = (_listed(map(rules.name, ids)) for ids in _rule_ids(change))
    more, less = (
        _listed(names.get(member, "") for member in ids)
        for ids in (change.people_added, change.people_removed)
    )
    if change.after == "blocked" != change.before:
        said.append(_("Blocked by: %(rules)s.") % {"rules": added})
    elif more and added:
        said.append(_("Asks %(people)s because of: %(rules)s.") % {"people": more, "rules": added})
    elif more:
        said.append(_("Asks %(people)s.") % {"people": more})
    if change.before == "blocked" != change.after:
        said.append(_("No longer blocked by: %(rules)s.") % {"rules": removed})
    elif less and change.after != "blocked" and removed:
        said.append(
            _("No longer asks %(people)s because of: %(rules)s.")
            % {"people": less, "rules": removed}
        )
    elif less and change.after != "blocked":
        said.append(_("No longer asks %(people)s.") % {"people": less})
    return " ".join(said) or _("The same people are asked, in other steps.")


def _rule_ids(change: Change) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return change.rules_added, change.rules_removed


def _listed(words: Iterable[str]) -> str:
    """The first few by name, and how many more."""
    named = [word for word in words if word]
    shown, more = named[:MOST_NAMES], len(named) - MOST_NAMES
    text = ", ".join(shown)
    if more > 0:
        return _("%(names)s and %(count)d more") % {"names": text, "count": more}
    return text


def _held_constant() -> tuple[str, ...]:
    """What a reader must know to believe the figures (docs/algorithms/back-test.md)."""
    return (
        _("As then: what was bought, at which prices, the requester's roles, limits and budgets."),
        _("As today: who approves, heads and managers. Everybody counts as present."),
        _("Compared with the rules that were published when this was started."),
        _("Purchases that the rules of then blocked were never submitted, so they are not here."),
    )
