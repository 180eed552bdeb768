"""How the day goes: orders, their value and quotes won, beside the same weekday before."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncDate

from placet.companies.permissions import ORDER_PROCESS, QUOTE_MANAGE
from placet.companies.queries import get_merchant
from placet.core.actor import Actor
from placet.orders.models import Order
from placet.orders.queries import list_orders
from placet.policy.periods import start_of_day
from placet.quotes.models import Acceptance
from placet.quotes.queries import list_quotes
from placet.web.sparks import Spark, draw_spark

DAYS: Final = 15
WEEK: Final = timedelta(days=7)


class Figure(NamedTuple):
    """A number of today and what it was a week ago at this hour; money where it has a currency.

    ``days`` are the last two weeks with today, the oldest first, for the table beneath the line.
    """

    key: str
    today: int
    before: int
    currency: str
    spark: Spark | None
    days: list[tuple[date, int]]

    @property
    def change(self) -> int:
        """What there is more than a week ago."""
        return self.today - self.before


class Days(NamedTuple):
    """The last days of the merchant's calendar, and the hour of the week before."""

    first_at: datetime
    dates: list[date]
    today_at: datetime
    before_at: datetime
    before_until: datetime
    zone: ZoneInfo


def list_figures(actor: Actor, *, now: datetime) -> list[Figure]:
    """What the person may see of the day; two queries for orders, two for quotes."""
    days = _days(now)
    figures = []
    if actor.holds(ORDER_PROCESS):
        figures += _orders(actor, days)
    if actor.holds(QUOTE_MANAGE):
        figures.append(_won(actor, days))
    return figures


def _days(now: datetime) -> Days:
    zone = ZoneInfo(get_merchant().time_zone)
    today = now.astimezone(zone).date()
    dates = [today - timedelta(days=ago) for ago in range(DAYS - 1, -1, -1)]
    return Days(
        start_of_day(dates[0], zone),
        dates,
        start_of_day(today, zone),
        start_of_day(today - WEEK, zone),
        now - WEEK,
        zone,
    )


def _orders(actor: Actor, days: Days) -> list[Figure]:
    """How many were placed, and what they come to in each currency; cancelled ones are none."""
    placed = list_orders(actor).exclude(status=Order.Status.CANCELLED).order_by()
    counts: dict[date, int] = defaultdict(int)
    sums: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for on, currency, count, total in (
        placed.filter(placed_at__gte=days.first_at)
        .annotate(on=TruncDate("placed_at", tzinfo=days.zone))
        .values_list("on", "currency")
        .annotate(count=Count("pk"), total=Sum("goods_minor"))
    ):
        counts[on] += count
        sums[currency][on] += int(total)
    then = {
        currency: (count, int(total))
        for currency, count, total in placed.filter(
            placed_at__gte=days.before_at, placed_at__lt=days.before_until
        )
        .values_list("currency")
        .annotate(count=Count("pk"), total=Sum("goods_minor"))
    }
    before = sum(count for count, _total in then.values())
    return [
        _figure("orders", counts, before, days),
        *(
            _figure("value", sums[one], then.get(one, (0, 0))[1], days, one)
            for one in sorted(sums.keys() | {actor.currency}, key=lambda one: one != actor.currency)
        ),
    ]


def _won(actor: Actor, days: Days) -> Figure:
    """Offers that customers took, counted on the day on which they did."""
    taken = Acceptance.objects.filter(
        quote__in=list_quotes(actor).order_by(), created_at__gte=days.first_at
    )
    counts: dict[date, int] = dict(
        taken.annotate(on=TruncDate("created_at", tzinfo=days.zone))
        .values_list("on")
        .annotate(count=Count("pk"))
    )
    then = taken.filter(Q(created_at__gte=days.before_at) & Q(created_at__lt=days.before_until))
    return _figure("won", counts, then.count(), days)


def _figure(
    key: str, counts: dict[date, int], before: int, days: Days, currency: str = ""
) -> Figure:
    told = [(on, counts.get(on, 0)) for on in days.dates]
    return Figure(key, told[-1][1], before, currency, draw_spark([n for _on, n in told]), told)
