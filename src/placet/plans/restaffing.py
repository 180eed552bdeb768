"""A frozen purchase with the organisation of today: what staffing its steps again needs.

The rules are those versions that its plan was made with, and the content is the frozen one; only
people, grants, delegations and absences are read anew. A fixed number of queries a purchase.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import reduce
from operator import or_
from zoneinfo import ZoneInfo

from django.db.models import Q

from placet.budgets.models import Budget, Reservation
from placet.catalog.rates import rates_at
from placet.companies.models import Company, CostCenter, Member, Unit
from placet.orders.content import Content, ContentLine
from placet.plans.facts import load_units
from placet.plans.people import Needs, load_category_owners, load_organisation
from placet.policy import facts
from placet.policy.money import Money
from placet.policy.plan import Plan, PlanStep, RulebookRef
from placet.policy.restaffing import Restaffing
from placet.policy.rulebook import CompiledRulebook, InvalidRulebook, compile_rulebook
from placet.rulebooks.models import RulebookVersion


def load_restaffing(
    content: Content,
    plan: Plan,
    *,
    steps: Sequence[PlanStep],
    authors: Collection[str],
    voted: Collection[str],
    given: Collection[str],
    rates_moment: datetime,
    now: datetime,
) -> Restaffing:
    """The purchase of this content, ready for its steps to be staffed again.

    ``steps`` are those of its plan as they are staffed now. ``voted`` are the users who have
    decided anywhere in it: they are not asked a second time. ``given`` are members to whom
    somebody handed a seat. ``rates_moment`` is when the purchase was first submitted: it keeps
    the exchange rates of then.
    """
    company = Company.objects.get(pk=content.company)
    requester = Member.objects.select_related("user", "unit").get(pk=content.requester)
    unit = Unit.objects.get(pk=content.unit)
    units = load_units(company.id, unit.path)
    books = _load_books(plan.rulebooks, units)
    centers = {mark.id: mark.code for mark in content.cost_centers}
    budgets = _load_budgets(content)
    reads = [book.reads for book in books]
    needs = Needs(
        reads=reads,
        named=frozenset(
            {
                *(budget.owner for budget in budgets if budget.owner),
                *_of_the_company(company.id, steps, given),
            }
        ),
        cost_center_owners=_load_owners(centers),
        category_owners=load_category_owners(
            company.id, {line.category for line in content.lines}, reads
        ),
    )
    organisation = load_organisation(company.id, requester.id, units, needs, now=now)
    asked_before = frozenset(voted)
    organisation = organisation._replace(
        people={
            key: person
            for key, person in organisation.people.items()
            if person.user not in asked_before
        }
    )
    known = facts.Facts(
        now=now,
        purchase=_purchase(content, centers),
        requester=_requester(requester),
        beneficiary=None,
        authors=frozenset(authors),
        organisation=organisation,
        budgets=budgets,
        company=_company(company, now),
        history=facts.History({}, {}, frozenset(), frozenset()),
        rates=rates_at(_currencies(company, content, organisation), rates_moment),
    )
    return Restaffing(books, known, steps)


def _currencies(
    company: Company, content: Content, organisation: facts.Organisation
) -> frozenset[str]:
    """The currencies in which the purchase and anybody's authority are written."""
    authority = {
        bound.currency
        for person in organisation.people.values()
        if person.authority is not None
        for bound in (person.authority.order_minimum, person.authority.order_maximum)
        if isinstance(bound, Money)
    }
    return frozenset({company.currency, content.currency, *authority})


def _of_the_company(company_id: str, steps: Sequence[PlanStep], given: Collection[str]) -> set[str]:
    """Whoever is asked by now: to be known also where no rule names them any more."""
    asked = {approver.member for step in steps for approver in step.approvers}
    found = Member.objects.filter(pk__in=sorted(asked.union(given)), company_id=company_id)
    return set(found.values_list("pk", flat=True))


def _load_books(references: Sequence[RulebookRef], units: Sequence[Unit]) -> list[CompiledRulebook]:
    """The versions of the plan, in its order; one that cannot be read is left out."""
    if not references:
        return []
    wanted = reduce(or_, (Q(rulebook_id=r.rulebook, number=r.version) for r in references))
    rows = {
        (row.rulebook_id, row.number): row
        for row in RulebookVersion.objects.filter(wanted).select_related("rulebook")
    }
    paths = {unit.id: unit.path.strip("/") for unit in units}
    found: list[CompiledRulebook] = []
    for reference in references:
        row = rows.get((reference.rulebook, reference.version))
        try:
            if row is not None:
                found.append(
                    compile_rulebook(
                        json.loads(row.document),
                        rulebook=row.rulebook_id,
                        version=row.number,
                        unit_path=paths.get(row.rulebook.unit_id or "", ""),
                    )
                )
        except (InvalidRulebook, ValueError):
            continue
    return found


def _load_budgets(content: Content) -> tuple[facts.Budget, ...]:
    """The budgets that hold money for the purchase, with whoever answers for them today."""
    held = Reservation.objects.filter(requisition_id=content.requisition).values("budget_id")
    return tuple(
        facts.Budget(
            id=row.id,
            name=row.name,
            kind="company",
            key="",
            owner=row.responsible_id,
            mode="approve",
            basis="goods",
            currency=row.currency,
            amount_minor=row.amount_minor,
            committed_minor=row.committed_minor,
            reserved_minor=row.reserved_minor,
        )
        for row in Budget.objects.filter(pk__in=held).order_by("id")
    )


def _load_owners(centers: dict[str, str]) -> dict[str, str]:
    rows = CostCenter.objects.filter(pk__in=sorted(centers)).exclude(owner=None)
    return {row.code: row.owner_id for row in rows}


def _purchase(content: Content, centers: dict[str, str]) -> facts.Purchase:
    return facts.Purchase(
        currency=content.currency,
        lines=tuple(_line(line, centers) for line in content.lines),
        goods_minor=content.goods_minor,
        shipping_minor=content.shipping_minor,
        tax_minor=content.tax_minor,
        total_minor=content.total_minor,
        bill_to=content.bill_to.id if content.bill_to else "",
        terms=content.terms,
        references=content.references,
        justification=content.justification,
        source=content.source,
        requested_on=_day(content.requested_on),
        quote=None,
    )


def _line(line: ContentLine, centers: dict[str, str]) -> facts.Line:
    """A line as its reasons read it: what products are like today is of no account."""
    return facts.Line(
        number=line.number,
        sku=line.sku,
        name=line.name,
        category=line.category.strip("/"),
        brand="",
        supplier="",
        tags=frozenset(),
        quantity=line.quantity,
        unit_price_minor=line.unit_price_minor,
        price_quantity=line.price_quantity,
        total_minor=line.total_minor,
        last_price_minor=line.last_paid_minor,
        list_price_minor=line.list_price_minor,
        restricted=False,
        first_time=line.last_paid_minor is None,
        allocations=tuple(
            facts.Allocation(
                quantity=part.quantity,
                ship_to=part.ship_to,
                cost_centre=centers.get(part.cost_center, ""),
                need_by_on=_day(part.need_by_on),
                goods_minor=part.goods_minor,
                shipping_minor=part.shipping_minor,
                tax_minor=part.tax_minor,
            )
            for part in line.allocations
        ),
    )


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def _requester(member: Member) -> facts.Requester:
    """Who asked, also when they have left since: they still never decide."""
    person = facts.Person(
        user=member.user_id,
        member=member.id,
        name=member.user.name,
        unit_path=member.unit.path.strip("/"),
        authority=None,
    )
    return facts.Requester(person, frozenset(), frozenset(), facts.UNRESTRICTED, ())


def _company(company: Company, now: datetime) -> facts.Company:
    return facts.Company(
        id=company.id,
        currency=company.currency,
        zone=ZoneInfo(company.time_zone),
        customer_since_on=now.date(),
        earlier_orders=0,
        credit=facts.Credit(facts.UNLIMITED, 0, 0, "warn"),
    )
