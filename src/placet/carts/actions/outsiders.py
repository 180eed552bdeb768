"""What comes through a share link: a colleague joins, a guest confirms an address and speaks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F
from django.utils.translation import gettext as _

from placet.carts.link_permissions import can_answer_outside
from placet.carts.links import hold_link
from placet.carts.models import CartGrant, GrantLevel, LinkGuest, ListGrant, ShareLink
from placet.companies.holding import hold_actor
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor, system_actor
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.core.transaction import transaction
from placet.events.record import record
from placet.threads.actions import (
    add_comment,
    add_guest_comment,
    open_thread,
    reopen_thread,
    resolve_thread,
)
from placet.threads.files import NewFile
from placet.threads.models import Comment, Thread

ONE_MAIL: Final = timedelta(hours=1)
"""A guest is sent one mail in this time, however often somebody asks for it."""
MOST_GUESTS: Final = 50
LONGEST_NAME: Final = 80


@transaction
def join_by_link(link: ShareLink, *, actor: Actor, now: datetime) -> None:
    """Take part in the cart or list as a colleague: to look, or to comment where the link says so.

    It never gives more than the link, and takes nothing away from whoever has more already.
    """
    refuse_foreign(actor, link.company_id)
    if not actor.member_id:
        raise NotFound(_("There is no such link."))
    hold_actor(actor)
    hold_link(link, now=now)
    thing = link.cart or link.purchase_list
    if thing.owner_id == actor.member_id:
        return
    level = GrantLevel.COMMENT if link.may_comment else GrantLevel.VIEW
    if not _grant(link, level, actor, now):
        return
    record(
        "cart.joined" if link.cart else "list.joined",
        thing.id,
        actor=actor,
        now=now,
        company_id=link.company_id,
        link=link.id,
        level=level,
    )


@transaction
def invite_guest(
    link: ShareLink, *, name: str, email: str, language: str, now: datetime
) -> LinkGuest:
    """Somebody outside wants to comment: they are mailed a way to prove that the address is theirs.

    Within an hour of the last mail nothing is sent again. Raises ``Forbidden`` where the link takes
    no comments, and ``InvalidInput``.
    """
    _require_comments(link)
    shown, address = _checked_name(name), _checked_address(email)
    hold_link(link, now=now)
    found = LinkGuest.objects.select_for_update().filter(link=link, email=address).first()
    if found is None:
        guest = _new_guest(link, shown, address, language, now)
    elif found.mailed_at and now < found.mailed_at + ONE_MAIL:
        return found
    else:
        guest = found
        # A name that was confirmed is not changed by whoever types the address again.
        guest.name = guest.name if guest.confirmed_at else shown
        guest.language, guest.mailed_at = language, now
        guest.mail_number += 1
        guest.save(update_fields=["name", "language", "mailed_at", "mail_number"])
    record(
        "link.guest_invited",
        link.id,
        actor=_nobody(link),
        now=now,
        company_id=link.company_id,
        guest=guest.id,
    )
    return guest


@transaction
def confirm_guest(guest: LinkGuest, *, now: datetime) -> LinkGuest:
    """The address is theirs: from now on they may comment. A mail confirms once."""
    hold_link(guest.link, now=now)
    used = LinkGuest.objects.filter(
        pk=guest.pk, mail_number=guest.mail_number, used_number__lt=guest.mail_number
    ).update(used_number=F("mail_number"), confirmed_at=guest.confirmed_at or now)
    if not used:
        raise NotFound(_("This link leads nowhere any more."))
    guest.refresh_from_db(fields=["used_number", "confirmed_at"])
    record(
        "link.guest_confirmed",
        guest.link_id,
        actor=_nobody(guest.link),
        now=now,
        company_id=guest.link.company_id,
        guest=guest.id,
    )
    return guest


@transaction
def comment_as_guest(link: ShareLink, *, guest: LinkGuest, text: str, now: datetime) -> Comment:
    """Say something from outside; it stands in the link's own conversation, and nowhere else."""
    _require_comments(link)
    hold_link(link, now=now)
    if guest.link_id != link.pk or guest.confirmed_at is None:
        raise Forbidden(_("Confirm your address first."), reason="not_confirmed")
    actor = _nobody(link)
    return add_guest_comment(
        _thread_of(link, actor=actor, now=now),
        text=text,
        name=guest.name,
        address=guest.email,
        about=link.id,
        actor=actor,
        now=now,
    )


@transaction
def answer_outside(
    link: ShareLink,
    *,
    text: str,
    actor: Actor,
    now: datetime,
    files: Sequence[NewFile] = (),
) -> Comment:
    """Say something to everybody who holds the link: whoever made it does, or manages the thing."""
    refuse_foreign(actor, link.company_id)
    hold_actor(actor)
    refuse(can_answer_outside(actor, link))
    _require_comments(link)
    return add_comment(
        _thread_of(link, actor=actor, now=now),
        text=text,
        about=link.id,
        # Nobody is told by being named here: who reads this is outside.
        audience=(),
        files=files,
        actor=actor,
        now=now,
    )


@transaction
def resolve_link_thread(link: ShareLink, *, actor: Actor, now: datetime) -> Thread:
    """Say that what was asked from outside is answered; another word opens it again."""
    return resolve_thread(_begun(link, actor), about=link.id, actor=actor, now=now)


@transaction
def reopen_link_thread(link: ShareLink, *, actor: Actor, now: datetime) -> Thread:
    """Say that it is not answered after all."""
    return reopen_thread(_begun(link, actor), about=link.id, actor=actor, now=now)


def _begun(link: ShareLink, actor: Actor) -> Thread:
    refuse_foreign(actor, link.company_id)
    hold_actor(actor)
    refuse(can_answer_outside(actor, link))
    if link.thread is None:
        raise NotFound(_("There is no conversation here."))
    thread: Thread = link.thread
    return thread


def _grant(link: ShareLink, level: str, actor: Actor, now: datetime) -> bool:
    """Whether the colleague has something now that they had not before."""
    kind, of_what = (
        (CartGrant, {"cart": link.cart})
        if link.cart
        else (ListGrant, {"purchase_list": link.purchase_list})
    )
    rows: Any = kind.objects.filter(**of_what, member_id=actor.member_id)
    if not rows.exists():
        rows.create(created_at=now, **of_what, member_id=actor.member_id, level=level)
        return True
    raised = rows.filter(level=GrantLevel.VIEW) if level == GrantLevel.COMMENT else rows.none()
    return bool(raised.update(level=level))


def _new_guest(link: ShareLink, name: str, email: str, language: str, now: datetime) -> LinkGuest:
    if LinkGuest.objects.filter(link=link, confirmed_at=None).count() >= MOST_GUESTS:
        raise Conflict(_("Too many people have asked to comment here. Please try again later."))
    return LinkGuest.objects.create(
        created_at=now, link=link, email=email, name=name, language=language, mailed_at=now
    )


def _thread_of(link: ShareLink, *, actor: Actor, now: datetime) -> Thread:
    """The link's own conversation; of two that begin at once, one stays."""
    if link.thread is None:
        fresh = (
            Thread.objects.create(
                created_at=now, company_id=link.company_id, audience=Thread.Audience.OUTSIDE
            )
            if actor.is_system
            else open_thread(
                link.company_id, audience=Thread.Audience.OUTSIDE, actor=actor, now=now
            )
        )
        rows = ShareLink.objects.filter(pk=link.pk, thread__isnull=True)
        if not rows.update(thread=fresh):
            fresh.delete()
        link.refresh_from_db(fields=["thread"])
    thread: Thread = link.thread
    return thread


def _require_comments(link: ShareLink) -> None:
    if not link.may_comment:
        raise Forbidden(_("This link is for looking only."), reason="no_comments")


def _checked_name(name: str) -> str:
    shown = " ".join(name.split())
    if not 1 <= len(shown) <= LONGEST_NAME or not shown.isprintable():
        raise InvalidInput("name", "length", _("Give your name, in at most 80 characters."))
    return shown


def _checked_address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise InvalidInput("email", "format", _("This is no e-mail address.")) from None
    return address


def _nobody(link: ShareLink) -> Actor:
    """Whoever holds a link acts as nobody: nothing that they send gives them a right."""
    company = link.company
    return system_actor(company.pk, company.slug, company.kind, company.currency)
