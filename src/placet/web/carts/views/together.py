"""Several carts: copied, put together, given, moved, put away and brought back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placet.carts.actions import (
    delete_cart,
    duplicate_cart,
    give_cart,
    merge_carts,
    move_cart,
    replace_content,
    restore_cart,
    take_cart,
)
from placet.carts.models import Cart
from placet.carts.permissions import can_edit_cart
from placet.carts.queries import get_cart, list_last_used
from placet.companies.queries import get_member, get_unit
from placet.companies.refusals import refuse
from placet.core.errors import InvalidInput, PlacetError
from placet.web.carts.response import Change, change_cart, show_cart
from placet.web.carts.said import Said
from placet.web.shell import PageRequest, company_page, company_url

MOST_OTHERS = 50


@require_GET
@company_page
def cart_menu(request: PageRequest) -> HttpResponse:
    """The open carts, the last used one first: for the menu in the top bar."""
    carts = list_last_used(request.actor)
    return render(request, "web/carts/menu.html", {"carts": carts})


@require_POST
@company_page
def cart_duplicate(request: PageRequest, cart_id: str) -> HttpResponse:
    """Another cart with the same lines."""
    cart = get_cart(request.actor, cart_id)
    try:
        copy = duplicate_cart(
            cart, name=request.POST.get("name", ""), actor=request.actor, now=request.now
        )
    except PlacetError as error:
        return show_cart(request, cart_id, Said(error=error, place="name"), status=error.status)
    messages.success(request, _("“%(name)s” holds the same lines.") % {"name": copy.name})
    return redirect(company_url(request.actor, "cart", copy.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def cart_merge(request: PageRequest, cart_id: str) -> HttpResponse:
    """Choose another cart whose content is added to this one, or takes its place."""
    cart = get_cart(request.actor, cart_id)
    refuse(can_edit_cart(request.actor, cart))
    if request.method != "POST":
        return _choose_other(request, cart)
    try:
        text = _merge(request, cart)
    except PlacetError as error:
        return _choose_other(request, cart, error)
    messages.success(request, text)
    return redirect(company_url(request.actor, "cart", cart.pk))


@require_POST
@company_page
def cart_restore(request: PageRequest, cart_id: str) -> HttpResponse:
    """Bring back a cart that was put away."""

    def restore(cart: Cart) -> Said:
        restore_cart(cart, actor=request.actor, now=request.now)
        return Said(_("“%(name)s” is open again.") % {"name": cart.name})

    return change_cart(request, cart_id, restore, place="name")


@require_POST
@company_page
def cart_delete(request: PageRequest, cart_id: str) -> HttpResponse:
    """Throw away a draft in which nothing ever was."""
    cart = get_cart(request.actor, cart_id)
    try:
        delete_cart(cart, actor=request.actor, now=request.now)
    except PlacetError as error:
        return show_cart(request, cart_id, Said(error=error, place="name"), status=error.status)
    messages.success(request, _("“%(name)s” is gone; nothing was in it.") % {"name": cart.name})
    return redirect(company_url(request.actor, "carts"))


@require_POST
@company_page
def cart_move(request: PageRequest, cart_id: str) -> HttpResponse:
    """Let it be a purchase of another unit."""

    def move(cart: Cart) -> Said:
        unit = get_unit(request.actor, request.POST.get("unit", ""))
        move_cart(cart, unit=unit, actor=request.actor, now=request.now)
        return Said(_("This is a purchase of %(unit)s now.") % {"unit": unit.name})

    return change_cart(request, cart_id, move, place="people")


@require_POST
@company_page
def cart_give(request: PageRequest, cart_id: str) -> HttpResponse:
    """Make a colleague the owner."""
    return change_cart(request, cart_id, _giving(request), place="people")


@require_POST
@company_page
def cart_take(request: PageRequest, cart_id: str) -> HttpResponse:
    """Take over a cart that was given."""

    def take(cart: Cart) -> Said:
        take_cart(cart, actor=request.actor, now=request.now)
        return Said(_("The cart is yours."))

    return change_cart(request, cart_id, take, place="people")


def _giving(request: PageRequest) -> Change:
    def give(cart: Cart) -> Said:
        member = get_member(request.actor, request.POST.get("member", ""))
        give_cart(cart, to=member, actor=request.actor, now=request.now)
        return Said(_("%(person)s owns the cart now.") % {"person": member.user.name})

    return give


def _merge(request: PageRequest, cart: Cart) -> str:
    other = get_cart(request.actor, request.POST.get("cart", ""))
    if request.POST.get("how") == "replace":
        kept = replace_content(cart, by=other, actor=request.actor, now=request.now)
        said = _(
            "The cart holds what “%(name)s” holds; what it held before is put away as “%(kept)s”."
        )
        return said % {"name": other.name, "kept": kept.name}
    if request.POST.get("how") != "merge":
        raise InvalidInput("how", "how", _("Say whether to add it or to replace what is there."))
    merge_carts(other, into=cart, actor=request.actor, now=request.now)
    other.refresh_from_db(fields=["status"])
    if other.status == Cart.Status.ARCHIVED:
        return _("Everything of “%(name)s” lies here now; it is put away.") % {"name": other.name}
    return _("Everything of “%(name)s” lies here too.") % {"name": other.name}


def _choose_other(
    request: PageRequest, cart: Cart, error: PlacetError | None = None
) -> HttpResponse:
    others = [one for one in list_last_used(request.actor, MOST_OTHERS) if one.pk != cart.pk]
    context = {
        "cart": cart,
        "others": others,
        "error": error,
        "chosen": request.POST.get("cart") or request.GET.get("from", ""),
    }
    return render(request, "web/carts/merge.html", context, status=error.status if error else 200)
