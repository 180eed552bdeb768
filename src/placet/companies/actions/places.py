"""Addresses and cost centres change, are for some members only, and are closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db.models import F
from django.utils.translation import gettext as _

from placet.companies.changing import update_row
from placet.companies.models import Address, AddressGrant, CostCenter, Member, Unit
from placet.companies.permissions import ADDRESS_MANAGE, require
from placet.companies.refusals import refuse_foreign
from placet.companies.validity import check_address
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record


class AddressChanges(TypedDict, total=False):
    """What may be changed of an address; what is left out stays."""

    name: str
    street: str
    postcode: str
    city: str
    country: str
    delivery_note: str
    unit: Unit | None
    member: Member | None


@transaction
def change_address(
    address: Address,
    *,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    **changes: Unpack[AddressChanges],
) -> Address:
    """Change a ship-to or bill-to; what was submitted keeps the address that it was frozen with.

    Whoever manages addresses both where it was and where it goes may. Raises ``InvalidInput`` and
    ``ChangedMeanwhile``.
    """
    refuse_foreign(actor, address.company_id)
    require(actor, ADDRESS_MANAGE, _path_of(address))
    check_address(address.company_id, dict(changes))
    if "country" in changes:
        changes["country"] = changes["country"].upper()
    unit = changes.get("unit", address.unit)
    require(actor, ADDRESS_MANAGE, unit.path if unit else "")
    update_row(address, version, **changes)
    _record("address.changed", address, actor=actor, now=now, fields=sorted(changes))
    return address


@transaction
def share_address(
    address: Address, *, members: Sequence[Member], actor: Actor, now: datetime
) -> Address:
    """Say which members alone may use an address; nobody named: everybody whom it reaches."""
    refuse_foreign(actor, address.company_id, *(member.company_id for member in members))
    require(actor, ADDRESS_MANAGE, _path_of(address))
    if len(members) > 1_000:
        raise InvalidInput("members", "too_many", _("At most a thousand can be named."))
    AddressGrant.objects.filter(address=address).delete()
    AddressGrant.objects.bulk_create(
        AddressGrant(created_at=now, address=address, member_id=member_id)
        for member_id in sorted({member.pk for member in members})
    )
    update_row(address, None)
    chosen = sorted({member.pk for member in members})
    _record("address.changed", address, actor=actor, now=now, members=chosen)
    return address


@transaction
def close_address(address: Address, *, actor: Actor, now: datetime) -> Address:
    """Let nobody choose an address any more; raises ``Conflict`` when it was closed already."""
    refuse_foreign(actor, address.company_id)
    require(actor, ADDRESS_MANAGE, _path_of(address))
    _close(address, now)
    _record("address.closed", address, actor=actor, now=now)
    return address


@transaction
def close_cost_center(cost_center: CostCenter, *, actor: Actor, now: datetime) -> CostCenter:
    """Let nothing be booked on a cost centre any more; what waits and what was ordered keeps it."""
    refuse_foreign(actor, cost_center.company_id)
    require(actor, ADDRESS_MANAGE, cost_center.unit.path if cost_center.unit else "")
    _close(cost_center, now)
    record(
        "cost_center.closed",
        cost_center.id,
        actor=actor,
        now=now,
        company_id=cost_center.company_id,
    )
    return cost_center


def _path_of(address: Address) -> str:
    return address.unit.path if address.unit else ""


def _close(row: Address | CostCenter, now: datetime) -> None:
    open_one: Any = type(row)._default_manager.filter(pk=row.pk, closed_at=None)
    if not open_one.update(closed_at=now, version=F("version") + 1):
        raise Conflict(_("This was closed already."))
    row.refresh_from_db()


def _record(what: str, address: Address, *, actor: Actor, now: datetime, **payload: Any) -> None:
    record(
        what,
        address.id,
        actor=actor,
        now=now,
        company_id=address.company_id,
        kind=address.kind,
        unit=address.unit_id or "",
        **payload,
        private={
            "name": address.name,
            "street": address.street,
            "postcode": address.postcode,
            "city": address.city,
        },
    )
