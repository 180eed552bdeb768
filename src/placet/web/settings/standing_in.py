"""Who would get this: what becomes of somebody's steps while they are away, said beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placet.companies.models import Absence, Member, Unit
from placet.companies.standing_in import list_absences_within, who_would_get
from placet.requisitions.models import Step, StepAssignment
from placet.web import formats


class Wanted(NamedTuple):
    """An absence, or a delegation alone, that is not written yet."""

    starts_at: datetime
    ends_at: datetime
    is_away: bool
    delegate: Member | None = None
    cap: str = ""
    unit: Unit | None = None


class Preview(NamedTuple):
    """The answer in sentences; warnings say when nobody of these is there."""

    asked: list[str]
    warnings: list[str]
    waiting: str


def preview_standing_in(member: Member, wanted: Wanted, *, now: datetime) -> Preview:
    """What would happen with what ``member`` is asked, if this were set."""
    at = max(wanted.starts_at, now)
    there = [one.member for one in who_would_get(member, at=at).deputies]
    people = [one for one in [wanted.delegate, *there] if one is not None]
    asked = [_asked_new(wanted)] if wanted.delegate else []
    asked += [
        _("%(name)s is asked too: that was said already.") % {"name": one.user.name}
        for one in there
        if wanted.delegate is None or one.pk != wanted.delegate.pk
    ]
    warnings = [warning for one in people for warning in _away_too(one, wanted, now)]
    if wanted.is_away and not people:
        asked.append(_goes_up(member))
    elif warnings:
        asked.append(_("While they are away as well: %(next)s") % {"next": _goes_up(member)})
    return Preview(asked, warnings, _waiting(member, wanted, now))


def warn_of_gaps(member: Member, absences: Sequence[Absence], *, now: datetime) -> list[str]:
    """A sentence for each absence during which nobody stands in, or whoever does is away too."""
    found = []
    for absence in absences:
        span = Wanted(absence.starts_at, absence.ends_at, is_away=True)
        deputies = who_would_get(member, at=max(absence.starts_at, now)).deputies
        found += [text for one in deputies for text in _away_too(one.member, span, now)]
    return found


def _asked_new(wanted: Wanted) -> str:
    assert wanted.delegate is not None
    name = wanted.delegate.user.name
    if wanted.cap and wanted.unit:
        text = _("%(name)s is asked, for purchases of %(unit)s and below, up to %(cap)s an order.")
    elif wanted.cap:
        text = _("%(name)s is asked, up to %(cap)s an order.")
    elif wanted.unit:
        text = _("%(name)s is asked, for purchases of %(unit)s and below.")
    else:
        text = _("%(name)s is asked.")
    said = text % {"name": name, "cap": wanted.cap, "unit": wanted.unit and wanted.unit.name}
    own = _("Never about what %(name)s ordered: then the next whom the rules name.")
    return said + " " + own % {"name": name}


def _away_too(deputy: Member, wanted: Wanted, now: datetime) -> list[str]:
    zone = ZoneInfo(deputy.time_zone)
    return [
        _("%(name)s is away too, %(start)s to %(end)s.")
        % {
            "name": deputy.user.name,
            "start": formats.when(start, now=now, zone=zone),
            "end": formats.when(end, now=now, zone=zone),
        }
        for start, end in list_absences_within(
            deputy, starts_at=wanted.starts_at, ends_at=wanted.ends_at
        )
    ]


def _goes_up(member: Member) -> str:
    """Who is next, nearest first: the rules' other people, a head above, the admins."""
    above = member.unit.path.strip("/").split("/")
    heads = Unit.objects.filter(pk__in=above, head__isnull=False).exclude(head=member)
    head = heads.select_related("head__user").order_by("-path").first()
    if head is None or head.head is None:
        return _("The next people whom the rules name are asked, then those who administer.")
    return _(
        "The next people whom the rules name are asked, then %(head)s, who heads %(unit)s, then"
        " those who administer."
    ) % {"head": head.head.user.name, "unit": head.name}


def _waiting(member: Member, wanted: Wanted, now: datetime) -> str:
    count = StepAssignment.objects.filter(
        member=member, is_open=True, step__status=Step.Status.PENDING
    ).count()
    if not count:
        return ""
    if wanted.is_away and wanted.starts_at <= now:
        text = ngettext("%(n)d open step moves at once.", "%(n)d open steps move at once.", count)
    else:
        text = ngettext("%(n)d step is open now.", "%(n)d steps are open now.", count)
    return text % {"n": count}
