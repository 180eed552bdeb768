"""Budgets: which period an instant belongs to, and the two-phase arithmetic of the ledger.

Reserve first, then exactly one of commit, release and expire for what was reserved. *Committed* is
ordered, *reserved* is waiting, *left* is the rest.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from typing import Final, Literal, NamedTuple

from placet.policy.facts import BudgetMode, Period

# ── Periods ─────────────────────────────────────────────────────────────────────────────────────


class Span(NamedTuple):
    """The days of a period; the end is exclusive."""

    starts_on: date
    ends_on: date


_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}


def period_of(now: datetime, zone: tzinfo, fiscal_month: int, period: Period) -> Span:
    """The running period of an instant: one function of the company's zone and fiscal year.

    Weeks start on Monday. Quarters and years count from the first day of `fiscal_month` (1 to 12).
    `now` must be aware: the same instant is another day in another zone.
    """
    if now.tzinfo is None:
        raise ValueError("an instant has a zone")
    return span_of(now.astimezone(zone).date(), fiscal_month, period)


def span_of(day: date, fiscal_month: int, period: Period) -> Span:
    """The period that a day belongs to."""
    if not 1 <= fiscal_month <= 12:
        raise ValueError("a fiscal year starts in a month from 1 to 12")
    if period == "day":
        return Span(day, day + timedelta(days=1))
    if period == "week":
        monday = day - timedelta(days=day.weekday())
        return Span(monday, monday + timedelta(days=7))
    length = _MONTHS[period]
    months = day.year * 12 + day.month - 1
    start = months - (months - (fiscal_month - 1)) % length
    return Span(_first_of(start), _first_of(start + length))


def _first_of(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)


# ── The ledger ──────────────────────────────────────────────────────────────────────────────────

EntryKind = Literal["reserve", "commit", "release", "expire", "adjust", "transfer", "refund"]


class Entry(NamedTuple):
    """One line of the ledger, in minor units of the budget's currency.

    `reservation` names what is reserved and what ends that reservation: a commit states what was
    ordered, at most what was reserved, and gives the remainder back; release and expire give all
    of it back. `adjust` and `transfer` change the budget's amount and may be negative; `refund`
    gives back what was committed.
    """

    kind: EntryKind
    amount_minor: int
    reservation: str = ""


class Balance(NamedTuple):
    """The sums of a ledger, and what each open reservation holds."""

    amount_minor: int = 0
    committed_minor: int = 0
    reserved_minor: int = 0
    open: tuple[tuple[str, int], ...] = ()

    @property
    def left_minor(self) -> int:
        """What is neither ordered nor waiting; negative when overdrawn."""
        return self.amount_minor - self.committed_minor - self.reserved_minor


class LedgerError(Exception):
    """The entry does not follow from the ledger before it."""

    code = "ledger_error"


class BudgetExhausted(LedgerError):
    """Mode *block*: there is less left than asked for; `missing_minor` says how much."""

    code = "budget_exhausted"

    def __init__(self, missing_minor: int) -> None:
        super().__init__(f"{missing_minor} more than is left")
        self.missing_minor = missing_minor


def overdraft(balance: Balance, amount_minor: int) -> int:
    """By how much an amount is over what is left; zero when it fits exactly."""
    return max(amount_minor - balance.left_minor, 0) if amount_minor > 0 else 0


def entered(balance: Balance, entry: Entry, mode: BudgetMode = "approve") -> Balance:
    """The balance after one more entry.

    Raises `BudgetExhausted` for a reservation that mode *block* refuses, else `LedgerError` for
    an entry that cannot follow: a second reservation of the same name, the end of one that is not
    open, a commit of more than was reserved, a refund of more than was committed.
    """
    if entry.kind in ("adjust", "transfer"):
        return balance._replace(amount_minor=balance.amount_minor + entry.amount_minor)
    if entry.amount_minor < 0:
        raise LedgerError("an amount is not negative")
    if entry.kind == "refund":
        if entry.amount_minor > balance.committed_minor:
            raise LedgerError("more than was committed")
        return balance._replace(committed_minor=balance.committed_minor - entry.amount_minor)
    reservations = dict(balance.open)
    if entry.kind == "reserve":
        return _reserved(balance, entry, mode, reservations)
    held = reservations.pop(entry.reservation, None)
    if held is None:
        raise LedgerError("no such reservation is open")
    ordered = entry.amount_minor if entry.kind == "commit" else 0
    if ordered > held:
        raise LedgerError("more than was reserved")
    return balance._replace(
        committed_minor=balance.committed_minor + ordered,
        reserved_minor=balance.reserved_minor - held,
        open=tuple(reservations.items()),
    )


def _reserved(
    balance: Balance, entry: Entry, mode: BudgetMode, reservations: dict[str, int]
) -> Balance:
    if entry.reservation in reservations:
        raise LedgerError("this reservation is open already")
    missing = overdraft(balance, entry.amount_minor)
    if missing and mode == "block":
        raise BudgetExhausted(missing)
    reservations[entry.reservation] = entry.amount_minor
    return balance._replace(
        reserved_minor=balance.reserved_minor + entry.amount_minor,
        open=tuple(reservations.items()),
    )
