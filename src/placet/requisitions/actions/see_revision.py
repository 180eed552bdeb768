"""Somebody looks at a purchase: from now on "changed since" means since this revision."""

from __future__ import annotations

from datetime import datetime

from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.requisitions.models import Decision, Requisition, Revision, RevisionSeen


def see_revision(requisition: Requisition, *, actor: Actor, now: datetime) -> Revision | None:
    """Note that the actor looks at the current revision; a row of access, so no event.

    The answer is the revision that the page compares with: the one that they decided about last,
    else the one that they looked at last; nothing where that is the current one, or none.
    """
    row = RevisionSeen.objects.filter(requisition=requisition, member_id=actor.member_id)
    seen = row.select_related("revision").first()
    if seen is None or seen.revision_id != requisition.revision_id:
        _note(requisition, actor=actor, now=now)
    decided = (
        Decision.objects.filter(step__requisition=requisition, member_id=actor.member_id)
        .select_related("revision")
        .order_by("-created_at", "-pk")
        .first()
    )
    before = decided.revision if decided else seen.revision if seen else None
    return before if before and before.pk != requisition.revision_id else None


@transaction
def _note(requisition: Requisition, *, actor: Actor, now: datetime) -> None:
    RevisionSeen.objects.bulk_create(
        [
            RevisionSeen(
                requisition=requisition,
                member_id=actor.member_id,
                revision_id=requisition.revision_id,
                seen_at=now,
            )
        ],
        update_conflicts=True,
        unique_fields=["requisition", "member"],
        update_fields=["revision", "seen_at"],
    )
