"""What a new company still has to set up: looked up each time, never ticked by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from placet.budgets.models import Budget
from placet.companies.models import Address, Company, CostCenter, Member, RoleGrant, Unit
from placet.companies.permissions import COMPANY_MANAGE, ORDER_APPROVE, ORDER_SUBMIT
from placet.core.actor import Actor
from placet.rulebooks.models import RulebookVersion

Done = Callable[[str], bool]
BUSINESS: Final = ("business",)
ALL: Final = ("business", "household")


class Task(NamedTuple):
    """One thing to set up, where that is done, and how one sees that it is done."""

    place: str
    name: str | Promise
    why: str | Promise
    icon: str
    is_done: Done
    kinds: tuple[str, ...] = BUSINESS


class Item(NamedTuple):
    """A task as it stands in one company."""

    task: Task
    is_done: bool


class Checklist(NamedTuple):
    """The tasks of a company in their order."""

    items: list[Item]

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(item.is_done for item in self.items)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to set up."""
        return self.done == len(self.items)


def read_checklist(actor: Actor) -> Checklist | None:
    """What is done and what is not; nothing for whoever does not manage the company."""
    if actor.is_merchant or not actor.holds(COMPANY_MANAGE):
        return None
    company_id = actor.company_id
    return Checklist(
        [Item(task, task.is_done(company_id)) for task in TASKS if actor.company_kind in task.kinds]
    )


def find_unfinished(actor: Actor) -> Checklist | None:
    """The same while something is left; it goes away by itself."""
    found = read_checklist(actor)
    return None if found is None or found.is_done else found


def _has_colleagues(company_id: str) -> bool:
    active = Member.objects.filter(company_id=company_id, status=Member.Status.ACTIVE)
    return len(active[:2]) > 1


def _has_units(company_id: str) -> bool:
    found = Unit.objects.filter(company_id=company_id, closed_at=None).exclude(parent=None)
    return found.exists()


def _has_ship_to(company_id: str) -> bool:
    found = Address.objects.filter(company_id=company_id, closed_at=None)
    return found.filter(kind=Address.Kind.SHIP_TO).exists()


def _has_cost_center(company_id: str) -> bool:
    return CostCenter.objects.filter(company_id=company_id, closed_at=None).exists()


def _has_rules(company_id: str) -> bool:
    """Whether somebody of the company published a text; the one that it began with was nobody's."""
    found = RulebookVersion.objects.filter(rulebook__company_id=company_id)
    return found.filter(Q(number__gt=1) | Q(published_by__isnull=False)).exists()


def _has_budget(company_id: str) -> bool:
    return Budget.objects.filter(company_id=company_id).exists()


def _has_approver(company_id: str) -> bool:
    """Whether everybody who submits has somebody else who may approve: nobody approves alone."""
    people = _people_by_permission(company_id)
    approvers, buyers = people[ORDER_APPROVE], people[ORDER_SUBMIT]
    return bool(approvers) and all(approvers - {buyer} for buyer in buyers)


def _people_by_permission(company_id: str) -> Mapping[str, set[str]]:
    """Who may submit and who may approve, as users, in one query."""
    found: dict[str, set[str]] = {ORDER_SUBMIT: set(), ORDER_APPROVE: set()}
    grants = RoleGrant.objects.filter(
        member__company_id=company_id, member__status=Member.Status.ACTIVE
    ).values_list("member__user_id", "role__permissions")
    for user_id, permissions in grants:
        for key in found.keys() & set(permissions):
            found[key].add(user_id)
    return found


TASKS: Final = (
    Task(
        "members",
        _("Invite your colleagues"),
        _("Whoever buys and whoever approves has a membership of their own."),
        "user-plus",
        _has_colleagues,
    ),
    Task(
        "members",
        _("Invite your family"),
        _("Each has an account of their own."),
        "user-plus",
        _has_colleagues,
        (Company.Kind.HOUSEHOLD,),
    ),
    Task(
        "units",
        _("Draw up your units"),
        _("Rules, budgets and addresses of a unit hold for all below it."),
        "network",
        _has_units,
    ),
    Task(
        "addresses",
        _("Say where it is delivered"),
        _("Nothing can be submitted without a ship-to."),
        "map-pin",
        _has_ship_to,
        ALL,
    ),
    Task(
        "cost_centers",
        _("Add cost centres"),
        _("Where costs are booked, and who answers for them."),
        "landmark",
        _has_cost_center,
    ),
    Task(
        "rules",
        _("Publish your approval rules"),
        _("Until then everything is ordered without asking anybody."),
        "list-checks",
        _has_rules,
    ),
    Task(
        "rules",
        _("Say what children ask for"),
        _("Until then everybody orders freely."),
        "list-checks",
        _has_rules,
        (Company.Kind.HOUSEHOLD,),
    ),
    Task(
        "budgets",
        _("Set a budget"),
        _("Every purchase reserves in it before anybody approves."),
        "gauge",
        _has_budget,
    ),
    Task(
        "members",
        _("See that each buyer has an approver"),
        _("Nobody approves their own purchase."),
        "user-check",
        _has_approver,
    ),
)
