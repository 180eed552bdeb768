"""The one open draft of a rulebook: saved by whoever keeps it, discarded when nobody wants it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.canonical import sha256
from placet.events.record import record
from placet.rulebooks.documents import write_document
from placet.rulebooks.errors import DraftChanged, DraftExists
from placet.rulebooks.models import Rulebook, RulebookDraft, RulebookVersion
from placet.rulebooks.permissions import can_manage_rulebook
from placet.rulebooks.queries import find_draft
from placet.rulebooks.reach import find_editor, lock_rulebook


@transaction
def save_draft(
    rulebook: Rulebook,
    *,
    document: Mapping[str, Any],
    examples: Sequence[Mapping[str, Any]] = (),
    version: int | None,
    based_on: int | None = None,
    actor: Actor,
    now: datetime,
) -> RulebookDraft:
    """Keep a text as the rulebook's draft; what was saved before stays when it is refused.

    ``version`` is that of the draft which the writer saw, ``None`` for a first one. ``based_on``
    is the number of the published version that the writer compared with; left out, it stays as it
    was. Raises ``InvalidInput`` with pointers, ``DraftExists`` and ``DraftChanged``.
    """
    locked = lock_rulebook(actor, rulebook.pk)
    refuse(can_manage_rulebook(actor, locked))
    written = write_document(document, examples, side=locked.side)
    found = find_draft(locked)
    base = _base(locked, found, based_on)
    editor = find_editor(actor)
    if found is None:
        if version is not None:
            raise DraftChanged(_("This draft was published or discarded meanwhile."))
        found = RulebookDraft.objects.create(
            created_at=now,
            rulebook=locked,
            document=written.document,
            examples=written.examples,
            based_on=base,
            edited_by=editor,
            changed_at=now,
        )
    else:
        _expect_version(found, version)
        RulebookDraft.objects.filter(pk=found.pk).update(
            document=written.document,
            examples=written.examples,
            based_on=base,
            edited_by=editor,
            changed_at=now,
            version=F("version") + 1,
        )
        found.refresh_from_db()
    record(
        "rulebook.draft_saved",
        locked.id,
        actor=actor,
        now=now,
        company_id=locked.company_id,
        rulebook=locked.id,
        draft=found.id,
        draft_version=found.version,
        hash=sha256(found.document.encode()),
    )
    return found


@transaction
def discard_draft(rulebook: Rulebook, *, version: int, actor: Actor, now: datetime) -> None:
    """Drop the open draft as it was seen; what is published stays. Raises ``DraftChanged``."""
    locked = lock_rulebook(actor, rulebook.pk)
    refuse(can_manage_rulebook(actor, locked))
    found = find_draft(locked)
    if found is None:
        raise DraftChanged(_("This draft was published or discarded meanwhile."))
    _expect_version(found, version)
    found.delete()
    record(
        "rulebook.draft_discarded",
        locked.id,
        actor=actor,
        now=now,
        company_id=locked.company_id,
        rulebook=locked.id,
        draft_version=version,
    )


def _expect_version(draft: RulebookDraft, version: int | None) -> None:
    if draft.version == version:
        return
    editor = draft.edited_by.user.name if draft.edited_by else _("The set-up")
    facts = {"current": draft.version, "seen": version, "edited_by": draft.edited_by_id}
    if version is None:
        said = _("%(name)s is writing a draft already. Continue it, or discard it first.")
        raise DraftExists(said % {"name": editor}, **facts)
    said = _("%(name)s changed this draft since you opened it. Nothing was saved.")
    raise DraftChanged(said % {"name": editor}, **facts)


def _base(
    rulebook: Rulebook, draft: RulebookDraft | None, based_on: int | None
) -> RulebookVersion | None:
    if based_on is not None:
        found = rulebook.versions.filter(number=based_on).first()
        if found is None:
            raise InvalidInput("based_on", "unknown", _("This rulebook has no such version."))
        return found
    return draft.based_on if draft else rulebook.published  # type: ignore[no-any-return]
