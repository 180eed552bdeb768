"""Links for people outside: how a token finds its link, and who finds which links inside.

Whatever ends a link, the answer to its token is the same: nobody outside learns why.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.core.signing import BadSignature, Signer
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from placet.carts.link_permissions import can_revoke_share_link
from placet.carts.models import Cart, LinkGuest, PurchaseList, ShareLink
from placet.companies.models import Company, Member
from placet.companies.permissions import COMPANY_MANAGE
from placet.core import ids
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.core.transaction import running
from placet.events.canonical import sha256

PREFIX: Final = "sl_"
HINT: Final = 4


def new_token() -> str:
    """What stands in the address of a link: 256 random bits, shown once."""
    return ids.new_secret(PREFIX)


def hash_of_token(token: str) -> str:
    """What is stored of a token."""
    return sha256(token.encode())


def find_open_link(token: str, *, now: datetime) -> ShareLink:
    """The link of a token that leads somewhere now; raises ``NotFound``, the same for all others.

    It ends with its time, when it is revoked, when the thing is put away, and when its company is
    suspended or whoever made it, or owns the thing, has left.
    """
    found = (
        ShareLink.objects.filter(token_hash=hash_of_token(token))
        .select_related(
            *("company", "created_by__user", "thread"),
            *("cart__owner__user", "purchase_list__owner__user"),
        )
        .first()
    )
    if found is None or not _leads_somewhere(found, now):
        raise NotFound(_("This link leads nowhere any more."))
    return found


def hold_link(link: ShareLink, *, now: datetime) -> None:
    """Let whoever comes through a link pass only while it leads somewhere.

    It was read before the transaction; this reads it again, and nobody ends it until the commit.
    Those who come at the same moment wait for each other. Raises ``NotFound``.
    """
    running()
    held = ShareLink.objects.select_for_update(of=("self",)).select_related(
        *("company", "created_by__user"),
        *("cart__owner__user", "purchase_list__owner__user"),
    )
    if not _leads_somewhere(held.get(pk=link.pk), now):
        raise NotFound(_("This link leads nowhere any more."))


def state_of_link(link: ShareLink, *, now: datetime) -> str:
    """``active``, ``revoked`` or ``expired``: a state of ``policy.lifecycles.SHARE_LINK``."""
    if link.revoked_at is not None:
        return "revoked"
    return "expired" if link.expires_at <= now else "active"


def count_opening(link: ShareLink, *, now: datetime) -> None:
    """Note that somebody opened the link: an access row, and all that loading it changes."""
    ShareLink.objects.filter(pk=link.pk).update(
        opened_count=F("opened_count") + 1, last_opened_at=now
    )


def list_links(actor: Actor) -> QuerySet[ShareLink]:
    """The links that the actor made or whose thing is theirs; all for who manages the company."""
    mine = Q(created_by_id=actor.member_id)
    mine |= Q(cart__owner_id=actor.member_id) | Q(purchase_list__owner_id=actor.member_id)
    reach = Q() if actor.holds(COMPANY_MANAGE) else mine
    return _with_things().filter(reach, company_id=actor.company_id)


def get_link(actor: Actor, link_id: str) -> ShareLink:
    """A link that the actor made, or whose thing they manage; raises ``NotFound``."""
    found = _with_things().filter(pk=link_id, company_id=actor.company_id).first()
    if found is None or can_revoke_share_link(actor, found) is not None:
        raise NotFound(_("There is no such link."))
    return found


def list_links_of(thing: Cart | PurchaseList) -> QuerySet[ShareLink]:
    """All links to a cart or list, the newest first; ask first whether the reader manages it."""
    of_what = {"cart": thing} if isinstance(thing, Cart) else {"purchase_list": thing}
    return _with_things().filter(**of_what)


def name_of_thing(link: ShareLink) -> str:
    """What the cart or the list is called."""
    thing = link.cart or link.purchase_list
    name: str = thing.name
    return name


def guest_mark(guest: LinkGuest) -> str:
    """What the browser of a confirmed guest keeps: the guest's id and a signature."""
    return _marks().sign(guest.pk)


def find_guest(link: ShareLink, mark: str) -> LinkGuest | None:
    """The confirmed guest of this link who holds the mark; of another link it is worth nothing."""
    try:
        guest_id = _marks().unsign(mark)
    except BadSignature:
        return None
    return LinkGuest.objects.filter(pk=guest_id, link=link, confirmed_at__isnull=False).first()


def guest_code(guest: LinkGuest) -> str:
    """What the mail to a guest carries: it confirms once, and only until the next mail."""
    return _codes().sign(f"{guest.pk}.{guest.mail_number}")


def find_guest_of_code(code: str, *, now: datetime) -> LinkGuest:
    """The guest of a mail that was not used yet; raises ``NotFound`` for every other code."""
    gone = NotFound(_("This link leads nowhere any more."))
    try:
        guest_id, _dot, number = _codes().unsign(code).rpartition(".")
    except BadSignature:
        raise gone from None
    rows = LinkGuest.objects.select_related(
        "link__company",
        "link__created_by__user",
        "link__cart__owner__user",
        "link__purchase_list__owner__user",
    )
    found = rows.filter(pk=guest_id, mail_number=int(number), used_number__lt=int(number)).first()
    if found is None or not found.link.may_comment or not _leads_somewhere(found.link, now):
        raise gone
    return found


def _with_things() -> QuerySet[ShareLink]:
    return (
        ShareLink.objects.select_related(
            *("company", "created_by__user", "thread", "cart__owner__user"),
            *("purchase_list__owner__user", "purchase_list__owner__unit", "purchase_list__unit"),
        )
        .prefetch_related("cart__grants", "purchase_list__grants")
        .order_by("-created_at", "-id")
    )


def _leads_somewhere(link: ShareLink, now: datetime) -> bool:
    owner = link.cart.owner if link.cart else link.purchase_list.owner
    is_put_away = (
        link.cart.status == Cart.Status.ARCHIVED
        if link.cart
        else link.purchase_list.archived_at is not None
    )
    return (
        state_of_link(link, now=now) == "active"
        and not is_put_away
        and link.company.status == Company.Status.ACTIVE
        and _is_active(link.created_by)
        and _is_active(owner)
    )


def _is_active(member: Member) -> bool:
    return member.status == Member.Status.ACTIVE and member.user.is_active


def _marks() -> Signer:
    return Signer(salt="placet.links.guest")


def _codes() -> Signer:
    return Signer(salt="placet.links.code")
