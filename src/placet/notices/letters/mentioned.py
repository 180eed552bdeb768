"""*Lena Vogt mentions you*, or answers: what was said, and where to answer."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from placet.carts.models import Cart, CartLine
from placet.carts.queries import get_cart
from placet.core.errors import NotFound
from placet.notices.addresses import cart_url, requisition_url
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.models import Mail
from placet.notices.words import header_text
from placet.requisitions.queries import list_requisitions
from placet.threads.models import Comment


class Place(NamedTuple):
    """Where a conversation stands: its name and its page."""

    name: str
    url: str


def write_mentioned(mail: Mail, recipient: Recipient) -> Letter:
    """Show a comment to somebody who is named in it, if they may see what it is about."""
    named = Q(mentions__member_id=recipient.actor.member_id)
    return _letter(mail, recipient, named, "mentioned", _("%(person)s mentions you: %(purchase)s"))


def write_answered(mail: Mail, recipient: Recipient) -> Letter:
    """Show a comment to somebody who takes part in the conversation."""
    return _letter(mail, recipient, Q(), "answered", _("%(person)s writes: %(purchase)s"))


def _letter(mail: Mail, recipient: Recipient, whose: Q, template: str, subject: str) -> Letter:
    found = Comment.objects.filter(
        whose, pk=mail.subject_ref, thread__company_id=recipient.actor.company_id
    )
    comment = found.select_related("author__user").first()
    if comment is None:
        raise Dropped("there is no such comment for this person")
    place = _requisition_place(comment, recipient) or _cart_place(comment, recipient)
    if place is None:
        raise Dropped("the conversation is outside the reach of this person")
    author = comment.author.user.name
    return Letter(
        subject=header_text(subject % {"person": author, "purchase": place.name}),
        template=template,
        button_url=place.url,
        facts={
            "author": author,
            "purchase": place.name,
            "text": comment.text,
            "company": recipient.actor.company_name,
        },
    )


def _requisition_place(comment: Comment, recipient: Recipient) -> Place | None:
    within = list_requisitions(recipient.actor)
    found = (
        within.filter(thread_id=comment.thread_id).first()
        or within.filter(revisions__lines__thread_id=comment.thread_id).first()
    )
    if found is None:
        return None
    return Place(found.name, requisition_url(recipient.actor.company_slug, found.pk))


def _cart_place(comment: Comment, recipient: Recipient) -> Place | None:
    line = CartLine.objects.filter(thread_id=comment.thread_id).first()
    cart = Cart.objects.filter(thread_id=comment.thread_id).first()
    cart_id = line.cart_id if line else cart.pk if cart else ""
    try:
        found = get_cart(recipient.actor, cart_id)
    except NotFound:
        return None
    return Place(found.name, cart_url(recipient.actor.company_slug, found.pk))
