"""Reading schedules: those of the lists that one may see."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from placet.carts.lists.permissions import can_view_list
from placet.carts.lists.sight import visible_lists
from placet.carts.models import PurchaseList, Schedule
from placet.carts.schedules.loading import with_people
from placet.core.actor import Actor
from placet.core.errors import NotFound


def get_schedule(actor: Actor, schedule_id: str) -> Schedule:
    """A schedule of a list within the actor's reach, or their own; raises ``NotFound``."""
    found = (
        with_people(Schedule.objects.filter(pk=schedule_id, company_id=actor.company_id))
        .prefetch_related("purchase_list__grants")
        .first()
    )
    if found is None or (
        found.owner_id != actor.member_id
        and found.owner.unit.head_id != actor.member_id
        and can_view_list(actor, found.purchase_list) is not None
    ):
        raise NotFound(_("There is no such schedule, or its list is not shared with you."))
    return found


def list_schedules(actor: Actor, wanted: PurchaseList | None = None) -> QuerySet[Schedule]:
    """What is scheduled of a list, or of every list that the actor may see; the next one first."""
    found = Schedule.objects.filter(company_id=actor.company_id)
    if wanted is not None:
        found = found.filter(purchase_list=wanted)
    else:
        visible = PurchaseList.objects.filter(visible_lists(actor))
        found = found.filter(purchase_list__in=visible.values("pk"))
    return with_people(found).order_by("due_at", "id")
