"""The merchant's products: found by SKU or name, written on one form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from placet.catalog.actions import change_product, upsert_product
from placet.catalog.actions.costs import set_costs
from placet.catalog.kept import list_kept_products
from placet.catalog.models import Product
from placet.core.errors import InvalidInput, NotFound
from placet.core.transaction import transaction
from placet.web.attempt import attempt, status_of
from placet.web.paging import page_sorted
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.store.product_form import ProductForm, cost_said
from placet.web.store.tabs import kept_tabs, require_keeper
from placet.web.store.together import TogetherForm, filtered


@require_GET
@company_page
def kept_products(request: PageRequest) -> HttpResponse:
    """Every product by SKU, with the filters of the address."""
    tabs = kept_tabs(request, "kept_products")
    text = request.GET.get("q", "")[:100].strip()
    state = request.GET.get("state", "")
    products = filtered(list_kept_products(request.actor), request.GET)
    page = page_sorted(products, "sku", request.GET)
    context = {**tabs, "page": page, "text": text, "state": state, "together": TogetherForm()}
    return render(request, "web/store/products.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def kept_product_new(request: PageRequest) -> HttpResponse:
    """One more product; what it costs is said on a price list."""
    require_keeper(request)
    form = ProductForm(request.POST if request.method == "POST" else None)
    made = attempt(form, lambda: _add(request, form), tax_basis_points="tax")
    if made is None:
        return render(request, "web/store/product.html", {"form": form}, status=status_of(form))
    messages.success(
        request, _("%(sku)s is there. Say what it costs on a price list.") % _sku(made)
    )
    return redirect(company_url(request.actor, "kept_products"))


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def kept_product(request: PageRequest, product_id: str) -> HttpResponse:
    """All of a product but its SKU; under the version that was read."""
    require_keeper(request)
    product = list_kept_products(request.actor).filter(pk=product_id).first()
    if product is None:
        raise NotFound
    form = ProductForm(request.POST if request.method == "POST" else None, product=product)
    if attempt(form, lambda: _change(request, product, form), tax_basis_points="tax"):
        messages.success(request, _("%(sku)s is saved.") % _sku(product))
        return redirect(company_url(request.actor, "kept_products"))
    context = {"form": form, "product": product}
    return render(request, "web/store/product.html", context, status=status_of(form))


def _add(request: PageRequest, form: ProductForm) -> Product:
    if Product.objects.filter(sku=form.values.sku).exists():
        raise InvalidInput("sku", "taken", _("There is a product with this SKU already."))
    return _with_cost(request, form, lambda: upsert_product(form.values, **_by(request)))


def _change(request: PageRequest, product: Product, form: ProductForm) -> Product:
    version = form.cleaned_data["version"] or 0
    return _with_cost(
        request,
        form,
        lambda: change_product(product, values=form.values, version=version, **_by(request)),
    )


@transaction
def _with_cost(request: PageRequest, form: ProductForm, keep: Callable[[], Product]) -> Product:
    """The product and what it costs the merchant, in one go."""
    product = keep()
    cost = cost_said(form, product)
    if cost is not None:
        set_costs([cost], **_by(request))
    return product


def _by(request: PageRequest) -> dict[str, Any]:
    return {"actor": request.actor, "now": request.now}


def _sku(product: Product) -> dict[str, str]:
    return {"sku": product.sku}
