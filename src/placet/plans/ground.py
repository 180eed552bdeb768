"""A whole organisation as the checks need it: a fixed number of queries, whatever its size."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from placet.catalog.models import CategoryOwner, PriceList
from placet.catalog.rates import rates_at
from placet.companies.models import Company, CostCenter, Limit, Member, Role, RoleGrant, Unit
from placet.companies.queries import get_merchant
from placet.plans.limits import authority_of
from placet.plans.people import ADMIN, MERCHANT_OWNER
from placet.policy import facts
from placet.policy.checking.ground import Ground, Held

OLD_CUSTOMER = datetime(2000, 1, 1, tzinfo=UTC).date()
ORDERS_OF_AN_OLD_CUSTOMER = 100


def load_ground(company_id: str, *, now: datetime) -> Ground:
    """Everybody of a company and the merchant's staff, with their roles, heads and authority."""
    company = Company.objects.get(pk=company_id)
    merchant = get_merchant()
    ids = (company.id, merchant.id)
    members = list(Member.objects.filter(company_id__in=ids).select_related("user", "unit"))
    roles = list(Role.objects.filter(company_id__in=ids))
    held = _load_held(ids)
    company_of = {member.id: member.company_id for member in members}
    own = tuple(one for one in held if company_of.get(one.member) == company.id)
    staff = [one for one in held if company_of.get(one.member) == merchant.id]
    centers = CostCenter.objects.filter(company=company).exclude(owner=None)
    return Ground(
        now=now,
        company=_company(company),
        rates=rates_at(_currencies(company), now),
        people=_people(members, merchant.id),
        names={m.id: m.user.name for m in members if m.company_id == company.id},
        units=_load_units(company),
        held=own,
        roles=frozenset(role.key for role in roles if role.company_id == company.id),
        managers={m.id: m.manager_id for m in members if m.manager_id},
        admins=tuple(
            dict.fromkeys(
                one.member for one in own if ADMIN in one.permissions and not one.unit_path
            )
        ),
        cost_centre_owners=dict(centers.values_list("code", "owner_id")),
        category_owners={
            path.strip("/"): member
            for path, member in CategoryOwner.objects.filter(company=company).values_list(
                "category__path", "member_id"
            )
        },
        merchant_roles={
            role.key: tuple(dict.fromkeys(one.member for one in staff if one.role == role.key))
            for role in roles
            if role.company_id == merchant.id
        },
        merchant_owners=tuple(
            dict.fromkeys(one.member for one in staff if one.role == MERCHANT_OWNER)
        ),
    )


def _currencies(company: Company) -> set[str]:
    """The company's currency, and every one that the merchant sells in."""
    return {company.currency, *PriceList.objects.values_list("currency", flat=True)}


def _company(company: Company) -> facts.Company:
    """The company as an old customer who owes nothing: a sketch says where it is not."""
    credit = facts.Credit(facts.UNLIMITED, 0, 0, "warn")
    return facts.Company(
        id=company.id,
        currency=company.currency,
        zone=ZoneInfo(company.time_zone),
        customer_since_on=OLD_CUSTOMER,
        earlier_orders=ORDERS_OF_AN_OLD_CUSTOMER,
        credit=credit,
    )


def _load_held(company_ids: tuple[str, str]) -> list[Held]:
    rows = (
        RoleGrant.objects.filter(role__company_id__in=company_ids)
        .select_related("role", "unit")
        .order_by("id")
    )
    return [
        Held(
            row.role.key,
            frozenset(row.role.permissions),
            row.member_id,
            row.unit.path.strip("/") if row.unit else "",
        )
        for row in rows
    ]


def _load_units(company: Company) -> dict[str, facts.Unit]:
    rows = Unit.objects.filter(company=company, closed_at=None)
    return {
        unit.path.strip("/"): facts.Unit(unit.path.strip("/"), unit.name, unit.head_id, True)
        for unit in rows
    }


def _people(members: list[Member], merchant_id: str) -> dict[str, facts.Person]:
    companies = {member.company_id for member in members}
    limits = Limit.objects.filter(member__company_id__in=companies, use=Limit.Use.AUTHORITY)
    authority = {row.member_id: authority_of(row) for row in limits}
    return {
        member.id: facts.Person(
            user=member.user_id,
            member=member.id,
            name=member.user.name,
            unit_path="" if member.company_id == merchant_id else member.unit.path.strip("/"),
            authority=authority.get(member.id),
        )
        for member in sorted(members, key=lambda one: one.id)
        if member.status == Member.Status.ACTIVE and member.user.is_active
    }
