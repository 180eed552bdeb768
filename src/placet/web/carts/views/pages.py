"""The list of carts, a new one, the page of one, its name and its end."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from placet.carts.actions import archive_cart, create_cart, rename_cart
from placet.carts.models import Cart
from placet.carts.queries import get_cart
from placet.companies.permissions import ORDER_SUBMIT, can_do
from placet.core.errors import Conflict, Forbidden, InvalidInput, PlacetError
from placet.web.carts.forms import NewCartForm
from placet.web.carts.listed import read_list
from placet.web.carts.response import change_cart, kept_said, show_cart
from placet.web.carts.said import Said
from placet.web.shell import PageRequest, company_page, company_url


@require_GET
@company_page
def cart_list(request: PageRequest) -> HttpResponse:
    """My carts and those that colleagues share, last changed first."""
    return _listed(request)


@require_POST
@company_page
def cart_create(request: PageRequest) -> HttpResponse:
    """Begin a cart."""
    form = NewCartForm(request.POST)
    form.is_valid()
    try:
        cart = create_cart(
            form.cleaned_data.get("name") or _("New cart"), actor=request.actor, now=request.now
        )
    except (Forbidden, InvalidInput) as error:
        return _listed(request, error)
    return redirect(company_url(request.actor, "cart", cart.pk))


@require_GET
@company_page
def cart_page(request: PageRequest, cart_id: str) -> HttpResponse:
    """One cart with its decision panel."""
    return show_cart(request, cart_id, kept_said(request, cart_id))


@require_POST
@company_page
def cart_rename(request: PageRequest, cart_id: str) -> HttpResponse:
    """Give it another name."""
    name = request.POST.get("name", "")

    def rename(cart: Cart) -> Said:
        rename_cart(cart, name=name, actor=request.actor, now=request.now)
        return Said(_("The cart is called “%(name)s” now.") % {"name": cart.name})

    return change_cart(request, cart_id, rename, place="name", typed=name)


@require_POST
@company_page
def cart_archive(request: PageRequest, cart_id: str) -> HttpResponse:
    """Put it away."""
    cart = get_cart(request.actor, cart_id)
    try:
        archive_cart(cart, actor=request.actor, now=request.now)
    except (Conflict, Forbidden) as error:
        return show_cart(request, cart_id, Said(error=error), status=error.status)
    messages.success(request, _("“%(name)s” is put away.") % {"name": cart.name})
    return redirect(company_url(request.actor, "carts"))


def _listed(request: PageRequest, error: PlacetError | None = None) -> HttpResponse:
    context = {
        **read_list(request.actor, request.GET)._asdict(),
        "refusal": can_do(request.actor, ORDER_SUBMIT, request.actor.unit_path),
        "error": error,
        "name": request.POST.get("name", ""),
    }
    return render(request, "web/carts/list.html", context, status=error.status if error else 200)
