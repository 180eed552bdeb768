"""A list as its page shows it, and the lists that a member finds."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from placet.carts.again import AgainRow
from placet.carts.lists.lines import ListedLine, read_lines
from placet.carts.lists.permissions import can_edit_list, can_keep_list, can_manage_list
from placet.carts.models import Cart, ListGrant, PurchaseList, Schedule
from placet.carts.permissions import can_edit_cart
from placet.carts.queries import list_last_used
from placet.carts.schedules.queries import list_schedules
from placet.companies.models import Member, Unit
from placet.companies.queries import list_members, list_units
from placet.core.actor import Actor

Scope = PurchaseList.Scope
MOST_UNITS: Final = 200


class ListPage(NamedTuple):
    """Everything that the page of a list shows; ``total_minor`` is what all that can be costs."""

    wanted: PurchaseList
    lines: list[ListedLine]
    total_minor: int
    grants: list[ListGrant]
    schedules: list[Schedule]
    carts: list[Cart]
    colleagues: list[Member]
    units: list[Unit]
    may_edit: bool
    may_manage: bool

    @property
    def has_par(self) -> bool:
        """Whether any line says how many should always be there."""
        return any(one.line.par_quantity for one in self.lines)

    @property
    def orderable(self) -> int:
        """How many lines can be ordered as they are."""
        return sum(one.row.is_orderable for one in self.lines)


def read_page(actor: Actor, wanted: PurchaseList, *, now: datetime) -> ListPage:
    """The list in a number of queries that does not depend on its lines."""
    lines = read_lines(wanted, currency=actor.currency, requester_id=actor.member_id, now=now)
    may_manage = can_manage_list(actor, wanted) is None
    grants = sorted(wanted.grants.all(), key=_name_of)
    there = {wanted.owner_id, *(grant.member_id for grant in grants)}
    units = {grant.unit_id for grant in grants}
    return ListPage(
        wanted=wanted,
        lines=lines,
        total_minor=sum(one.row.total_minor for one in lines if one.row.is_orderable),
        grants=grants,
        schedules=list(list_schedules(actor, wanted).exclude(status=Schedule.Status.ENDED)),
        carts=editable_carts(actor),
        colleagues=[one for one in list_members(actor) if one.pk not in there]
        if may_manage
        else [],
        units=[one for one in list_units(actor)[:MOST_UNITS] if one.pk not in units]
        if may_manage and actor.company_kind != "household"
        else [],
        may_edit=can_edit_list(actor, wanted) is None,
        may_manage=may_manage,
    )


def editable_carts(actor: Actor) -> list[Cart]:
    """The open carts into which the actor may put something, the last used one first."""
    return [cart for cart in list_last_used(actor) if can_edit_cart(actor, cart) is None]


def list_places(actor: Actor) -> list[tuple[str, str]]:
    """For whom the actor may begin a list: themselves, units, the company; as choices of a form."""
    found = [(Scope.PERSONAL.value, str(_("Only for me")))]
    if actor.company_kind == "household":
        if can_keep_list(actor, Scope.COMPANY, None) is None:
            found.append((Scope.COMPANY.value, str(_("For the whole family"))))
        return found
    for unit in list_units(actor)[:MOST_UNITS]:
        if can_keep_list(actor, Scope.UNIT, unit) is None:
            found.append((unit.pk, _("For everybody of %(unit)s") % {"unit": unit.name}))
    if can_keep_list(actor, Scope.COMPANY, None) is None:
        found.append((Scope.COMPANY.value, str(_("For the whole company"))))
    return found


def state_words(row: AgainRow) -> str:
    """Why a product cannot be ordered as it is, or what is different about it."""
    return {
        "ok": "",
        "rounded": _("Sold in other quantities: %(n)d would be ordered.") % {"n": row.quantity},
        "short": _("Only %(n)d in stock, and no more can be ordered.") % {"n": row.in_stock},
        "discontinued": _("Discontinued."),
        "not_allowed": _("Your assortment leaves it out."),
        "not_for_sale": _("No longer for sale to you."),
    }[row.state]


def _name_of(grant: ListGrant) -> tuple[bool, str]:
    if grant.member is not None:
        return False, grant.member.user.name
    return True, grant.unit.name if grant.unit else ""
