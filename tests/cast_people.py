"""The companies, units, people, addresses and the one budget of the cast."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final, NamedTuple

from placet.budgets.models import Budget, LedgerEntry
from placet.companies import actions
from placet.companies.models import Company, CostCenter, Member, Role, Unit
from placet.core.actor import Actor, system_actor


class Person(NamedTuple):
    """A member of the cast. A grant is ``role`` or ``role@unit-code``."""

    key: str
    name: str
    company: str
    unit: str
    grants: tuple[str, ...]
    title: str = ""
    acts: bool = True

    @property
    def email(self) -> str:
        """The address that they sign in with."""
        return f"{self.key}@{self.company}.example"


BIOMED: Final = ("biomedical-engineering",)
PEOPLE: Final = (
    Person("lena", "Lena Vogt", "meridian", "icu-4", ("buyer",), "Ward manager"),
    Person("rashid", "Rashid Haddad", "meridian", "icu", ("buyer", "approver@icu"), "Head of ICU"),
    Person("mei", "Mei Tanaka", "meridian", "icu", ("approver@icu",), "Deputy head of ICU"),
    Person("anika", "Anika Roth", "meridian", "biomed", BIOMED),
    Person("jonas", "Jonas Weber", "meridian", "biomed", BIOMED),
    Person("piotr", "Piotr Zając", "meridian", "biomed", BIOMED),
    Person("helena", "Helena Brandt", "meridian", "hospital", ("approver",), "Head of hospital"),
    Person("ines", "Ines Keller", "meridian", "finance", ("company_admin",)),
    Person("aron", "Aron Levi", "meridian", "finance", ("auditor",)),
    Person("pavel", "Pavel Novák", "meridian", "icu-4", ("buyer",)),
    Person("sofia", "Sofia Lindqvist", "meridian", "finance", ("buyer", "finance")),
    Person("gone", "Gregor Holt", "meridian", "icu-4", ("buyer",), acts=False),
    Person("tomas", "Tomas Berg", "norden", "store", ("merchant_orders",)),
    Person("mira", "Mira Dahl", "norden", "store", ("store_manager",)),
    Person("odd", "Odd Nilsen", "norden", "store", ("owner",)),
    Person("ola", "Ola Kowalska", "kowalski", "warsaw", ("buyer",)),
    Person("jan", "Jan Kowalski", "kowalski", "warsaw", ("company_admin",)),
    Person("minjun", "Min-jun Park", "park", "park-home", ("parent",)),
    Person("yuna", "Yuna Park", "park", "park-home", ("child",)),
    Person("vera", "Vera Stahl", "stahl", "stahl-works", ("buyer",), acts=False),
)
# slug, name, kind, currency, language, time zone, code of the root unit
COMPANIES: Final = (
    ("norden", "Norden Supply", "merchant", "EUR", "en", "Europe/Oslo", "store"),
    ("meridian", "Meridian Health Group", "business", "EUR", "en", "Europe/Berlin", "hospital"),
    ("kowalski", "Kowalski Sp. z o.o.", "business", "PLN", "pl", "Europe/Warsaw", "warsaw"),
    ("park", "The Park family", "household", "EUR", "en", "Europe/Berlin", "park-home"),
    ("stahl", "Stahl Works", "business", "EUR", "en", "Europe/Berlin", "stahl-works"),
)
UNITS: Final = (
    ("meridian", "hospital", "icu", "Intensive care", "rashid"),
    ("meridian", "icu", "icu-4", "ICU-4", ""),
    ("meridian", "hospital", "biomed", "Biomedical engineering", "anika"),
    ("meridian", "hospital", "finance", "Finance", "ines"),
)


def system_of(company: Company) -> Actor:
    """The actor of a company's set-up."""
    return system_actor(company.id, company.slug, company.kind, company.currency)


def make_companies(*, now: datetime) -> None:
    """Companies, their trees, their people, where goods go, and the budget of 4410."""
    nobody = system_actor("", "", "merchant", "EUR")
    for slug, name, kind, currency, language, zone, code in COMPANIES:
        company = actions.create_company(
            name,
            slug=slug,
            kind=kind,
            currency=currency,
            language=language,
            time_zone=zone,
            po_pattern=r"PR-\d{5}" if slug == "meridian" else "",
            po_hint="PR- and five digits" if slug == "meridian" else "",
            actor=nobody,
            now=now,
        )
        Unit.objects.filter(company=company).update(code=code)
    _add_units(now)
    _add_people(now)
    _add_places(now)
    _add_budget(now)
    stahl = Company.objects.get(slug="stahl")
    actions.suspend_company(stahl, actor=system_of(stahl), now=now)


def _add_units(now: datetime) -> None:
    for slug, parent, code, name, _head in UNITS:
        company = Company.objects.get(slug=slug)
        above = Unit.objects.get(company=company, code=parent)
        actions.add_unit(
            company, name=name, code=code, parent=above, actor=system_of(company), now=now
        )


def _add_people(now: datetime) -> None:
    meridian = Company.objects.get(slug="meridian")
    for key, name in (("biomedical-engineering", "Biomedical engineering"), ("finance", "Finance")):
        actions.create_role(meridian, key=key, name=name, actor=system_of(meridian), now=now)
    members = {person.key: _add_person(person, now) for person in PEOPLE}
    for _slug, _parent, code, _name, head in (*UNITS, ("", "", "hospital", "", "helena")):
        if head:
            unit = Unit.objects.get(code=code)
            actions.name_head(unit, member=members[head], actor=system_of(meridian), now=now)
    actions.deactivate_member(members["gone"], actor=system_of(meridian), now=now)


def _add_person(person: Person, now: datetime) -> Member:
    company = Company.objects.get(slug=person.company)
    system = system_of(company)
    member = actions.add_member(
        company,
        email=person.email,
        name=person.name,
        unit=Unit.objects.get(company=company, code=person.unit),
        title=person.title,
        actor=system,
        now=now,
    )
    for grant in person.grants:
        key, _, code = grant.partition("@")
        actions.grant_role(
            member,
            role=Role.objects.get(company=company, key=key),
            unit=Unit.objects.get(company=company, code=code) if code else None,
            actor=system,
            now=now,
        )
    return member


def _add_places(now: datetime) -> None:
    meridian = Company.objects.get(slug="meridian")
    icu = Unit.objects.get(code="icu")
    places = (
        (meridian, "ship_to", "ICU dock", icu),
        (meridian, "ship_to", "Main store", None),
        (meridian, "ship_to", "Biomed workshop", Unit.objects.get(code="biomed")),
        (meridian, "bill_to", "Accounts payable", None),
        (Company.objects.get(slug="kowalski"), "ship_to", "Magazyn", None),
        (Company.objects.get(slug="kowalski"), "bill_to", "Faktury", None),
        (Company.objects.get(slug="park"), "ship_to", "Park home", None),
        (Company.objects.get(slug="park"), "bill_to", "Park bills", None),
    )
    for company, kind, name, unit in places:
        actions.add_address(
            company,
            kind=kind,
            name=name,
            street="Hauptstraße 1",
            postcode="10115",
            city="Berlin",
            country="DE",
            unit=unit,
            actor=system_of(company),
            now=now,
        )
    centers = (
        ("meridian", "4410", "ICU consumables", icu, "rashid"),
        ("meridian", "9000", "Administration", None, "ines"),
        ("kowalski", "4410", "Warsztat", None, "jan"),
    )
    for slug, code, name, unit, owner in centers:
        company = Company.objects.get(slug=slug)
        actions.add_cost_center(
            company,
            code=code,
            name=name,
            unit=unit,
            owner=Member.objects.get(company=company, user__email__startswith=f"{owner}@"),
            actor=system_of(company),
            now=now,
        )


def _add_budget(now: datetime) -> None:
    """25,000.00 EUR for cost centre 4410 in the fourth quarter, as a plain row and its posting."""
    center = CostCenter.objects.get(company__slug="meridian", code="4410")
    budget = Budget.objects.create(
        created_at=now,
        company_id=center.company_id,
        name="ICU consumables Q4",
        owner_kind=Budget.OwnerKind.COST_CENTER,
        owner_ref=center.id,
        responsible_id=center.owner_id,
        currency="EUR",
        starts_at=datetime(2026, 9, 30, 22, tzinfo=UTC),
        ends_at=datetime(2026, 12, 31, 23, tzinfo=UTC),
        amount_minor=2_500_000,
    )
    LedgerEntry.objects.create(
        created_at=now,
        budget=budget,
        kind=LedgerEntry.Kind.ADJUST,
        amount_minor=2_500_000,
        currency="EUR",
        reason="opening",
    )
