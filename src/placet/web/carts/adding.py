"""What somebody typed into the one field: pasted rows, a SKU, or words that name one product."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placet.carts.actions import add_line, paste_lines
from placet.carts.models import Cart
from placet.carts.quantities import nearest_quantity
from placet.catalog.queries import find_products, list_products
from placet.catalog.wanted import Wanted
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.web.carts.said import Said, report_of

MOST_NAMED = 4


def add_what_was_typed(
    cart: Cart, typed: str, quantity: int | None, *, actor: Actor, now: datetime
) -> Said:
    """Add it and say what was added.

    Several rows, or a SKU with a quantity behind it, are pasted; words are looked up by name, and
    where they name more than one product nothing is added: the refusal names them.
    """
    text = typed.strip()
    product = find_products([text]).get(text) if text and len(text) <= 64 else None
    if product is None and (not text or "\n" in text or _has_quantity(text)):
        return report_of(paste_lines(cart, text=typed, actor=actor, now=now))
    sku = product.sku if product else _sku_named(text, actor, now)
    found = product or find_products([sku])[sku]
    wanted = quantity or nearest_quantity(found, 1)
    add_line(cart, sku=sku, quantity=wanted, actor=actor, now=now)
    return Said(_("%(n)d × %(name)s added.") % {"n": wanted, "name": found.name})


def _has_quantity(text: str) -> bool:
    """Whether the first word is a SKU of the catalog and something stands behind it."""
    first, *rest = text.replace("\t", " ").replace(";", " ").replace(",", " ").split()
    return bool(rest) and first in find_products([first])


def _sku_named(text: str, actor: Actor, now: datetime) -> str:
    """The SKU of the only product whose name holds these words."""
    wanted = Wanted(text, is_exact=True)
    found = list_products(actor, wanted, limit=MOST_NAMED + 1, now=now)
    if len(found) == 1:
        return found[0].sku
    if not found:
        raise InvalidInput(
            "text", "unknown", _("No product has this SKU or name: %(text)s.") % {"text": text[:80]}
        )
    names = "; ".join(f"{product.name} ({product.sku})" for product in found[:MOST_NAMED])
    more = ngettext("%(n)d product fits", "Several products fit", len(found)) % {"n": len(found)}
    raise InvalidInput("text", "ambiguous", f"{more}: {names}.")
