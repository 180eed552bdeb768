"""What an offer comes to for the merchant, as its people read it; no buyer's page uses this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import get_language

from placet.companies.queries import get_merchant
from placet.core.actor import Actor
from placet.core.formats import money_text
from placet.plans.names import load_names
from placet.plans.offers import LineFigures, OfferPlan, figures_of, plan_offer
from placet.policy.explain import Speaker
from placet.policy.facts import MissingFact
from placet.policy.negotiation import OfferLine
from placet.policy.plan import Plan, PlanStep
from placet.quotes.drafting import DraftLine
from placet.quotes.models import Quote
from placet.quotes.releasing import list_targets, offering_of


class LineRow(NamedTuple):
    """A line with everything that whoever releases it compares; prices as it is priced."""

    number: int
    sku: str
    name: str
    note: str
    quantity: int
    price_quantity: int
    price_minor: int | None
    before_minor: int | None
    usual_minor: int | None
    target_minor: int | None
    cost_minor: int | None
    discount: Decimal | None
    margin: Decimal | None


class StepRow(NamedTuple):
    """Who is asked, and why."""

    who: str
    people: list[str]
    needed: int
    reasons: list[str]


class FiguresView(NamedTuple):
    """The panel beside an offer; ``outcome`` is empty where no rules about offers hold."""

    rows: list[LineRow]
    total_minor: int
    usual_minor: int | None
    target_minor: int | None
    cost_minor: int | None
    discount: Decimal | None
    margin: Decimal | None
    outcome: str
    steps: list[StepRow]
    reasons: list[str]


def read_figures(
    quote: Quote,
    lines: Sequence[DraftLine],
    *,
    is_whole: bool,
    terms: str,
    before: Mapping[int, OfferLine] = {},
    actor: Actor | None = None,
    now: datetime,
) -> FiguresView:
    """The figures of these lines at this moment; with ``actor`` also what sending them would ask.

    Lines that name no product, or no price yet, are left out of the sums.
    """
    offering = offering_of(quote, lines, is_whole=is_whole, terms=terms)
    planned: OfferPlan | None = None
    if actor is not None and offering.items:
        try:
            planned = plan_offer(
                offering, author_id=actor.member_id, authors={actor.user_id}, now=now
            )
        except MissingFact:
            planned = None
    figures = planned.figures if planned else figures_of(offering, now=now)
    sizes = {item.number: item.product.price_quantity for item in offering.items}
    targets = list_targets(quote)
    return FiguresView(
        rows=[
            _row(line, figures.lines.get(line.number), before, targets, sizes.get(line.number, 1))
            for line in lines
        ],
        total_minor=figures.total_minor,
        usual_minor=figures.usual_minor,
        target_minor=figures.target_minor,
        cost_minor=figures.cost_minor,
        discount=share_of(figures.measured.discount),
        margin=share_of(figures.measured.margin),
        outcome=planned.plan.outcome if planned else "",
        steps=describe_steps(planned.plan) if planned else [],
        reasons=describe_blocks(planned.plan) if planned else [],
    )


def share_of(basis_points: int | None) -> Decimal | None:
    """Basis points as a share of one, as pages write percents."""
    return None if basis_points is None else Decimal(basis_points) / 10_000


def describe_steps(plan: Plan) -> list[StepRow]:
    """Who must release it, and why, in the reader's language."""
    speaker = _speaker(plan)
    return [_step(step, speaker) for step in plan.steps]


def describe_blocks(plan: Plan) -> list[str]:
    """Why it cannot be offered at all."""
    speaker = _speaker(plan)
    return [speaker.reason(block.reason) for block in plan.blocked]


def _step(step: PlanStep, speaker: Speaker) -> StepRow:
    return StepRow(
        who=speaker.label(step.label),
        people=[
            approver.delegate.name if approver.away and approver.delegate else approver.name
            for approver in step.approvers
        ],
        needed=step.quorum.needed,
        reasons=[speaker.reason(reason) for reason in step.reasons],
    )


def _speaker(plan: Plan) -> Speaker:
    reasons = [reason for step in plan.steps for reason in step.reasons]
    reasons += [block.reason for block in plan.blocked]
    labels = [step.label for step in plan.steps]
    names = load_names(get_merchant().pk, reasons, labels)
    return Speaker((get_language() or "en")[:2], names=names, money=money_text)


def _row(
    line: DraftLine,
    figures: LineFigures | None,
    before: Mapping[int, OfferLine],
    targets: Mapping[int, OfferLine],
    price_quantity: int,
) -> LineRow:
    older, target = before.get(line.number), targets.get(line.number)
    return LineRow(
        number=line.number,
        sku=line.sku,
        name=line.name,
        note=line.note,
        quantity=line.quantity,
        price_quantity=price_quantity,
        price_minor=line.unit_price_minor,
        before_minor=older.unit_price_minor if older else None,
        usual_minor=figures.usual_minor if figures else None,
        target_minor=target.unit_price_minor if target else None,
        cost_minor=figures.cost_minor if figures else None,
        discount=share_of(figures.measured.discount) if figures else None,
        margin=share_of(figures.measured.margin) if figures else None,
    )
