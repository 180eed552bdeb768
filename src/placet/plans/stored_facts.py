"""A purchase's facts as one short text, and back: JSON arrays, so that 100,000 are read quickly.

Kept is what was so at the submission: purchase, requester, budgets, company. Not kept are people
who could be asked and rolling windows: a back-test brings those (docs/algorithms/back-test.md).
The shape of a format never changes; a new shape gets a new number, and this reader stays.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from placet.policy import facts
from placet.policy.codec import from_json, to_json
from placet.policy.money import Money, Rate

FORMAT: Final = 1


class StoredFacts(NamedTuple):
    """What was kept; people and rolling windows make facts of it (``back_test_ground``)."""

    purchase: facts.Purchase
    requester: facts.Requester
    beneficiary: facts.Person | None
    authors: frozenset[str]
    budgets: tuple[facts.Budget, ...]
    company: facts.Company
    rates: Mapping[tuple[str, str], Rate]


def write_facts(known: facts.Facts) -> str:
    """The text of what is kept."""
    purchase, requester = known.purchase, known.requester
    person = requester.person
    kept = [
        [
            *purchase[:1],
            [_line(line) for line in purchase.lines],
            *purchase[2:8],
            dict(purchase.references),
            *purchase[9:11],
            _day(purchase.requested_on),
            list(purchase.quote) if purchase.quote else None,
        ],
        _person(person),
        known.beneficiary and _person(known.beneficiary),
        [sorted(requester.roles), sorted(requester.permissions)],
        json.dumps(to_json(requester.limit)),
        [[use.period, *use.spend, use.orders] for use in requester.uses],
        sorted(known.authors),
        [list(budget) for budget in known.budgets],
        [
            *(known.company.id, known.company.currency, str(known.company.zone)),
            *(_day(known.company.customer_since_on), known.company.earlier_orders),
            json.dumps(to_json(known.company.credit)),
        ],
        [list(rate) for rate in dict.fromkeys(known.rates.values())],
    ]
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def read_facts(text: str) -> StoredFacts:
    """The facts of a text of this format; raises ``ValueError`` for anything else."""
    try:
        return _read(json.loads(text))
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise ValueError(f"not the stored facts of a purchase: {error}") from error


def _read(kept: list[Any]) -> StoredFacts:
    bought, who, beneficiary, held, limit, uses, authors, budgets, company, rates = kept
    return StoredFacts(
        purchase=_read_purchase(bought),
        requester=facts.Requester(
            _read_person(who),
            frozenset(held[0]),
            frozenset(held[1]),
            _read_limit(limit),
            tuple(
                facts.PeriodUse(period, Money(minor, currency), orders)
                for period, minor, currency, orders in uses
            ),
        ),
        beneficiary=_read_person(beneficiary) if beneficiary else None,
        authors=frozenset(authors),
        budgets=tuple(map(facts.Budget._make, budgets)),
        company=_read_company(company),
        rates={(rate[0], rate[1]): Rate(*rate) for rate in rates},
    )


def _read_purchase(row: list[Any]) -> facts.Purchase:
    row[1] = tuple(map(_read_line, row[1]))
    row[11] = _read_day(row[11])
    row[12] = facts.QuoteTerms(*row[12]) if row[12] else None
    return facts.Purchase._make(row)


def _read_company(row: list[Any]) -> facts.Company:
    pk, currency, zone, since, orders, credit = row
    lent = _read_credit(credit)
    return facts.Company(pk, currency, _zone(zone), date.fromisoformat(since), orders, lent)


def _person(person: facts.Person) -> list[str]:
    """Whose it is; a name and an authority are not kept."""
    return [person.user, person.member, person.unit_path]


def _read_person(row: list[str]) -> facts.Person:
    return facts.Person(row[0], row[1], "", row[2], None)


def _line(line: facts.Line) -> list[Any]:
    return [
        *line[:6],
        sorted(line.tags),
        _number(line.quantity),
        *line[8:15],
        [_allocation(part) for part in line.allocations],
    ]


def _allocation(part: facts.Allocation) -> list[Any]:
    return [_number(part.quantity), *part[1:3], _day(part.need_by_on), *part[4:]]


def _read_line(row: list[Any]) -> facts.Line:
    row[6] = frozenset(row[6])
    row[7] = _read_number(row[7])
    row[15] = tuple(map(_read_allocation, row[15]))
    return facts.Line._make(row)


def _read_allocation(row: list[Any]) -> facts.Allocation:
    row[0] = _read_number(row[0])
    row[3] = _read_day(row[3])
    return facts.Allocation._make(row)


def _number(quantity: facts.Quantity) -> int | str:
    """Whole as a number, else as a text, so that nothing becomes a float."""
    return str(quantity) if isinstance(quantity, Decimal) else quantity


def _read_number(stored: int | str) -> facts.Quantity:
    return Decimal(stored) if isinstance(stored, str) else stored


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _read_day(stored: str | None) -> date | None:
    return None if stored is None else date.fromisoformat(stored)


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache(maxsize=2_000)
def _read_limit(text: str) -> facts.Limit:
    return from_json(facts.Limit, json.loads(text))


@lru_cache(maxsize=200)
def _read_credit(text: str) -> facts.Credit:
    return from_json(facts.Credit, json.loads(text))
