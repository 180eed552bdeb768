"""Where goods and invoices go, and where costs are booked."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.models import Address, Company, CostCenter, Member, Unit
from placet.companies.permissions import ADDRESS_MANAGE, can_favour, require
from placet.companies.refusals import refuse, refuse_foreign
from placet.companies.validity import check_address
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record


@transaction
def add_address(
    company: Company,
    *,
    kind: str,
    name: str,
    street: str,
    postcode: str,
    city: str,
    country: str,
    actor: Actor,
    now: datetime,
    unit: Unit | None = None,
    member: Member | None = None,
    delivery_note: str = "",
) -> Address:
    """Add a ship-to or a bill-to: for a member, for a unit and all below it, or for everybody."""
    refuse_foreign(actor, company.id)
    require(actor, ADDRESS_MANAGE, unit.path if unit else "")
    _refuse_foreign_unit(company, unit)
    if kind not in Address.Kind.values:
        raise InvalidInput("kind", "kind", _("An address is a ship-to or a bill-to."))
    check_address(
        company.pk,
        {
            "name": name,
            "street": street,
            "postcode": postcode,
            "city": city,
            "country": country,
            "delivery_note": delivery_note,
            "member": member,
        },
    )
    address = Address.objects.create(
        created_at=now,
        company=company,
        kind=kind,
        unit=unit,
        member=member,
        name=name,
        street=street,
        postcode=postcode,
        city=city,
        country=country.upper(),
        delivery_note=delivery_note,
    )
    record(
        "address.added",
        address.id,
        actor=actor,
        now=now,
        company_id=company.id,
        kind=kind,
        unit=unit.id if unit else "",
        private={"name": name, "street": street, "postcode": postcode, "city": city},
    )
    return address


@transaction
def add_cost_center(
    company: Company,
    *,
    code: str,
    name: str,
    actor: Actor,
    now: datetime,
    unit: Unit | None = None,
    owner: Member | None = None,
) -> CostCenter:
    """Add a cost centre and say who answers for it; raises ``Conflict`` when its code is taken."""
    refuse_foreign(actor, company.id)
    require(actor, ADDRESS_MANAGE, unit.path if unit else "")
    _refuse_foreign_unit(company, unit)
    refuse(can_favour(actor, owner))
    if owner is not None and owner.company_id != company.id:
        raise InvalidInput("owner", "foreign", _("The owner is of another company."))
    if CostCenter.objects.filter(company=company, code=code).exists():
        raise Conflict(_("There is a cost centre %(code)s already.") % {"code": code})
    cost_center = CostCenter.objects.create(
        created_at=now, company=company, code=code, name=name, unit=unit, owner=owner
    )
    record(
        "cost_center.added",
        cost_center.id,
        actor=actor,
        now=now,
        company_id=company.id,
        code=code,
        unit=unit.id if unit else "",
        owner=owner.id if owner else "",
    )
    return cost_center


def _refuse_foreign_unit(company: Company, unit: Unit | None) -> None:
    if unit is not None and unit.company_id != company.id:
        raise InvalidInput("unit", "foreign", _("The unit is of another company."))
