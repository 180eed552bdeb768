"""The database sums up to the same numbers as somebody who reads row by row."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from placet.catalog.models import Product
from placet.companies.models import Company
from placet.orders.models import HandOver, Order
from placet.plans.models import PurchasedLine
from placet.quotes.models import Offer, OfferLine, Quote
from placet.reports.handling import read_handling
from placet.reports.quoting import read_quoting
from placet.reports.sales import read_sales
from placet.reports.spans import Days, read_span
from placet.reports.spending import read_spending
from placet.reports.values import ALL, TIME, Ask
from placet.requisitions.health import rank_of
from tests.cast import Cast
from tests.quotes.talks import GLOVES, ask, prices, say
from tests.requisitions.road import fill_cart, submit

pytestmark = pytest.mark.django_db
CATEGORIES = ("gloves/nitrile/", "gloves/", "office/pens/", "office/")


def make_lines(cast: Cast, seed: int, count: int = 300) -> list[PurchasedLine]:
    """Lines of two companies in two currencies, some at the edges of days and of summer time."""
    chance = random.Random(seed)
    edges = [
        datetime(2026, 10, 25, 0, 59, 59, tzinfo=ZoneInfo("UTC")),
        datetime(2026, 9, 30, 22, 0, tzinfo=ZoneInfo("UTC")),
        datetime(2026, 9, 30, 21, 59, 59, tzinfo=ZoneInfo("UTC")),
    ]
    people = {"meridian": ("lena", "pavel", "sofia"), "kowalski": ("ola",)}
    rows = []
    for _row in range(count):
        company = chance.choice(sorted(people))
        person = chance.choice(people[company])
        at = cast.now - timedelta(minutes=chance.randrange(200 * 24 * 60))
        rows.append(
            PurchasedLine(
                created_at=chance.choice([at, at, at, *edges]),
                company_id=cast.company[company],
                member_id=cast.member[person],
                order_id=f"ord_{chance.randrange(60)}",
                requisition_id="req_x",
                unit_path=getattr(cast, person).unit_path,
                cost_center_id=chance.choice(["", "cc_1", "cc_2"]),
                sku=chance.choice([GLOVES, "DRS-15"]),
                category_path=chance.choice(CATEGORIES),
                currency=chance.choice(["EUR", "EUR", "PLN"]),
                quantity=1,
                unit_price_minor=1,
                total_minor=chance.randrange(1, 10**12),
            )
        )
    PurchasedLine.objects.bulk_create(rows)
    return rows


def monday_of(on: date) -> date:
    return on - timedelta(days=on.weekday())


def stretch(at: datetime, days: Days) -> str:
    on = at.astimezone(days.zone).date()
    first = {"day": on, "week": monday_of(on), "month": on.replace(day=1)}[days.bucket]
    return first.isoformat()


@pytest.mark.parametrize("seed", range(6))
def test_sales_and_spend(seed: int, cast: Cast) -> None:
    rows = make_lines(cast, seed)
    period = ("month", "last_quarter", "year", "days_30", "days_90", "days_365")[seed]
    keys = {
        ALL: lambda row, days: "",
        TIME: lambda row, days: stretch(row.created_at, days),
        "customer": lambda row, days: row.company_id,
        "category": lambda row, days: row.category_path.split("/")[0] + "/",
        "unit": lambda row, days: row.unit_path,
        "cost_center": lambda row, days: row.cost_center_id,
        "requester": lambda row, days: row.member_id,
    }
    for actor, read, first, groupings in (
        (cast.odd, read_sales, "value", (ALL, TIME, "customer", "category")),
        (cast.ines, read_spending, "spend", (ALL, TIME, "unit", "cost_center", "category")),
        (cast.ines, read_spending, "spend", ("requester",)),
    ):
        company = Company.objects.get(pk=actor.company_id)
        for days in read_span(company, period, now=cast.now)[1:]:
            for currency in ("EUR", "PLN"):
                seen = [
                    row
                    for row in rows
                    if row.currency == currency
                    and days.starts_on <= row.created_at.astimezone(days.zone).date() < days.ends_on
                    and (actor.is_merchant or row.company_id == actor.company_id)
                ]
                for by in groupings:
                    sums: dict[str, int] = defaultdict(int)
                    orders: dict[str, set[str]] = defaultdict(set)
                    for row in seen:
                        sums[keys[by](row, days)] += row.total_minor
                        orders[keys[by](row, days)].add(row.order_id)
                    read_now = read(Ask(actor, days, by, currency))
                    told = {key: values[first] for key, values in read_now.items() if key or by}
                    counted = {key: values["orders"] for key, values in read_now.items()}
                    if by == ALL:
                        assert read_now[""][first] == sums.get("", 0)
                        assert counted[""] == len(orders.get("", ()))
                        continue
                    assert told == dict(sums)
                    assert counted == {key: len(found) for key, found in orders.items()}


@pytest.mark.parametrize("seed", range(3))
def test_times_of_orders_are_nearest_ranks(seed: int, cast: Cast) -> None:
    chance = random.Random(seed)
    hours: list[float] = []
    for number in range(chance.randrange(1, 9)):
        bought = submit(
            fill_cart(cast, (GLOVES, 20), name=f"Week {number}"), actor=cast.lena, now=cast.now
        )
        order = Order.objects.get(requisition_id=bought.pk)
        after = chance.randrange(1, 500)
        if chance.random() < 0.8:
            hours.append(after / 4)
            for more in (0, 50):
                HandOver.objects.create(
                    created_at=order.placed_at + timedelta(minutes=15 * (after + more)),
                    order=order,
                    kind=HandOver.Kind.ACKNOWLEDGEMENT,
                    channel="web",
                )
    company = Company.objects.get(pk=cast.odd.company_id)
    days = read_span(company, "quarter", now=cast.now).days
    told = read_handling(Ask(cast.odd, days, "customer", "EUR"))[cast.company["meridian"]]
    assert told["export_median"] == (rank_of(hours, 50) if hours else None)
    assert told["export_slow"] == (rank_of(hours, 90) if hours else None)


def test_discount_and_margin_are_those_of_the_last_offers(cast: Cast) -> None:
    Product.objects.filter(sku=GLOVES).update(cost_minor=333, cost_currency="EUR")
    for name, price in (("One", 700), ("Two", 650)):
        quote = ask(cast, (GLOVES, 100), name=name)
        say(quote, cast.mira, prices((GLOVES, 100, price)))
    ask(cast, (GLOVES, 5), name="Unanswered")
    cost, offered, listed = 0.0, 0.0, 0.0
    for line in OfferLine.objects.filter(offer__side="merchant").select_related("product"):
        assert line.product is not None
        assert line.unit_price_minor is not None
        offered += line.quantity * line.unit_price_minor / line.price_quantity
        listed += line.quantity * (line.list_price_minor or 0) / line.price_quantity
        cost += line.quantity * (line.product.cost_minor or 0) / line.product.price_quantity
    company = Company.objects.get(pk=cast.odd.company_id)
    days = read_span(company, "quarter", now=cast.now).days
    told = read_quoting(Ask(cast.odd, days, ALL, "EUR"))[""]
    assert told["asked"] == Quote.objects.count() == 3
    assert Offer.objects.filter(side="merchant").count() == 2
    assert told["margin"] == pytest.approx(1 - cost / offered)
    assert told["discount"] == pytest.approx(1 - offered / listed)


def test_spans_touch_and_never_overlap(cast: Cast) -> None:
    company = Company.objects.get(pk=cast.company["meridian"])
    company.fiscal_year_month = 4
    for at in range(0, 800, 13):
        now = cast.now + timedelta(days=at)
        for period in ("month", "last_month", "quarter", "last_quarter", "year", "last_year"):
            span = read_span(company, period, now=now)
            assert span.before.ends_on == span.days.starts_on
            today = now.astimezone(span.days.zone).date()
            assert (span.days.starts_on <= today < span.days.ends_on) == (
                not period.startswith("last_")
            )
            for days in (span.days, span.before):
                starts = days.buckets
                assert starts[0] <= days.starts_on
                assert starts == sorted(set(starts))
    fiscal = read_span(company, "year", now=cast.now).days
    assert (fiscal.starts_on, fiscal.last_on) == (date(2026, 4, 1), date(2027, 3, 31))
