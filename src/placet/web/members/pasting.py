"""A list of people as it is pasted: a line each, with a report of the lines that cannot be.

A line is ``email, name, unit, roles``, as a spreadsheet or a person writes it: commas, semicolons
or tabs between the fields, a unit and a role by name or by code, several roles one after another,
and ``role@unit`` for a role that holds for that unit and below.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from placet.companies.models import Member, Role, Unit
from placet.companies.permissions import MEMBER_MANAGE
from placet.core.actor import Actor
from placet.requisitions.actions.invite_members import Invitation, Place
from placet.web.members.choices import list_grantable_roles
from placet.web.members.reach import is_household, list_units_of

HEADS: Final = frozenset({"email", "e-mail", "mail"})
SIGNS: Final = "\t;,"


class PastedRow(NamedTuple):
    """One line with what it was understood as; ``fault`` says why it cannot be."""

    number: int
    email: str
    name: str
    unit: str
    roles: str
    fault: str
    invitation: Invitation | None


class Known(NamedTuple):
    """What the lines may name, by name and code in small letters."""

    units: Mapping[str, Unit]
    roles: Mapping[str, Role]
    root: Unit | None
    addresses: frozenset[str]
    is_family: bool


def read_rows(actor: Actor, text: str) -> list[PastedRow]:
    """The lines of a text, each with the first thing that is wrong with it."""
    known = load_known(actor)
    seen: set[str] = set()
    rows = []
    for number, fields in enumerate(_lines(text), start=1):
        row = _read_row(number, fields, known, seen)
        seen.add(row.email.lower())
        rows.append(row)
    return rows


def load_known(actor: Actor) -> Known:
    """The units and roles that the actor may place people in; four queries."""
    units = list_units_of(actor, MEMBER_MANAGE)
    named = {name.casefold(): unit for unit in units for name in (unit.name, unit.code) if name}
    roles = list_grantable_roles(actor)
    members = Member.objects.filter(company_id=actor.company_id)
    return Known(
        named,
        {name.casefold(): role for role in roles for name in (role.name, role.key)},
        next((unit for unit in units if unit.parent_id is None), None),
        frozenset(address.lower() for address in members.values_list("user__email", flat=True)),
        is_household(actor),
    )


def with_faults(rows: Sequence[PastedRow], faults: Mapping[int, str]) -> list[PastedRow]:
    """The rows with what the action says of them, by number."""
    return [row._replace(fault=faults.get(row.number, row.fault)) for row in rows]


def _lines(text: str) -> Iterator[list[str]]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for index, line in enumerate(lines):
        # The sign that comes first separates fields; a later one stands between roles.
        sign = min((one for one in SIGNS if one in line), key=line.index, default=",")
        fields = [field.strip() for field in next(csv.reader([line], delimiter=sign), [])]
        if fields and not (index == 0 and fields[0].casefold() in HEADS):
            yield fields


def _read_row(number: int, fields: Sequence[str], known: Known, seen: set[str]) -> PastedRow:
    email, name, unit_name, *rest = (*fields, "", "", "")
    if known.is_family:
        # A family has one unit, which nobody writes down.
        rest, unit_name = [unit_name, *rest], ""
    roles = [word.strip() for field in rest for word in _cut(field)]
    row = PastedRow(number, email, name, unit_name, ", ".join(filter(None, roles)), "", None)
    if not email or not name:
        return row._replace(fault=_("A line has at least an address and a name."))
    if email.lower() in seen:
        return row._replace(fault=_("This address stands in a line above."))
    if email.lower() in known.addresses:
        return row._replace(fault=_("Is a member already."))
    unit = known.units.get(unit_name.casefold()) if unit_name else known.root
    if unit is None:
        fault = _("You manage no unit “%(unit)s”.") if unit_name else _("Say the unit.")
        return row._replace(fault=fault % {"unit": unit_name} if unit_name else fault)
    places = []
    for word in filter(None, roles):
        place = _place(word, known)
        if place is None:
            return row._replace(fault=_("You cannot give a role “%(role)s”.") % {"role": word})
        places.append(place)
    return row._replace(unit=unit.name, invitation=Invitation(email, name, unit, tuple(places)))


def _cut(field: str) -> list[str]:
    for sign in ";+|":
        field = field.replace(sign, ",")
    return field.split(",")


def _place(word: str, known: Known) -> Place | None:
    """A role for the company, or with ``@`` for a unit."""
    name, sign, unit_name = word.partition("@")
    role = known.roles.get(name.strip().casefold())
    unit = known.units.get(unit_name.strip().casefold()) if sign else None
    if role is None or (sign and unit is None):
        return None
    return Place(role, unit)
