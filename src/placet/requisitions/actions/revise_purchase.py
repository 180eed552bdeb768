"""The shop posts the purchase again: it becomes the next revision of its requisition."""

from __future__ import annotations

from datetime import datetime

from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.orders.lifecycle import lock_order
from placet.requisitions.actions.revise_requisition import prepare_revision, put_revision
from placet.requisitions.changing import find_changed
from placet.requisitions.confirming import require_possible, require_shown
from placet.requisitions.lifecycle import lock_requisition
from placet.requisitions.models import Requisition, RevisionOrigin
from placet.requisitions.permissions import can_be_revised
from placet.requisitions.posting.acting import act_as, hold_sides
from placet.requisitions.posting.complete import checked_address
from placet.requisitions.posting.planning import make_next, refuse_others
from placet.requisitions.posting.telling import in_words_for
from placet.requisitions.posting.values import PostedPurchase
from placet.requisitions.submission import require_justification, require_warnings_read

EDITED = RevisionOrigin.Cause.EDITED


@transaction
def revise_purchase(
    requisition: Requisition,
    *,
    posted: PostedPurchase,
    shop_url: str = "",
    plan_hash: str,
    warnings_read: bool = False,
    actor: Actor,
    now: datetime,
) -> Requisition:
    """Plan the full new content of the shop and let it take the place of the current revision.

    Of what was ordered it becomes a change, as an edit in the portal does. ``plan_hash`` is what
    ``plan_posted_revision`` showed: plan, content, and what is kept, reset and new. Raises as
    ``post_purchase`` does, and ``Conflict`` once it has ended.
    """
    refuse_others(actor, requisition)
    hold_sides(actor, requisition.requester)
    locked = lock_requisition(requisition.pk)
    member = locked.requester
    acting = act_as(actor, member)
    address = checked_address(shop_url, actor)
    changed = find_changed(locked)
    if changed is not None:
        lock_order(changed.pk)
    refusal = can_be_revised(locked)
    if refusal is not None:
        raise Conflict(refusal.sentence)
    with in_words_for(actor, member, now):
        made = make_next(locked, posted, actor=actor, now=now)
        following = prepare_revision(
            locked, cart=made.cart, priced=made.priced, cause=EDITED, actor=acting, now=now
        )
        require_shown(following, plan_hash)
        require_possible(following)
        require_justification(made.cart, following.planned)
        require_warnings_read(following.planned, warnings_read)
        put_revision(locked, following=following, cause=EDITED, actor=acting, now=now)
    if address:
        Requisition.objects.filter(pk=locked.pk).update(shop_url=address)
    return locked
