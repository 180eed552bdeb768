"""Which reports somebody may read, and reading one: as many queries for ten times the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from placet.budgets.queries import list_seen_budgets
from placet.companies.models import Company
from placet.companies.permissions import can_do
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.orders.queries import list_orders
from placet.plans.models import PurchasedLine
from placet.quotes.queries import list_quotes
from placet.reports.answering import ANSWERING
from placet.reports.handling import HANDLING
from placet.reports.outcomes import OUTCOMES
from placet.reports.planned import PLANNED
from placet.reports.quoting import QUOTING
from placet.reports.reach import within_units
from placet.reports.ruled import RULED
from placet.reports.sales import SALES
from placet.reports.spans import Span, read_span
from placet.reports.spending import SPENDING
from placet.reports.values import (
    ALL,
    TIME,
    Ask,
    Cell,
    Grouping,
    Groups,
    Kind,
    Number,
    Point,
    Report,
    Row,
    Values,
)

KINDS: Final = (SALES, HANDLING, QUOTING, SPENDING, OUTCOMES, ANSWERING, RULED, PLANNED)
MOST_ROWS: Final = 500


def list_kinds(actor: Actor) -> list[Kind]:
    """The reports that this person may read."""
    return [kind for kind in KINDS if _is_for(kind, actor)]


def get_kind(actor: Actor, key: str) -> Kind:
    """One of the reports of the actor's side; raises ``NotFound``, and ``Forbidden`` with who
    grants it."""
    side = "merchant" if actor.is_merchant else "buyer"
    for kind in KINDS:
        if kind.key == key and kind.side == side:
            for permission in kind.permissions:
                if not actor.holds_anywhere(permission):
                    refuse(can_do(actor, permission), permission=permission)
            return kind
    raise NotFound(_("There is no such report."))


def _is_for(kind: Kind, actor: Actor) -> bool:
    side = "merchant" if actor.is_merchant else "buyer"
    return kind.side == side and all(actor.holds_anywhere(one) for one in kind.permissions)


def read_report(
    actor: Actor,
    key: str,
    *,
    now: datetime,
    by: str = "",
    period: str = "",
    from_on: date | None = None,
    to_on: date | None = None,
    currency: str = "",
) -> Report:
    """One report; what is not named, or does not exist, is the usual.

    Raises ``NotFound`` for another side's report, ``Forbidden`` without the permission.
    """
    kind = get_kind(actor, key)
    company = Company.objects.get(pk=actor.company_id)
    span = read_span(company, period, now=now, from_on=from_on, to_on=to_on)
    currencies = list_currencies(kind, actor)
    currency = currency if currency in currencies else actor.currency
    grouping = next((one for one in kind.groupings if one.key == by), kind.groupings[0])
    return _build(kind, Ask(actor, span.days, grouping.key, currency), span, grouping, currencies)


def list_currencies(kind: Kind, actor: Actor) -> tuple[str, ...]:
    """Those in which there is something to sum up, the company's own first; one query."""
    if not kind.is_in_currency:
        return (actor.currency,)
    found: QuerySet[Any, str]
    if kind is PLANNED:
        found = list_seen_budgets(actor).order_by().values_list("currency", flat=True)
    elif kind is QUOTING:
        found = list_quotes(actor).order_by().values_list("currency", flat=True)
    elif actor.is_merchant:
        found = list_orders(actor).order_by().values_list("currency", flat=True)
    else:
        mine = PurchasedLine.objects.filter(within_units(actor, "unit_path"))
        found = mine.order_by().values_list("currency", flat=True)
    others = sorted(set(found.distinct()) - {actor.currency})
    return (actor.currency, *others)


def _build(
    kind: Kind, ask: Ask, span: Span, grouping: Grouping, currencies: tuple[str, ...]
) -> Report:
    before = ask._replace(days=span.before)
    totals = [kind.read(one._replace(by=ALL)) for one in (ask, before)]
    has_time = any(one.key == TIME for one in kind.groupings)
    series = [kind.read(one._replace(by=TIME)) if has_time else {} for one in (ask, before)]
    if grouping.key == TIME:
        rows = _time_rows(kind, ask, span, series)
    else:
        rows = _rows(kind, ask, [kind.read(ask), kind.read(before)])
    return Report(
        kind=kind,
        span=span,
        grouping=grouping,
        currency=ask.currency,
        currencies=currencies,
        rows=tuple(rows[:MOST_ROWS]),
        total=_row(kind, "", "", totals[0].get("", {}), totals[1].get("", {}), 0),
        points=_points(kind, span, series) if has_time else (),
        is_cut=len(rows) > MOST_ROWS,
    )


def _rows(kind: Kind, ask: Ask, groups: list[Groups]) -> list[Row]:
    """The groups by falling first measure; those that are only in the span before come last."""
    now, before = groups
    first = kind.columns[0].key
    most = max((_size(values.get(first)) for values in now.values()), default=0)
    keys = sorted(
        {*now, *before},
        key=lambda key: (-_size(now.get(key, {}).get(first)), key not in now, key),
    )
    names = kind.name(ask, keys) if keys else {}
    return [
        _row(kind, key, names.get(key) or key, now.get(key, {}), before.get(key, {}), most)
        for key in keys
    ]


def _time_rows(kind: Kind, ask: Ask, span: Span, series: list[Groups]) -> list[Row]:
    """Every stretch of the span in its order, each beside the one at its place before."""
    first = kind.columns[0].key
    most = max((_size(values.get(first)) for values in series[0].values()), default=0)
    return [
        _row(
            kind,
            on.isoformat(),
            on.isoformat(),
            series[0].get(on.isoformat(), {}),
            series[1].get(then, {}),
            most,
        )
        for on, then in _pairs(span)
    ]


def _pairs(span: Span) -> Iterable[tuple[date, str]]:
    """Each stretch with the key of the one before; spans of months differ by a day or two."""
    before = [on.isoformat() for on in span.before._replace().buckets]
    for place, on in enumerate(span.days.buckets):
        yield on, before[place] if place < len(before) else ""


def _row(kind: Kind, key: str, label: str, now: Values, before: Values, most: float) -> Row:
    cells = tuple(
        Cell(column, now.get(column.key, _nothing(column.measure)), before.get(column.key))
        for column in kind.columns
    )
    return Row(key, label, cells, _size(cells[0].value) / most if most else 0.0)


def _nothing(measure: str) -> Number:
    """A group that has nothing: no orders are 0, but there is no time or share of them."""
    return 0 if measure in ("count", "money") else None


def _points(kind: Kind, span: Span, series: list[Groups]) -> tuple[Point, ...]:
    first = kind.columns[0].key

    def value(groups: Groups, key: str) -> Number:
        values: Mapping[str, Number] = groups.get(key, {})
        return values.get(first, 0)

    return tuple(
        Point(on, value(series[0], on.isoformat()), value(series[1], then))
        for on, then in _pairs(span)
    )


def _size(value: Number) -> float:
    return float(value or 0)
