"""Price lists: which there are, when they hold, what is on them, and who pays by which."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placet.catalog.actions import (
    agree_price_lists,
    change_price_list,
    create_price_list,
    remove_prices,
    set_prices,
)
from placet.catalog.kept import get_price_list, list_agreed_lists, list_price_lists
from placet.catalog.models import CompanyPriceList, Price, PriceList, Product
from placet.catalog.search import folded
from placet.companies.models import Company
from placet.core.errors import InvalidInput
from placet.web.attempt import attempt, status_of
from placet.web.customers.page import get_customer
from placet.web.paging import Page, page_sorted
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.store.forms import PriceListForm, PricesForm
from placet.web.store.tabs import kept_tabs, require_keeper


@require_GET
@company_page
def price_lists(request: PageRequest) -> HttpResponse:
    """Every list, with how much is on it and how many companies pay by it."""
    tabs = kept_tabs(request, "price_lists")
    lists = list(list_price_lists(request.actor))
    priced = Price.objects.values_list("price_list_id").annotate(n=Count("product", distinct=True))
    agreed = CompanyPriceList.objects.values_list("price_list_id").annotate(n=Count("id"))
    products, companies = dict(priced), dict(agreed)
    rows = [(one, products.get(one.pk, 0), companies.get(one.pk, 0)) for one in lists]
    return render(request, "web/store/price_lists.html", {**tabs, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def price_list_new(request: PageRequest) -> HttpResponse:
    """One more list, empty."""
    require_keeper(request)
    form = PriceListForm(request.POST if request.method == "POST" else None)
    made = attempt(
        form,
        lambda: create_price_list(**_said(form), actor=request.actor, now=request.now),
    )
    if made is None:
        return render(request, "web/store/price_list.html", {"form": form}, status=status_of(form))
    return redirect(company_url(request.actor, "price_list", made.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def price_list(request: PageRequest, price_list_id: str) -> HttpResponse:
    """What a list is called and when it holds, and the prices that are on it."""
    require_keeper(request)
    found = get_price_list(request.actor, price_list_id)
    form = PriceListForm(request.POST if request.method == "POST" else None, price_list=found)
    if attempt(form, lambda: _change(request, found, form)):
        messages.success(request, _("Saved."))
        return redirect(company_url(request.actor, "price_list", found.pk))
    prices = PricesForm(price_list=found, sku=request.GET.get("sku", "")[:64])
    return _shown(request, found, form, prices)


@require_POST
@company_page
def price_list_prices(request: PageRequest, price_list_id: str) -> HttpResponse:
    """Set what one product costs on the list, all tiers; without any it leaves the list."""
    require_keeper(request)
    found = get_price_list(request.actor, price_list_id)
    form = PricesForm(request.POST, price_list=found)
    if attempt(form, lambda: _set(request, found, form), unit_price_minor="price_0"):
        messages.success(request, _("The price is set."))
        return redirect(company_url(request.actor, "price_list", found.pk))
    return _shown(request, found, PriceListForm(price_list=found), form)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def customer_price_lists(request: PageRequest, customer_id: str) -> HttpResponse:
    """By which lists a customer pays, the first that has a product first."""
    require_keeper(request)
    company = get_customer(request.actor, customer_id)
    fitting = list(list_price_lists(request.actor).filter(currency=company.currency))
    agreed = list_agreed_lists(request.actor, company)
    if request.method == "POST":
        _agree(request, company, fitting)
        messages.success(request, _("These price lists hold from now on."))
        return redirect(company_url(request.actor, "customer", company.pk))
    places = {one.pk: place for place, one in enumerate(agreed, 1)}
    rows = [(one, places.get(one.pk, "")) for one in fitting if not one.is_default]
    context = {"company": company, "rows": rows}
    return render(request, "web/store/customer_lists.html", context)


def _agree(request: PageRequest, company: Company, fitting: list[PriceList]) -> None:
    """The lists that were given a number, by these numbers."""
    chosen = []
    for one in fitting:
        typed = request.POST.get(f"place_{one.pk}", "").strip()
        if typed and not (typed.isascii() and typed.isdigit() and len(typed) < 4):
            raise InvalidInput("place", "number", _("Type 1, 2 and so on."))
        if typed:
            chosen.append((int(typed), one.name, one))
    lists = [one for _place, _name, one in sorted(chosen, key=lambda row: row[:2])]
    agree_price_lists(company, price_lists=lists, actor=request.actor, now=request.now)


def _said(form: PriceListForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def _change(request: PageRequest, found: PriceList, form: PriceListForm) -> PriceList:
    said = form.cleaned_data
    return change_price_list(
        found,
        name=said["name"],
        valid_from=said.get("valid_from"),
        valid_until=said.get("valid_until"),
        version=said["version"],
        actor=request.actor,
        now=request.now,
    )


def _set(request: PageRequest, found: PriceList, form: PricesForm) -> bool:
    doing = {"version": form.cleaned_data["version"], "actor": request.actor, "now": request.now}
    if form.prices:
        set_prices(found, prices=form.prices, **doing)
    else:
        remove_prices(found, skus=[form.cleaned_data["sku"]], **doing)
    return True


def _shown(
    request: PageRequest, found: PriceList, form: PriceListForm, prices: PricesForm
) -> HttpResponse:
    text = request.GET.get("q", "")[:100].strip()
    page = _priced(request, found, text)
    tiers: dict[str, list[Price]] = {}
    for row in Price.objects.filter(price_list=found, product__in=page.rows):
        tiers.setdefault(row.product_id, []).append(row)
    rows = [
        (product, sorted(tiers.get(product.pk, ()), key=lambda one: one.from_quantity))
        for product in page.rows
    ]
    context = {
        "form": form,
        "price_list": found,
        "prices": prices,
        "rows": rows,
        "page": page,
        "text": text,
    }
    is_refused = status_of(form) == 422 or status_of(prices) == 422
    return render(request, "web/store/price_list.html", context, status=422 if is_refused else 200)


def _priced(request: PageRequest, found: PriceList, text: str) -> Page[Product]:
    priced = Price.objects.filter(price_list=found).values("product")
    products = Product.objects.filter(pk__in=priced)
    if text:
        products = products.filter(Q(search_text__contains=folded(text)) | Q(sku__icontains=text))
    return page_sorted(products, "sku", request.GET)
