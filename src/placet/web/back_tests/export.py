"""The changed purchases as CSV and XLSX."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from placet.plans.back_test_result import ChangeDescription
from placet.policy.money import plain_amount
from placet.web.back_tests.changes import OUTCOMES


def rows_of(changes: Sequence[ChangeDescription]) -> Iterator[list[object]]:
    """A heading and one row a purchase, in the reader's language."""
    yield [
        *(_("Requisition"), _("Submitted (UTC)"), _("Requester"), _("Currency"), _("Total")),
        *(_("Before"), _("After"), _("Approvals added"), _("Approvals gone"), _("Why")),
    ]
    for change in changes:
        yield [
            change.number,
            change.submitted_at.isoformat(),
            change.requester_name,
            change.currency,
            plain_amount(change.total_minor, change.currency),
            str(OUTCOMES[change.before][2]),
            str(OUTCOMES[change.after][2]),
            change.steps_added,
            change.steps_removed,
            change.why,
        ]
