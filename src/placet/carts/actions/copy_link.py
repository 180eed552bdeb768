"""Another company takes the products of a share link into a cart of its own."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.carts.actions.create_cart import create_cart
from placet.carts.actions.paste_lines import PasteReport, paste_lines
from placet.carts.links import hold_link, name_of_thing
from placet.carts.models import Cart, ShareLink
from placet.companies.holding import hold_actor
from placet.companies.refusals import Refusal, refuse
from placet.core.actor import Actor
from placet.core.transaction import transaction


@transaction
def copy_by_link(
    link: ShareLink, *, actor: Actor, now: datetime
) -> tuple[Cart, PasteReport | None]:
    """A cart of the actor's own with the same products, at the prices of their company.

    What they cannot buy is in the report, by their own assortment and terms. Nothing but the name,
    the SKUs and the quantities comes along, and the company of the link is not told.
    """
    if actor.company_id == link.company_id:
        refuse(Refusal("colleague", _("You are a colleague: join it instead of copying it.")))
    hold_actor(actor)
    hold_link(link, now=now)
    cart = create_cart(name_of_thing(link), is_as_last_time=True, actor=actor, now=now)
    rows = (link.cart or link.purchase_list).lines.order_by("position", "id")
    wanted = rows.values_list("product__sku", "quantity")
    text = "\n".join(f"{sku}\t{quantity}" for sku, quantity in wanted)
    if not text:
        return cart, None
    report = paste_lines(cart, text=text, actor=actor, now=now)
    cart.refresh_from_db()
    return cart, report
