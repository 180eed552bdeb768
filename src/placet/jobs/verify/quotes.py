"""What was accepted is what was offered: by the offer's own prices and terms, each line once."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from placet.jobs.verify.finding import Finding
from placet.orders.content import read_content
from placet.quotes.models import Acceptance
from placet.requisitions.models import Requisition, Revision
from placet.requisitions.permissions import ENDED_WITHOUT_ORDER


def check_quotes() -> Iterator[Finding]:
    """Every acceptance against the first revision of its requisition, and against the others."""
    accepted = list(
        Acceptance.objects.select_related("offer", "quote")
        .prefetch_related("offer__lines")
        .order_by("created_at", "id")
    )
    ids = [one.requisition_id for one in accepted]
    first = {
        revision.requisition_id: revision
        for revision in Revision.objects.filter(requisition_id__in=ids, number=1)
    }
    ended = set(
        Requisition.objects.filter(pk__in=ids, status__in=ENDED_WITHOUT_ORDER).values_list(
            "pk", flat=True
        )
    )
    taken: dict[str, set[str]] = {}
    for one in accepted:
        revision = first.get(one.requisition_id)
        if revision is None or not _is_as_offered(one, revision):
            yield Finding(
                "not_as_offered",
                one.requisition_id,
                f"{one.quote.number} was accepted, and something else was submitted.",
            )
        if one.requisition_id in ended:
            continue
        before = taken.setdefault(one.quote_id, set())
        if before & set(one.lines):
            yield Finding(
                "taken_twice", one.requisition_id, f"A line of {one.quote.number} was taken twice."
            )
        before |= set(one.lines)


def _is_as_offered(one: Acceptance, revision: Revision) -> bool:
    """Whether the frozen content names the offer, and has its products, quantities and prices.

    A price is that of a piece, since it may be said for another number of them than in the offer.
    """
    content = read_content(revision.content)
    offered = {line.number: line for line in one.offer.lines.all()}
    wanted = {
        (line.product_id, quantity, Fraction(line.unit_price_minor or 0, line.price_quantity))
        for number, quantity in one.lines.items()
        if (line := offered.get(int(number))) is not None
    }
    bought = {
        (line.product, line.quantity, Fraction(line.unit_price_minor, line.price_quantity))
        for line in content.lines
    }
    named = content.quote.offer if content.quote else ""
    is_named = named == one.offer_id and content.terms == one.offer.terms
    return is_named and len(wanted) == len(one.lines) and bought == wanted
