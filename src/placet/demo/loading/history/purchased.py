"""The flat purchase history while it is played: last prices, and sums over the last days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from placet.carts.models import Cart
from placet.demo.loading.history.bulk import insert_rows
from placet.orders.content import Content
from placet.plans.history import purchased_lines_of
from placet.plans.models import PurchasedLine
from placet.policy import facts
from placet.policy.reads import Reads
from placet.policy.variations import is_similar


class Bought(NamedTuple):
    """One order, with what sums and counts ask of it."""

    at: datetime
    member: str
    unit_path: str
    lines: tuple[PurchasedLine, ...]
    skus: frozenset[str]


class Purchased:
    """What every company ordered so far, in the order of time; currency is EUR throughout."""

    def __init__(self) -> None:
        self._pending: list[PurchasedLine] = []
        self._by_company: dict[str, list[Bought]] = {}
        self._last_paid: dict[tuple[str, str], int] = {}
        self._categories: dict[str, set[str]] = {}
        self._ship_tos: dict[str, set[str]] = {}
        self._known = 0

    def ordered(self, content: Content, *, order_id: str, unit_path: str, now: datetime) -> None:
        """An order left."""
        lines = purchased_lines_of(content, order_id=order_id, unit_path=unit_path, now=now)
        self._pending += lines
        self._add(lines)

    def flush(self) -> None:
        """Write down what is not yet."""
        insert_rows(self._pending)
        self._known += len(self._pending)
        self._pending.clear()

    def catch_up(self) -> None:
        """Take in what others ordered since the last flush."""
        rows = list(PurchasedLine.objects.order_by("id")[self._known :])
        self._known += len(rows)
        by_order: dict[str, list[PurchasedLine]] = {}
        for row in rows:
            by_order.setdefault(row.order_id, []).append(row)
        for lines in by_order.values():
            self._add(lines)

    def last_paid(self, company_id: str, skus: Iterable[str]) -> dict[str, int]:
        """The last unit price of each of these, where the company bought it."""
        found = {sku: self._last_paid.get((company_id, sku)) for sku in skus}
        return {sku: minor for sku, minor in found.items() if minor is not None}

    def orders_of(self, company_id: str, now: datetime) -> tuple[int, datetime]:
        """How many orders the company placed, and when the first."""
        bought = self._by_company.get(company_id, [])
        return len(bought), bought[0].at if bought else now

    def history_of(
        self, cart: Cart, purchase: facts.Purchase, reads: Iterable[Reads], now: datetime
    ) -> facts.History:
        """What ``plans.windows`` would sum from the rows."""
        wanted: set[tuple[str, int]] = set()
        names: set[str] = set()
        for one in reads:
            wanted |= one.windows
            names |= one.facts
        totals: dict[tuple[str, int], int] = {}
        by_key: dict[tuple[str, int], dict[str, int]] = {}
        for measure, days in sorted(wanted):
            recent = list(self._since(cart.company_id, now - timedelta(days=days)))
            if measure in ("category_spend", "spend_category"):
                nothing = dict.fromkeys((line.category for line in purchase.lines), 0)
                by_key[measure, days] = nothing | _by(recent, "category_path")
            elif measure in ("spend_requester", "spend_unit", "similar_orders"):
                totals[measure, days] = _total(measure, recent, cart, purchase)
            else:
                nothing = dict.fromkeys(_places(purchase), 0)
                by_key[measure, days] = nothing | _by(recent, "ship_to_id")
        return facts.History(
            totals=totals,
            by_key=by_key,
            first_categories=self._first_categories(cart, purchase, names),
            first_ship_tos=self._first_ship_tos(cart, purchase, names),
        )

    def _add(self, lines: list[PurchasedLine]) -> None:
        first = lines[0]
        company_id = first.company_id
        skus = frozenset(line.sku for line in lines)
        bought = Bought(first.created_at, first.member_id, first.unit_path, tuple(lines), skus)
        self._by_company.setdefault(company_id, []).append(bought)
        for line in lines:
            self._last_paid[company_id, line.sku] = line.unit_price_minor
            self._categories.setdefault(company_id, set()).add(line.category_path.strip("/"))
            self._ship_tos.setdefault(company_id, set()).add(line.ship_to_id)

    def _since(self, company_id: str, moment: datetime) -> Iterator[Bought]:
        for bought in reversed(self._by_company.get(company_id, [])):
            if bought.at < moment:
                return
            yield bought

    def _first_categories(
        self, cart: Cart, purchase: facts.Purchase, names: set[str]
    ) -> frozenset[str]:
        if "history.first_categories" not in names:
            return frozenset()
        known = self._categories.get(cart.company_id, set())
        return frozenset({line.category for line in purchase.lines} - known)

    def _first_ship_tos(
        self, cart: Cart, purchase: facts.Purchase, names: set[str]
    ) -> frozenset[str]:
        if "history.first_ship_tos" not in names:
            return frozenset()
        return frozenset(_places(purchase) - self._ship_tos.get(cart.company_id, set()))


def _total(measure: str, recent: list[Bought], cart: Cart, purchase: facts.Purchase) -> int:
    if measure == "similar_orders":
        skus = {line.sku for line in purchase.lines}
        alike = (one for one in recent if one.unit_path == cart.unit.path)
        return sum(is_similar(len(skus & one.skus), len(skus)) for one in alike)
    if measure == "spend_requester":
        mine = [one for one in recent if one.member == cart.owner_id]
    else:
        mine = [one for one in recent if one.unit_path.startswith(cart.unit.path)]
    return sum(line.total_minor for one in mine for line in one.lines)


def _by(recent: list[Bought], column: str) -> dict[str, int]:
    sums: dict[str, int] = {}
    for one in recent:
        for line in one.lines:
            key = str(getattr(line, column)).strip("/")
            sums[key] = sums.get(key, 0) + line.total_minor
    return sums


def _places(purchase: facts.Purchase) -> set[str]:
    return {part.ship_to for line in purchase.lines for part in line.allocations}
