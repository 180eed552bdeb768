"""What an offer of the merchant's takes off and leaves, and who must release it.

Everything here is for the merchant's eyes: costs, margins and authority never reach a buyer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple
from zoneinfo import ZoneInfo

from placet.budgets.queries import find_credit
from placet.catalog.models import Product
from placet.catalog.prices import PriceTiers, list_prices_for
from placet.catalog.rates import rates_at
from placet.companies.models import Company, Limit, Member
from placet.companies.queries import get_merchant
from placet.orders.models import Order
from placet.plans.credit import credit_of
from placet.plans.limits import authority_of
from placet.plans.people import Needs, load_organisation
from placet.plans.planner import compile_offer_rulebooks, compile_versions
from placet.plans.windows import load_history
from placet.policy import facts
from placet.policy.money import Money, NoRate, Rate, exchange
from placet.policy.offers import Measured, OfferedLine, measure_line, measure_offer
from placet.policy.plan import Plan, RulebookRef
from placet.policy.planning import make_offer_plan
from placet.policy.rulebook import CompiledRulebook
from placet.policy.totals import line_total

NOTHING_SET = facts.Limit("over", None, None, None, None, None, None, None)


class Item(NamedTuple):
    """A line that is offered; the price is for as many pieces as the product is priced by."""

    number: int
    product: Product
    quantity: int
    minimum_quantity: int
    unit_price_minor: int


class Offering(NamedTuple):
    """An offer before it is made: to whom, and everything that is said of it.

    ``target_minor`` is what the buyer asked to pay for it, where they said so.
    """

    company: Company
    unit_path: str
    requester_id: str
    currency: str
    terms: str
    is_whole: bool
    items: Sequence[Item]
    target_minor: int | None


class LineFigures(NamedTuple):
    """A line's usual price and cost, for as many pieces as it is priced by, with its measures."""

    number: int
    usual_minor: int | None
    cost_minor: int | None
    measured: Measured


class OfferFigures(NamedTuple):
    """What an offer comes to for the merchant; amounts without tax and delivery."""

    lines: Mapping[int, LineFigures]
    total_minor: int
    usual_minor: int | None
    cost_minor: int | None
    measured: Measured
    target_minor: int | None


class OfferPlan(NamedTuple):
    """Who must release an offer, by which figures."""

    plan: Plan
    figures: OfferFigures


def figures_of(offering: Offering, *, now: datetime) -> OfferFigures:
    """The figures of an offer at the prices, costs and rates of now; three queries."""
    rates = rates_at(_currencies(offering), now)
    return _figures(offering, _tiers(offering, now), rates)


def plan_offer(
    offering: Offering,
    *,
    author_id: str,
    authors: Collection[str],
    references: Sequence[RulebookRef] | None = None,
    now: datetime,
) -> OfferPlan | None:
    """The plan of an offer, in a number of queries that is constant; nothing without such rules.

    ``authors`` are the users who shaped it, ``references`` the versions of an earlier plan.
    """
    versions = compile_offer_rulebooks() if references is None else compile_versions(references, [])
    if not versions:
        return None
    reads = [book.reads for book in versions if isinstance(book, CompiledRulebook)]
    merchant = get_merchant()
    needs = Needs(reads=reads, named=frozenset(), cost_center_owners={})
    organisation = _with_owners(
        load_organisation(merchant.id, author_id, [], needs, now=now), merchant.id
    )
    author = organisation.people.get(author_id)
    if author is None:
        raise facts.MissingFact("an active author")
    limit = _own_limit(author_id, organisation)
    currencies = _currencies(offering) | {offering.company.currency}
    for one in (limit, *(person.authority for person in organisation.people.values())):
        if one is not None and isinstance(one.order_maximum, Money):
            currencies.add(one.order_maximum.currency)
    currencies |= {currency for one in reads for currency in one.currencies}
    rates = rates_at(currencies, now)
    figures = _figures(offering, _tiers(offering, now), rates)
    purchase = _purchase(offering, figures)
    asking = facts.Requester(author, frozenset(), frozenset(), limit, ())
    known = facts.Facts(
        now=now,
        purchase=purchase,
        requester=asking,
        beneficiary=None,
        authors=frozenset(authors) | {author.user},
        organisation=organisation,
        budgets=(),
        company=_company(offering.company, now),
        history=load_history(
            offering.company.id,
            offering.requester_id,
            offering.unit_path,
            purchase,
            frozenset().union(*(one.windows for one in reads)),
            frozenset().union(*(one.facts for one in reads)),
            now=now,
        ),
        rates=rates,
    )
    return OfferPlan(make_offer_plan(versions, known), figures)


def _own_limit(author_id: str, organisation: facts.Organisation) -> facts.Limit:
    """What the author may offer alone: their authority; an owner's has no bounds unless set."""
    row = Limit.objects.filter(member_id=author_id, use=Limit.Use.AUTHORITY).first()
    if row is not None:
        return authority_of(row)
    return facts.UNRESTRICTED if author_id in organisation.merchant_owners else NOTHING_SET


def _with_owners(organisation: facts.Organisation, merchant_id: str) -> facts.Organisation:
    """The store's owners release everything, unless their own authority says how much."""
    people = dict(organisation.people)
    for member_id in organisation.merchant_owners:
        person = people.get(member_id)
        if person is not None and person.authority is None:
            people[member_id] = person._replace(authority=facts.UNRESTRICTED)
    return organisation._replace(people=people)


def _currencies(offering: Offering) -> set[str]:
    costs = {item.product.cost_currency for item in offering.items} - {""}
    return {offering.currency, *costs}


def _tiers(offering: Offering, now: datetime) -> Mapping[str, PriceTiers]:
    ids = [item.product.pk for item in offering.items]
    return list_prices_for(offering.company.pk, offering.currency, ids, now)


def _figures(
    offering: Offering,
    tiers: Mapping[str, PriceTiers],
    rates: Mapping[tuple[str, str], Rate],
) -> OfferFigures:
    measured = [
        _offered(item, tiers.get(item.product.pk), _cost(item.product, offering.currency, rates))
        for item in offering.items
    ]
    lines = {}
    for item, line in zip(offering.items, measured, strict=True):
        size = item.product.price_quantity
        lines[item.number] = LineFigures(
            item.number,
            _per(line.usual, item.quantity, size),
            _per(line.cost, item.quantity, size),
            measure_line(line),
        )
    return OfferFigures(
        lines=lines,
        total_minor=_goods(offering),
        usual_minor=_whole([line.usual for line in measured]),
        cost_minor=_whole([line.cost for line in measured]),
        measured=measure_offer(measured, is_whole=offering.is_whole),
        target_minor=offering.target_minor,
    )


def _offered(item: Item, tiers: PriceTiers | None, cost: Fraction | None) -> OfferedLine:
    size = item.product.price_quantity
    usual = at_most = None
    if tiers is not None:
        usual = Fraction(tiers.at(item.quantity) * item.quantity, size)
        begins = {item.minimum_quantity, item.quantity}
        begins |= {
            tier.from_quantity
            for tier in tiers.tiers
            if item.minimum_quantity <= tier.from_quantity <= item.quantity
        }
        at_most = max(Fraction(tiers.at(quantity), size) for quantity in begins)
    return OfferedLine(
        number=item.number,
        quantity=item.quantity,
        offered=Fraction(item.unit_price_minor * item.quantity, size),
        usual=usual,
        usual_at_most=at_most,
        cost=None if cost is None else cost * item.quantity,
    )


def _cost(
    product: Product, currency: str, rates: Mapping[tuple[str, str], Rate]
) -> Fraction | None:
    """What a piece costs the merchant, in the offer's currency; unknown without a rate."""
    if product.cost_minor is None or not product.cost_currency:
        return None
    try:
        rate = exchange(product.cost_currency, currency, rates)
    except NoRate:
        return None
    return Fraction(product.cost_minor, product.price_quantity) * rate


def _per(amount: Fraction | None, quantity: int, size: int) -> int | None:
    return None if amount is None else round(amount / quantity * size)


def _whole(amounts: Sequence[Fraction | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return round(sum(known, Fraction(0))) if len(known) == len(amounts) else None


def _goods(offering: Offering) -> int:
    return sum(
        line_total(item.unit_price_minor, item.quantity, item.product.price_quantity)
        for item in offering.items
    )


def _purchase(offering: Offering, figures: OfferFigures) -> facts.Purchase:
    """The offer as if it were bought whole, without tax and delivery."""
    measured, total = figures.measured, figures.total_minor
    quote = facts.QuoteTerms(measured.discount, measured.margin, offering.target_minor)
    return facts.Purchase(
        currency=offering.currency,
        lines=tuple(_line(item, figures.lines[item.number]) for item in offering.items),
        goods_minor=total,
        shipping_minor=0,
        tax_minor=0,
        total_minor=total,
        bill_to="",
        terms=offering.terms,
        references={"po": ""},
        justification="",
        source="quote",
        requested_on=None,
        quote=quote,
    )


def _line(item: Item, figures: LineFigures) -> facts.Line:
    product = item.product
    total = line_total(item.unit_price_minor, item.quantity, product.price_quantity)
    return facts.Line(
        number=item.number,
        sku=product.sku,
        name=product.name,
        category=product.category.path.strip("/"),
        brand=product.brand,
        supplier=product.supplier,
        tags=frozenset(product.tags),
        quantity=item.quantity,
        unit_price_minor=item.unit_price_minor,
        price_quantity=product.price_quantity,
        total_minor=total,
        last_price_minor=None,
        list_price_minor=figures.usual_minor,
        restricted=product.is_restricted,
        first_time=False,
        allocations=(facts.Allocation(item.quantity, "", "", None, total, 0, 0),),
    )


def _company(company: Company, now: datetime) -> facts.Company:
    zone = ZoneInfo(company.time_zone)
    orders = Order.objects.filter(company=company).order_by("placed_at")
    first = orders.values_list("placed_at", flat=True).first() or now
    return facts.Company(
        id=company.pk,
        currency=company.currency,
        zone=zone,
        customer_since_on=first.astimezone(zone).date(),
        earlier_orders=orders.count(),
        credit=credit_of(company, find_credit(company.pk)),
    )


def users_of(member_ids: Collection[str]) -> frozenset[str]:
    """The humans behind these members."""
    rows = Member.objects.filter(pk__in=sorted(set(member_ids) - {""}))
    return frozenset(rows.values_list("user_id", flat=True))
