"""Links for people outside are made and taken back; what comes through them is in ``outsiders``."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from placet.carts.link_permissions import can_revoke_share_link, can_share_outside
from placet.carts.links import HINT, hash_of_token, new_token, state_of_link
from placet.carts.models import Cart, PurchaseList, ShareLink
from placet.companies.holding import hold_actor
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.policy.lifecycles import SHARE_LINK, NotAllowed, next_state

LONGEST: Final = timedelta(days=90)
MOST_LINKS: Final = 50
"""Links of one cart or list that lead somewhere at the same time."""


class NewLink(NamedTuple):
    """A link that was just made, with its token: the only moment at which anybody has it."""

    link: ShareLink
    token: str


@transaction
def create_share_link(
    thing: Cart | PurchaseList,
    *,
    expires_at: datetime,
    actor: Actor,
    now: datetime,
    shows_prices: bool = False,
    shows_names: bool = False,
    may_comment: bool = False,
) -> NewLink:
    """Make a link with which anybody outside sees the cart or list, for 90 days at most.

    Prices of the contract, names and comments are each off until switched on; nothing of it can be
    changed afterwards. Raises ``Forbidden``, ``InvalidInput`` and ``Conflict``.
    """
    refuse_foreign(actor, thing.company_id)
    hold_actor(actor)
    refuse(can_share_outside(actor, thing))
    _check_end(expires_at, now)
    cart, purchase_list = (thing, None) if isinstance(thing, Cart) else (None, thing)
    mine = ShareLink.objects.filter(cart=cart, purchase_list=purchase_list, revoked_at=None)
    if mine.filter(expires_at__gt=now).count() >= MOST_LINKS:
        raise Conflict(_("There are %(most)d links to it already.") % {"most": MOST_LINKS})
    token = new_token()
    link = ShareLink.objects.create(
        created_at=now,
        company_id=thing.company_id,
        cart=cart,
        purchase_list=purchase_list,
        created_by_id=actor.member_id,
        token_hash=hash_of_token(token),
        hint=token[-HINT:],
        shows_prices=shows_prices,
        shows_names=shows_names,
        may_comment=may_comment,
        expires_at=expires_at,
    )
    record(
        "link.created",
        link.id,
        actor=actor,
        now=now,
        company_id=thing.company_id,
        about=thing.id,
        shows_prices=shows_prices,
        shows_names=shows_names,
        may_comment=may_comment,
        expires_at=expires_at.isoformat(),
    )
    return NewLink(link, token)


@transaction
def revoke_share_link(link: ShareLink, *, actor: Actor, now: datetime) -> ShareLink:
    """End a link at once and for ever; raises ``Conflict`` for one that has ended before."""
    refuse_foreign(actor, link.company_id)
    hold_actor(actor)
    refuse(can_revoke_share_link(actor, link))
    try:
        next_state(SHARE_LINK, state_of_link(link, now=now), "revoke")
    except NotAllowed:
        raise Conflict(_("This link has ended already.")) from None
    ended = ShareLink.objects.filter(pk=link.pk, revoked_at=None).update(
        revoked_at=now, version=link.version + 1
    )
    if not ended:
        raise Conflict(_("This link has ended already."))
    link.refresh_from_db(fields=["revoked_at", "version"])
    record("link.revoked", link.id, actor=actor, now=now, company_id=link.company_id)
    return link


def _check_end(expires_at: datetime, now: datetime) -> None:
    if not now < expires_at <= now + LONGEST:
        raise InvalidInput(
            "expires_at", "range", _("A link ends within 90 days. Choose a day from tomorrow on.")
        )
