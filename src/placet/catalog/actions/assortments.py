"""Assortments: the merchant keeps them for a customer, a company for its own people."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from placet.catalog.keeping import Found, Naming, checked_name, find_named
from placet.catalog.models import Assortment, AssortmentEntry
from placet.catalog.permissions import can_keep_assortments
from placet.companies.changing import update_row
from placet.companies.models import Company, Member, Role, Unit
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record

MOST_ASSORTMENTS: Final = 100


class Audience(NamedTuple):
    """For whom an assortment holds: one of these, or everybody in the company."""

    unit: Unit | None = None
    role: Role | None = None
    member: Member | None = None


class AssortmentValues(NamedTuple):
    """An assortment as somebody states it."""

    name: str
    effect: str
    naming: Naming = Naming()
    audience: Audience = Audience()


@transaction
def create_assortment(
    company: Company, *, values: AssortmentValues, actor: Actor, now: datetime
) -> Assortment:
    """Say what people of a company may see and order, or may not, from now on.

    A company admin does it for their own people; the merchant for a customer as a whole, which
    learns nothing of it but that it sees less. Raises ``Forbidden``, ``NotFound``, and
    ``InvalidInput`` for what cannot be.
    """
    side = Assortment.Side.MERCHANT if actor.is_merchant else Assortment.Side.BUYER
    refuse(can_keep_assortments(actor, company.pk, side))
    found = _checked(company.pk, side, values)
    open_ones = Assortment.objects.filter(company=company, side=side, closed_at=None)
    if open_ones.count() >= MOST_ASSORTMENTS:
        raise Conflict(_("A company has a hundred assortments at most."))
    made = Assortment.objects.create(created_at=now, company=company, side=side, **_columns(values))
    _name(made, found)
    _record("assortment.created", made, found, actor=actor, now=now)
    return made


@transaction
def change_assortment(
    assortment: Assortment,
    *,
    values: AssortmentValues,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Assortment:
    """State an assortment anew, all of it; what was submitted before stays as it is."""
    refuse(can_keep_assortments(actor, assortment.company_id, assortment.side))
    _refuse_closed(assortment)
    found = _checked(assortment.company_id, assortment.side, values)
    update_row(assortment, version, **_columns(values))
    AssortmentEntry.objects.filter(assortment=assortment).delete()
    _name(assortment, found)
    _record("assortment.changed", assortment, found, actor=actor, now=now)
    return assortment


@transaction
def close_assortment(assortment: Assortment, *, actor: Actor, now: datetime) -> Assortment:
    """Let an assortment hold no more; raises ``Conflict`` when it was closed already."""
    refuse(can_keep_assortments(actor, assortment.company_id, assortment.side))
    _refuse_closed(assortment)
    update_row(assortment, assortment.version, closed_at=now)
    _record("assortment.closed", assortment, Found(), actor=actor, now=now)
    return assortment


def _checked(company_id: str, side: str, values: AssortmentValues) -> Found:
    chosen = [one for one in values.audience if one is not None]
    if values.effect not in Assortment.Effect.values:
        raise InvalidInput("effect", "choice", _("An assortment allows or denies."))
    if len(chosen) > 1:
        raise InvalidInput("audience", "several", _("Choose a unit, a role or a member."))
    if any(one.company_id != company_id for one in chosen):
        raise InvalidInput("audience", "foreign", _("This is of another company."))
    if chosen and side == Assortment.Side.MERCHANT:
        raise InvalidInput(
            "audience", "whole_company", _("The supplier's assortments hold for a whole company.")
        )
    found = find_named(values.naming)
    if values.effect == Assortment.Effect.DENY and not found.written():
        raise InvalidInput("categories", "required", _("Say which categories or products."))
    return found


def _columns(values: AssortmentValues) -> dict[str, object]:
    return {
        "name": checked_name(values.name),
        "effect": values.effect,
        **values.audience._asdict(),
    }


def _name(assortment: Assortment, found: Found) -> None:
    AssortmentEntry.objects.bulk_create(
        AssortmentEntry(assortment=assortment, **one) for one in found.written()
    )


def _refuse_closed(assortment: Assortment) -> None:
    if assortment.closed_at is not None:
        raise Conflict(_("This was closed already."))


def _record(
    what: str, assortment: Assortment, found: Found, *, actor: Actor, now: datetime
) -> None:
    """In the trail of whose side it is: the customer does not learn of the merchant's."""
    record(
        what,
        assortment.pk,
        actor=actor,
        now=now,
        company_id=actor.company_id
        if assortment.side == Assortment.Side.MERCHANT
        else assortment.company_id,
        company=assortment.company_id,
        effect=assortment.effect,
        unit=assortment.unit_id or "",
        role=assortment.role_id or "",
        member=assortment.member_id or "",
        categories=[one.path for one in found.categories],
        products=len(found.products),
        private={"name": assortment.name},
    )
