"""What somebody says about a schedule, checked once for every way in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from placet.carts.models import Schedule
from placet.companies.models import Address, Company
from placet.companies.queries import get_address, get_cost_center, list_purchase_fields
from placet.companies.references import checked_references
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.policy.money import LARGEST_AMOUNT_MINOR
from placet.policy.recurrence import MOST

LONGEST_ENVELOPE: Final = timedelta(days=366)
"""An approval covers later occurrences for a year at most."""
MOST_RISE: Final = 5_000
FAREST: Final = timedelta(days=2 * 366)


class ScheduleValues(NamedTuple):
    """When a list is bought again, and what each occurrence says above its lines.

    ``rise_basis_points`` is how much dearer a unit price may be before it pauses. The envelope is
    asked of the approvers where a total is stated: then ``envelope_until_on`` has to be, too.
    """

    kind: str
    every: str
    every_count: int
    starts_on: date
    ends_on: date | None = None
    ship_to_id: str = ""
    bill_to_id: str = ""
    cost_center_id: str = ""
    po_number: str = ""
    references: Mapping[str, str] = {}
    justification: str = ""
    rise_basis_points: int = 0
    envelope_total_minor: int | None = None
    envelope_until_on: date | None = None


def checked_columns(
    values: ScheduleValues, company: Company, *, actor: Actor, today: date
) -> dict[str, Any]:
    """The columns of these values; raises ``InvalidInput`` and, for places, ``NotFound``."""
    _check_days(values, today)
    columns: dict[str, Any] = {
        "kind": values.kind,
        "every": values.every,
        "every_count": values.every_count,
        "starts_on": values.starts_on,
        "ends_on": values.ends_on,
    }
    if values.kind == Schedule.Kind.REMINDER:
        return columns
    _check_envelope(values, today)
    return {
        **columns,
        "ship_to": _place(actor, values.ship_to_id, Address.Kind.SHIP_TO),
        "bill_to": _place(actor, values.bill_to_id, Address.Kind.BILL_TO),
        "cost_center": get_cost_center(actor, values.cost_center_id)
        if values.cost_center_id
        else None,
        "po_number": _po_number(values.po_number),
        "references": checked_references(
            list_purchase_fields(company.pk), values.references, is_complete=False
        ),
        "justification": _text(values.justification),
        "envelope_price_basis_points": values.rise_basis_points,
        "envelope_total_minor": values.envelope_total_minor,
        "envelope_until_on": values.envelope_until_on if values.envelope_total_minor else None,
    }


def _check_days(values: ScheduleValues, today: date) -> None:
    if values.kind not in Schedule.Kind.values:
        raise InvalidInput("kind", "choice", _("Choose a reminder or a standing requisition."))
    if values.every not in Schedule.Every.values:
        raise InvalidInput("every", "choice", _("Choose days, weeks or months."))
    if not 1 <= values.every_count <= MOST:
        sentence = _("Between %(least)d and %(most)d.") % {"least": 1, "most": MOST}
        raise InvalidInput("every_count", "range", sentence)
    if not today <= values.starts_on <= today + FAREST:
        raise InvalidInput("starts_on", "range", _("Choose a day from today on, within two years."))
    if values.ends_on is not None and values.ends_on < values.starts_on:
        raise InvalidInput("ends_on", "range", _("It cannot end before it begins."))


def _check_envelope(values: ScheduleValues, today: date) -> None:
    if not 0 <= values.rise_basis_points <= MOST_RISE:
        sentence = _("Between %(least)d and %(most)d.") % {"least": 0, "most": MOST_RISE // 100}
        raise InvalidInput("rise", "range", sentence)
    total = values.envelope_total_minor
    if total is None:
        return
    if not 1 <= total <= LARGEST_AMOUNT_MINOR:
        raise InvalidInput("envelope_total", "range", _("The amount is too large."))
    until = values.envelope_until_on
    if until is None or not today <= until <= today + LONGEST_ENVELOPE:
        raise InvalidInput(
            "envelope_until_on",
            "range",
            _("Say until when approvals may cover later occurrences: within twelve months."),
        )


def _place(actor: Actor, address_id: str, kind: str) -> Address | None:
    return get_address(actor, address_id, kind) if address_id else None


def _po_number(po_number: str) -> str:
    """Its form is that of the day on which it is used: each occurrence checks it."""
    wanted = po_number.strip()
    if len(wanted) > 60 or not wanted.isprintable():
        raise InvalidInput("po_number", "length", _("A PO number has 60 characters at most."))
    return wanted


def _text(text: str) -> str:
    wanted = text.strip()
    if len(wanted) > 2000 or "\x00" in wanted:
        raise InvalidInput("justification", "length", _("A reason has 2,000 characters at most."))
    return wanted
