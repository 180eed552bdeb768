"""The catalog: what the company may buy, at its own prices."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placet.catalog.actions.part_numbers import remove_part_number, set_part_number
from placet.catalog.part_numbers import can_set_part_number, list_part_numbers
from placet.catalog.queries import get_product
from placet.companies.refusals import refuse
from placet.core.errors import Conflict, Forbidden, InvalidInput
from placet.web.catalog.adding import NothingToAdd, add_quantities, read_quantities
from placet.web.catalog.comparing import read_comparison
from placet.web.catalog.forms import MOST_COMPARED, NumberForm
from placet.web.catalog.offers import list_editable_carts
from placet.web.catalog.page import read_catalog
from placet.web.catalog.product import attributes_of, read_product_page
from placet.web.shell import PageRequest, company_page, company_url


@require_GET
@company_page
def catalog(request: PageRequest) -> HttpResponse:
    """Products with search, filters, order and look in the address."""
    page = read_catalog(request.actor, request.GET, now=request.now)
    return render(request, "web/catalog/list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def product_page(request: PageRequest, sku: str) -> HttpResponse:
    """One product with its variants; a POST puts quantities of them into a cart."""
    product = get_product(request.actor, sku, now=request.now)
    if request.method != "POST":
        return _shown(request, sku)
    typed, cart_id = read_quantities(request.POST, product.sku), request.POST.get("cart", "")[:40]
    try:
        cart = add_quantities(
            typed, sku=product.sku, cart_id=cart_id, actor=request.actor, now=request.now
        )
    except NothingToAdd as error:
        return _shown(
            request, sku, status=422, typed=typed, faults=error.faults, cart_id=cart_id, error=error
        )
    except (Conflict, Forbidden) as error:
        return _shown(request, sku, status=error.status, typed=typed, cart_id=cart_id, error=error)
    count = len([text for text in typed.values() if text not in ("", "0")])
    messages.success(
        request, ngettext("%(n)d product added.", "%(n)d products added.", count) % {"n": count}
    )
    return redirect(company_url(request.actor, "cart", cart.pk))


@require_POST
@company_page
def part_number(request: PageRequest, sku: str) -> HttpResponse:
    """What the company calls a product; without a number it has none of its own any more."""
    product = get_product(request.actor, sku, now=request.now)
    form = NumberForm(request.POST)
    number = form.cleaned_data["number"] if form.is_valid() else request.POST.get("number", "")
    try:
        if number:
            set_part_number(product, number=number, actor=request.actor, now=request.now)
        else:
            _remove(request, product.pk)
    except (InvalidInput, Conflict) as error:
        fault = {"number": number[:80], "number_fault": error.detail}
        return _shown(request, sku, status=error.status, **fault)
    messages.success(request, _("Your part number is kept."))
    return redirect(company_url(request.actor, "product", product.sku))


def _remove(request: PageRequest, product_id: str) -> None:
    """Take the number away; who may not is told so, whether there is one or not."""
    row = list_part_numbers(request.actor).filter(product_id=product_id).first()
    if row is None:
        refuse(can_set_part_number(request.actor))
    else:
        remove_part_number(row, actor=request.actor, now=request.now)


@require_GET
@company_page
def compare(request: PageRequest) -> HttpResponse:
    """Up to four products side by side; the SKUs stand in the address."""
    comparison = read_comparison(request.actor, request.GET.getlist("sku"), now=request.now)
    context = {
        "comparison": comparison,
        "carts": [] if request.actor.is_merchant else list_editable_carts(request.actor),
        "most": MOST_COMPARED,
    }
    return render(request, "web/catalog/compare.html", context)


def _shown(request: PageRequest, sku: str, status: int = 200, **state: object) -> HttpResponse:
    product = get_product(request.actor, sku, now=request.now)
    page = read_product_page(request.actor, product, now=request.now, **state)  # type: ignore[arg-type]
    context = {"page": page, "offer": page.offer, "attributes": attributes_of(product)}
    return render(request, "web/catalog/product.html", context, status=status)
