"""*Your import has ended*: for whoever sent a long file and went on to other things."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.companies.models import Company
from placet.imports import undo, work
from placet.imports.kinds import get_kind
from placet.notices.addresses import run_url
from placet.notices.letter import Letter, Recipient
from placet.notices.words import header_text
from placet.runs.models import Run

KINDS = (work.KIND, undo.KIND)


def write_import_ended(run: Run, recipient: Recipient) -> Letter:
    """What came of an import, a trial of one, or of taking one back."""
    what = str(get_kind(run.parameters["kind"]).label)
    result = run.result or {}
    subject = _subject(run)
    return Letter(
        subject=header_text(subject % {"what": what}),
        template="import_ended",
        button_url=run_url(recipient.actor.company_slug, _shown(run)),
        facts={
            "what": what,
            "file": run.parameters["file"],
            "is_undo": run.kind == undo.KIND,
            "result": result,
            "problem": _(run.error) if run.error else "",
            "company": Company.objects.get(pk=run.company_id).name,
        },
    )


def _subject(run: Run) -> str:
    result = run.result or {}
    if result.get("is_undone"):
        return _("Taken back: %(what)s")
    if result.get("is_written"):
        return _("Imported: %(what)s")
    if result.get("dry_run") and not result.get("errors"):
        return _("Tried, and all rows fit: %(what)s")
    return _("Not taken back: %(what)s") if run.kind == undo.KIND else _("Not imported: %(what)s")


def _shown(run: Run) -> str:
    """The run on whose page it stands: that of the import itself."""
    return run.subject if run.kind == undo.KIND else run.pk
