"""The catalog: what the company may buy, at its own prices."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from placet.carts.actions import add_line, create_cart
from placet.carts.queries import get_cart
from placet.catalog.models import Product
from placet.catalog.queries import get_product
from placet.core.errors import Conflict, Forbidden, InvalidInput, PlacetError
from placet.core.transaction import transaction
from placet.web.catalog.forms import AddForm, CatalogFilter
from placet.web.catalog.page import list_editable_carts, list_offers, read_catalog
from placet.web.shell import PageRequest, company_page, company_url


@require_GET
@company_page
def catalog(request: PageRequest) -> HttpResponse:
    """Products by name, with search and categories in the address."""
    wanted = CatalogFilter(request.GET)
    wanted.is_valid()
    page = read_catalog(
        request.actor,
        text=wanted.cleaned_data.get("q", ""),
        category=wanted.cleaned_data.get("category", ""),
        after=wanted.cleaned_data.get("after", ""),
        now=request.now,
    )
    return render(request, "web/catalog/list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def product_page(request: PageRequest, sku: str) -> HttpResponse:
    """One product: price tiers, pack, steps; a POST puts it into a cart."""
    product = get_product(request.actor, sku, now=request.now)
    if request.method != "POST":
        return _shown(request, product, AddForm())
    form = AddForm(request.POST)
    if not form.is_valid():
        return _shown(request, product, form, status=422)
    try:
        cart_id = _add(request, product, form)
    except (Conflict, Forbidden, InvalidInput) as error:
        return _shown(request, product, form, error, status=error.status)
    return redirect(company_url(request.actor, "cart", cart_id))


def _add(request: PageRequest, product: Product, form: AddForm) -> str:
    """Into the chosen cart, or into a new one; returns the cart's id."""
    actor, now, quantity = request.actor, request.now, form.cleaned_data["quantity"]

    @transaction
    def add() -> str:
        chosen = form.cleaned_data["cart"]
        if chosen:
            cart = get_cart(actor, chosen)
        else:
            cart = create_cart(_("New cart"), actor=actor, now=now)
        add_line(cart, sku=product.sku, quantity=quantity, actor=actor, now=now)
        return cart.pk

    cart_id = add()
    messages.success(request, _("%(n)d × %(name)s added.") % {"n": quantity, "name": product.name})
    return cart_id


def _shown(
    request: PageRequest,
    product: Product,
    form: AddForm,
    error: PlacetError | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "offer": list_offers(request.actor, [product], now=request.now)[0],
        "carts": list_editable_carts(request.actor),
        "form": form,
        "error": error,
    }
    return render(request, "web/catalog/product.html", context, status=status)
