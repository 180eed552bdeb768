"""*Your back-test has ended*: for whoever started a run and went on to other things."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.core.errors import NotFound
from placet.notices.addresses import run_url
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.letters import import_ended
from placet.notices.models import Mail
from placet.notices.words import header_text
from placet.plans.back_test_result import BackTestResult
from placet.plans.back_test_run import KIND
from placet.policy.codec import from_json
from placet.rulebooks.queries import get_rulebook
from placet.runs.models import Run
from placet.runs.queries import get_run


def write_run_ended(mail: Mail, recipient: Recipient) -> Letter:
    """Tell the starter what came of a back-test; raises ``Dropped`` when they may not see it."""
    try:
        run = get_run(recipient.actor, mail.subject_ref)
        if run.kind in import_ended.KINDS:
            return import_ended.write_import_ended(run, recipient)
        if run.kind != KIND:
            raise Dropped(f"nothing is written about {run.kind}")
        rulebook = get_rulebook(recipient.actor, run.subject)
    except NotFound as error:
        raise Dropped("the run is outside the reach of this person") from error
    is_done = run.status == Run.Status.DONE
    subject = _("Your back-test of %(rules)s is done") if is_done else _("%(rules)s: not tested")
    totals = from_json(BackTestResult, run.result).totals if is_done else None
    return Letter(
        subject=header_text(subject % {"rules": rulebook.name}),
        template="run_ended",
        button_url=run_url(recipient.actor.company_slug, run.pk),
        facts={
            "rules": rulebook.name,
            "totals": totals,
            "problem": _(run.error) if run.error else "",
            "company": rulebook.company.name,
        },
    )
