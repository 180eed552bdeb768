"""Reading companies: everything is scoped to the actor's company and is not found outside it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from placet.companies.acting import act_for, get_actor, get_actor_of_key
from placet.companies.customer_scope import has_in_scope, in_scope
from placet.companies.models import (
    Address,
    AddressGrant,
    Company,
    CostCenter,
    Member,
    ReferenceField,
    Role,
    Unit,
)
from placet.companies.permissions import (
    COMPANY_MANAGE,
    CUSTOMER_VIEW,
    MEMBER_MANAGE,
)
from placet.core.actor import Actor
from placet.core.errors import NotFound

__all__ = ["act_for", "get_actor", "get_actor_of_key"]


def list_memberships(user_id: str) -> list[Member]:
    """The companies where this user may act, by name: for the switch between companies."""
    return list(
        Member.objects.filter(
            user_id=user_id,
            user__is_active=True,
            status=Member.Status.ACTIVE,
            company__status=Company.Status.ACTIVE,
        )
        .select_related("company", "unit")
        .order_by("company__name", "id")
    )


def get_merchant() -> Company:
    """The seller who runs this installation; raises ``NotFound`` before it is set up."""
    found = Company.objects.filter(kind=Company.Kind.MERCHANT).first()
    if found is None:
        raise NotFound(_("This installation has no merchant yet."))
    return found


def get_merchant_day(now: datetime) -> date:
    """Which day it is in the merchant's calendar, by which prices are held."""
    return now.astimezone(ZoneInfo(get_merchant().time_zone)).date()


def get_company(actor: Actor, company_id: str = "") -> Company:
    """The actor's company, or for merchant staff who see customers any company."""
    wanted = company_id or actor.company_id
    if wanted != actor.company_id and not _sees_customer(actor, wanted):
        raise NotFound(_("There is no such company."))
    found = Company.objects.filter(pk=wanted).first()
    if found is None:
        raise NotFound(_("There is no such company."))
    return found


def list_companies(actor: Actor) -> QuerySet[Company]:
    """The merchant's customers by name; nobody else sees other companies."""
    everyone = Company.objects.exclude(kind=Company.Kind.MERCHANT).order_by("name", "id")
    if actor.is_merchant and _sees_customers(actor):
        return everyone.filter(in_scope(actor, "pk"))
    return everyone.none()


def get_member(actor: Actor, member_id: str) -> Member:
    """A member of the actor's company, deactivated ones too; raises ``NotFound``."""
    found = (
        Member.objects.filter(pk=member_id, company_id=actor.company_id)
        .select_related("user", "unit", "manager__user")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such member in your company."))
    return found


def list_members(actor: Actor, *, with_deactivated: bool = False) -> QuerySet[Member]:
    """The people of the actor's company by name."""
    members = Member.objects.filter(company_id=actor.company_id).select_related("user", "unit")
    if not with_deactivated:
        members = members.filter(status=Member.Status.ACTIVE, user__is_active=True)
    return members.order_by("user__name", "id")


def list_roles(actor: Actor) -> QuerySet[Role]:
    """The roles of the actor's company, the built-in ones first."""
    return Role.objects.filter(company_id=actor.company_id).order_by("-is_builtin", "name", "id")


def list_units(actor: Actor) -> QuerySet[Unit]:
    """The tree of the actor's company, each parent before its children."""
    return (
        Unit.objects.filter(company_id=actor.company_id, closed_at__isnull=True)
        .select_related("head__user")
        .order_by("path")
    )


def get_unit(actor: Actor, unit_id: str) -> Unit:
    """A unit of the actor's company; raises ``NotFound``."""
    found = Unit.objects.filter(pk=unit_id, company_id=actor.company_id).first()
    if found is None:
        raise NotFound(_("There is no such unit in your company."))
    return found


def list_addresses(actor: Actor, kind: str) -> QuerySet[Address]:
    """Where the actor may order to: the addresses of their unit and above, and everybody's."""
    return (
        Address.objects.filter(company_id=actor.company_id, kind=kind, closed_at__isnull=True)
        .filter(_within_reach(actor), _for(actor))
        .select_related("unit")
        .order_by("name", "id")
    )


def get_address(actor: Actor, address_id: str, kind: str) -> Address:
    """One of ``list_addresses``; raises ``NotFound`` for every other."""
    found = list_addresses(actor, kind).filter(pk=address_id).first()
    if found is None:
        raise NotFound(_("There is no such address for your unit."))
    return found


def list_reference_fields(company_id: str) -> QuerySet[ReferenceField]:
    """What the company wants to be told with each purchase, in its order."""
    return ReferenceField.objects.filter(company_id=company_id, closed_at=None).order_by(
        "position", "id"
    )


def list_purchase_fields(company_id: str) -> QuerySet[ReferenceField]:
    """Those fields that are asked once for a purchase."""
    return list_reference_fields(company_id).filter(is_per_line=False)


def list_line_fields(company_id: str) -> QuerySet[ReferenceField]:
    """Those fields that are asked of every line."""
    return list_reference_fields(company_id).filter(is_per_line=True)


def list_cost_centers(actor: Actor) -> QuerySet[CostCenter]:
    """The cost centres that the actor may order on, by code."""
    return (
        CostCenter.objects.filter(company_id=actor.company_id, closed_at__isnull=True)
        .filter(_within_reach(actor))
        .select_related("unit", "owner__user")
        .order_by("code")
    )


def get_cost_center(actor: Actor, cost_center_id: str) -> CostCenter:
    """One of ``list_cost_centers``; raises ``NotFound`` for every other."""
    found = list_cost_centers(actor).filter(pk=cost_center_id).first()
    if found is None:
        raise NotFound(_("There is no such cost centre for your unit."))
    return found


def _sees_customers(actor: Actor) -> bool:
    return actor.is_system or actor.holds_anywhere(CUSTOMER_VIEW)


def _sees_customer(actor: Actor, company_id: str) -> bool:
    return actor.is_merchant and _sees_customers(actor) and has_in_scope(actor, company_id)


def _for(actor: Actor) -> Q:
    """Addresses of nobody in particular, the actor's own, and those that name the actor.

    Whoever manages the company sees all, and so does the company itself.
    """
    if not actor.member_id or actor.holds(COMPANY_MANAGE) or actor.holds(MEMBER_MANAGE):
        return Q()
    granted = AddressGrant.objects.filter(member_id=actor.member_id).values("address_id")
    named = AddressGrant.objects.values("address_id")
    return (Q(member=None) | Q(member_id=actor.member_id)) & (~Q(pk__in=named) | Q(pk__in=granted))


def _within_reach(actor: Actor) -> Q:
    """Company-wide ones, and those of the actor's unit and of the units above it.

    Who manages the company sees all; without a unit (a key, a timetable) so does the company.
    """
    if not actor.unit_path or actor.holds(COMPANY_MANAGE) or actor.holds(MEMBER_MANAGE):
        return Q()
    ids = actor.unit_path.strip("/").split("/")
    return Q(unit__isnull=True) | Q(unit_id__in=ids)
