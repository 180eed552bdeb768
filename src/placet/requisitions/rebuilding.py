"""Rows of the purchase history for requisitions that are older than it: as much as is still known.

What was frozen is exact. What nobody kept is taken from today (brands, tags, roles, limits) or left
empty (budgets, used periods), and the row says that it was rebuilt.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Count, Min

from placet.catalog.models import Product
from placet.companies.models import Limit, RoleGrant
from placet.core.transaction import transaction
from placet.orders.content import Content, ContentAllocation, ContentLine, read_content
from placet.orders.models import Order
from placet.plans.limits import spending_limit_of
from placet.plans.models import PastPurchase
from placet.plans.periods import PERIODS
from placet.plans.quoted import quote_terms
from placet.plans.stored_facts import FORMAT, write_facts
from placet.policy import facts
from placet.policy.money import Money
from placet.requisitions.models import Requisition, Revision

AT_ONCE: Final = 100
NO_PEOPLE: Final = facts.Organisation({}, (), (), (), {}, (), {}, {}, {}, (), (), ())
NO_HISTORY: Final = facts.History({}, {}, frozenset(), frozenset())
NO_CREDIT: Final = facts.Credit(facts.UNLIMITED, 0, 0, "warn")


@transaction
def rebuild_past_purchases() -> int:
    """Write the rows of the next requisitions that have none; returns how many."""
    known = PastPurchase.objects.values("requisition_id")
    missing = Requisition.objects.exclude(pk__in=known).exclude(revision=None)
    found = list(
        missing.select_related("company", "unit", "requester", "revision").order_by("pk")[:AT_ONCE]
    )
    PastPurchase.objects.bulk_create([_row(requisition) for requisition in found])
    return len(found)


def _row(requisition: Requisition) -> PastPurchase:
    revision = requisition.revision
    assert revision is not None
    content = read_content(revision.content)
    plan = json.loads(revision.plan)
    return PastPurchase(
        created_at=revision.created_at,
        company=requisition.company,
        unit=requisition.unit,
        requester=requisition.requester,
        requisition_id=requisition.pk,
        number=requisition.number,
        currency=content.currency,
        total_minor=content.net_minor,
        outcome=plan["outcome"],
        steps=[
            [step["side"], [one["member"] for one in step["approvers"]]] for step in plan["steps"]
        ],
        format=FORMAT,
        facts=write_facts(_facts(requisition, revision, content)),
        is_rebuilt=True,
    )


def _facts(requisition: Requisition, revision: Revision, content: Content) -> facts.Facts:
    return facts.Facts(
        now=revision.created_at,
        purchase=_purchase(content),
        requester=_requester(requisition, content.currency),
        beneficiary=None,
        authors=frozenset(revision.authors),
        organisation=NO_PEOPLE,
        budgets=(),
        company=_company(requisition, revision.created_at),
        history=NO_HISTORY,
        rates={},
    )


def _purchase(content: Content) -> facts.Purchase:
    products = Product.objects.in_bulk([line.product for line in content.lines])
    codes = {mark.id: mark.code for mark in content.cost_centers}
    return facts.Purchase(
        currency=content.currency,
        lines=tuple(_line(line, products.get(line.product), codes) for line in content.lines),
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
        quote=quote_terms(content.quote),
    )


def _line(line: ContentLine, product: Product | None, codes: Mapping[str, str]) -> facts.Line:
    return facts.Line(
        number=line.number,
        sku=line.sku,
        name=line.name,
        category=line.category.strip("/"),
        brand=product.brand if product else "",
        supplier=product.supplier if product else "",
        tags=frozenset(product.tags) if product else frozenset(),
        quantity=line.quantity,
        unit_price_minor=line.unit_price_minor,
        price_quantity=line.price_quantity,
        total_minor=line.total_minor,
        last_price_minor=line.last_paid_minor,
        list_price_minor=line.list_price_minor,
        restricted=bool(product and product.is_restricted),
        first_time=line.last_paid_minor is None,
        allocations=tuple(_allocation(part, codes) for part in line.allocations),
    )


def _allocation(part: ContentAllocation, codes: Mapping[str, str]) -> facts.Allocation:
    return facts.Allocation(
        part.quantity,
        part.ship_to,
        codes.get(part.cost_center, ""),
        _day(part.need_by_on),
        part.goods_minor,
        part.shipping_minor,
        part.tax_minor,
    )


def _requester(requisition: Requisition, currency: str) -> facts.Requester:
    member = requisition.requester
    inside = [None, *requisition.unit.path.strip("/").split("/")]
    grants: Sequence[RoleGrant] = [
        grant
        for grant in RoleGrant.objects.filter(member=member).select_related("role")
        if grant.unit_id in inside
    ]
    limit = Limit.objects.filter(member=member, use=Limit.Use.SPENDING).first()
    path = requisition.unit.path.strip("/")
    return facts.Requester(
        person=facts.Person(member.user_id, member.pk, "", path, None),
        roles=frozenset(grant.role.key for grant in grants),
        permissions=frozenset(right for grant in grants for right in grant.role.permissions),
        limit=spending_limit_of(limit),
        uses=tuple(facts.PeriodUse(period, Money(0, currency), 0) for period in PERIODS),
    )


def _company(requisition: Requisition, at: datetime) -> facts.Company:
    company = requisition.company
    earlier = Order.objects.filter(company=company, placed_at__lt=at)
    orders = earlier.aggregate(n=Count("id"), first=Min("placed_at"))
    zone = ZoneInfo(company.time_zone)
    since: datetime = orders["first"] or at
    return facts.Company(
        company.pk, company.currency, zone, since.astimezone(zone).date(), orders["n"], NO_CREDIT
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
