"""Lines: add one or many, change how many, remove, with the way back."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placet.carts.actions import change_line, remove_line
from placet.carts.models import Cart
from placet.carts.queries import get_cart_line
from placet.core.errors import InvalidInput
from placet.web.carts.adding import add_what_was_typed
from placet.web.carts.forms import AddForm, QuantityForm
from placet.web.carts.response import change_cart
from placet.web.carts.said import Said
from placet.web.shell import PageRequest, company_page


@require_POST
@company_page
def cart_add(request: PageRequest, cart_id: str) -> HttpResponse:
    """One field for everything: a SKU, a name, or pasted rows of SKU and quantity."""
    form = AddForm(request.POST)
    form.is_valid()
    typed = request.POST.get("text", "")

    def add(cart: Cart) -> Said:
        if "text" in form.errors:
            raise InvalidInput("text", "too_long", _("Paste 500 rows at most."))
        quantity = form.cleaned_data.get("quantity")
        return add_what_was_typed(cart, typed, quantity, actor=request.actor, now=request.now)

    return change_cart(request, cart_id, add, place="add", typed=typed)


@require_POST
@company_page
def line_change(request: PageRequest, cart_id: str, line_id: str) -> HttpResponse:
    """Set how many; none at all removes the line."""
    form = QuantityForm(request.POST)
    is_number = form.is_valid()
    typed = request.POST.get("quantity", "")[:12]

    def change(cart: Cart) -> Said:
        line = get_cart_line(request.actor, cart_id, line_id)
        if not is_number:
            raise InvalidInput("quantity", "not_whole", _("Write a whole number."))
        quantity, version = form.cleaned_data["quantity"], form.cleaned_data["version"]
        if quantity == 0:
            return _remove(request, cart_id, line_id)
        change_line(line, quantity=quantity, version=version, actor=request.actor, now=request.now)
        changed = _("%(name)s: %(n)d.")
        return Said(changed % {"name": line.product.name, "n": line.quantity})

    return change_cart(request, cart_id, change, place="line", line_id=line_id, typed=typed)


@require_POST
@company_page
def line_remove(request: PageRequest, cart_id: str, line_id: str) -> HttpResponse:
    """Take a line out; the page offers to put it back."""

    def remove(cart: Cart) -> Said:
        return _remove(request, cart_id, line_id)

    return change_cart(request, cart_id, remove, place="line", line_id=line_id)


def _remove(request: PageRequest, cart_id: str, line_id: str) -> Said:
    line = get_cart_line(request.actor, cart_id, line_id)
    name, sku, quantity = line.product.name, line.product.sku, line.quantity
    remove_line(line, actor=request.actor, now=request.now)
    removed = _("%(n)d × %(name)s removed.") % {"n": quantity, "name": name}
    return Said(removed, undo_sku=sku, undo_quantity=quantity)
