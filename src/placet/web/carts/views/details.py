"""Where it goes and what to write on it."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placet.carts.actions import describe_cart
from placet.carts.models import Cart
from placet.core.errors import InvalidInput
from placet.web.carts.forms import REFERENCE, DetailsForm
from placet.web.carts.response import change_cart
from placet.web.carts.said import Said
from placet.web.shell import PageRequest, company_page


@require_POST
@company_page
def cart_details(request: PageRequest, cart_id: str) -> HttpResponse:
    """Change only what was sent: two people may fill in two fields at once."""
    form = DetailsForm(request.POST)
    form.is_valid()
    typed = {
        name.replace(REFERENCE, "references/", 1): str(request.POST[name])
        for name in request.POST
        if name == "po_number" or name.startswith(REFERENCE)
    }

    def describe(cart: Cart) -> Said:
        if "requested_on" in form.errors:
            raise InvalidInput("requested_on", "date", _("Write a date, such as 2026-12-01."))
        changes = form.changes()
        describe_cart(cart, actor=request.actor, now=request.now, **changes)
        return Said(_("Saved."))

    return change_cart(request, cart_id, describe, place="details", typed=typed)
