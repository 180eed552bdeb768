"""What a report is asked with; all of it stands in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from placet.reports.spans import PERIODS, USUAL
from placet.reports.values import Report
from placet.web.budgets.forms import DayField


class ReportForm(forms.Form):
    """The chooser of a report; what cannot be read is as if it were not there."""

    kind = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    period = forms.ChoiceField(choices=list(PERIODS.items()), required=False, label=_("Period"))
    from_on = DayField(required=False, label=_("From"))
    to_on = DayField(required=False, label=_("To"))
    by = forms.CharField(max_length=20, required=False, label=_("Grouped by"))
    currency = forms.CharField(max_length=3, required=False, label=_("Currency"))

    @property
    def asked(self) -> dict[str, Any]:
        """What can be read of it, as ``read_report`` takes it; days alone mean themselves."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        if not said.get("period") and "from_on" in said:
            said["period"] = "days"
        return said


def chooser_of(report: Report) -> ReportForm:
    """The chooser as it fits the report that was read."""
    days = report.span.days
    form = ReportForm(
        initial={
            "kind": report.kind.key,
            "period": report.span.period or USUAL,
            "from_on": days.starts_on,
            "to_on": days.last_on,
            "by": report.grouping.key,
            "currency": report.currency,
        }
    )
    groupings = [(one.key, one.label) for one in report.kind.groupings]
    form.fields["by"].widget = forms.Select(choices=groupings)
    form.fields["currency"].widget = forms.Select(choices=[(one, one) for one in report.currencies])
    if len(groupings) < 2:
        del form.fields["by"]
    if len(report.currencies) < 2:
        del form.fields["currency"]
    return form
