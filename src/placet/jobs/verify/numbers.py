"""Human numbers have no gaps: as many as the last one says."""

from __future__ import annotations

from collections.abc import Iterator

from placet.companies.models import NumberSequence
from placet.jobs.verify.finding import Finding
from placet.orders.models import Order
from placet.quotes.models import Quote
from placet.requisitions.models import Requisition


def check_numbers() -> Iterator[Finding]:
    """REQ and QTE numbers per company, ORD numbers of the merchant, from 1 to the last."""
    for sequence in NumberSequence.objects.order_by("id"):
        numbers = {int(number.rpartition("-")[2]) for number in _used(sequence)}
        if numbers != set(range(1, sequence.last + 1)):
            yield Finding(
                "numbers_gap",
                f"{sequence.company_id}:{sequence.kind}",
                f"{len(numbers)} numbers are used, the last is {sequence.last}.",
            )


def _used(sequence: NumberSequence) -> list[str]:
    if sequence.kind == "REQ":
        mine = Requisition.objects.filter(company_id=sequence.company_id)
        return list(mine.values_list("number", flat=True))
    if sequence.kind == "QTE":
        asked = Quote.objects.filter(company_id=sequence.company_id)
        return list(asked.values_list("number", flat=True))
    return list(Order.objects.values_list("number", flat=True))
