"""That nothing is missing of what was posted, with paths as the fields were posted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from placet.carts.models import Cart
from placet.carts.permissions import can_submit_cart
from placet.carts.pricing import PricedCart
from placet.companies.models import Member
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.requisitions.posting.acting import act_as
from placet.requisitions.posting.making import Made, make_purchase
from placet.requisitions.posting.values import PostedPurchase
from placet.requisitions.submission import require_complete

LONGEST_URL: Final = 500
OF_A_LINE: Final = re.compile(r"lines/(\d+)/(.+)")


def make_complete(posted: PostedPurchase, *, member: Member, actor: Actor, now: datetime) -> Made:
    """The cart of what was posted with nothing missing, for somebody who may submit it."""
    acting = act_as(actor, member)
    made = make_purchase(
        posted, member=member, is_from_shop=actor.is_merchant, actor=acting, now=now
    )
    refuse(can_submit_cart(acting, made.cart))
    require_all(made.cart, made.priced)
    return made


def require_all(cart: Cart, priced: PricedCart, *, held: Mapping[str, int] | None = None) -> None:
    """As of every purchase; lines are counted from 0 in a path, as JSON pointers count."""
    unplaced = [
        line.number
        for line in priced.lines
        if any(not part.ship_to_id for part in line.allocations)
    ]
    if unplaced:
        path = (
            "ship_to" if len(unplaced) == len(priced.lines) else f"lines/{unplaced[0] - 1}/ship_to"
        )
        raise InvalidInput(path, "required", _("Say where it should be delivered."))
    try:
        require_complete(cart, priced, held=held)
    except InvalidInput as error:
        of_line = OF_A_LINE.fullmatch(error.path)
        if of_line is None:
            raise
        path = f"lines/{int(of_line[1]) - 1}/{of_line[2]}"
        raise InvalidInput(path, error.code, error.detail, **error.facts) from error


def checked_address(address: str, actor: Actor, *, path: str = "shop_url") -> str:
    """An https address of the shop, or nothing; raises ``InvalidInput`` at ``path``."""
    wanted = address.strip()
    if not wanted:
        return ""
    fault = InvalidInput(path, "address", _("An https:// address of the shop."))
    if not actor.is_merchant or len(wanted) > LONGEST_URL or not wanted.isascii():
        raise fault
    try:
        parts = urlsplit(wanted)
        is_plain = parts.port is None or parts.port > 0
    except ValueError:
        raise fault from None
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc or not is_plain:
        raise fault
    if any(letter <= " " or letter in '<>"\\^`{|}' for letter in wanted):
        raise fault
    return wanted
