"""Whether an offer that waits to be released could still go out, and who is asked by now."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from placet.catalog.queries import find_products
from placet.core.errors import InvalidInput
from placet.plans.offers import OfferPlan
from placet.policy.facts import MissingFact
from placet.policy.lifecycles import QUOTE, allowed
from placet.quotes.content import read_content, refuse_faulty
from placet.quotes.models import OfferRelease, Quote
from placet.quotes.releasing import StoredPlan, is_same_question, list_decisions, plan_of


class Asked(NamedTuple):
    """What came of asking again: why it cannot go out any more, else the plan of this moment.

    ``others`` is whether other people are asked the very same by now.
    """

    code: str
    found: OfferPlan | None = None
    others: bool = False


def ask_again(release: OfferRelease, quote: Quote, stored: StoredPlan, *, now: datetime) -> Asked:
    """The plan of the same offer at this moment; else the code of why it cannot go out any more.

    The codes are those of ``lapse_releases``.
    """
    is_where_it_was = quote.offer_number == release.offer_number
    if not is_where_it_was or "offer" not in allowed(QUOTE, quote.status):
        return Asked("moved")
    said = read_content(release.content)
    products = find_products([line.sku for line in said.lines if line.sku])
    try:
        refuse_faulty(quote, said, products, now=now)
    except InvalidInput:
        return Asked("faulty")
    try:
        found = plan_of(
            quote,
            said.lines,
            said.made,
            author_id=release.author_id,
            authors=stored.authors,
            before=stored.plan,
            now=now,
        )
    except MissingFact:
        return Asked("author_left")
    if found is None:
        return Asked("changed")
    if is_same_question(stored.plan, found.plan):
        return Asked("", found)
    return (
        Asked("", found, others=True) if _asks_others(release, stored, found) else Asked("changed")
    )


def _asks_others(release: OfferRelease, stored: StoredPlan, found: OfferPlan) -> bool:
    """Whether only people have come or gone, and nobody whose answer counts already.

    The figures are the same, and so are the steps with how many are needed at each.
    """
    measured = found.figures.measured
    if (measured.discount, measured.margin) != (stored.discount, stored.margin):
        return False
    if not is_same_question(stored.plan, found.plan, by_people=False):
        return False
    steps = found.plan.steps
    return all(one.member.user_id in steps[one.position].users for one in list_decisions(release))
