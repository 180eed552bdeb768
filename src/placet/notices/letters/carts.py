"""*Lena Vogt shares a cart with you*, and *Lena Vogt made you the owner of a cart*."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.carts.models import Cart
from placet.carts.queries import get_cart
from placet.core.errors import NotFound
from placet.notices.addresses import cart_url
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.models import Mail
from placet.notices.words import header_text


def write_cart_shared(mail: Mail, recipient: Recipient) -> Letter:
    """Say whose cart the reader may see from now on, and how far; dropped when that has ended."""
    cart = _cart(mail, recipient)
    levels = [one.level for one in cart.grants.all() if one.member_id == recipient.actor.member_id]
    if not levels:
        raise Dropped("the cart is no longer shared with this person")
    owner = cart.owner.user.name
    return Letter(
        subject=header_text(
            _("%(person)s shares a cart with you: %(cart)s") % {"person": owner, "cart": cart.name}
        ),
        template="cart_shared",
        button_url=cart_url(recipient.actor.company_slug, cart.pk),
        facts={"owner": owner, "cart": cart.name, "level": levels[0]},
    )


def write_cart_given(mail: Mail, recipient: Recipient) -> Letter:
    """Ask the new owner to take the cart over; dropped when they did, or somebody else owns it."""
    cart = _cart(mail, recipient)
    if cart.owner_id != recipient.actor.member_id or cart.given_by is None:
        raise Dropped("this person owns the cart no more, or has taken it over")
    giver = cart.given_by.user.name
    return Letter(
        subject=header_text(
            _("%(person)s made you the owner of a cart: %(cart)s")
            % {"person": giver, "cart": cart.name}
        ),
        template="cart_given",
        button_url=cart_url(recipient.actor.company_slug, cart.pk),
        facts={"giver": giver, "cart": cart.name},
    )


def _cart(mail: Mail, recipient: Recipient) -> Cart:
    try:
        return get_cart(recipient.actor, mail.subject_ref)
    except NotFound:
        raise Dropped("the cart is outside the reach of this person") from None
