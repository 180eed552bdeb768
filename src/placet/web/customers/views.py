"""The companies that buy here, for the merchant's staff. Read-only."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placet.budgets.permissions import can_manage_credit
from placet.companies.models import Address
from placet.companies.on_behalf import can_order_for
from placet.companies.permissions import CATALOG_MANAGE, COMPANY_MANAGE, CUSTOMER_VIEW, RULE_MANAGE
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.requisitions.queries import list_awaiting_customers
from placet.web.access import require_anywhere
from placet.web.customers.credit import state_of_credit
from placet.web.customers.forms import STATES, CustomerFilter
from placet.web.customers.page import (
    count_applications,
    count_assortments,
    filtered_customers,
    get_customer,
    list_latest_orders,
    list_terms,
    page_of_customers,
    payment_words,
)
from placet.web.shell import PageRequest, company_page


@require_GET
@company_page
def customer_list(request: PageRequest) -> HttpResponse:
    """The companies by name, with the filters of the address."""
    _require_staff(request.actor)
    form = CustomerFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    text, state = wanted.get("q", ""), wanted.get("state", "")
    companies = filtered_customers(request.actor, text, state)
    page = page_of_customers(request.actor, companies, request.GET)
    context = {
        "page": page,
        "text": text,
        "state": state,
        "states": STATES,
        "may_register": request.actor.holds_anywhere(COMPANY_MANAGE),
        "applicants": count_applications(request.actor),
    }
    return render(request, "web/customers/list.html", context)


@require_GET
@company_page
def customer_page(request: PageRequest, customer_id: str) -> HttpResponse:
    """One company: its terms, addresses and latest orders."""
    _require_staff(request.actor)
    company = get_customer(request.actor, customer_id)
    addresses = Address.objects.filter(company=company, closed_at__isnull=True)
    context = {
        "company": company,
        "payment": payment_words(company.payment_terms),
        "terms": list_terms([company])[company.pk],
        "addresses": addresses.order_by("-kind", "name"),
        "credit": state_of_credit(request.actor, company),
        "may_manage_credit": can_manage_credit(request.actor) is None,
        "may_keep_catalog": request.actor.holds(CATALOG_MANAGE),
        "assortments": count_assortments(company),
        "may_manage_company": request.actor.holds_anywhere(COMPANY_MANAGE),
        "may_order_for": can_order_for(request.actor, company) is None,
        "may_see_rules": request.actor.holds_anywhere(RULE_MANAGE),
        "orders": list_latest_orders(request.actor, company),
        "waiting": list_awaiting_customers(request.actor).filter(company=company)[:10],
    }
    return render(request, "web/customers/page.html", context)


def _require_staff(actor: Actor) -> None:
    """For a buyer there are no other companies: the page does not exist."""
    if not actor.is_merchant:
        raise NotFound
    require_anywhere(actor, CUSTOMER_VIEW)
