"""A purchase that was never a cart is submitted: by a shop of the merchant's, or by a program."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from placet.companies.models import Member
from placet.core import ids
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction, undoable
from placet.requisitions.actions.advance_requisition import advance_requisition
from placet.requisitions.first_revision import plan_first, put_first
from placet.requisitions.models import Requisition
from placet.requisitions.posting.acting import act_as, hold_sides
from placet.requisitions.posting.complete import checked_address, make_complete
from placet.requisitions.posting.telling import in_words_for
from placet.requisitions.posting.values import PostedPurchase


class AlreadyPosted(Conflict):
    """The purchase of this external id is there; ``facts['requisition']`` is its id."""

    code = "external_id_taken"


@transaction
def post_purchase(
    posted: PostedPurchase,
    *,
    member: Member,
    external_id: str,
    shop_url: str = "",
    plan_hash: str,
    warnings_read: bool = False,
    actor: Actor,
    now: datetime,
) -> Requisition:
    """Freeze what was posted and send it on its way, exactly as a cart of the member's.

    ``plan_hash`` is what ``plan_posted`` showed. ``external_id`` names a shop's purchase, or one of
    the company's own programs, once and for all, and ``shop_url`` is where it is changed. Raises as
    ``submit_cart`` does (to a shop without any word of the customer's), and ``AlreadyPosted``.
    """
    hold_sides(actor, member)
    acting = act_as(actor, member)
    external_id = _checked_id(external_id, actor)
    address = checked_address(shop_url, actor)
    _refuse_twice(member, external_id, actor)
    with in_words_for(actor, member, now):
        made = make_complete(posted, member=member, actor=actor, now=now)
        requisition_id = ids.new_id("req")
        planned = plan_first(
            requisition_id,
            made.cart,
            made.priced,
            plan_hash=plan_hash,
            warnings_read=warnings_read,
            actor=acting,
            now=now,
        )
        try:
            with undoable():
                requisition = put_first(
                    requisition_id,
                    made.cart,
                    planned,
                    origin={
                        "external_id": external_id,
                        "is_from_shop": actor.is_merchant,
                        "shop_url": address,
                    },
                    actor=acting,
                    now=now,
                )
        except IntegrityError:
            # Two posts of one purchase at once: whoever comes second is told of the first.
            _refuse_twice(member, external_id, actor)
            raise
        advance_requisition(requisition, actor=acting, now=now)
    return requisition


def _checked_id(external_id: str, actor: Actor) -> str:
    wanted = external_id.strip()
    if actor.is_merchant and not wanted:
        said = _("Say what the shop calls this purchase: that is how both know it.")
        raise InvalidInput("external_id", "required", said)
    if len(wanted) > 100 or not wanted.isprintable():
        raise InvalidInput("external_id", "too_long", _("An id has at most 100 characters."))
    return wanted


def _refuse_twice(member: Member, external_id: str, actor: Actor) -> None:
    """A shop's carts and the ids of the company's own programs are two worlds: neither hears here
    of the other's, nor can it take an id of the other's away.
    """
    if not external_id:
        return
    found = Requisition.objects.filter(
        company_id=member.company_id, is_from_shop=actor.is_merchant, external_id=external_id
    ).first()
    if found is not None:
        said = _("“%(id)s” is %(number)s already.")
        raise AlreadyPosted(
            said % {"id": external_id, "number": found.number}, requisition=found.pk
        )
