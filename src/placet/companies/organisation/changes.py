"""A member changes: unit, manager, title, language, zone, and the id that another system knows."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, Final, TypedDict, Unpack
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.utils.translation import gettext as _

from placet.companies.changing import update_row
from placet.companies.models import Member, Unit
from placet.companies.permissions import MEMBER_MANAGE, can_favour, can_manage_member, require
from placet.companies.refusals import refuse, refuse_foreign
from placet.companies.working_time import check_working_time
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record

MOST_MANAGERS: Final = 20
LONGEST: Final = {"title": 120, "external_id": 100}


class MemberChanges(TypedDict, total=False):
    """What may be changed; what is left out stays. ``manager`` may be ``None``: nobody.

    Working days and hours that are ``None`` are the company's.
    """

    unit: Unit
    manager: Member | None
    title: str
    language: str
    time_zone: str
    external_id: str
    working_days: list[int] | None
    work_starts: time | None
    work_ends: time | None


@transaction
def change_member(
    member: Member,
    *,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    **changes: Unpack[MemberChanges],
) -> Member:
    """Change a membership: the one function that a form, the API and a directory call.

    Nobody changes their own (language and zone are settings of one's own, see
    ``change_own_settings``). Raises ``InvalidInput`` for a unit that is closed or foreign and for a
    manager in a circle, ``Conflict`` for another ``version``.
    """
    refuse_foreign(actor, member.company_id)
    refuse(can_manage_member(actor, member))
    _check_unit(actor, member, changes.get("unit"))
    _check_manager(actor, member, changes.get("manager"))
    _check_texts(changes)
    check_working_time(changes, member)
    update_row(member, version, **changes)
    record(
        "member.changed",
        member.id,
        actor=actor,
        now=now,
        company_id=member.company_id,
        fields=sorted(changes),
        unit=member.unit_id,
        manager=member.manager_id or "",
    )
    return member


def _check_unit(actor: Actor, member: Member, unit: Unit | None) -> None:
    if unit is None:
        return
    if unit.company_id != member.company_id or unit.closed_at is not None:
        raise InvalidInput("unit", "foreign", _("The unit is not one of this company."))
    require(actor, MEMBER_MANAGE, unit.path)


def _check_manager(actor: Actor, member: Member, manager: Member | None) -> None:
    """A manager is an active colleague who does not, at any height, report to the member."""
    if manager is None:
        return
    refuse(can_favour(actor, manager))
    if manager.company_id != member.company_id or manager.status != Member.Status.ACTIVE:
        raise InvalidInput("manager", "not_active", _("A manager is an active colleague."))
    above: Member | None = manager
    for _height in range(MOST_MANAGERS + 1):
        if above is None:
            return
        if above.pk == member.pk:
            break
        above = above.manager
    raise InvalidInput("manager", "circle", _("This would make the managers a circle."))


def _check_texts(changes: Any) -> None:
    language = changes.get("language")
    if language is not None and language not in dict(settings.LANGUAGES):
        raise InvalidInput("language", "language", _("This language is not offered."))
    zone = changes.get("time_zone")
    if zone is not None:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise InvalidInput("time_zone", "time_zone", _("This zone does not exist.")) from error
    for name, longest in LONGEST.items():
        if len(changes.get(name, "")) > longest:
            raise InvalidInput(name, "too_long", _("This is too long."))
