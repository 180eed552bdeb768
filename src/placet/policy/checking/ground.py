"""The organisation as the checks see it: everybody, where a plan knows only whom it may ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from placet.policy.facts import (
    UNRESTRICTED,
    Company,
    Grant,
    Organisation,
    Person,
    Requester,
    Unit,
)
from placet.policy.money import Rate


class Held(NamedTuple):
    """A role that a member holds for a unit and below; an empty path is the whole company."""

    role: str
    permissions: frozenset[str]
    member: str
    unit_path: str


@dataclass(frozen=True)
class Ground:
    """All of a company, and the merchant's staff, at one moment.

    `people` are active, by member id; `names` has everybody of the company, gone or not. Absences
    and delegations are left out: a rulebook must hold whoever is on holiday.
    """

    now: datetime
    company: Company
    rates: Mapping[tuple[str, str], Rate]
    people: Mapping[str, Person]
    names: Mapping[str, str]
    units: Mapping[str, Unit]  # by path
    held: tuple[Held, ...]
    roles: frozenset[str]  # all roles that exist, held or not
    managers: Mapping[str, str]
    admins: tuple[str, ...]
    cost_centre_owners: Mapping[str, str]
    category_owners: Mapping[str, str]
    merchant_roles: Mapping[str, tuple[str, ...]]  # all of them, held or not
    merchant_owners: tuple[str, ...]
    _organisations: dict[str, Organisation] = field(
        init=False, default_factory=dict, repr=False, compare=False
    )

    def organisation(self, unit_path: str) -> Organisation:
        """What a plan for somebody of this unit would know; made once a unit."""
        found = self._organisations.get(unit_path)
        if found is None:
            found = self._organisations[unit_path] = self._organisation(unit_path)
        return found

    def _organisation(self, unit_path: str) -> Organisation:
        return Organisation(
            people=self.people,
            units=tuple(self._path(unit_path)),
            roles=self._roles,
            permissions=self._permissions,
            managers=self.managers,
            admins=self.admins,
            cost_centre_owners=self.cost_centre_owners,
            category_owners=self.category_owners,
            merchant_roles=self.merchant_roles,
            merchant_owners=self.merchant_owners,
            delegations=(),
            absences=(),
        )

    @cached_property
    def _roles(self) -> tuple[Grant, ...]:
        return tuple(Grant(held.role, held.member, held.unit_path) for held in self.held)

    @cached_property
    def _permissions(self) -> tuple[Grant, ...]:
        return tuple(
            Grant(permission, held.member, held.unit_path)
            for held in self.held
            for permission in sorted(held.permissions)
        )

    @cached_property
    def _held_by(self) -> Mapping[str, list[Held]]:
        by_member: dict[str, list[Held]] = {}
        for one in self.held:
            by_member.setdefault(one.member, []).append(one)
        return by_member

    def _path(self, unit_path: str) -> Iterator[Unit]:
        parts = unit_path.split("/")
        for count in range(1, len(parts) + 1):
            unit = self.units.get("/".join(parts[:count]))
            if unit is not None:
                yield unit

    def requester(self, member: str) -> Requester:
        """A member as requester for their own unit, with no limit of their own."""
        person = self.people[member]
        above = ("", *(unit.path for unit in self._path(person.unit_path)))
        held = [one for one in self._held_by.get(member, ()) if one.unit_path in above]
        return Requester(
            person=person,
            roles=frozenset(one.role for one in held),
            permissions=frozenset(p for one in held for p in one.permissions),
            limit=UNRESTRICTED,
            uses=(),
        )
