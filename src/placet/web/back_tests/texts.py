"""The texts of a rulebook that can be tried, and which of them a back-test tried."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db import models
from django.db.models import QuerySet
from django.db.models.fields.json import KT
from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.plans.back_test import start_back_test
from placet.rulebooks.models import Rulebook, RulebookDraft, RulebookVersion
from placet.rulebooks.queries import find_draft
from placet.runs.models import Run
from placet.web.rules.changes import Changes, read_changes
from placet.web.rules.page import list_versions
from placet.web.rules.texts import readable_document

DRAFT: Final = "draft"


class Tried(NamedTuple):
    """What a back-test tried, and what it was compared with.

    ``draft`` is there where the text still is the draft, ``version`` where it was published, and
    neither where it was changed since. ``base`` is the number of the version beside it, 0 for none;
    ``changes`` is missing where that version cannot be read any more.
    """

    draft: RulebookDraft | None
    version: int
    base: int
    base_is_published: bool
    changes: Changes | None

    @property
    def name(self) -> str:
        """The text in words, as it stands in a sentence."""
        if self.draft is not None:
            return _("the draft")
        if self.version:
            return _("version %(number)s") % {"number": self.version}
        return _("an earlier draft")


def list_texts(rulebook: Rulebook) -> list[tuple[str, str]]:
    """What can be tried: the draft, then versions that are not in force, the newest first."""
    versions = list_versions([rulebook.pk]).get(rulebook.pk, [])
    texts = [(DRAFT, _("The draft"))] if find_draft(rulebook) else []
    return texts + [
        (str(version.number), _("Version %(number)d") % {"number": version.number})
        for version in versions
        if version.pk != rulebook.published_id
    ]


def start(actor: Actor, rulebook: Rulebook, text: str, *, days: int, now: datetime) -> Run:
    """Start a back-test of one of ``list_texts``; raises as ``start_back_test`` does."""
    document = None if text == DRAFT else _version_document(rulebook, int(text))
    return start_back_test(rulebook, document=document, days=days, actor=actor, now=now)


def read_tried(actor: Actor, rulebook: Rulebook, run: Run) -> Tried:
    """Which text a back-test tried; texts are compared as they are stored, in canonical form."""
    text = str(run.parameters["document"])
    draft = find_draft(rulebook)
    versions = RulebookVersion.objects.filter(rulebook=rulebook)
    same = versions.filter(document=text).order_by("-number").only("number").first()
    base = versions.filter(pk=run.parameters["base"]).first()
    before = readable_document(base) if base else None
    is_readable = before is not None or base is None
    return Tried(
        draft=draft if draft and draft.document == text else None,
        version=same.number if same else 0,
        base=base.number if base else 0,
        base_is_published=(base.pk if base else None) == rulebook.published_id,
        changes=read_changes(before, json.loads(text), rulebook, actor) if is_readable else None,
    )


def with_tried(runs: QuerySet[Run], rulebook: Rulebook) -> QuerySet[Run]:
    """Back-tests of a rulebook with what they tried, without reading their texts.

    ``tried_draft`` says that the text is still the draft, ``tried_version`` is the number under
    which it was published.
    """
    same = {"rulebook": rulebook, "document": models.OuterRef("tried")}
    published = RulebookVersion.objects.filter(**same).order_by("-number").values("number")
    return runs.alias(tried=KT("parameters__document")).annotate(
        tried_draft=models.Exists(RulebookDraft.objects.filter(**same)),
        tried_version=models.Subquery(published[:1]),
    )


def _version_document(rulebook: Rulebook, number: int) -> dict[str, Any]:
    version = RulebookVersion.objects.filter(rulebook=rulebook, number=number).first()
    document = readable_document(version) if version else None
    if document is None:
        raise InvalidInput("text", "unreadable", _("This version cannot be read any more."))
    return document
