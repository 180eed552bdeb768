"""How the product speaks to a member, and when they work: their own to say."""

from __future__ import annotations

from datetime import datetime, time
from typing import TypedDict, Unpack

from placet.companies.changing import update_row
from placet.companies.models import Member
from placet.companies.permissions import MEMBER_MANAGE, require
from placet.companies.refusals import refuse_foreign
from placet.companies.validity import check_settings
from placet.companies.working_time import check_working_time
from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.events.record import record


class OwnHours(TypedDict, total=False):
    """Working days and hours of one's own; ``None`` are the company's."""

    working_days: list[int] | None
    work_starts: time | None
    work_ends: time | None


@transaction
def change_own_settings(
    member: Member,
    *,
    language: str,
    time_zone: str,
    actor: Actor,
    now: datetime,
    **hours: Unpack[OwnHours],
) -> Member:
    """One's own language, zone and working hours; anybody changes these for themselves."""
    if member.pk != actor.member_id:
        require(actor, MEMBER_MANAGE, member.unit.path)
    refuse_foreign(actor, member.company_id)
    check_settings({"language": language, "time_zone": time_zone})
    check_working_time(hours, member)
    update_row(member, None, language=language, time_zone=time_zone, **hours)
    record(
        "member.changed",
        member.id,
        actor=actor,
        now=now,
        company_id=member.company_id,
        fields=sorted(["language", "time_zone", *hours]),
    )
    return member
