"""A unit is closed once nothing lives in it any more."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from placet.companies.models import Member, Unit
from placet.companies.permissions import UNIT_MANAGE, require
from placet.companies.refusals import refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.events.record import record

NAMED = 5


class UnitInUse(Conflict):
    """Something lives in the unit; ``facts`` say which: members, units or requisitions."""

    code = "unit_in_use"


@transaction
def close_unit(unit: Unit, *, actor: Actor, now: datetime) -> Unit:
    """Close a unit without members and without units below it; its history stays.

    Raises ``UnitInUse`` with those who are there, ``Conflict`` for the company's root.
    """
    refuse_foreign(actor, unit.company_id)
    require(actor, UNIT_MANAGE, unit.path)
    if unit.parent_id is None:
        raise Conflict(_("The company itself is not closed."))
    _refuse_in_use(unit)
    closed = Unit.objects.filter(pk=unit.pk, closed_at=None)
    if not closed.update(closed_at=now, version=F("version") + 1):
        raise Conflict(_("This unit was closed already."))
    unit.refresh_from_db()
    record("unit.closed", unit.id, actor=actor, now=now, company_id=unit.company_id)
    return unit


def _refuse_in_use(unit: Unit) -> None:
    members = Member.objects.filter(unit=unit, status=Member.Status.ACTIVE)
    people = list(members.order_by("user__name").values_list("user__name", flat=True)[:NAMED])
    if people:
        raise UnitInUse(
            _("Still there: %(who)s. Move them to another unit first.")
            % {"who": ", ".join(people)},
            members=people,
        )
    below = Unit.objects.filter(parent=unit, closed_at=None)
    names = list(below.order_by("name").values_list("name", flat=True)[:NAMED])
    if names:
        raise UnitInUse(
            _("Below it are still: %(units)s.") % {"units": ", ".join(names)}, units=names
        )
