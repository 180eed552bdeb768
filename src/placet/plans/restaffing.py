"""A frozen purchase with the organisation of today: what staffing its steps again needs.

The rules are those versions that its plan was made with, and the content is the frozen one; only
people, grants, delegations and absences are read anew. A fixed number of queries a purchase.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from zoneinfo import ZoneInfo

from django.db.models import Q

from placet.budgets.models import Budget, Reservation
from placet.catalog.rates import rates_at
from placet.companies.models import Company, CostCenter, Member, Unit
from placet.orders.content import Content
from placet.plans.facts import load_units
from placet.plans.frozen import purchase_of_content
from placet.plans.people import Needs, load_category_owners, load_organisation, with_staff
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
    staff = {one.member for step in steps if step.side == "merchant" for one in step.approvers}
    organisation = with_staff(organisation, company.id, staff.union(given), needs, now=now)
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
        purchase=purchase_of_content(content),
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
