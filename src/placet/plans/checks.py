"""Checking a rulebook in its organisation, and saying what was found and what helps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.plans.check_words import sentence_of, shown_purchase, way_out_of
from placet.plans.ground import load_ground
from placet.policy.checking.check import check_rulebook
from placet.policy.checking.examples import read_examples
from placet.policy.checking.findings import CheckFinding
from placet.policy.checking.sketches import write_sketch
from placet.policy.reading import InvalidPart
from placet.policy.rulebook import CompiledRulebook, compile_rulebook
from placet.rulebooks.documents import compile_document
from placet.rulebooks.models import Rulebook

FIRST_VERSION = 1


class FindingDescription(NamedTuple):
    """A finding for people; ``purchase`` is the short form that the simulator takes."""

    code: str
    severity: str
    pointer: str
    rule: str
    rule_name: str
    sentence: str
    way_out: str
    purchase: Mapping[str, Any] | None
    purchase_in_words: str


def check_document(
    rulebook: Rulebook,
    document: Mapping[str, Any],
    examples: Sequence[Mapping[str, Any]] = (),
    *,
    now: datetime,
) -> tuple[CheckFinding, ...]:
    """What is wrong with a text as this rulebook's next version; raises ``InvalidInput``."""
    compile_document(document, side=rulebook.side)
    book = in_its_place(rulebook, document)
    try:
        read = read_examples(examples, book)
    except InvalidPart as error:
        fault = error.fault
        path = fault.pointer.strip("/")
        raise InvalidInput(path, fault.code, fault.detail, faults=(fault,)) from error
    return check_rulebook(book, load_ground(rulebook.company_id, now=now), read)


def in_its_place(rulebook: Rulebook, document: Mapping[str, Any]) -> CompiledRulebook:
    """A text compiled as the version that would follow the one in force."""
    return compile_rulebook(
        document,
        rulebook=rulebook.pk,
        version=rulebook.published.number + 1 if rulebook.published else FIRST_VERSION,
        unit_path=rulebook.unit.path.strip("/") if rulebook.unit else "",
    )


def describe_findings(
    findings: Sequence[CheckFinding], document: Mapping[str, Any], *, actor: Actor
) -> list[FindingDescription]:
    """The findings in sentences, each with its way out and a purchase that shows it."""
    names = {rule["id"]: _name(rule, actor.language) for rule in document["rules"]}
    language = actor.language
    return [
        FindingDescription(
            code=finding.code,
            severity=finding.severity,
            pointer=finding.pointer,
            rule=finding.rule,
            rule_name=names.get(finding.rule, ""),
            sentence=sentence_of(finding, names, language),
            way_out=way_out_of(finding),
            purchase=write_sketch(finding.purchase) if finding.purchase else None,
            purchase_in_words=shown_purchase(finding.purchase, language),
        )
        for finding in findings
    ]


def _name(rule: Mapping[str, Any], language: str) -> str:
    """What a rule is called: its own words in the language, else its id."""
    name = rule.get("name") or rule["id"]
    if isinstance(name, str):
        return name
    return str(name.get(language) or next(iter(name.values())))
