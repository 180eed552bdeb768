"""Two texts of one rulebook side by side, in sentences."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.rulebooks.models import Rulebook, RulebookVersion
from placet.rulebooks.permissions import can_manage_rulebook
from placet.rulebooks.queries import find_draft
from placet.web.rules.changes import Changes, read_changes
from placet.web.rules.page import list_versions
from placet.web.rules.texts import readable_document
from placet.web.typed_numbers import read_digits

DRAFT = "draft"
NOTHING = "0"


class Comparison(NamedTuple):
    """What changed from one text to the other; no ``changes`` where one cannot be read."""

    rulebook: Rulebook
    versions: list[RulebookVersion]
    has_draft: bool
    start: str
    end: str
    start_words: str
    end_words: str
    changes: Changes | None


def read_comparison(actor: Actor, rulebook: Rulebook, start: str, end: str) -> Comparison:
    """``start`` and ``end`` are numbers or ``draft``; left out, the latest change is shown."""
    versions = list_versions([rulebook.pk]).get(rulebook.pk, [])
    may_write = can_manage_rulebook(actor, rulebook) is None
    draft = find_draft(rulebook) if may_write else None
    latest = str(versions[0].number) if versions else NOTHING
    end = end or (DRAFT if draft else latest)
    if not start:
        start = latest if end == DRAFT else str(max(0, int(end) - 1)) if end.isdigit() else latest
    documents = [_document(actor, rulebook, wanted) for wanted in (start, end)]
    is_readable = documents[1] is not None and (documents[0] is not None or start == NOTHING)
    changes = None
    if is_readable and documents[1] is not None:
        changes = read_changes(documents[0], documents[1], rulebook, actor)
    return Comparison(
        rulebook, versions, draft is not None, start, end, _words(start), _words(end), changes
    )


def _document(actor: Actor, rulebook: Rulebook, wanted: str) -> dict[str, Any] | None:
    if wanted == NOTHING:
        return None
    if wanted == DRAFT:
        refuse(can_manage_rulebook(actor, rulebook))
        draft = find_draft(rulebook)
        if draft is None:
            raise NotFound(_("This rulebook has no draft."))
        return dict(json.loads(draft.document))
    number = read_digits(wanted, -1)
    version = RulebookVersion.objects.filter(rulebook=rulebook, number=number).first()
    if version is None:
        raise NotFound(_("This rulebook has no such version."))
    return readable_document(version)


def _words(wanted: str) -> str:
    if wanted == DRAFT:
        return _("the draft")
    if wanted == NOTHING:
        return _("nothing")
    return _("version %(number)s") % {"number": wanted}
