"""A list begins, gets another name, another owner, is put away and taken out again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from placet.carts.lists.changing import (
    begin_list_change,
    checked_list_name,
    checked_text,
    touch_list,
)
from placet.carts.lists.permissions import can_keep_list, can_manage_list
from placet.carts.models import ListGrant, PurchaseList, Schedule
from placet.companies.holding import hold_actor
from placet.companies.models import Member, Unit
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record

LONGEST_NOTE = 2000


@transaction
def create_list(
    name: str,
    *,
    scope: str = PurchaseList.Scope.PERSONAL,
    unit: Unit | None = None,
    note: str = "",
    actor: Actor,
    now: datetime,
) -> PurchaseList:
    """Begin a list of one's own, of a unit, or of the company.

    Raises ``Forbidden`` for a scope that the actor may not keep a list for.
    """
    if scope not in PurchaseList.Scope.values:
        raise InvalidInput("scope", "choice", _("A list is personal, a unit's or the company's."))
    if scope == PurchaseList.Scope.UNIT and unit is None:
        raise InvalidInput("unit", "required", _("Say whose list it is to be."))
    if unit is not None:
        refuse_foreign(actor, unit.company_id)
    kept_unit = unit if scope == PurchaseList.Scope.UNIT else None
    refuse(can_keep_list(actor, scope, kept_unit))
    hold_actor(actor)
    made = PurchaseList.objects.create(
        created_at=now,
        changed_at=now,
        company_id=actor.company_id,
        owner_id=actor.member_id,
        scope=scope,
        unit=kept_unit,
        name=checked_list_name(name),
        note=checked_text("note", note, LONGEST_NOTE),
    )
    record(
        "list.created",
        made.pk,
        actor=actor,
        now=now,
        scope=scope,
        unit=made.unit_id or "",
        private={"name": made.name},
    )
    return made


@transaction
def describe_list(
    wanted: PurchaseList,
    *,
    name: str | None = None,
    note: str | None = None,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> PurchaseList:
    """Give the list another name or note; what is not named stays."""
    changes = {}
    if name is not None:
        changes["name"] = checked_list_name(name)
    if note is not None:
        changes["note"] = checked_text("note", note, LONGEST_NOTE)
    begin_list_change(wanted, actor=actor, now=now, version=version)
    PurchaseList.objects.filter(pk=wanted.pk).update(**changes)
    for field, value in changes.items():
        setattr(wanted, field, value)
    _record(wanted, "list.described", actor, now, changed=sorted(changes))
    return wanted


@transaction
def archive_list(wanted: PurchaseList, *, actor: Actor, now: datetime) -> PurchaseList:
    """Put the list away; what is scheduled from it ends."""
    refuse_foreign(actor, wanted.company_id)
    hold_actor(actor)
    refuse(can_manage_list(actor, wanted))
    touch_list(wanted, now=now)
    PurchaseList.objects.filter(pk=wanted.pk).update(archived_at=now)
    wanted.archived_at = now
    Schedule.objects.filter(purchase_list=wanted).exclude(status=Schedule.Status.ENDED).update(
        status=Schedule.Status.ENDED, version=F("version") + 1, changed_at=now
    )
    _record(wanted, "list.archived", actor, now)
    return wanted


@transaction
def restore_list(wanted: PurchaseList, *, actor: Actor, now: datetime) -> PurchaseList:
    """Take a list out again that was put away."""
    refuse_foreign(actor, wanted.company_id)
    hold_actor(actor)
    refuse(can_manage_list(actor, wanted))
    touch_list(wanted, now=now, is_archived=True)
    PurchaseList.objects.filter(pk=wanted.pk).update(archived_at=None)
    wanted.archived_at = None
    _record(wanted, "list.restored", actor, now)
    return wanted


@transaction
def give_list(wanted: PurchaseList, *, member: Member, actor: Actor, now: datetime) -> PurchaseList:
    """Make a colleague the owner; whoever had it keeps the right to edit it.

    Standing requisitions of the list stay with whom they act for, and pause when that is nobody.
    """
    refuse_foreign(actor, wanted.company_id, member.company_id)
    hold_actor(actor)
    refuse(can_manage_list(actor, wanted))
    if member.status != Member.Status.ACTIVE:
        raise InvalidInput("member", "not_active", _("Only active colleagues can own a list."))
    if member.pk == wanted.owner_id:
        raise Conflict(_("This is the owner of the list."))
    touch_list(wanted, now=now)
    former = wanted.owner_id
    ListGrant.objects.filter(purchase_list=wanted, member=member).delete()
    ListGrant.objects.update_or_create(
        purchase_list=wanted,
        member_id=former,
        defaults={"level": "edit"},
        create_defaults={"level": "edit", "created_at": now},
    )
    PurchaseList.objects.filter(pk=wanted.pk).update(owner=member)
    wanted.owner = member
    _record(wanted, "list.given", actor, now, member=member.pk, former=former)
    return wanted


def _record(wanted: PurchaseList, kind: str, actor: Actor, now: datetime, **payload: Any) -> None:
    record(kind, wanted.pk, actor=actor, now=now, company_id=wanted.company_id, **payload)
