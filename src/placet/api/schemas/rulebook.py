"""Documents about rulebooks: how they are kept, their versions, drafts, findings, differences."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from placet.api.schemas.base import Answer, ClosedAction, Person, Resourceful, frame, person
from placet.api.schemas.base import actions_of as closed_and_open
from placet.core.actor import Actor
from placet.plans.checks import FindingDescription
from placet.plans.differences import RulebookDifference, RuleChange
from placet.rulebooks import models
from placet.rulebooks.permissions import (
    can_change_inheritance,
    can_change_rulebook,
    can_manage_rulebook,
    can_publish_draft,
)


class Rulebook(Resourceful):
    """A company's approval rules for its whole tree, or for a unit and below."""

    object: Literal["rulebook"] = "rulebook"
    name: str
    company: str
    side: str
    kept_by: str
    unit: str | None
    inherits: bool
    needs_second_person: bool
    published_version: int | None
    draft_version: int | None
    allowed_actions: list[str]
    closed_actions: list[ClosedAction]


class RulebookVersion(Answer):
    """A published text of a rulebook with its examples; it never changes."""

    object: Literal["rulebook_version"] = "rulebook_version"
    id: str
    created_at: datetime
    rulebook: str
    number: int
    hash: str
    note: str
    published_by: Person | None
    edited_by: Person | None
    based_on: int | None
    document: dict[str, Any]
    examples: list[dict[str, Any]]


class RulebookDraft(Resourceful):
    """The one text of a rulebook that is being written; ``version`` is what a publication names."""

    object: Literal["rulebook_draft"] = "rulebook_draft"
    rulebook: str
    based_on: int | None
    edited_by: Person | None
    changed_at: datetime
    document: dict[str, Any]
    examples: list[dict[str, Any]]
    allowed_actions: list[str]
    closed_actions: list[ClosedAction]


class FindingShown(Answer):
    """Something that the checks found; ``purchase`` shows it, in the short form of examples.

    ``block`` keeps the text from being published, ``warn`` does not.
    """

    code: str
    severity: str
    pointer: str
    rule: str | None
    rule_name: str
    sentence: str
    way_out: str
    purchase: dict[str, Any] | None
    purchase_in_words: str


class RuleChangeShown(Answer):
    """A rule that was ``added``, ``removed`` or ``changed``, and how it reads before and after."""

    kind: str
    rule: str
    name: str
    before: str | None
    after: str | None


class DifferenceShown(Answer):
    """What changed from one text to another; ``settings`` are keys beside the rules."""

    object: Literal["rulebook_difference"] = "rulebook_difference"
    is_empty: bool
    is_reordered: bool
    rules: list[RuleChangeShown]
    settings: list[str]
    default_before: str | None
    default_after: str | None


def show_rulebooks(rulebooks: Sequence[models.Rulebook], actor: Actor) -> list[Rulebook]:
    """Rulebooks with what is published loaded; the drafts of all come in one query."""
    drafts = dict(
        models.RulebookDraft.objects.filter(rulebook__in=rulebooks).values_list(
            "rulebook_id", "version"
        )
    )
    return [
        Rulebook(
            **frame(rulebook),
            name=rulebook.name,
            company=rulebook.company_id,
            side=rulebook.side,
            kept_by=rulebook.kept_by,
            unit=rulebook.unit_id,
            inherits=rulebook.inherits,
            needs_second_person=rulebook.needs_second_person,
            published_version=rulebook.published.number if rulebook.published else None,
            draft_version=drafts.get(rulebook.pk),
            **closed_and_open(
                {
                    "write": can_manage_rulebook(actor, rulebook),
                    "change": can_change_rulebook(actor, rulebook),
                    "change_inheritance": can_change_inheritance(actor, rulebook),
                }
            ),
        )
        for rulebook in rulebooks
    ]


def show_versions(versions: Sequence[models.RulebookVersion]) -> list[RulebookVersion]:
    """Versions with their rules; publisher and origin are loaded."""
    return [
        RulebookVersion(
            id=version.id,
            created_at=version.created_at,
            rulebook=version.rulebook_id,
            number=version.number,
            hash=version.hash,
            note=version.note,
            published_by=person(version.published_by) if version.published_by else None,
            document=json.loads(version.document),
            **_origin(version),
        )
        for version in versions
    ]


def show_draft(draft: models.RulebookDraft, actor: Actor) -> RulebookDraft:
    """A draft with its rulebook and its editor loaded."""
    rulebook = draft.rulebook
    return RulebookDraft(
        **frame(draft),
        rulebook=rulebook.pk,
        based_on=draft.based_on.number if draft.based_on else None,
        edited_by=person(draft.edited_by) if draft.edited_by else None,
        changed_at=draft.changed_at,
        document=json.loads(draft.document),
        examples=json.loads(draft.examples),
        **closed_and_open(
            {
                "write": can_manage_rulebook(actor, rulebook),
                "publish": can_publish_draft(actor, rulebook, draft),
            }
        ),
    )


def show_findings(findings: Sequence[FindingDescription]) -> list[FindingShown]:
    """What the checks found, in sentences."""
    return [
        FindingShown(
            code=found.code,
            severity=found.severity,
            pointer=found.pointer,
            rule=found.rule or None,
            rule_name=found.rule_name,
            sentence=found.sentence,
            way_out=found.way_out,
            purchase=dict(found.purchase) if found.purchase is not None else None,
            purchase_in_words=found.purchase_in_words,
        )
        for found in findings
    ]


def show_difference(found: RulebookDifference) -> DifferenceShown:
    """A difference, rule by rule."""
    before, after = found.otherwise
    return DifferenceShown(
        is_empty=found.is_empty,
        is_reordered=found.is_reordered,
        rules=[_change(change) for change in found.rules],
        settings=list(found.settings),
        default_before=before or None,
        default_after=after or None,
    )


def _change(change: RuleChange) -> RuleChangeShown:
    return RuleChangeShown(
        kind=change.kind,
        rule=change.rule,
        name=change.name,
        before=change.before.sentence if change.before else None,
        after=change.after.sentence if change.after else None,
    )


def _origin(version: models.RulebookVersion) -> dict[str, Any]:
    """Who wrote the text and on what; early versions know neither."""
    origin = getattr(version, "origin", None)
    if origin is None:
        return {"edited_by": None, "based_on": None, "examples": []}
    return {
        "edited_by": person(origin.edited_by) if origin.edited_by else None,
        "based_on": origin.based_on.number if origin.based_on else None,
        "examples": json.loads(origin.examples),
    }
