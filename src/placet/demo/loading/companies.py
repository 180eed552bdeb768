"""Companies and their trees, roles, people, limits, addresses and cost centres."""

from __future__ import annotations

from placet.companies.actions import (
    add_address,
    add_cost_center,
    add_member,
    add_unit,
    create_company,
    create_role,
    grant_role,
    name_head,
)
from placet.companies.models import Company, Limit, Role, Unit
from placet.core.actor import system_actor
from placet.demo.loading.registry import Registry
from placet.demo.world import shapes
from placet.demo.world.addresses import ADDRESSES
from placet.demo.world.companies import COMPANIES
from placet.demo.world.cost_centers import COST_CENTERS
from placet.demo.world.members.everybody import AUTHORITIES, LIMITS, MEMBERS
from placet.demo.world.people import USERS
from placet.demo.world.roles import ROLES
from placet.demo.world.units import UNITS

SYSTEM = system_actor("", "", "merchant", "EUR")
USER_BY_KEY = {user.key: user for user in USERS}


def load_companies(registry: Registry) -> None:
    """Every company with its tree, its people and where things go."""
    for company in COMPANIES:
        row = create_company(
            company.name,
            slug=company.key,
            kind=company.kind,
            currency=company.currency,
            language=company.language,
            time_zone=company.time_zone,
            fiscal_year_month=company.fiscal_year_month,
            tax_number=company.tax_number,
            payment_terms=company.payment_terms,
            po_pattern=company.po_pattern,
            po_hint=company.po_hint,
            actor=SYSTEM,
            now=registry.setup,
        )
        if company.mail_decisions_up_to_minor:
            row.mail_decisions = Company.MailDecisions.UP_TO
            row.mail_decisions_up_to_minor = company.mail_decisions_up_to_minor
            row.save(update_fields=["mail_decisions", "mail_decisions_up_to_minor"])
        if company.offered_terms:
            row.offered_terms = list(company.offered_terms)
            row.save(update_fields=["offered_terms"])
        registry.companies[company.key] = row
    for unit in UNITS:
        registry.units[unit.key] = _unit(registry, unit)
    _load_roles(registry)
    _load_members(registry)
    _load_limits(registry)
    _load_places(registry)


def _unit(registry: Registry, unit: shapes.Unit) -> Unit:
    company = registry.companies[unit.company]
    if unit.parent is None:
        root = Unit.objects.get(company=company, parent=None)
        root.name, root.code = unit.name, unit.code
        Unit.objects.filter(pk=root.pk).update(name=unit.name, code=unit.code)
        return root
    return add_unit(
        company,
        name=unit.name,
        code=unit.code,
        parent=registry.units[unit.parent],
        actor=registry.system(unit.company),
        now=registry.setup,
    )


def _load_roles(registry: Registry) -> None:
    for role in ROLES:
        create_role(
            registry.companies[role.company],
            key=role.key,
            name=role.name,
            permissions=role.permissions,
            actor=registry.system(role.company),
            now=registry.setup,
        )
    slugs = {company.id: key for key, company in registry.companies.items()}
    for row in Role.objects.all():
        registry.roles[slugs[row.company_id], row.key] = row


def _load_members(registry: Registry) -> None:
    waiting = list(MEMBERS)
    while waiting:
        ready = [m for m in waiting if m.manager is None or m.manager in registry.members]
        for member in ready:
            _add_member(registry, member)
        waiting = [member for member in waiting if member not in ready]
    for unit in UNITS:
        if unit.head:
            registry.units[unit.key] = name_head(
                registry.units[unit.key],
                member=registry.members[unit.head],
                actor=registry.system(unit.company),
                now=registry.setup,
            )


def _add_member(registry: Registry, member: shapes.Member) -> None:
    user = USER_BY_KEY[member.person]
    system = registry.system(member.company)
    row = add_member(
        registry.companies[member.company],
        email=user.email,
        name=user.name,
        unit=registry.units[member.unit],
        title=member.title,
        manager=registry.members[member.manager] if member.manager else None,
        language=user.language,
        actor=system,
        now=registry.setup,
    )
    registry.members[member.key] = row
    for grant in member.grants:
        grant_role(
            row,
            role=registry.roles[member.company, grant.role],
            unit=registry.units[grant.unit] if grant.unit else None,
            actor=system,
            now=registry.setup,
        )


def _load_limits(registry: Registry) -> None:
    spending = [
        Limit(
            use=Limit.Use.SPENDING,
            mode=limit.mode,
            order_maximum_minor=limit.order_maximum_minor,
            period=limit.period,
            period_spend_minor=limit.period_spend_minor,
            period_orders=limit.period_orders,
            categories=limit.categories,
            **_of(registry, limit.member),
        )
        for limit in LIMITS
    ]
    # Authority covers every period, category and place: what an order may hold is for the rules.
    authority = [
        Limit(
            use=Limit.Use.AUTHORITY,
            is_unlimited=True,
            order_minimum_minor=entry.order_minimum_minor,
            order_maximum_minor=entry.order_maximum_minor,
            **_of(registry, entry.member),
        )
        for entry in AUTHORITIES
    ]
    Limit.objects.bulk_create([*spending, *authority])


def _of(registry: Registry, member: str) -> dict[str, object]:
    row = registry.members[member]
    return {"created_at": registry.setup, "member": row, "currency": row.company.currency}


def _load_places(registry: Registry) -> None:
    for place in ADDRESSES:
        registry.addresses[place.key] = add_address(
            registry.companies[place.company],
            kind=place.kind,
            name=place.name,
            street=place.street,
            postcode=place.postcode,
            city=place.city,
            country=place.country,
            delivery_note=place.delivery_note,
            unit=registry.units[place.unit] if place.unit else None,
            actor=registry.system(place.company),
            now=registry.setup,
        )
    for center in COST_CENTERS:
        registry.cost_centers[center.key] = add_cost_center(
            registry.companies[center.company],
            code=center.code,
            name=center.name,
            unit=registry.units[center.unit] if center.unit else None,
            owner=registry.members[center.owner],
            actor=registry.system(center.company),
            now=registry.setup,
        )
