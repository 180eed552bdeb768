"""Words about lists and schedules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from babel.dates import format_date
from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placet.carts.again import AgainRow
from placet.carts.models import Schedule
from placet.core.actor import Actor
from placet.orders.content import Content, ContentEnvelope
from placet.requisitions.models import Requisition
from placet.requisitions.occurrences import may_withdraw_envelope
from placet.requisitions.standing_words import problem_words
from placet.web.formats import percent, reader_locale
from placet.web.lists import page

register = template.Library()


@register.filter
def state_words(row: AgainRow) -> str:
    """Why a product cannot be ordered as it is; empty where it can."""
    return page.state_words(row)


@register.filter
def rhythm(schedule: Schedule) -> str:
    """How often it comes: "every 2 weeks"."""
    count = schedule.every_count
    if schedule.every == Schedule.Every.DAY:
        return ngettext("every day", "every %(n)d days", count) % {"n": count}
    if schedule.every == Schedule.Every.WEEK:
        return ngettext("every week", "every %(n)d weeks", count) % {"n": count}
    return ngettext("every month", "every %(n)d months", count) % {"n": count}


@register.filter
def why_paused(schedule: Schedule) -> str:
    """Why a schedule stands still, and what to do; for one that somebody paused, that."""
    if not schedule.problem:
        return _("Somebody paused it.")
    return problem_words(schedule.problem, schedule.problem_about)


@register.filter
def what_happened(occurrence: object) -> str:
    """Why an occurrence bought nothing."""
    problem, about = getattr(occurrence, "problem", ""), getattr(occurrence, "problem_about", [])
    return problem_words(problem, about) if problem else ""


@register.filter
def rise(envelope: ContentEnvelope) -> str:
    """How much higher a unit price may be: "5 %"."""
    return percent(Decimal(envelope.price_basis_points) / 10_000, 0 if _is_whole(envelope) else 2)


@register.filter
def until(envelope: ContentEnvelope) -> str:
    """The last day of an envelope."""
    return str(format_date(date.fromisoformat(envelope.until_on), "d MMM y", reader_locale()))


def _is_whole(envelope: ContentEnvelope) -> bool:
    return envelope.price_basis_points % 100 == 0


@register.simple_tag
def may_take_back(actor: Actor, requisition: Requisition, content: Content) -> bool:
    """Whether the reader may take back what the approvals of a purchase cover later."""
    return may_withdraw_envelope(actor, requisition, content)


@register.filter
def allowed_rise(schedule: Schedule) -> str:
    """How much a unit price may rise before a schedule pauses: "5 %"."""
    points = schedule.envelope_price_basis_points
    return percent(Decimal(points) / 10_000, 0 if points % 100 == 0 else 2)
