"""Assortments: the lists, a new one, changing and closing one, and what somebody would see."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placet.catalog.actions import change_assortment, close_assortment, create_assortment
from placet.catalog.kept import get_assortment, list_assortments
from placet.catalog.models import Assortment
from placet.catalog.permissions import can_keep_assortments
from placet.companies.models import Company
from placet.companies.queries import get_company, get_member, list_members
from placet.companies.refusals import refuse
from placet.core.errors import Conflict, NotFound
from placet.web.assortments.forms import AssortmentForm
from placet.web.assortments.page import for_whom, rows_of, sight_of
from placet.web.attempt import attempt, status_of
from placet.web.customers.page import get_customer
from placet.web.shell import PageRequest, company_page, company_url


@require_GET
@company_page
def assortment_list(request: PageRequest) -> HttpResponse:
    """What the company's people may see, and what one of them would see in all."""
    company = _own(request)
    chosen = request.GET.get("member", "")
    sku = request.GET.get("sku", "").strip()[:64]
    member = get_member(request.actor, chosen) if chosen else None
    context = _listed(request, company) | {
        "members": list_members(request.actor),
        "sight": sight_of(request.actor, member, sku, now=request.now) if member else None,
        "sku": sku,
    }
    return render(request, "web/assortments/list.html", context)


@require_GET
@company_page
def customer_assortments(request: PageRequest, customer_id: str) -> HttpResponse:
    """What the merchant lets a customer see."""
    company = _customer(request, customer_id)
    return render(request, "web/assortments/list.html", _listed(request, company))


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def assortment_new(request: PageRequest) -> HttpResponse:
    """One more, for people of the company."""
    return _new(request, _own(request))


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def customer_assortment_new(request: PageRequest, customer_id: str) -> HttpResponse:
    """One more, for a customer."""
    return _new(request, _customer(request, customer_id))


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def assortment_edit(request: PageRequest, assortment_id: str) -> HttpResponse:
    """All of it, stated anew."""
    found = get_assortment(request.actor, assortment_id)
    posted = request.POST if request.method == "POST" else None
    form = AssortmentForm(posted, actor=request.actor, assortment=found)
    if attempt(form, lambda: _change(request, found, form)):
        messages.success(request, _("It holds from now on. What was submitted stays."))
        return redirect(_back(request, found.company))
    context = {"form": form, "assortment": found, "company": found.company, "who": for_whom(found)}
    return render(request, "web/assortments/form.html", context, status=status_of(form))


@require_POST
@company_page
def assortment_close(request: PageRequest, assortment_id: str) -> HttpResponse:
    """It holds no more."""
    found = get_assortment(request.actor, assortment_id)
    try:
        close_assortment(found, actor=request.actor, now=request.now)
        messages.success(request, _("%(name)s holds no more.") % {"name": found.name})
    except Conflict as error:
        messages.error(request, error.detail)
    return redirect(_back(request, found.company))


def _new(request: PageRequest, company: Company) -> HttpResponse:
    form = AssortmentForm(request.POST if request.method == "POST" else None, actor=request.actor)
    made = attempt(
        form,
        lambda: create_assortment(
            company, values=form.values, actor=request.actor, now=request.now
        ),
    )
    if made is None:
        context = {"form": form, "company": company}
        return render(request, "web/assortments/form.html", context, status=status_of(form))
    messages.success(request, _("It holds from now on. What was submitted stays."))
    return redirect(_back(request, company))


def _change(request: PageRequest, found: Assortment, form: AssortmentForm) -> Assortment:
    return change_assortment(
        found,
        values=form.values,
        version=form.cleaned_data["version"],
        actor=request.actor,
        now=request.now,
    )


def _own(request: PageRequest) -> Company:
    """For a company's own people; the merchant's stand with its customers."""
    if request.actor.is_merchant:
        raise NotFound
    refuse(can_keep_assortments(request.actor, request.actor.company_id, "buyer"))
    return get_company(request.actor)


def _customer(request: PageRequest, customer_id: str) -> Company:
    if not request.actor.is_merchant:
        raise NotFound
    refuse(can_keep_assortments(request.actor, customer_id, "merchant"))
    return get_customer(request.actor, customer_id)


def _listed(request: PageRequest, company: Company) -> dict[str, object]:
    is_closed = request.GET.get("state") == "closed"
    found = list_assortments(request.actor, company).filter(closed_at__isnull=not is_closed)
    new = (
        company_url(request.actor, "customer_assortment_new", company.pk)
        if request.actor.is_merchant
        else company_url(request.actor, "assortment_new")
    )
    rows = rows_of(found)
    return {"company": company, "rows": rows, "is_closed": is_closed, "new_url": new}


def _back(request: PageRequest, company: Company) -> str:
    if request.actor.is_merchant:
        return company_url(request.actor, "customer_assortments", company.pk)
    return company_url(request.actor, "assortments")
