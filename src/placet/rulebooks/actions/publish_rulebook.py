"""Publishing rules: a version is read, written once, and never changes again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max

from placet.companies.models import Member
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.events.canonical import sha256
from placet.events.record import record
from placet.rulebooks.documents import write_document
from placet.rulebooks.models import Rulebook, RulebookVersion, VersionOrigin
from placet.rulebooks.permissions import can_manage_rulebook, can_publish_text_of
from placet.rulebooks.reach import find_editor, lock_rulebook


@transaction
def publish_rulebook(
    rulebook: Rulebook,
    *,
    document: Mapping[str, Any],
    note: str = "",
    examples: Sequence[Mapping[str, Any]] = (),
    edited_by: Member | None = None,
    actor: Actor,
    now: datetime,
) -> RulebookVersion:
    """Make a document the next version of a rulebook; running requisitions keep theirs.

    Set-up and imports call it directly; a draft goes through ``plans.actions.publish_draft``,
    which checks it first. Raises ``InvalidInput`` with the JSON pointer of the first fault.
    """
    locked = lock_rulebook(actor, rulebook.pk)
    refuse(can_manage_rulebook(actor, locked))
    editor = edited_by or find_editor(actor)
    refuse(can_publish_text_of(actor, locked, editor.user_id if editor else ""))
    written = write_document(document, examples, side=locked.side)
    last = locked.versions.aggregate(last=Max("number"))["last"] or 0
    version = RulebookVersion.objects.create(
        created_at=now,
        rulebook=locked,
        number=last + 1,
        document=written.document,
        hash=sha256(written.document.encode()),
        published_by_id=actor.member_id or None,
        note=note[:400],
    )
    VersionOrigin.objects.create(
        created_at=now,
        version=version,
        edited_by=editor,
        based_on_id=locked.published_id,
        examples=written.examples,
    )
    Rulebook.objects.filter(pk=locked.pk).update(published=version, version=locked.version + 1)
    rulebook.published = version
    record(
        "rulebook.published",
        rulebook.id,
        actor=actor,
        now=now,
        company_id=locked.company_id,
        rulebook=rulebook.id,
        version=version.number,
        hash=version.hash,
    )
    return version
