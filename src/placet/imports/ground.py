"""What rows name: units by code or path of names, members by address, roles, cost centres.

Everything is of the actor's company and read once. What a row makes is added, so that the rows
after it find it.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from placet.companies.models import Company, CostCenter, Member, Role, Unit
from placet.core.actor import Actor
from placet.core.errors import InvalidInput

SEPARATOR = " / "


class Ground:
    """The company of an import as its rows see it."""

    def __init__(self, actor: Actor, now: datetime) -> None:
        self.actor, self.now = actor, now
        self._members: dict[str, Member | None] = {}
        self.touched: set[str] = set()
        """Ids of what rows before were about."""
        self.is_restaffed = True
        self.skus: frozenset[str] = frozenset()
        """Those that stand in any row of the file."""
        self.ids: frozenset[str] = frozenset()
        """What the import that is being taken back was about."""
        self.said: set[str] = set()
        """What rows have stated, however they wrote it."""
        self.links: list[tuple[str, str]] = []
        """Product and substitute by SKU, where the substitute's row comes later."""

    @property
    def at(self) -> dict[str, Any]:
        """By whom and when, for the actions."""
        return {"actor": self.actor, "now": self.now}

    @cached_property
    def company(self) -> Company:
        """The company."""
        return Company.objects.get(pk=self.actor.company_id)

    @property
    def zone(self) -> ZoneInfo:
        """Where its days begin and end."""
        return ZoneInfo(self.company.time_zone)

    @cached_property
    def units(self) -> dict[str, Unit]:
        """The open units by id."""
        found = Unit.objects.filter(company=self.company, closed_at=None).select_related("parent")
        return {unit.pk: unit for unit in found.order_by("path")}

    @cached_property
    def root(self) -> Unit:
        """The unit that is the whole company."""
        return next(unit for unit in self.units.values() if unit.parent_id is None)

    @cached_property
    def _named_units(self) -> dict[str, Unit]:
        """By code before path of names, and by a name alone where only one unit has it."""
        names = Counter(unit.name.casefold() for unit in self.units.values())
        named = {
            unit.name.casefold(): unit
            for unit in self.units.values()
            if names[unit.name.casefold()] == 1
        }
        for unit in self.units.values():
            named[self.path_name(unit).casefold()] = unit
        named |= {unit.code.casefold(): unit for unit in self.units.values() if unit.code}
        return named

    def path_name(self, unit: Unit) -> str:
        """The names from below the root down to a unit; the root goes by its own name."""
        ids = unit.path.strip("/").split("/")
        below = ids[1:] or ids
        return SEPARATOR.join(self.units[one].name for one in below if one in self.units)

    def name_of(self, unit: Unit | None) -> str:
        """How a unit is written in a file: its code, or the path of names where it has none."""
        if unit is None:
            return ""
        here = self.units.get(unit.pk, unit)
        return here.code or self.path_name(here)

    def add_unit(self, unit: Unit) -> None:
        """Let later rows find a unit that was made, moved or renamed."""
        self.units[unit.pk] = unit
        self.__dict__.pop("_named_units", None)

    def find_unit(self, text: str) -> Unit | None:
        """The unit of this code or path of names, if there is one."""
        return self._named_units.get(text.casefold())

    def unit(self, path: str, text: str) -> Unit:
        """The unit that a cell names; raises ``InvalidInput``."""
        found = self.find_unit(text)
        if found is None:
            raise InvalidInput(
                path, "unknown_unit", _("There is no unit “%(name)s”.") % {"name": text}
            )
        return found

    def find_member(self, email: str) -> Member | None:
        """The member with this address, deactivated ones too."""
        address = email.casefold()
        if address not in self._members:
            self._members[address] = (
                Member.objects.filter(company=self.company, user__email__iexact=address)
                .select_related("user", "unit", "manager__user")
                .first()
            )
        return self._members[address]

    def forget_member(self, email: str) -> None:
        """Read a member anew: a row made or changed them."""
        self._members.pop(email.casefold(), None)

    def member(self, path: str, email: str) -> Member:
        """The active member that a cell names by address; raises ``InvalidInput``."""
        found = self.find_member(email)
        if found is None or found.status != Member.Status.ACTIVE:
            raise InvalidInput(
                path,
                "unknown_member",
                _("No active member has the address “%(email)s”.") % {"email": email},
            )
        return found

    @cached_property
    def roles(self) -> dict[str, Role]:
        """The roles by key and by name."""
        roles = list(Role.objects.filter(company=self.company))
        return {role.name.casefold(): role for role in roles} | {role.key: role for role in roles}

    def role(self, path: str, text: str) -> Role:
        """The role that a cell names; raises ``InvalidInput``."""
        found = self.roles.get(text) or self.roles.get(text.casefold())
        if found is None:
            raise InvalidInput(
                path, "unknown_role", _("There is no role “%(name)s”.") % {"name": text}
            )
        return found

    def find_cost_center(self, code: str) -> CostCenter | None:
        """The cost centre of this code, closed ones too."""
        found = CostCenter.objects.filter(company=self.company, code=code)
        return found.select_related("unit", "owner__user").first()
