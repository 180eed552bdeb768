"""The settings of the company itself, and who answers for which category."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from placet.companies.actions import change_company
from placet.companies.permissions import COMPANY_MANAGE, require
from placet.companies.queries import get_company
from placet.web.attempt import attempt, status_of
from placet.web.company.forms import CompanyForm
from placet.web.customers.page import payment_words
from placet.web.shell import PageRequest, company_page, company_url


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def company_settings(request: PageRequest) -> HttpResponse:
    """Name, language, zone, fiscal year, PO references, deciding by mail, second factor."""
    require(request.actor, COMPANY_MANAGE)
    company = get_company(request.actor)
    payment = payment_words(company.payment_terms)
    form = CompanyForm(request.POST if request.method == "POST" else None, company=company)
    changed = attempt(
        form,
        lambda: change_company(
            company,
            version=form.cleaned_data["version"],
            actor=request.actor,
            now=request.now,
            **form.changes,
        ),
    )
    if changed is not None:
        messages.success(request, _("Saved."))
        return redirect(company_url(request.actor, "company"))
    context = {"form": form, "company": company, "payment": payment}
    return render(request, "web/company/settings.html", context, status=status_of(form))
