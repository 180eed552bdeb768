"""*Lena Vogt mentions you*, or answers: what was said, and where to answer."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from placet.conversations.people import name_for
from placet.conversations.places import find_place
from placet.core.errors import NotFound
from placet.notices.addresses import thread_url
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.models import Mail
from placet.notices.words import header_text
from placet.threads.models import Comment


def write_mentioned(mail: Mail, recipient: Recipient) -> Letter:
    """Show a comment to somebody who is named in it, if they may see what it is about."""
    named = Q(mentions__member_id=recipient.actor.member_id)
    return _letter(mail, recipient, named, "mentioned", _("%(person)s mentions you: %(purchase)s"))


def write_answered(mail: Mail, recipient: Recipient) -> Letter:
    """Show a comment to somebody who takes part in the conversation."""
    return _letter(mail, recipient, Q(), "answered", _("%(person)s writes: %(purchase)s"))


def _letter(mail: Mail, recipient: Recipient, whose: Q, template: str, subject: str) -> Letter:
    found = Comment.objects.filter(whose, pk=mail.subject_ref)
    comment = found.select_related("author__user", "author__company").first()
    if comment is None:
        raise Dropped("there is no such comment for this person")
    try:
        place = find_place(recipient.actor, comment.thread_id)
    except NotFound:
        raise Dropped("the conversation is outside the reach of this person") from None
    author = name_for(comment, recipient.actor)
    return Letter(
        subject=header_text(subject % {"person": author, "purchase": place.name}),
        template=template,
        button_url=thread_url(recipient.actor.company_slug, comment.thread_id),
        facts={
            "author": author,
            "purchase": place.name,
            "text": comment.text,
            "company": recipient.actor.company_name,
            "address": comment.guest_address,
            "audience": place.thread.audience,
        },
    )
