"""What hangs on somebody who leaves, in words: each kind, its things, what becomes of them."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.requisitions.handing_over import HandOver
from placet.requisitions.models import Requisition


class Held(NamedTuple):
    """One kind of thing with the names of those that are there."""

    icon: str
    title: str
    things: list[str]
    note: str


def list_held(found: HandOver) -> list[Held]:
    """What somebody else takes; kinds of which there is nothing are left out."""
    kinds = [
        Held(
            "list-checks",
            _("Purchases that wait for them"),
            list(dict.fromkeys(_name_of(one.requisition) for one in found.steps)),
            _("Are asked of whoever takes it over."),
        ),
        Held(
            "shopping-cart",
            _("Carts"),
            [cart.name for cart in found.carts],
            _("Get a new owner; who put in what stays written."),
        ),
        Held(
            "network",
            _("Units headed"),
            [unit.name for unit in found.units],
            _("Get a new head, whom rules ask from then on."),
        ),
        Held(
            "hash",
            _("Cost centres"),
            [f"{center.code} {center.name}" for center in found.cost_centers],
            _("Get a new owner."),
        ),
        Held(
            "gauge",
            _("Budgets"),
            [budget.name for budget in found.budgets],
            _("Somebody else answers for them."),
        ),
        Held(
            "tags",
            _("Categories"),
            [owner.category.name for owner in found.categories],
            _("Get a new owner."),
        ),
        Held(
            "arrow-right-left",
            _("Delegations"),
            [
                _("%(delegate)s for %(principal)s")
                % {"delegate": one.delegate.user.name, "principal": one.principal.user.name}
                for one in found.delegations
            ],
            _("Those that they held go on; those that they gave end."),
        ),
        Held(
            "users",
            _("Reports"),
            [report.user.name for report in found.reports],
            _("Get a new manager."),
        ),
        Held(
            "building-2",
            _("Customers in their charge"),
            [company.name for company in found.customers],
            _("Are in the charge of whoever takes it over, with the quotes in hand."),
        ),
    ]
    return [kind for kind in kinds if kind.things]


def _name_of(requisition: Requisition) -> str:
    return f"{requisition.number} {requisition.name}"


def list_staying(found: HandOver) -> list[Held]:
    """What goes on without them."""
    kinds = [
        Held(
            "file-text",
            _("Their own purchases go on:"),
            [one.number for one in found.own_purchases],
            _("Whoever is asked decides them."),
        ),
        Held(
            "list-checks",
            _("Rules name them:"),
            [book.name for book in found.rulebooks],
            _("These rules fall back on others; change them in a draft."),
        ),
    ]
    return [kind for kind in kinds if kind.things]
