"""*Nobody decided*: what the requester gets back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.carts.models import Cart
from placet.core.errors import NotFound
from placet.core.formats import money_text
from placet.notices.addresses import cart_url, requisition_url
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.models import Mail
from placet.notices.words import header_text
from placet.requisitions.models import Requisition
from placet.requisitions.queries import get_requisition


def write_expired(mail: Mail, recipient: Recipient) -> Letter:
    """A purchase ended because nobody decided; its content is in the cart again."""
    try:
        requisition = get_requisition(recipient.actor, mail.subject_ref)
    except NotFound as error:
        raise Dropped("the requisition is outside the reach of this person") from error
    if requisition.status != Requisition.Status.EXPIRED:
        raise Dropped(f"the requisition is {requisition.status}")
    slug = recipient.actor.company_slug
    cart = Cart.objects.filter(pk=requisition.cart_id, status=Cart.Status.OPEN).first()
    amount = money_text(requisition.total_minor, requisition.currency, recipient.language)
    return Letter(
        subject=header_text(
            _("Nobody decided in time: %(purchase)s, %(amount)s")
            % {"purchase": requisition.name, "amount": amount}
        ),
        template="expired",
        button_url=cart_url(slug, cart.pk) if cart else requisition_url(slug, requisition.pk),
        facts={
            "purchase": requisition.name,
            "number": requisition.number,
            "po_number": requisition.po_number,
            "company": recipient.actor.company_name,
            "amount": amount,
            "has_cart": cart is not None,
        },
    )
