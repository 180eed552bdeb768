"""The draft as its page shows it: rules with what changed, check, examples, who publishes."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from placet.core.actor import Actor
from placet.plans.check_words import shown_purchase
from placet.plans.checks import FindingDescription, check_document, describe_findings
from placet.plans.describe_rules import RulebookDescription, RuleDescription, describe_rulebook
from placet.policy.checking.sketches import read_sketch
from placet.policy.rulebook import compile_rulebook
from placet.rulebooks.permissions import can_publish_text_of
from placet.web.rules.changes import Changes, read_changes
from placet.web.rules.example_form import EXPECTED
from placet.web.rules.page import RuleRow, list_people, list_sparklines, rule_rows
from placet.web.rules.publishers import count_running, list_publishers
from placet.web.rules.texts import WorkingText, readable_document
from placet.web.rules.words import basis_words


class DraftRow(NamedTuple):
    """A rule with what the draft did to it: ``added``, ``changed`` or nothing."""

    row: RuleRow
    change: str


class ExampleRow(NamedTuple):
    """An example in words. ``state`` is passed, failed or untried."""

    place: int
    name: str
    rule: str
    purchase: str
    expected: str
    state: str
    said: str


class DraftPage(NamedTuple):
    """Everything that the page says about the text."""

    text: WorkingText
    rows: list[DraftRow]
    description: RulebookDescription
    basis: str
    changes: Changes
    gone: list[RuleDescription]
    findings: list[FindingDescription]
    examples: list[ExampleRow]
    published_meanwhile: Changes | None
    second_person: str
    publishers: list[str]
    running: int

    @property
    def blocking(self) -> int:
        """How many findings refuse the publication."""
        return sum(finding.severity == "block" for finding in self.findings)

    @property
    def grouped_findings(self) -> list[list[FindingDescription]]:
        """Findings of one kind about one rule stand together, in the order of the first of each."""
        groups: dict[tuple[str, str], list[FindingDescription]] = {}
        for finding in self.findings:
            groups.setdefault((finding.code, finding.rule), []).append(finding)
        return list(groups.values())

    @property
    def is_publishable(self) -> bool:
        """Whether the button would do something."""
        is_ready = self.text.draft is not None and self.changes.total + self.has_new_examples > 0
        return is_ready and not (self.blocking or self.second_person or self.text.is_outdated)

    @property
    def has_new_examples(self) -> bool:
        """Whether only the examples differ; they are published with the rules."""
        draft = self.text.draft
        return draft is not None and self.changes.total == 0


def read_draft_page(text: WorkingText, *, actor: Actor, now: datetime) -> DraftPage:
    """The page of a draft, or of the published text for whoever begins one."""
    rulebook = text.rulebook
    compiled = compile_rulebook(text.document)
    described = describe_rulebook(
        compiled.content, company_id=rulebook.company_id, language=actor.language
    )
    published = readable_document(rulebook.published) if rulebook.published else None
    changes = read_changes(published, text.document, rulebook, actor)
    kinds = {change.rule: change.kind for change in changes.rules} if text.draft else {}
    people = list_people(rulebook.company_id, [described])
    hits = list_sparklines(actor, [rulebook.pk], now=now).get(rulebook.pk, {})
    found = check_document(rulebook, text.document, text.examples, now=now)
    editor = text.draft.edited_by.user_id if text.draft and text.draft.edited_by else ""
    refusal = can_publish_text_of(actor, rulebook, editor) if text.draft else None
    return DraftPage(
        text=text,
        rows=[
            DraftRow(row, kinds.get(row.rule.id, ""))
            for row in rule_rows(described.rules, people, hits)
        ],
        description=described,
        basis=basis_words(compiled.content.amount_basis),
        changes=changes,
        gone=[change.before for change in changes.rules if change.before and not change.after],
        findings=describe_findings(found, text.document, actor=actor),
        examples=_examples(text, found, described, actor),
        published_meanwhile=_meanwhile(text, published, actor),
        second_person=refusal.sentence if refusal else "",
        publishers=list_publishers(rulebook, besides_user=editor) if refusal else [],
        running=count_running(rulebook),
    )


def _meanwhile(text: WorkingText, published: dict[str, Any] | None, actor: Actor) -> Changes | None:
    """What the versions did that were published since the draft began."""
    if not text.is_outdated or published is None:
        return None
    base = text.draft.based_on if text.draft else None
    before = readable_document(base) if base else None
    return read_changes(before, published, text.rulebook, actor)


def _examples(
    text: WorkingText, found: Any, described: RulebookDescription, actor: Actor
) -> list[ExampleRow]:
    failed = {f.pointer: str(f.value("actual")) for f in found if f.code == "example_failed"}
    is_tried = not any(finding.code == "no_rate" for finding in found)
    names = {rule.id: rule.name or rule.id for rule in described.rules}
    words = dict(EXPECTED)
    rows = []
    for index, example in enumerate(text.examples):
        actual = failed.get(f"/examples/{index}")
        state = "failed" if actual is not None else "passed" if is_tried else "untried"
        sketch = read_sketch(example["purchase"], "")
        rows.append(
            ExampleRow(
                index,
                example.get("name", ""),
                names.get(example.get("rule", ""), ""),
                shown_purchase(sketch, actor.language),
                str(words[example["expect"]]),
                state,
                str(words.get(actual, actual)) if actual else "",
            )
        )
    return rows
