"""One button of a rule's menu: what it makes of the text, and what undo needs afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.rulebooks.errors import DraftChanged
from placet.rulebooks.models import RulebookDraft
from placet.web.rules.edits import MOVES, position_of, put_back, without_examples_of
from placet.web.rules.texts import Document, Seen, WorkingText, keep_text, readable_document


class Edit(NamedTuple):
    """The text after it; ``removed`` is what undo puts back, in plain JSON values."""

    document: Document
    examples: list[Document]
    removed: dict[str, Any] | None = None
    said: str = ""


def edit_of(
    text: WorkingText, wish: str, rule: str, removed: Mapping[str, Any] | None = None
) -> Edit:
    """What the button does; ``removed`` is the last removal. Raises what is not possible."""
    if wish == "restore":
        return Edit(_restored(text, rule), text.examples)
    if wish == "undo":
        return _undone(text, removed)
    if wish == "remove":
        return _removed(text, rule)
    if wish not in MOVES:
        raise InvalidInput("do", "unknown_choice", _("There is no such thing to do with a rule."))
    return Edit(MOVES[wish](text.document, rule), text.examples)


def keep_edit(
    text: WorkingText, seen: Seen, edit: Edit, *, actor: Actor, now: datetime
) -> RulebookDraft | None:
    """Save it; what changes nothing makes no draft."""
    if edit.document == text.document:
        return None
    return keep_text(
        text, seen, document=edit.document, examples=edit.examples, actor=actor, now=now
    )


def mark_of(text: WorkingText, version: int | None) -> str:
    """The state of the draft in which an undo makes sense."""
    return f"{text.rulebook.pk}:{version}"


def _restored(text: WorkingText, rule: str) -> Document:
    """The text with this rule as it is published."""
    published = text.rulebook.published
    before = readable_document(published) if published else None
    if before is None:
        raise InvalidInput("rule", "unknown", _("Nothing is published that could be put back."))
    index = position_of(before, rule)
    return put_back(text.document, before["rules"][index], index)


def _removed(text: WorkingText, rule: str) -> Edit:
    """The text without the rule and its examples, which go and come back together."""
    index = position_of(text.document, rule)
    kept, gone = without_examples_of(text.examples, rule)
    said = _("The rule is out of the draft.")
    if gone:
        said = ngettext(
            "The rule is out of the draft, and its example with it.",
            "The rule is out of the draft, and its %(count)d examples with it.",
            len(gone),
        ) % {"count": len(gone)}
    removed = {"index": index, "rule": text.document["rules"][index], "examples": gone}
    return Edit(MOVES["remove"](text.document, rule), kept, removed, said)


def _undone(text: WorkingText, removed: Mapping[str, Any] | None) -> Edit:
    """The text with the rule that was removed last, and its examples."""
    if not removed or removed["seen"] != mark_of(text, text.version):
        raise DraftChanged(_("The draft has moved on; nothing was put back."))
    document = put_back(text.document, removed["rule"], removed["index"])
    return Edit(document, [*text.examples, *removed["examples"]])
