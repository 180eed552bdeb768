"""The addresses that a member manages, and where each of them is used."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from placet.carts.models import Cart
from placet.companies.models import Address, Limit
from placet.companies.permissions import ADDRESS_MANAGE, can_do
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.rulebooks.models import Rulebook
from placet.web.addresses.choices import within_sight


class AddressRow(NamedTuple):
    """An address in the list; what comes from above is not changed here."""

    address: Address
    may_change: bool


class Uses(NamedTuple):
    """What would miss an address that is closed."""

    carts: int
    limits: list[Limit]
    rulebooks: list[Rulebook]

    @property
    def is_none(self) -> bool:
        """Whether nothing names it now."""
        return not (self.carts or self.limits or self.rulebooks)


def managed_addresses(actor: Actor) -> QuerySet[Address]:
    """The addresses of the parts that the actor manages and of everything above, closed ones too.

    One that is for a single member is seen by those who manage that member's part alone.
    """
    found = Address.objects.filter(within_sight(actor), company_id=actor.company_id)
    if "" not in actor.paths_of(ADDRESS_MANAGE):
        found = found.filter(_of_nobody_else(actor))
    return (
        found.select_related("unit", "member__user")
        .annotate(granted=Count("grants"))
        .order_by("-kind", "name", "id")
    )


def find_address(actor: Actor, address_id: str) -> Address:
    """One of them; raises ``NotFound``."""
    found = managed_addresses(actor).filter(pk=address_id).first()
    if found is None:
        raise NotFound(_("There is no such address in your company."))
    return found


def rows_of(actor: Actor, addresses: QuerySet[Address]) -> list[AddressRow]:
    """The rows, each with whether this actor may change it."""
    return [AddressRow(one, may_change(actor, one)) for one in addresses]


def may_change(actor: Actor, address: Address) -> bool:
    """Whether the actor manages the part that the address is of, and it is open."""
    path = address.unit.path if address.unit else ""
    return address.closed_at is None and can_do(actor, ADDRESS_MANAGE, path) is None


def uses_of(address: Address) -> Uses:
    """Open carts that go there, limits and published rules that name it."""
    limits = Limit.objects.filter(member__company_id=address.company_id).exclude(ship_tos=None)
    named = limits.select_related("member__user")
    return Uses(
        carts=Cart.objects.filter(
            Q(ship_to=address) | Q(bill_to=address), status=Cart.Status.OPEN, staff=None
        ).count(),
        limits=[one for one in named if address.pk in (one.ship_tos or ())],
        rulebooks=list(
            Rulebook.objects.filter(
                company_id=address.company_id, published__document__contains=address.pk
            )
        ),
    )


def _of_nobody_else(actor: Actor) -> Q:
    found = Q(member=None)
    for path in actor.paths_of(ADDRESS_MANAGE):
        found |= Q(member__unit__path__startswith=path)
    return found
