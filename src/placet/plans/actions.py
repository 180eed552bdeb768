"""Publishing a draft: the one door through which people make rules that hold."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.plans.checks import check_document, describe_findings
from placet.rulebooks.actions import publish_rulebook
from placet.rulebooks.documents import read_text
from placet.rulebooks.errors import DraftChanged, DraftOutdated, NothingChanged
from placet.rulebooks.models import Rulebook, RulebookDraft, RulebookVersion
from placet.rulebooks.permissions import can_publish_draft
from placet.rulebooks.queries import find_draft, list_examples
from placet.rulebooks.reach import lock_rulebook


class RulebookRefused(Conflict):
    """The checks found something that would leave orders stuck; ``facts["findings"]`` has all."""

    code = "rulebook_refused"


@transaction
def publish_draft(
    rulebook: Rulebook, *, version: int, note: str = "", actor: Actor, now: datetime
) -> RulebookVersion:
    """Check the draft as it was seen, and make it the rules that hold from now on.

    Running requisitions keep their version. Raises ``DraftChanged``, ``DraftOutdated``,
    ``NothingChanged``, ``Forbidden`` (not theirs, or a second person is needed), and
    ``RulebookRefused`` with the findings and their ways out.
    """
    locked = lock_rulebook(actor, rulebook.pk)
    draft = find_draft(locked)
    if draft is None:
        raise DraftChanged(_("This draft was published or discarded meanwhile."))
    refuse(can_publish_draft(actor, locked, draft))
    _expect_current(locked, draft, version)
    document, examples = read_text(draft.document), list_examples(draft)
    findings = check_document(locked, document, examples, now=now)
    if any(finding.severity == "block" for finding in findings):
        described = describe_findings(findings, document, actor=actor)
        raise RulebookRefused(f"{described[0].sentence} {described[0].way_out}", findings=described)
    published = publish_rulebook(
        locked,
        document=document,
        note=note,
        examples=examples,
        edited_by=draft.edited_by,
        actor=actor,
        now=now,
    )
    draft.delete()
    rulebook.published = published
    return published


def _expect_current(rulebook: Rulebook, draft: RulebookDraft, version: int) -> None:
    """What is published is what the publisher saw, on top of what the editor saw."""
    if draft.version != version:
        raise DraftChanged(
            _("This draft changed since you opened it. Look at it again."), current=draft.version
        )
    if draft.based_on_id != rulebook.published_id:
        seen = draft.based_on.number if draft.based_on else 0
        current = rulebook.published.number if rulebook.published else 0
        said = _("Version %(current)d was published meanwhile. Compare with it and save again.")
        raise DraftOutdated(said % {"current": current}, seen=seen, current=current)
    before = rulebook.published
    if (
        before
        and before.document == draft.document
        and list_examples(before) == list_examples(draft)
    ):
        raise NothingChanged(_("The draft says what is published already."))
