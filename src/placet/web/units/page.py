"""The tree of units, and one unit with what holds there and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from placet.budgets.models import Budget
from placet.budgets.queries import list_budgets
from placet.companies.models import Address, CostCenter, Member, Unit
from placet.companies.permissions import MEMBER_MANAGE, UNIT_MANAGE, can_do
from placet.companies.queries import get_unit
from placet.companies.refusals import refuse
from placet.core.actor import Actor, is_within
from placet.core.errors import NotFound
from placet.requisitions.models import Requisition
from placet.requisitions.permissions import UNDECIDED
from placet.rulebooks.models import Rulebook
from placet.rulebooks.queries import list_versions_in_force
from placet.web.members.reach import keeps_units, list_units_of

DEEPEST = 6
MOST_NAMED = 20


class UnitRow(NamedTuple):
    """A unit in the tree; ``depth`` is 0 for the highest that the reader sees."""

    unit: Unit
    depth: int
    member_count: int


class Inherited(NamedTuple):
    """Something that holds for a unit: ``source`` is the unit that it hangs on, none for all."""

    kind: str
    name: str
    url_name: str
    key: str
    source: Unit | None


@dataclass(frozen=True, slots=True)
class UnitDetail:
    """All of a unit's page. ``trail`` are the units above it, from the root down."""

    unit: Unit
    trail: list[Unit]
    below: list[Unit]
    members: list[Member]
    member_count: int
    holding: list[Inherited]
    may_change: bool
    may_move: bool
    may_invite: bool


class Living(NamedTuple):
    """What keeps a unit open: each has to go first."""

    members: list[Member]
    units: list[Unit]
    requisitions: list[Requisition]

    @property
    def is_empty(self) -> bool:
        """Whether the unit can be closed."""
        return not any(self)


def require_units(actor: Actor) -> None:
    """Let those pass who keep units or the members in them; ``Forbidden`` for all others."""
    if not keeps_units(actor):
        refuse(can_do(actor, UNIT_MANAGE), permission=UNIT_MANAGE)


def list_tree(actor: Actor) -> list[UnitRow]:
    """The reader's units from the top down, each with its head and its own members."""
    units = list_units_of(actor, UNIT_MANAGE, MEMBER_MANAGE)
    counts = dict(
        Member.objects.filter(unit__in=units, status=Member.Status.ACTIVE, user__is_active=True)
        .order_by()
        .values("unit_id")
        .annotate(members=Count("id"))
        .values_list("unit_id", "members")
    )
    highest = min((unit.path.count("/") for unit in units), default=0)
    return [
        UnitRow(unit, min(unit.path.count("/") - highest, DEEPEST), counts.get(unit.pk, 0))
        for unit in units
    ]


def get_kept_unit(actor: Actor, unit_id: str) -> Unit:
    """An open unit of those that the reader keeps; raises ``NotFound`` for others."""
    unit = get_unit(actor, unit_id)
    paths = {*actor.paths_of(UNIT_MANAGE), *actor.paths_of(MEMBER_MANAGE)}
    if unit.closed_at is not None or not any(is_within(unit.path, path) for path in paths):
        raise NotFound(_("There is no such unit among those that you manage."))
    return unit


def read_unit(actor: Actor, unit: Unit, now: datetime) -> UnitDetail:
    """The page of a unit."""
    above = unit.path.strip("/").split("/")[:-1]
    members = Member.objects.filter(unit=unit, status=Member.Status.ACTIVE, user__is_active=True)
    may_change = can_do(actor, UNIT_MANAGE, unit.path) is None
    parent = unit.parent
    return UnitDetail(
        unit=unit,
        trail=list(Unit.objects.filter(pk__in=above).order_by("path")),
        below=list(Unit.objects.filter(parent=unit, closed_at=None).order_by("name", "id")),
        members=list(members.select_related("user").order_by("user__name", "id")[:MOST_NAMED]),
        member_count=members.count(),
        holding=list_holding(actor, unit, now),
        may_change=may_change,
        may_move=parent is not None and can_do(actor, UNIT_MANAGE, parent.path) is None,
        may_invite=can_do(actor, MEMBER_MANAGE, unit.path) is None,
    )


def list_holding(actor: Actor, unit: Unit, now: datetime) -> list[Inherited]:
    """The rulebooks, budgets, cost centres and ship-tos of a unit, with where they come from."""
    ids = unit.path.strip("/").split("/")
    sources = Unit.objects.in_bulk(ids)
    found = [
        Inherited(_("Rulebook"), book.name, "", book.pk, sources.get(book.unit_id or ""))
        for book in (version.rulebook for version in list_versions_in_force(unit.company_id, ids))
        if book.side == Rulebook.Side.BUYER
    ]
    centers = list(
        CostCenter.objects.filter(company_id=unit.company_id, closed_at=None)
        .filter(Q(unit=None) | Q(unit_id__in=ids))
        .order_by("code")
    )
    found += _budgets(actor, unit, {one.pk: one for one in centers}, sources, now)
    found += [
        Inherited(
            _("Cost centre"), f"{one.code} {one.name}", "", one.pk, sources.get(one.unit_id or "")
        )
        for one in centers
    ]
    places = Address.objects.filter(
        company_id=unit.company_id, kind=Address.Kind.SHIP_TO, closed_at=None, member=None
    ).filter(Q(unit=None) | Q(unit_id__in=ids))
    found += [
        Inherited(_("Ship-to"), place.name, "", place.pk, sources.get(place.unit_id or ""))
        for place in places.order_by("name", "id")
    ]
    return found


def list_living(unit: Unit) -> Living:
    """What is still in a unit: its members, the units below, the purchases that wait."""
    members = Member.objects.filter(unit=unit, status=Member.Status.ACTIVE)
    waiting = Requisition.objects.filter(unit=unit, status__in=UNDECIDED)
    return Living(
        list(members.select_related("user").order_by("user__name", "id")[:MOST_NAMED]),
        list(Unit.objects.filter(parent=unit, closed_at=None).order_by("name", "id")[:MOST_NAMED]),
        list(waiting.order_by("id")[:MOST_NAMED]),
    )


def _budgets(
    actor: Actor,
    unit: Unit,
    centers: dict[str, CostCenter],
    sources: dict[str, Unit],
    now: datetime,
) -> list[Inherited]:
    """The running budgets that purchases of the unit draw on, of those that the reader sees."""
    kinds = Budget.OwnerKind
    applying = (
        Q(owner_kind=kinds.COMPANY)
        | Q(owner_kind=kinds.UNIT, owner_ref__in=sources)
        | Q(owner_kind=kinds.COST_CENTER, owner_ref__in=centers)
    )
    found = []
    for budget in list_budgets(actor, now=now).filter(applying):
        center = centers.get(budget.owner_ref)
        owner = (center.unit_id or "") if center else budget.owner_ref
        found.append(Inherited(_("Budget"), budget.name, "budget", budget.pk, sources.get(owner)))
    return found
