"""The companies that buy here, for the merchant's staff: the list, one company's desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from placet.budgets.permissions import can_manage_credit
from placet.companies.models import Address, Company
from placet.companies.on_behalf import can_order_for
from placet.companies.permissions import (
    CATALOG_MANAGE,
    COMPANY_MANAGE,
    CUSTOMER_VIEW,
    MEMBER_MANAGE,
    QUOTE_MANAGE,
    RULE_MANAGE,
)
from placet.companies.queries import list_companies
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.quotes.models import Quote
from placet.quotes.queries import list_quotes
from placet.requisitions.queries import list_awaiting_customers
from placet.web.access import require_anywhere
from placet.web.customers.credit import state_of_credit
from placet.web.customers.forms import STATES, CustomerFilter
from placet.web.customers.page import (
    count_applications,
    count_assortments,
    count_states,
    get_customer,
    list_contacts,
    list_latest_orders,
    list_reps,
    list_terms,
    page_of_customers,
    payment_words,
)
from placet.web.shell import PageRequest, company_page
from placet.web.table_file import answer_with_table

MOST_EXPORTED = 10_000
FEW = 10


class State(NamedTuple):
    """A state to filter by, and how many customers are in it."""

    value: str
    label: str | Promise
    customers: int
    is_current: bool


@require_GET
@company_page
def customer_list(request: PageRequest) -> HttpResponse:
    """The companies by name, with the filters of the address."""
    actor = request.actor
    _require_staff(actor)
    form = CustomerFilter(request.GET, actor=actor)
    companies = form.leave(list_companies(actor))
    wanted, counts = form.wanted, count_states(actor)
    context = {
        "page": page_of_customers(actor, companies, request.GET),
        "form": form,
        "filters": wanted,
        "states": [
            State(value, label, counts.get(value, 0), value == wanted["state"])
            for value, label in STATES
        ],
        "may_register": actor.holds_anywhere(COMPANY_MANAGE),
        "applicants": count_applications(actor),
    }
    return render(request, "web/customers/list.html", context)


@require_GET
@company_page
def customers_export(request: PageRequest) -> HttpResponse:
    """What the filters leave, or the ticked rows, as a file."""
    _require_staff(request.actor)
    rows = CustomerFilter(request.GET, actor=request.actor).leave(list_companies(request.actor))
    picked = request.GET.getlist("pick")[:MOST_EXPORTED]
    if picked:
        rows = rows.filter(pk__in=picked)
    return answer_with_table(request, _sheet(rows), f"customers-{request.now:%Y-%m-%d}")


@require_GET
@company_page
def customer_page(request: PageRequest, customer_id: str) -> HttpResponse:
    """One company: what is agreed, who is who, and what is going on."""
    _require_staff(request.actor)
    company = get_customer(request.actor, customer_id)
    context = {
        "company": company,
        **_agreed(request.actor, company),
        **_going_on(request.actor, company),
        "contacts": list_contacts(company),
        "may_manage_company": request.actor.holds_anywhere(COMPANY_MANAGE),
        "may_assign": request.actor.holds(MEMBER_MANAGE),
        "may_order_for": can_order_for(request.actor, company) is None,
        "may_see_rules": request.actor.holds_anywhere(RULE_MANAGE),
    }
    return render(request, "web/customers/page.html", context)


def _agreed(actor: Actor, company: Company) -> dict[str, Any]:
    addresses = Address.objects.filter(company=company, closed_at__isnull=True)
    return {
        "payment": payment_words(company.payment_terms),
        "terms": list_terms([company])[company.pk],
        "reps": list_reps([company.pk]).get(company.pk, ""),
        "addresses": addresses.order_by("-kind", "name"),
        "credit": state_of_credit(actor, company),
        "may_manage_credit": can_manage_credit(actor) is None,
        "may_keep_catalog": actor.holds(CATALOG_MANAGE),
        "assortments": count_assortments(company),
    }


def _going_on(actor: Actor, company: Company) -> dict[str, Any]:
    return {
        "orders": list_latest_orders(actor, company),
        "waiting": list_awaiting_customers(actor).filter(company=company)[:FEW],
        "quotes": _latest_quotes(actor, company),
    }


def _latest_quotes(actor: Actor, company: Company) -> QuerySet[Quote]:
    if not actor.holds_anywhere(QUOTE_MANAGE):
        return Quote.objects.none()
    return list_quotes(actor).filter(company=company)[:FEW]


def _sheet(companies: QuerySet[Company]) -> Iterator[list[Any]]:
    """A row a company: what the list shows, without what is the company's own."""
    yield [
        *(_("Company"), _("Customer number"), _("Kind"), _("State"), _("Currency"), _("Terms")),
        *(_("Price list"), _("In charge"), _("Tax number")),
    ]
    found = list(companies[:MOST_EXPORTED])
    terms, reps = list_terms(found), list_reps([company.pk for company in found])
    for company in found:
        yield [
            *(company.name, company.external_id, company.kind, company.status, company.currency),
            *(payment_words(company.payment_terms), terms[company.pk].name),
            *(reps.get(company.pk, ""), company.tax_number),
        ]


def _require_staff(actor: Actor) -> None:
    """For a buyer there are no other companies: the page does not exist."""
    if not actor.is_merchant:
        raise NotFound
    require_anywhere(actor, CUSTOMER_VIEW)
