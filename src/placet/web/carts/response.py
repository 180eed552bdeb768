"""How every change of a cart is answered: the lines and the panel together, or the page again."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpResponse
from django.shortcuts import redirect, render

from placet.carts.models import Cart
from placet.carts.queries import get_cart
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound, PlacetError
from placet.web.carts.page import read_cart
from placet.web.carts.said import Said
from placet.web.shell import PageRequest, company_url

Change = Callable[[Cart], Said]


def change_cart(
    request: PageRequest,
    cart_id: str,
    change: Change,
    *,
    place: str,
    line_id: str = "",
    typed: Mapping[str, str] | str = "",
) -> HttpResponse:
    """Do it and show the cart as it is then; a refusal keeps what was typed.

    ``place`` and ``line_id`` say where a refusal is shown; where several fields were sent,
    ``typed`` has each by the path that a refusal names.
    """
    cart = get_cart(request.actor, cart_id)
    try:
        said = change(cart)
    except (Conflict, Forbidden, InvalidInput, NotFound) as error:
        kept = typed if isinstance(typed, str) else typed.get(getattr(error, "path", ""), "")
        said = Said(error=error, place=place, line_id=line_id, typed=kept)
        return show_cart(request, cart_id, said, status=_status(request, error))
    if request.htmx:
        return show_cart(request, cart_id, said)
    request.session[f"cart:{cart_id}"] = said.kept()
    return redirect(f"{company_url(request.actor, 'cart', cart_id)}?said=1#lines")


def show_cart(
    request: PageRequest, cart_id: str, said: Said | None = None, status: int = 200
) -> HttpResponse:
    """The cart's page; for a fragment only what changes: the lines with the panel."""
    cart = get_cart(request.actor, cart_id)
    is_visit = request.method == "GET" and not request.htmx
    page = read_cart(request.actor, cart, now=request.now, is_visit=is_visit)
    template = "web/carts/fragment.html" if request.htmx else "web/carts/page.html"
    return render(request, template, {"page": page, "said": said or Said()}, status=status)


def kept_said(request: PageRequest, cart_id: str) -> Said:
    """What the change before this page had to say; the address says whether to show it."""
    kept = request.session.get(f"cart:{cart_id}") if "said" in request.GET else None
    return Said(**kept) if kept else Said()


def _status(request: PageRequest, error: PlacetError) -> int:
    """A line that is gone is a conflict on the cart's page, not a page that is missing.

    A fragment is shown for a conflict only; a whole page keeps the status of its refusal.
    """
    if isinstance(error, NotFound) or (request.htmx and error.status == 403):
        return 409
    return error.status
