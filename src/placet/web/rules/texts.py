"""The text that is being worked on: the draft, or what is published as long as there is none."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from placet.companies.permissions import RULE_MANAGE
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.policy.rulebook import InvalidRulebook, compile_rulebook
from placet.rulebooks.actions import save_draft
from placet.rulebooks.errors import DraftChanged, DraftOutdated
from placet.rulebooks.models import Rulebook, RulebookDraft, RulebookVersion
from placet.rulebooks.permissions import can_manage_rulebook
from placet.rulebooks.queries import find_draft, get_rulebook, list_examples
from placet.web.access import require_anywhere
from placet.web.typed_numbers import read_digits

Document = dict[str, Any]


class WorkingText(NamedTuple):
    """What an editor sees. ``version`` is the draft's, and ``None`` while there is no draft.

    ``based_on`` is the number of the version that the text began with, 0 before the first one.
    """

    rulebook: Rulebook
    draft: RulebookDraft | None
    document: Document
    examples: list[Document]
    version: int | None
    based_on: int

    @property
    def is_outdated(self) -> bool:
        """Whether another version was published since the draft began."""
        current = self.rulebook.published
        return self.draft is not None and self.based_on != (current.number if current else 0)


class Seen(NamedTuple):
    """What the sender of a form had before them."""

    version: int | None
    based_on: int


def read_seen(posted: QueryDict) -> Seen:
    """The hidden fields of a form; what is no number is what no text has, so nobody saw it."""
    version, based_on = (_whole(posted.get(name, "")) for name in ("version", "based_on"))
    return Seen(version, based_on or 0)


def open_rulebook(actor: Actor, rulebook_id: str) -> Rulebook:
    """A rulebook that the actor may write; raises ``NotFound`` and ``Forbidden``."""
    require_anywhere(actor, RULE_MANAGE)
    rulebook = get_rulebook(actor, rulebook_id)
    refuse(can_manage_rulebook(actor, rulebook))
    return rulebook


def open_text(actor: Actor, rulebook_id: str) -> WorkingText:
    """The text of a rulebook as its next editor finds it. Reading makes no draft."""
    return working_text(open_rulebook(actor, rulebook_id))


def working_text(rulebook: Rulebook) -> WorkingText:
    """The draft; else what is published; else an empty text."""
    draft = find_draft(rulebook)
    if draft is not None:
        number = draft.based_on.number if draft.based_on else 0
        document = json.loads(draft.document)
        return WorkingText(rulebook, draft, document, list_examples(draft), draft.version, number)
    published = rulebook.published
    found = readable_document(published) if published else None
    examples = list_examples(published) if published and found else []
    number = published.number if published else 0
    return WorkingText(rulebook, None, found or empty_text(rulebook), examples, None, number)


def readable_document(version: RulebookVersion) -> Document | None:
    """The document of a version; nothing where the engine cannot read it any more."""
    try:
        document = json.loads(version.document)
        compile_rulebook(document)
    except (InvalidRulebook, ValueError):
        return None
    return dict(document)


def empty_text(rulebook: Rulebook) -> Document:
    """A text without rules; a unit leaves to those above it what it does not say itself."""
    default = "inherit" if rulebook.unit_id else "free"
    return {"format": 1, "side": rulebook.side, "default": default, "rules": []}


def expect_seen(text: WorkingText, seen: Seen) -> None:
    """Whoever changes the text has seen it as it is; raises the conflict that says who was quicker.

    The action looks again when it has the lock.
    """
    if text.version != seen.version:
        if text.draft is None:
            raise DraftChanged(_("This draft was published or discarded meanwhile."))
        name = text.draft.edited_by.user.name if text.draft.edited_by else _("The set-up")
        said = _("%(name)s changed this draft since you opened it. Nothing was saved.")
        raise DraftChanged(said % {"name": name})
    if text.draft is None and text.based_on != seen.based_on:
        said = _("Version %(current)d was published since you opened this. Nothing was saved.")
        raise DraftOutdated(said % {"current": text.based_on})


def keep_text(
    text: WorkingText,
    seen: Seen,
    *,
    document: Mapping[str, Any] | None = None,
    examples: Sequence[Mapping[str, Any]] | None = None,
    based_on: int | None = None,
    actor: Actor,
    now: datetime,
) -> RulebookDraft:
    """Save what changed as the draft; what is left out stays. Raises as ``save_draft`` does.

    A first draft is based on the version that its text came from, whatever is published by now.
    """
    expect_seen(text, seen)
    if based_on is None and text.draft is None:
        based_on = text.based_on or None
    return save_draft(
        text.rulebook,
        document=text.document if document is None else document,
        examples=text.examples if examples is None else examples,
        version=seen.version,
        based_on=based_on,
        actor=actor,
        now=now,
    )


def _whole(text: str) -> int | None:
    if not text:
        return None
    return read_digits(text, -1)
