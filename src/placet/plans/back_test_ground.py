"""What stays as today in a back-test: the rules beside the tried ones, and the people.

All of it is loaded in a fixed number of queries, however many units or purchases there are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, Final, NamedTuple

from placet.companies.models import Unit
from placet.plans.checks import in_its_place
from placet.plans.ground import load_ground
from placet.policy import facts
from placet.policy.checking.ground import Ground
from placet.policy.rulebook import (
    CompiledRulebook,
    InvalidRulebook,
    UnreadableRulebook,
    compile_rulebook,
)
from placet.rulebooks.models import Rulebook, RulebookVersion

Book = CompiledRulebook | UnreadableRulebook
Books = tuple[Book, ...]

FREE: Final = compile_rulebook({"format": 1, "side": "buyer", "default": "free", "rules": []})
"""Stands for the buyer's rules where the merchant's are tried."""


class Shelf(NamedTuple):
    """A rulebook with where it holds."""

    rulebook: str
    unit: str | None
    inherits: bool
    book: Book


class Trial(NamedTuple):
    """The rulebooks that hold for one unit: as they are, and with the tried text in its place."""

    before: Books
    after: Books
    units: tuple[facts.Unit, ...]
    organisation: facts.Organisation


class BackTestGround:
    """The rules and people of today, by the unit of a purchase."""

    def __init__(
        self,
        rulebook: Rulebook,
        document: Mapping[str, Any],
        base_version: str,
        *,
        now: datetime,
        is_alone: bool = False,
    ) -> None:
        """``base_version`` is the published version to compare with; empty where there is none.

        ``is_alone`` leaves the company's other rulebooks out.
        """
        self.rulebook = rulebook
        self.is_buyers = rulebook.side == Rulebook.Side.BUYER
        self._ground: Ground = load_ground(rulebook.company_id, now=now)
        units = Unit.objects.filter(company_id=rulebook.company_id) if self.is_buyers else ()
        self._paths = {unit.pk: unit.path.strip("/") for unit in units}
        self._names = {unit.path.strip("/"): unit for unit in units}
        self._trials: dict[str, Trial | None] = {}
        self._load_books(document, base_version, [] if is_alone else self._load_others())

    @property
    def company_id(self) -> str | None:
        """Whose purchases are tried; ``None`` where the merchant's rules hold for everybody's."""
        return self.rulebook.company_id if self.is_buyers else None

    @property
    def unit_ids(self) -> list[str] | None:
        """The units for which the rulebook can hold; ``None`` for all."""
        if self.rulebook.unit is None:
            return None
        top = self.rulebook.unit.path.strip("/")
        return [pk for pk, path in self._paths.items() if path == top or path.startswith(f"{top}/")]

    @cached_property
    def books(self) -> Books:
        """All rulebooks of the trial, for what they read."""
        return tuple(shelf.book for shelf in (*self._before, *self._after))

    @property
    def rules_before(self) -> list[str]:
        """The rules of the text that is in force, in their order; none where there is none."""
        return _rules_of(self._before, self.rulebook.pk)

    @property
    def rules_after(self) -> list[str]:
        """The rules of the tried text, in their order."""
        return _rules_of(self._after, self.rulebook.pk)

    def path_of(self, unit_path: str) -> str:
        """Where the unit at this path of then stands today."""
        return self._paths.get(unit_path.rpartition("/")[2], unit_path)

    def trial_of(self, unit_id: str) -> Trial | None:
        """What holds for purchases of a unit; ``None`` where the tried rulebook does not."""
        if unit_id not in self._trials:
            self._trials[unit_id] = self._trial(unit_id)
        return self._trials[unit_id]

    # ── Rules ───────────────────────────────────────────────────────────────────────────────────

    def _load_others(self) -> list[Shelf]:
        mine = self.rulebook
        published = (
            RulebookVersion.objects.filter(
                rulebook__company_id=mine.company_id,
                rulebook__side=mine.side,
                rulebook__subject=mine.subject,
                pk__in=Rulebook.objects.exclude(published=None).values("published_id"),
            )
            .exclude(rulebook=mine)
            .select_related("rulebook__unit")
            .order_by("rulebook_id")
        )
        return [_shelf(version) for version in published]

    def _load_books(
        self, document: Mapping[str, Any], base_version: str, others: list[Shelf]
    ) -> None:
        mine = self.rulebook
        base = RulebookVersion.objects.filter(pk=base_version, rulebook=mine)
        self._before = [*others, *map(_shelf, base.select_related("rulebook__unit"))]
        tried = Shelf(mine.pk, mine.unit_id, mine.inherits, in_its_place(mine, document))
        self._after = [*others, tried]

    def _trial(self, unit_id: str) -> Trial | None:
        path = self._paths.get(unit_id, "") if self.is_buyers else ""
        ids = path.split("/") if path else []
        before, after = _holding(self._before, ids), _holding(self._after, ids)
        if all(book.rulebook != self.rulebook.pk for book in (*before, *after)):
            return None
        if not self.is_buyers:
            before, after = (FREE, *before), (FREE, *after)
        units = tuple(self._units(path))
        return Trial(before, after, units, self._organisation(units))

    # ── People ──────────────────────────────────────────────────────────────────────────────────

    def _units(self, path: str) -> Sequence[facts.Unit]:
        parts = path.split("/")
        paths = ["/".join(parts[: count + 1]) for count in range(len(parts))]
        found = [(step, self._names[step]) for step in paths if step in self._names]
        return [facts.Unit(step, unit.name, unit.head_id, True) for step, unit in found]

    def _organisation(self, units: tuple[facts.Unit, ...]) -> facts.Organisation:
        """Whom the rules may ask for a purchase of this unit: everybody at work, nobody away."""
        ground, inside = self._ground, {"", *(unit.path for unit in units)}
        held = [one for one in ground.held if one.unit_path in inside]
        books = [book for book in self.books if isinstance(book, CompiledRulebook)]
        roles = frozenset().union(*(book.reads.roles for book in books))
        permissions = frozenset().union(*(book.reads.permissions for book in books))
        return facts.Organisation(
            people=self._people,
            units=units,
            roles=tuple(
                facts.Grant(one.role, one.member, one.unit_path)
                for one in held
                if one.role in roles
            ),
            permissions=tuple(
                facts.Grant(permission, one.member, one.unit_path)
                for one in held
                for permission in sorted(permissions & one.permissions)
            ),
            managers=ground.managers,
            admins=ground.admins,
            cost_centre_owners=ground.cost_centre_owners,
            category_owners=ground.category_owners,
            merchant_roles=ground.merchant_roles,
            merchant_owners=ground.merchant_owners,
            delegations=(),
            absences=(),
        )

    @cached_property
    def _people(self) -> Mapping[str, facts.Person]:
        """A company's rules select only its people."""
        if not self.is_buyers:
            return self._ground.people
        own = self._ground.names
        return {pk: person for pk, person in self._ground.people.items() if pk in own}


def _shelf(version: RulebookVersion) -> Shelf:
    rulebook = version.rulebook
    try:
        book: Book = compile_rulebook(
            json.loads(version.document),
            rulebook=rulebook.pk,
            version=version.number,
            unit_path=rulebook.unit.path.strip("/") if rulebook.unit else "",
        )
    except (InvalidRulebook, ValueError):
        side: facts.Side = "buyer" if rulebook.side == Rulebook.Side.BUYER else "merchant"
        book = UnreadableRulebook(rulebook.pk, version.number, side)
    return Shelf(rulebook.pk, rulebook.unit_id, rulebook.inherits, book)


def _rules_of(shelves: Sequence[Shelf], rulebook: str) -> list[str]:
    return [
        rule.id
        for shelf in shelves
        if shelf.rulebook == rulebook and isinstance(shelf.book, CompiledRulebook)
        for rule in shelf.book.content.rules
    ]


def _holding(shelves: Sequence[Shelf], unit_ids: Sequence[str]) -> Books:
    """The rulebooks that hold for a unit, from the root down (``list_versions_in_force``)."""
    depth = {unit_id: index for index, unit_id in enumerate(unit_ids, start=1)}
    found = [shelf for shelf in shelves if shelf.unit is None or shelf.unit in depth]
    found.sort(key=lambda shelf: depth.get(shelf.unit or "", 0))
    start = max((i for i, shelf in enumerate(found) if not shelf.inherits), default=0)
    return tuple(shelf.book for shelf in found[start:])
