"""An offer that must be released: what the merchant's rules ask about it, and who has decided."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from placet.catalog.models import Product
from placet.events.canonical import canonical_bytes
from placet.plans.offers import Item, Offering, OfferPlan, plan_offer
from placet.policy import negotiation
from placet.policy.chain import Chain, Standing, Vote, chain_of
from placet.policy.codec import from_json, to_json
from placet.policy.plan import Plan
from placet.policy.totals import line_total
from placet.quotes.drafting import DraftLine
from placet.quotes.models import Offer, OfferRelease, Quote, ReleaseDecision, Side

KINDS: Mapping[str, Any] = {
    ReleaseDecision.Verdict.RELEASE: "approve",
    ReleaseDecision.Verdict.DECLINE: "reject",
}


class StoredPlan(NamedTuple):
    """What a release keeps of its plan: who shaped the offer, and the figures it was made by."""

    plan: Plan
    authors: frozenset[str]
    discount: int | None
    margin: int | None


def offering_of(
    quote: Quote,
    lines: Sequence[DraftLine],
    *,
    is_whole: bool,
    terms: str,
) -> Offering:
    """What is offered by these lines; those without a product or a price are left out."""
    products = _products([line.sku for line in lines if line.sku])
    items = []
    for line in lines:
        product = products.get(line.sku)
        if product is not None and line.unit_price_minor is not None:
            least = line.quantity if is_whole else line.minimum_quantity or line.quantity
            items.append(Item(line.number, product, line.quantity, least, line.unit_price_minor))
    return Offering(
        company=quote.company,
        unit_path=quote.unit.path,
        requester_id=quote.requester_id,
        currency=quote.currency,
        terms=terms,
        is_whole=is_whole,
        items=items,
        target_minor=target_of(list_targets(quote), items),
    )


def _products(skus: Collection[str]) -> dict[str, Product]:
    rows = Product.objects.filter(sku__in=sorted(set(skus))).select_related("category")
    return {product.sku: product for product in rows}


def list_targets(quote: Quote) -> dict[int, negotiation.OfferLine]:
    """What the buyer asked to pay, by line number, in their last request or counter-offer."""
    last = (
        Offer.objects.filter(quote=quote, side=Side.BUYER)
        .prefetch_related("lines")
        .order_by("-number")
        .first()
    )
    if last is None:
        return {}
    return {
        line.number: negotiation.OfferLine(
            number=line.number,
            product=line.product_id or "",
            quantity=line.quantity,
            minimum_quantity=line.minimum_quantity,
            unit_price_minor=line.unit_price_minor,
            price_quantity=line.price_quantity,
        )
        for line in last.lines.all()
        if line.unit_price_minor is not None
    }


def target_of(targets: Mapping[int, negotiation.OfferLine], items: Sequence[Item]) -> int | None:
    """What the buyer would pay for these quantities; nothing where a line has no such price."""
    total = 0
    for item in items:
        wish = targets.get(item.number)
        if wish is None or wish.unit_price_minor is None:
            return None
        total += line_total(wish.unit_price_minor, item.quantity, wish.price_quantity)
    return total if items else None


def plan_of(
    quote: Quote,
    lines: Sequence[DraftLine],
    made: negotiation.Offer,
    *,
    author_id: str,
    authors: Collection[str],
    before: Plan | None = None,
    now: datetime,
) -> OfferPlan | None:
    """The plan of an offer at the figures of now; by the rules of ``before`` where it is given."""
    return plan_offer(
        offering_of(quote, lines, is_whole=made.is_whole, terms=made.terms),
        author_id=author_id,
        authors=authors,
        references=before.rulebooks if before else None,
        now=now,
    )


def stored_text(plan: OfferPlan, authors: Collection[str]) -> str:
    """The plan as a release keeps it: canonical, and never changed."""
    measured = plan.figures.measured
    stored = {
        "plan": to_json(plan.plan),
        "authors": sorted(authors),
        "discount": measured.discount,
        "margin": measured.margin,
    }
    return canonical_bytes(stored).decode()


def read_plan(release: OfferRelease) -> StoredPlan:
    """The plan that a release was asked by."""
    stored = json.loads(release.plan)
    return StoredPlan(
        from_json(Plan, stored["plan"]),
        frozenset(stored["authors"]),
        stored["discount"],
        stored["margin"],
    )


def is_same_question(before: Plan, after: Plan, *, by_people: bool = True) -> bool:
    """Whether the same is still asked, and ``by_people`` of the same people."""
    return before.outcome == after.outcome and _asked(before, by_people) == _asked(after, by_people)


def _asked(plan: Plan, by_people: bool) -> list[tuple[int, int, frozenset[str]]]:
    return [
        (step.rank, step.quorum.needed, step.users if by_people else frozenset())
        for step in plan.steps
    ]


def chain_with(plan: Plan, decisions: Sequence[ReleaseDecision]) -> Chain:
    """Where it stands: the plan's steps with what was decided at each, by position."""
    chain = chain_of(plan)
    votes = tuple(
        Vote(plan.steps[one.position].key, one.member.user_id, KINDS[one.verdict])
        for one in decisions
    )
    return chain._replace(votes=votes)


def standing_of(authors: Collection[str]) -> Standing:
    """Nobody who shaped an offer decides about it."""
    return Standing(excluded=frozenset(authors))


def list_decisions(release: OfferRelease) -> list[ReleaseDecision]:
    """What was decided, the first first."""
    rows = release.decisions.select_related("member__user")
    return list(rows.order_by("created_at", "id"))
