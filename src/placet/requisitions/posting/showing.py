"""The whole plan of what a shop posted, for the member whose purchase it would be.

The address carries the purchase itself, signed: nothing is written by a dry run, so there is no row
to name. It is short-lived, and of use to nobody but the member, signed in.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from django.core import signing
from django.utils.translation import gettext as _

from placet.companies.models import Member
from placet.core.actor import Actor
from placet.core.errors import InvalidInput, NotFound
from placet.plans.planner import CannotBePlanned, CartPlan, plan_cart
from placet.policy.codec import from_json, to_json
from placet.requisitions.posting.complete import require_all
from placet.requisitions.posting.making import Made, make_purchase
from placet.requisitions.posting.values import PostedPurchase

LIFETIME: Final = timedelta(minutes=15)
LONGEST: Final = 3_500
"""Servers take addresses of about 4,000 characters: a longer purchase is shown without one."""
SALT: Final = "placet.shop_plan"


class ShownToMember(NamedTuple):
    """A purchase with its plan; ``back`` is the address in the shop, or nothing."""

    made: Made
    planned: CartPlan
    back: str

    @property
    def back_host(self) -> str:
        """Whose address that is, as it is shown beside the way back."""
        return urlsplit(self.back).netloc


def token_of_plan(posted: PostedPurchase, member: Member, *, back: str = "", now: datetime) -> str:
    """What stands in the address; nothing where it would be too long.

    ``back`` is a checked address of the shop: signed with the rest, it is nobody else's to choose.
    """
    told = [member.pk, (now + LIFETIME).isoformat(), to_json(posted), back]
    token = signing.dumps(told, salt=SALT, compress=True)
    return token if len(token) <= LONGEST else ""


def read_plan(token: str, *, actor: Actor, now: datetime) -> ShownToMember:
    """The purchase and its plan of this moment; ``NotFound`` for everybody but the member.

    Where it no longer fits, a place was closed say, there is no such plan any more either.
    """
    missing = NotFound(_("This address has run out. Your shop can show you the plan again."))
    try:
        # A token of the version before has no way back.
        member_id, until, stored, *rest = signing.loads(token, salt=SALT)
        posted = from_json(PostedPurchase, stored)
    except signing.BadSignature as error:
        raise missing from error
    if member_id != actor.member_id or datetime.fromisoformat(until) <= now:
        raise missing
    member = Member.objects.select_related("user", "unit", "company").get(pk=member_id)
    try:
        made = make_purchase(posted, member=member, is_from_shop=True, actor=actor, now=now)
        require_all(made.cart, made.priced)
        # It comes in as the shop's, through the API, wherever it is looked at.
        planned = plan_cart(made.cart, made.priced, actor=replace(actor, channel="api"), now=now)
    except (InvalidInput, CannotBePlanned) as error:
        said = _("This plan holds no more. %(why)s Your shop can show you the new one.")
        raise NotFound(said % {"why": error.detail}) from error
    return ShownToMember(made, planned, rest[0] if rest else "")
