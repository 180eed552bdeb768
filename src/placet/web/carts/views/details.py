"""Where it goes, what to write on it, who else may see it."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placet.carts.actions import describe_cart, share_cart, unshare_cart
from placet.carts.models import Cart
from placet.companies.queries import get_member
from placet.web.carts.forms import REFERENCE, DetailsForm, ShareForm
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
        changes = form.changes()
        describe_cart(cart, actor=request.actor, now=request.now, **changes)
        return Said(_("Saved."))

    return change_cart(request, cart_id, describe, place="details", typed=typed)


@require_POST
@company_page
def cart_share(request: PageRequest, cart_id: str) -> HttpResponse:
    """Let a colleague view, comment or edit."""
    form = ShareForm(request.POST)
    form.is_valid()

    def share(cart: Cart) -> Said:
        member = get_member(request.actor, form.cleaned_data.get("member", ""))
        level = form.cleaned_data.get("level", "")
        share_cart(cart, member=member, level=level, actor=request.actor, now=request.now)
        return Said(_("Shared with %(person)s.") % {"person": member.user.name})

    return change_cart(request, cart_id, share, place="people")


@require_POST
@company_page
def cart_unshare(request: PageRequest, cart_id: str) -> HttpResponse:
    """Take a colleague's access away."""
    form = ShareForm(request.POST)
    form.is_valid()

    def unshare(cart: Cart) -> Said:
        member = get_member(request.actor, form.cleaned_data.get("member", ""))
        unshare_cart(cart, member=member, actor=request.actor, now=request.now)
        return Said(_("%(person)s no longer sees it.") % {"person": member.user.name})

    return change_cart(request, cart_id, unshare, place="people")
