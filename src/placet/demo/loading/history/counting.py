"""What is counted while the history is played: numbers, and the periods of members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from placet.budgets.actions.count_purchase import UPSERT, Counted
from placet.budgets.models import PeriodCount, PeriodCounter
from placet.carts.models import Cart
from placet.companies.models import NumberSequence
from placet.core import ids, sql
from placet.demo.loading.history.bulk import insert_values

Key = tuple[str, str, str, date, str]
"""Company, member, period, its first day, currency."""


class Numbers:
    """Numbers without gaps, handed out in memory and written down by ``flush``."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, str], int] = {}

    def next_number(self, company_id: str, kind: str) -> str:
        """The next number of a kind (``REQ``, ``ORD``) in a company."""
        key = (company_id, kind)
        if key not in self._last:
            rows = NumberSequence.objects.filter(company_id=company_id, kind=kind)
            self._last[key] = rows.values_list("last", flat=True).first() or 0
        self._last[key] += 1
        return f"{kind}-{self._last[key]}"

    def flush(self) -> None:
        """Write down how far it came; what others take meanwhile is read again."""
        for (company_id, kind), last in self._last.items():
            NumberSequence.objects.update_or_create(
                company_id=company_id, kind=kind, defaults={"last": last}
            )
        self._last.clear()


class Counters:
    """Spend and orders of each member's periods, as ``count_purchase`` keeps them."""

    def __init__(self) -> None:
        self._known: dict[Key, list[int]] = {}
        self._members: set[str] = set()
        self._pending: dict[str, tuple[datetime, int, list[Key]]] = {}

    def count(
        self,
        requisition_id: str,
        cart: Cart,
        spend_minor: int,
        starts: Mapping[str, date],
        now: datetime,
    ) -> dict[str, Counted]:
        """Count a purchase in each period; returns what each held before it."""
        self._read(cart.owner_id)
        before: dict[str, Counted] = {}
        keys: list[Key] = []
        for period in sorted(starts):
            key = (cart.company_id, cart.owner_id, period, starts[period], cart.currency)
            held = self._known.setdefault(key, [0, 0])
            before[period] = Counted(*held)
            held[0] += spend_minor
            held[1] += 1
            keys.append(key)
        self._pending[requisition_id] = (now, spend_minor, keys)
        return before

    def uncount(self, requisition_id: str) -> None:
        """Take back what was counted and is not written yet."""
        _now, spend_minor, keys = self._pending.pop(requisition_id)
        for key in keys:
            self._known[key][0] -= spend_minor
            self._known[key][1] -= 1

    def flush(self) -> None:
        """Raise the counters, and write what counts in each; everything is read again after it."""
        sums: dict[Key, list[int]] = {}
        for _now, spend_minor, keys in self._pending.values():
            for key in keys:
                total = sums.setdefault(key, [0, 0])
                total[0] += spend_minor
                total[1] += 1
        counter_ids = _raise(sums)
        insert_values(
            PeriodCount,
            [
                {
                    "id": ids.new_id("cnt"),
                    "created_at": now,
                    "counter_id": counter_ids[key],
                    "requisition_id": requisition_id,
                    "spend_minor": spend_minor,
                }
                for requisition_id, (now, spend_minor, keys) in self._pending.items()
                for key in keys
            ],
        )
        self._pending.clear()
        self._known.clear()
        self._members.clear()

    def _read(self, member_id: str) -> None:
        if member_id in self._members:
            return
        self._members.add(member_id)
        for row in PeriodCounter.objects.filter(member_id=member_id):
            self._known[_key(row)] = [row.spend_minor, row.orders]


def _raise(sums: Mapping[Key, Sequence[int]]) -> dict[Key, int]:
    """Raise the counters; returns the ids of the rows of these members."""
    rows = [[*key, *total] for key, total in sorted(sums.items())]
    most = sql.MOST_VALUES // 7
    for start in range(0, len(rows), most):
        part = rows[start : start + most]
        values = [value for row in part for value in row]
        sql.rows(UPSERT.format(rows=sql.value_rows(len(part), 7)), values)
    counters = PeriodCounter.objects.filter(member_id__in={key[1] for key in sums})
    return {_key(row): row.pk for row in counters}


def _key(row: PeriodCounter) -> Key:
    return (row.company_id, row.member_id, row.period, row.starts_on, row.currency)
