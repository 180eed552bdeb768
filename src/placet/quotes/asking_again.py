"""Whether an offer that waits to be released could still go out, and who is asked by now."""

from __future__ import annotations

from datetime import datetime

from placet.catalog.queries import find_products
from placet.core.errors import InvalidInput
from placet.policy.facts import MissingFact
from placet.policy.lifecycles import QUOTE, allowed
from placet.policy.plan import Plan
from placet.quotes.content import read_content, refuse_faulty
from placet.quotes.models import OfferRelease, Quote
from placet.quotes.releasing import StoredPlan, is_same_question, plan_of


def ask_again(
    release: OfferRelease, quote: Quote, stored: StoredPlan, *, now: datetime
) -> tuple[str, Plan | None]:
    """The plan of the same offer at this moment; else the code of why it cannot go out any more.

    The codes are those of ``lapse_releases``.
    """
    is_where_it_was = quote.offer_number == release.offer_number
    if not is_where_it_was or "offer" not in allowed(QUOTE, quote.status):
        return "moved", None
    said = read_content(release.content)
    products = find_products([line.sku for line in said.lines if line.sku])
    try:
        refuse_faulty(quote, said, products, now=now)
    except InvalidInput:
        return "faulty", None
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
        return "author_left", None
    if found is None or not is_same_question(stored.plan, found.plan):
        return "changed", None
    return "", found.plan
