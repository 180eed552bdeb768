"""Money that cannot be compared, and amounts that no approver's authority reaches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from placet.policy.authority import Demands
from placet.policy.checking.building import asked_by
from placet.policy.checking.findings import CheckFinding
from placet.policy.checking.ground import Ground
from placet.policy.checking.requesters import alike
from placet.policy.checking.sites import Site, candidates_of, reason_of, sites_of
from placet.policy.checking.sketches import Sketch
from placet.policy.checking.witnesses import is_true, of_member, sketches_for
from placet.policy.climbing import NobodyCovers, climb
from placet.policy.conditions import AllOf, Comparison, Sum, walk
from placet.policy.effects import ManagementChain, Require, Tiers
from placet.policy.facts import Facts, Person, Requester
from placet.policy.money import Money, NoRate, exchange
from placet.policy.readers import amount_of
from placet.policy.rulebook import CompiledRulebook, Rule

MOST_RUNS = 5_000


def check_rates(book: CompiledRulebook, ground: Ground) -> Iterator[CheckFinding]:
    """Amounts in a currency that has no rate to the company's: every purchase would be blocked."""
    target = ground.company.currency
    for index, rule in enumerate(book.content.rules):
        for currency in sorted(_currencies(rule)):
            try:
                exchange(currency, target, ground.rates)
            except NoRate:
                values = (("currency", currency), ("company_currency", target))
                yield CheckFinding("no_rate", "block", f"/rules/{index}", rule.id, values)


def _currencies(rule: Rule) -> set[str]:
    found: set[str] = set()
    for part in walk(rule.when):
        if isinstance(part, (Comparison, Sum)):
            found |= set(_currencies_in(part.value))
    if isinstance(rule.then, Require) and isinstance(rule.then.shape, Tiers):
        found |= {tier.starts_at.currency for tier in rule.then.shape.tiers}
    return found


def _currencies_in(value: object) -> Iterator[str]:
    if isinstance(value, Money):
        yield value.currency
    elif isinstance(value, tuple):
        for bound in value:
            yield from _currencies_in(bound)


def check_authority(book: CompiledRulebook, ground: Ground) -> Iterator[CheckFinding]:
    """For each management chain and kind of requester: the bands that no authority covers."""
    runs = 0
    starts = _starts(ground)
    groups = alike(book, ground)
    for site in sites_of(book):
        if not isinstance(site.shape, ManagementChain):
            continue
        purchases = _purchases(site, starts, book, ground)
        said: set[tuple[int, int]] = set()
        for group in groups:
            runs += len(purchases)
            if runs > MOST_RUNS:
                yield CheckFinding("not_all_checked", "warn", "/rules", "")
                return
            for band in _bands(site, group.stand_in, purchases, book, ground):
                if (band.low, band.high or 0) not in said:
                    said.add((band.low, band.high or 0))
                    yield band.finding(site, ground.company.currency)
                    break


def _starts(ground: Ground) -> list[int]:
    """Every amount at which somebody's authority begins or ends; between them nothing changes."""
    points = {1}
    for person in ground.people.values():
        points.update(_edges(person, ground.company.currency))
    return sorted(points)


def _edges(person: Person, currency: str) -> Iterator[int]:
    if person.authority is None:
        return
    maximum, minimum = person.authority.order_maximum, person.authority.order_minimum
    if isinstance(maximum, Money) and maximum.currency == currency:
        yield maximum.amount_minor + 1
    if isinstance(minimum, Money) and minimum.currency == currency and minimum.amount_minor > 0:
        yield minimum.amount_minor


Purchases = list[tuple[int, int | None, Sketch, Facts]]


def _purchases(
    site: Site, starts: Sequence[int], book: CompiledRulebook, ground: Ground
) -> Purchases:
    """For each band a purchase in it that reaches the chain, with its first and last amount."""
    found: Purchases = []
    currency = ground.company.currency
    for index, start in enumerate(starts):
        end = starts[index + 1] - 1 if index + 1 < len(starts) else None
        parts = [site.when, Comparison("purchase.amount", ">=", Money(start, currency))]
        if end is not None:
            parts.append(Comparison("purchase.amount", "<=", Money(end, currency)))
        for sketch, facts in sketches_for(AllOf(tuple(parts)), book, ground):
            first = amount_of(facts, book.content.amount_basis)
            found.append((first, end, sketch, facts))
            break
    return found


class _Band:
    """Amounts from `low` to `high` (without an end where it is None) that nobody covers."""

    def __init__(self, low: int, high: int | None, sketch: Sketch, requester: Requester) -> None:
        self.low, self.high, self.sketch, self.requester = low, high, sketch, requester

    def finding(self, site: Site, currency: str) -> CheckFinding:
        name = self.requester.person.name
        values: list[tuple[str, str | int]] = [
            ("requester", "" if name == "?" else name),
            ("from_minor", self.low),
            ("to_minor", "" if self.high is None else self.high),
            ("currency", currency),
        ]
        pointer = f"{site.pointer}/management_chain"
        return CheckFinding("authority_gap", "warn", pointer, site.rule, tuple(values), self.sketch)


def _bands(
    site: Site, requester: Requester, purchases: Purchases, book: CompiledRulebook, ground: Ground
) -> list[_Band]:
    """Neighbouring bands without authority as one."""
    bands: list[_Band] = []
    open_band: _Band | None = None
    for low, high, sketch, anybodys in purchases:
        facts = asked_by(requester, anybodys, ground)
        applies = is_true(site.when, facts, book.content.amount_basis)
        if not applies or _is_covered(site, facts, book):
            open_band = None
        elif open_band is None:
            open_band = _Band(low, high, of_member(sketch, requester), requester)
            bands.append(open_band)
        else:
            open_band.high = high
    return bands


def _is_covered(site: Site, facts: Facts, book: CompiledRulebook) -> bool:
    """Whether the chain ends with somebody; that it has nobody at all is said elsewhere."""
    assert isinstance(site.shape, ManagementChain)
    content = book.content
    candidates, reason = candidates_of(book, facts), reason_of(site, book, facts)
    try:
        climb(site.shape, reason, candidates, Demands(facts, content.amount_basis, (reason,)))
    except NobodyCovers:
        return False
    return True
