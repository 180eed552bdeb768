"""Who schedules a list, and who stops what was scheduled.

A standing requisition acts for its owner, so nobody else changes it or lets it go on. Whoever keeps
the list, and the head of the owner's unit, may stop it: stopping buys nothing.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.carts.lists.permissions import can_manage_list, can_view_list
from placet.carts.models import PurchaseList, Schedule
from placet.companies.permissions import ORDER_SUBMIT, can_do
from placet.companies.refusals import Refusal
from placet.core.actor import Actor


def can_schedule_list(actor: Actor, wanted: PurchaseList, kind: str) -> Refusal | None:
    """Whether the actor may be reminded of a list, or have it bought again by itself."""
    refusal = can_view_list(actor, wanted)
    if refusal is not None:
        return refusal
    if wanted.archived_at is not None:
        return Refusal("archived", _("This list was put away."))
    if kind == Schedule.Kind.STANDING:
        return can_do(actor, ORDER_SUBMIT, actor.unit_path)
    return None


def can_change_schedule(actor: Actor, schedule: Schedule) -> Refusal | None:
    """Whether the actor may change the schedule, skip an occurrence, or let it go on."""
    if schedule.owner_id != actor.member_id or schedule.company_id != actor.company_id:
        sentence = _("Only %(owner)s can do this: it acts for them.")
        return Refusal("owner_only", sentence % {"owner": schedule.owner.user.name})
    return None


def can_stop_schedule(actor: Actor, schedule: Schedule) -> Refusal | None:
    """Whether the actor may pause or end the schedule."""
    if can_change_schedule(actor, schedule) is None or actor.is_system:
        return None
    is_head = schedule.owner.unit.head_id == actor.member_id and bool(actor.member_id)
    if schedule.company_id == actor.company_id and (
        is_head or can_manage_list(actor, schedule.purchase_list) is None
    ):
        return None
    sentence = _("Only %(owner)s, who keeps the list, and the head of their unit can do this.")
    return Refusal("owner_only", sentence % {"owner": schedule.owner.user.name})
