"""Applications as the merchant answers them, and a customer registered without one."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placet.companies.directory import get_application, list_applications
from placet.companies.models import Company, CompanyApplication
from placet.companies.queries import get_company
from placet.core.errors import NotFound
from placet.requisitions.actions import accept_on_terms, decline_application
from placet.requisitions.actions.register_company import Founder, register_company
from placet.web.applications.forms import AcceptForm, DeclineForm
from placet.web.applications.registering import CustomerForm
from placet.web.attempt import attempt, status_of
from placet.web.paging import page_of
from placet.web.shell import PageRequest, company_page, company_url


@require_GET
@company_page
def application_list(request: PageRequest) -> HttpResponse:
    """Who wants to buy here, the latest first."""
    state = request.GET.get("state", "")
    wanted = state if state in ("accepted", "declined") else CompanyApplication.Status.WAITING
    rows = _applications(request).filter(status=wanted)
    context = {"page": page_of(rows, "created_at", request.GET), "state": state}
    return render(request, "web/applications/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def application_page(request: PageRequest, application_id: str) -> HttpResponse:
    """What they said; a POST accepts them on these terms."""
    application = _application(request, application_id)
    posted = request.POST if request.method == "POST" else None
    form = AcceptForm(posted, actor=request.actor, application=application)
    company = attempt(
        form,
        lambda: accept_on_terms(application, actor=request.actor, now=request.now, **form.agreed),
        price_list="price_lists",
    )
    if company is not None:
        messages.success(
            request,
            _("%(company)s buys here. Its invitation is on the way.") % {"company": company.name},
        )
        return redirect(company_url(request.actor, "customer", company.pk))
    return _shown(request, application, form, DeclineForm())


@require_POST
@company_page
def application_decline(request: PageRequest, application_id: str) -> HttpResponse:
    """No, with the reason."""
    application = _application(request, application_id)
    form = DeclineForm(request.POST)
    declined = attempt(
        form,
        lambda: decline_application(
            application, answer=form.cleaned_data["answer"], actor=request.actor, now=request.now
        ),
    )
    if declined is not None:
        messages.success(request, _("Declined. They are told your reason."))
        return redirect(company_url(request.actor, "applications"))
    accept = AcceptForm(actor=request.actor, application=application)
    return _shown(request, application, accept, form)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def customer_new(request: PageRequest) -> HttpResponse:
    """A company that agreed otherwise than through this site."""
    _applications(request)
    form = CustomerForm(
        request.POST if request.method == "POST" else None, merchant=get_company(request.actor)
    )
    made = attempt(form, lambda: _register(request, form))
    if made is None:
        context = {"form": form}
        return render(request, "web/applications/new.html", context, status=status_of(form))
    messages.success(
        request, _("%(company)s buys here. Its invitation is on the way.") % {"company": made.name}
    )
    return redirect(company_url(request.actor, "customer", made.pk))


def _register(request: PageRequest, form: CustomerForm) -> Company:
    said = form.cleaned_data
    return register_company(
        said["name"],
        slug=said["slug"],
        kind=said["kind"],
        currency=said["currency"],
        founder=Founder(said["person"], said["email"]),
        tax_number=said["tax_number"],
        payment_terms=said["payment_terms"],
        language=said["language"],
        time_zone=said["time_zone"],
        actor=request.actor,
        now=request.now,
    )


def _applications(request: PageRequest) -> QuerySet[CompanyApplication]:
    """For a buyer there are no applications: the page does not exist."""
    if not request.actor.is_merchant:
        raise NotFound
    return list_applications(request.actor)


def _application(request: PageRequest, application_id: str) -> CompanyApplication:
    _applications(request)
    return get_application(request.actor, application_id)


def _shown(
    request: PageRequest, application: CompanyApplication, form: AcceptForm, decline: DeclineForm
) -> HttpResponse:
    application.refresh_from_db()
    context = {"application": application, "form": form, "decline": decline}
    status = max(status_of(form), status_of(decline))
    return render(request, "web/applications/page.html", context, status=status)
