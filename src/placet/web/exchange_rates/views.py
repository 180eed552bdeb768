"""What currencies are worth to the merchant: stated once, never changed, the latest holds."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from placet.catalog.actions import set_exchange_rate
from placet.catalog.models import ExchangeRate
from placet.catalog.queries import list_exchange_rates
from placet.catalog.rates import rate_text
from placet.core.errors import NotFound
from placet.web.attempt import attempt, status_of
from placet.web.paging import page_of
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.typed_numbers import NotANumber, read_number


class RateForm(forms.Form):
    """One unit of the first currency is worth so much of the second, from now on."""

    source = forms.CharField(min_length=3, max_length=3, label=gettext_lazy("One"))
    rate = forms.CharField(
        max_length=40,
        label=gettext_lazy("is worth"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "num"}),
    )
    target = forms.CharField(min_length=3, max_length=3, label=gettext_lazy("of"))

    def clean_source(self) -> str:
        """In capitals, however it was typed."""
        return str(self.cleaned_data["source"]).upper()

    def clean_target(self) -> str:
        """In capitals, however it was typed."""
        return str(self.cleaned_data["target"]).upper()

    def clean_rate(self) -> Decimal:
        """The number in the reader's writing."""
        try:
            return read_number(self.cleaned_data["rate"])
        except NotANumber as error:
            raise forms.ValidationError(_("Type a number, such as 4.2650.")) from error


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def exchange_rates(request: PageRequest) -> HttpResponse:
    """Every rate that was ever stated, the newest first, and a form that states the next."""
    if not request.actor.is_merchant:
        raise NotFound
    rates = list_exchange_rates(request.actor)
    first = {"target": request.actor.currency}
    form = RateForm(request.POST if request.method == "POST" else None, initial=first)
    if attempt(form, lambda: _state(request, form.cleaned_data)):
        messages.success(request, _("It holds from now on. What was submitted keeps its rate."))
        return redirect(company_url(request.actor, "exchange_rates"))
    page = page_of(rates, "starts_at", request.GET)
    rows = [(rate, rate_text(rate)) for rate in page.rows]
    context = {"form": form, "page": page, "rows": rows}
    return render(request, "web/exchange_rates/page.html", context, status=status_of(form))


def _state(request: PageRequest, said: dict[str, Any]) -> ExchangeRate:
    return set_exchange_rate(
        said["source"],
        target=said["target"],
        rate=said["rate"],
        actor=request.actor,
        now=request.now,
    )
