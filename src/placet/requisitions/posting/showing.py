"""The whole plan of what a shop posted, for the member whose purchase it would be.

The address carries the purchase itself, signed: nothing is written by a dry run, so there is no row
to name. It is short-lived, and of use to nobody but the member, signed in.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from django.core import signing
from django.utils.translation import gettext as _

from placet.companies.models import Member
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.plans.frozen import day_of
from placet.plans.planner import CartPlan, plan_cart
from placet.policy.codec import to_json
from placet.requisitions.posting.making import Made, make_purchase
from placet.requisitions.posting.values import (
    PostedLine,
    PostedPart,
    PostedProduct,
    PostedPurchase,
    PostedShipping,
)

LIFETIME: Final = timedelta(minutes=15)
LONGEST: Final = 3_500
"""Servers take addresses of about 4,000 characters: a longer purchase is shown without one."""
SALT: Final = "placet.shop_plan"


class ShownToMember(NamedTuple):
    """A purchase with its plan."""

    made: Made
    planned: CartPlan


def token_of_plan(posted: PostedPurchase, member: Member, *, now: datetime) -> str:
    """What stands in the address; nothing where it would be too long."""
    told = [member.pk, (now + LIFETIME).isoformat(), to_json(posted)]
    token = signing.dumps(told, salt=SALT, compress=True)
    return token if len(token) <= LONGEST else ""


def read_plan(token: str, *, actor: Actor, now: datetime) -> ShownToMember:
    """The purchase and its plan of this moment; ``NotFound`` for everybody but the member.

    Raises ``InvalidInput`` and ``CannotBePlanned`` where it no longer fits.
    """
    missing = NotFound(_("This address has run out. Your shop can show you the plan again."))
    try:
        member_id, until, stored = signing.loads(token, salt=SALT)
        posted = _read(stored)
    except signing.BadSignature as error:
        raise missing from error
    if member_id != actor.member_id or datetime.fromisoformat(until) <= now:
        raise missing
    member = Member.objects.select_related("user", "unit", "company").get(pk=member_id)
    made = make_purchase(posted, member=member, is_from_shop=True, actor=actor, now=now)
    # It comes in as the shop's, through the API, wherever it is looked at.
    planned = plan_cart(made.cart, made.priced, actor=replace(actor, channel="api"), now=now)
    return ShownToMember(made, planned)


def _read(stored: dict[str, Any]) -> PostedPurchase:
    """What was signed, as it was."""
    lines = tuple(_read_line(line) for line in stored["lines"])
    shipping = tuple(PostedShipping(**one) for one in stored["shipping"])
    asked = day_of(stored["requested_on"] or "")
    return PostedPurchase(**{**stored, "lines": lines, "shipping": shipping, "requested_on": asked})


def _read_line(stored: dict[str, Any]) -> PostedLine:
    product = stored["stated"]
    parts = (
        PostedPart(**{**one, "need_by_on": day_of(one["need_by_on"] or "")})
        for one in stored["parts"]
    )
    return PostedLine(
        **{
            **stored,
            "stated": PostedProduct(**{**product, "tags": tuple(product["tags"])})
            if product
            else None,
            "need_by_on": day_of(stored["need_by_on"] or ""),
            "parts": tuple(parts),
        }
    )
