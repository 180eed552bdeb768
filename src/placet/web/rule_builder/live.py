"""What a rule would mean, told while it is being built: sentence, findings, past purchases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.plans.back_test import count_touched
from placet.plans.back_test_result import Touched
from placet.plans.checks import FindingDescription, check_document, describe_findings
from placet.plans.describe_rules import RuleDescription, describe_rulebook
from placet.web.rule_builder.rules import Built
from placet.web.rule_builder.source import Source
from placet.web.rule_builder.writing import Problem


class Trouble(NamedTuple):
    """A problem with the words for its place, and the control that a link leads to."""

    control: str
    place: str
    sentence: str
    is_missing: bool


class Live(NamedTuple):
    """What stands beside the form. ``rule`` is there once everything is filled in."""

    rule: RuleDescription | None
    troubles: Sequence[Trouble]
    findings: Sequence[FindingDescription]
    unreadable: str = ""
    touched: Touched | None = None

    @property
    def announced(self) -> str:
        """What those hear who do not see it."""
        if self.rule is None:
            return _("Not finished yet.") if self.troubles else ""
        said = [self.rule.sentence, *(finding.sentence for finding in self.findings)]
        return " ".join(said)


def look_at(built: Built, source: Source, *, with_count: bool, actor: Actor, now: datetime) -> Live:
    """The sentence of the rule, and what the checks find about it in its rulebook.

    The past purchases are counted ``with_count``; a page with script asks for them afterwards.
    """
    if built.book is None:
        return Live(None, [_trouble(problem) for problem in built.problems], [])
    described = describe_rulebook(
        built.book, company_id=source.rulebook.company_id, language=actor.language
    )
    document = source.with_rule(built.document)
    try:
        findings = check_document(source.rulebook, document, now=now)
    except InvalidInput as error:
        return Live(described.rules[0], [], [], unreadable=error.detail)
    touched = count(built, source, actor=actor, now=now) if with_count else None
    own = [finding for finding in findings if _concerns(finding.rule, finding.values, built)]
    said = describe_findings(own, document, actor=actor)
    return Live(described.rules[0], [], said, touched=touched)


def count(built: Built, source: Source, *, actor: Actor, now: datetime) -> Touched | None:
    """How many past purchases the rule would match; nothing while it cannot be read."""
    if built.book is None:
        return None
    return count_touched(actor, source.rulebook, built.document, now=now)


def _concerns(rule: str, values: Sequence[tuple[str, Any]], built: Built) -> bool:
    """Whether a finding is about this rule, or about another one because of it."""
    wanted = built.document["id"]
    return wanted in (rule, dict(values).get("other"))


def _trouble(problem: Problem) -> Trouble:
    return Trouble(
        problem.control, place_in_words(problem.control), problem.sentence, problem.is_missing
    )


def place_in_words(control: str) -> str:
    """Which part of the form a control belongs to: "Condition 2.1", "Step 1"."""
    words = control.split("/")
    named: Mapping[str, str] = {
        "parts": _("Condition %(number)s"),
        "steps": _("Step %(number)s"),
        "tiers": _("Amount %(number)s"),
    }
    for name, said in named.items():
        if words[0] == name:
            numbers = [
                str(int(number) + 1)
                for listed, number in zip(words[::2], words[1::2], strict=False)
                if listed == name and number.isdecimal()
            ]
            return said % {"number": ".".join(numbers)}
    return ""
