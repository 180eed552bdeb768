"""All facts of one plan, loaded in a fixed number of queries whatever the lines or members."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count, Min

from placet.budgets.actions.count_purchase import Counted
from placet.budgets.models import Budget
from placet.budgets.opening import open_periods
from placet.budgets.queries import list_budgets_drawn_on, list_counters
from placet.carts.models import Cart
from placet.carts.pricing import PricedCart
from placet.catalog.rates import rates_at
from placet.companies.models import Company, CostCenter, Limit, Member, RoleGrant, Unit
from placet.orders.models import Order
from placet.plans.besides import Besides
from placet.plans.credit import credit_of
from placet.plans.history import list_last_paid
from placet.plans.limits import spending_limit_of, uses_of
from placet.plans.people import Needs, load_category_owners, load_organisation
from placet.plans.periods import period_starts
from placet.plans.purchase import purchase_of_cart
from placet.plans.windows import load_history
from placet.policy import facts
from placet.policy.money import Money
from placet.policy.reads import Reads

BUDGET_KINDS: Mapping[str, str] = {
    Budget.OwnerKind.COMPANY: "company",
    Budget.OwnerKind.UNIT: "unit",
    Budget.OwnerKind.MEMBER: "member",
    Budget.OwnerKind.COST_CENTER: "cost_centre",
    Budget.OwnerKind.CATEGORY: "category",
}
BASES: Mapping[str, str] = {
    Budget.Basis.NET: "goods",
    Budget.Basis.WITH_SHIPPING: "with_shipping",
    Budget.Basis.GROSS: "gross",
}


class Loaded(NamedTuple):
    """The facts, with what freezing the purchase needs beside them."""

    facts: facts.Facts
    last_paid: Mapping[str, int]


def load_units(company_id: str, unit_path: str) -> list[Unit]:
    """The units from the root down to the one at this path."""
    ids = unit_path.strip("/").split("/")
    found = {unit.id: unit for unit in Unit.objects.filter(company_id=company_id, pk__in=ids)}
    return [found[unit_id] for unit_id in ids if unit_id in found]


def load_cart_facts(
    cart: Cart,
    priced: PricedCart,
    units: Sequence[Unit],
    reads: Sequence[Reads],
    *,
    authors: Collection[str],
    counted: Mapping[str, Counted] | None,
    source: str = "cart",
    besides: Besides | None = None,
    now: datetime,
) -> Loaded:
    """The facts of a cart as the rulebooks need them; ``counted`` replaces the stored counters.

    ``besides`` is the requisition whose next revision this would be: what it holds itself is left
    out, and exchange rates and budget periods are those of its first submission.
    """
    company, requester = cart.company, cart.owner
    submitted_at = besides.submitted_at if besides else now
    own = besides.ordered_id if besides else ""
    skus = [line.product.sku for line in priced.lines]
    last_paid = list_last_paid(company.id, priced.currency, skus, besides=own)
    centers = _load_cost_centers(company.id, priced)
    purchase = purchase_of_cart(
        cart,
        priced,
        source=source,
        last_paid=last_paid,
        cost_center_codes={center.id: center.code for center in centers},
    )
    # Counters that come with the call were counted in this transaction: then budgets are locked.
    categories = {line.product.category.path for line in priced.lines}
    budgets, credit = load_budgets(
        cart, categories, centers, submitted_at, locked=counted is not None, besides=besides
    )
    needs = Needs(
        reads=reads,
        named=frozenset(budget.owner for budget in budgets if budget.owner),
        cost_center_owners={c.code: c.owner_id for c in centers if c.owner_id},
        category_owners=load_category_owners(company.id, categories, reads),
    )
    organisation = load_organisation(company.id, requester.id, units, needs, now=now)
    if counted is None and besides is not None:
        counted = besides.counted
    if counted is None:
        counted = _load_counters(company, requester.id, priced.currency, submitted_at)
    asking = _load_requester(requester, units, organisation, counted, priced.currency)
    currencies = {company.currency, priced.currency, *(budget.currency for budget in budgets)}
    currencies |= set(_currencies(reads, asking, organisation))
    return Loaded(
        facts.Facts(
            now=now,
            purchase=purchase,
            requester=asking,
            beneficiary=None,
            authors=frozenset(authors),
            organisation=organisation,
            budgets=budgets,
            company=_load_company(company, credit, own, now),
            history=load_history(
                company.id,
                requester.id,
                cart.unit.path,
                purchase,
                frozenset().union(*(one.windows for one in reads)),
                frozenset().union(*(one.facts for one in reads)),
                besides=own,
                now=now,
            ),
            rates=rates_at(currencies, submitted_at),
        ),
        last_paid,
    )


def _currencies(
    reads: Sequence[Reads], requester: facts.Requester, organisation: facts.Organisation
) -> Iterator[str]:
    """Every currency that the rules, the requester's limit or somebody's authority is stated in."""
    for one in reads:
        yield from one.currencies
    for limit in (requester.limit, *(person.authority for person in organisation.people.values())):
        if limit is not None:
            bounds = limit.periods if isinstance(limit.periods, tuple) else ()
            stated = (limit.order_minimum, limit.order_maximum, *(bound.spend for bound in bounds))
            yield from (money.currency for money in stated if isinstance(money, Money))


def _load_cost_centers(company_id: str, priced: PricedCart) -> list[CostCenter]:
    wanted = {part.cost_center_id for line in priced.lines for part in line.allocations}
    return list(CostCenter.objects.filter(company_id=company_id, pk__in=sorted(wanted)))


def load_budgets(
    cart: Cart,
    category_paths: Collection[str],
    centers: Sequence[CostCenter],
    now: datetime,
    *,
    locked: bool,
    besides: Besides | None = None,
) -> tuple[tuple[facts.Budget, ...], facts.Credit]:
    """The budgets that a cart with these marks draws on, and the credit that the merchant gives.

    What ``besides`` holds or took in them is not counted; locked, its budgets are locked too.
    """
    codes = {center.id: center.code for center in centers}
    held = besides.reserved_minor if besides else {}
    taken = besides.committed_minor if besides else {}
    if locked:
        open_periods(cart.company_id, now=now)
    rows = list_budgets_drawn_on(
        cart.company_id,
        unit_path=cart.unit.path,
        member_id=cart.owner_id,
        cost_center_ids=[center.id for center in centers],
        category_paths=sorted(category_paths),
        now=now,
        locked=locked,
        locked_too=sorted({*held, *taken}),
    )
    for row in rows:
        row.reserved_minor -= held.get(row.id, 0)
        row.committed_minor -= taken.get(row.id, 0)
    credit = next((row for row in rows if row.account == Budget.Account.CREDIT), None)
    budgets = tuple(budget_fact(row, codes) for row in rows if row.account == Budget.Account.BUDGET)
    return budgets, credit_of(cart.company, credit)


def budget_fact(row: Budget, codes: Mapping[str, str]) -> facts.Budget:
    """A budget as the engine reads it; ``codes`` are those of the cost centres, by their ids."""
    return facts.Budget(
        id=row.id,
        name=row.name,
        kind=BUDGET_KINDS[row.owner_kind],  # type: ignore[arg-type]
        key=codes.get(row.owner_ref) or row.owner_path.strip("/") or row.owner_ref,
        owner=row.responsible_id,
        mode=row.mode,  # type: ignore[arg-type]
        basis=BASES[row.basis],  # type: ignore[arg-type]
        currency=row.currency,
        amount_minor=row.amount_minor,
        committed_minor=row.committed_minor,
        reserved_minor=row.reserved_minor,
    )


def _load_counters(
    company: Company, member_id: str, currency: str, now: datetime
) -> dict[str, Counted]:
    starts: dict[str, date] = period_starts(company, now)
    stored = {
        row.period: Counted(row.spend_minor, row.orders)
        for row in list_counters(member_id, currency, dict(starts))
    }
    return {period: stored.get(period, Counted(0, 0)) for period in starts}


def _load_requester(
    member: Member,
    units: Sequence[Unit],
    organisation: facts.Organisation,
    counted: Mapping[str, Counted],
    currency: str,
) -> facts.Requester:
    person = organisation.people.get(member.id)
    if person is None:
        raise facts.MissingFact("an active requester")
    inside = [None, *(unit.id for unit in units)]
    grants = [
        grant
        for grant in RoleGrant.objects.filter(member=member).select_related("role")
        if grant.unit_id in inside
    ]
    limit = Limit.objects.filter(member=member, use=Limit.Use.SPENDING).first()
    return facts.Requester(
        person=person,
        roles=frozenset(grant.role.key for grant in grants),
        permissions=frozenset(p for grant in grants for p in grant.role.permissions),
        limit=spending_limit_of(limit),
        uses=uses_of(counted, currency),
    )


def _load_company(
    company: Company, credit: facts.Credit, besides: str, now: datetime
) -> facts.Company:
    earlier = Order.objects.filter(company=company)
    if besides:
        earlier = earlier.exclude(requisition_id=besides)
    orders = earlier.aggregate(n=Count("id"), first=Min("placed_at"))
    zone = ZoneInfo(company.time_zone)
    since: datetime = orders["first"] or now
    return facts.Company(
        id=company.id,
        currency=company.currency,
        zone=zone,
        customer_since_on=since.astimezone(zone).date(),
        earlier_orders=orders["n"],
        credit=credit,
    )
