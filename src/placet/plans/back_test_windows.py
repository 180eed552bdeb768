"""Rolling windows of then: what the product's own sums would have said at a moment of the past.

The lines of the flat history are read once, as running sums by key; a window is then the difference
of two of them, found by bisection. Only measures and days that a rulebook reads are loaded.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db.models import Min, QuerySet

from placet.plans.models import PurchasedLine
from placet.policy import facts
from placet.policy.variations import is_similar

Window = tuple[str, int]
Key = tuple[str, ...]
NOTHING: Final = facts.History({}, {}, frozenset(), frozenset())
AT_ONCE: Final = 5_000


class _Sums:
    """Amounts in the order of time, with the sum up to each."""

    __slots__ = ("moments", "sums")

    def __init__(self) -> None:
        self.moments: list[datetime] = []
        self.sums: list[int] = [0]

    def add(self, moment: datetime, minor: int) -> None:
        self.moments.append(moment)
        self.sums.append(self.sums[-1] + minor)

    def between(self, since: datetime, until: datetime) -> int:
        """The sum from ``since``, before ``until``."""
        moments, sums = self.moments, self.sums
        return sums[bisect_left(moments, until)] - sums[bisect_left(moments, since)]


class _Orders:
    """Which orders held a product, in the order of time."""

    __slots__ = ("moments", "orders")

    def __init__(self) -> None:
        self.moments: list[datetime] = []
        self.orders: list[str] = []

    def between(self, since: datetime, until: datetime) -> set[str]:
        start, end = bisect_left(self.moments, since), bisect_left(self.moments, until)
        return set(self.orders[start:end])


class Wanted(NamedTuple):
    """What the rulebooks read of the history."""

    windows: frozenset[Window]
    first_categories: bool
    first_ship_tos: bool

    @property
    def is_nothing(self) -> bool:
        """Whether no rule reads the history."""
        return not (self.windows or self.first_categories or self.first_ship_tos)


class Windows:
    """The history of one or all companies, for purchases between two instants."""

    def __init__(
        self, company_id: str | None, wanted: Wanted, *, since: datetime, until: datetime
    ) -> None:
        self._wanted = wanted
        self._measures = {measure for measure, _days in wanted.windows}
        self._sums: dict[Key, _Sums] = {}
        self._orders: dict[Key, _Orders] = {}
        self._first: dict[Key, datetime] = {}
        if wanted.is_nothing:
            return
        lines = PurchasedLine.objects.filter(created_at__lt=until)
        if company_id is not None:
            lines = lines.filter(company_id=company_id)
        if wanted.first_categories:
            self._load_first(lines, "category_path")
        if wanted.first_ship_tos:
            self._load_first(lines, "ship_to_id")
        if wanted.windows:
            longest = max(days for _measure, days in wanted.windows)
            self._load(lines.filter(created_at__gte=since - timedelta(days=longest)))

    def history_of(
        self, company_id: str, requester: str, unit_path: str, bought: facts.Purchase, at: datetime
    ) -> facts.History:
        """What ``windows.load_history`` would have found for this purchase; paths as stored."""
        if self._wanted.is_nothing:
            return NOTHING
        place = (company_id, bought.currency)
        totals: dict[Window, int] = {}
        by_key: dict[Window, dict[str, int]] = {}
        for window in self._wanted.windows:
            measure, since = window[0], at - timedelta(days=window[1])
            if measure == "spend_requester":
                totals[window] = self._sum((*place, "member", requester), since, at)
            elif measure == "spend_unit":
                totals[window] = self._sum((*place, "unit", unit_path), since, at)
            elif measure == "similar_orders":
                totals[window] = self._similar((*place, unit_path), bought, since, at)
            else:
                by_key[window] = self._by_key(place, measure, bought, since, at)
        return facts.History(
            totals,
            by_key,
            self._firsts(place, "category_path", _categories(bought), at),
            self._firsts(place, "ship_to_id", _ship_tos(bought), at),
        )

    # ── Reading the lines ───────────────────────────────────────────────────────────────────────

    def _load(self, lines: QuerySet[PurchasedLine]) -> None:
        columns = (
            *("created_at", "company_id", "currency", "member_id", "unit_path"),
            *("category_path", "ship_to_id", "sku", "order_id", "total_minor"),
        )
        rows = lines.order_by("created_at", "id").values_list(*columns)
        for moment, company, currency, *named, minor in rows.iterator(chunk_size=AT_ONCE):
            for key in self._keys((company, currency), *named[:4]):
                self._sums.setdefault(key, _Sums()).add(moment, minor)
            if "similar_orders" in self._measures:
                place = (company, currency, named[1], named[4])
                orders = self._orders.setdefault(place, _Orders())
                orders.moments.append(moment)
                orders.orders.append(named[5])

    def _keys(
        self, place: Key, member: str, unit_path: str, category: str, ship_to: str
    ) -> Iterator[Key]:
        measures = self._measures
        if "spend_requester" in measures:
            yield (*place, "member", member)
        if "spend_unit" in measures:
            for end, letter in enumerate(unit_path):
                if letter == "/" and end:
                    yield (*place, "unit", unit_path[: end + 1])
        if "spend_category" in measures:
            yield (*place, "spend_category", category.strip("/"))
        if "spend_ship_to" in measures:
            yield (*place, "spend_ship_to", ship_to)

    def _load_first(self, lines: QuerySet[PurchasedLine], column: str) -> None:
        rows = lines.values_list("company_id", "currency", column).annotate(first=Min("created_at"))
        for company, currency, key, first in rows.order_by():
            self._first[company, currency, column, key.strip("/")] = first

    # ── Answers ─────────────────────────────────────────────────────────────────────────────────

    def _sum(self, key: Key, since: datetime, until: datetime) -> int:
        found = self._sums.get(key)
        return found.between(since, until) if found else 0

    def _by_key(
        self, place: Key, measure: str, bought: facts.Purchase, since: datetime, until: datetime
    ) -> dict[str, int]:
        is_category = measure == "spend_category"
        keys = _categories(bought) if is_category else _ship_tos(bought)
        return {key: self._sum((*place, measure, key), since, until) for key in keys}

    def _similar(self, place: Key, bought: facts.Purchase, since: datetime, until: datetime) -> int:
        skus = {line.sku for line in bought.lines}
        shared: Counter[str] = Counter()
        for sku in skus:
            orders = self._orders.get((*place, sku))
            if orders is not None:
                shared.update(orders.between(since, until))
        return sum(1 for count in shared.values() if is_similar(count, len(skus)))

    def _firsts(
        self, place: Key, column: str, keys: Collection[str], at: datetime
    ) -> frozenset[str]:
        is_wanted = (
            self._wanted.first_categories
            if column == "category_path"
            else self._wanted.first_ship_tos
        )
        if not is_wanted:
            return frozenset()
        return frozenset(
            key
            for key in keys
            if (first := self._first.get((*place, column, key))) is None or first >= at
        )


def wanted_by(all_windows: Iterable[Window], all_facts: Iterable[str]) -> Wanted:
    """What has to be loaded for rulebooks that read these windows and facts."""
    read = set(all_facts)
    return Wanted(
        frozenset(all_windows),
        "history.first_categories" in read,
        "history.first_ship_tos" in read,
    )


def _categories(bought: facts.Purchase) -> set[str]:
    return {line.category for line in bought.lines}


def _ship_tos(bought: facts.Purchase) -> set[str]:
    return {part.ship_to for line in bought.lines for part in line.allocations}
