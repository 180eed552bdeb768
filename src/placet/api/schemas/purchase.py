"""A purchase that does not exist: how it is said, and how its plan and every rule answer."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from placet.api.schemas.base import LARGEST, Answer, Identifier, Person, Wish
from placet.api.schemas.plan import PlanShown
from placet.core.errors import InvalidInput
from placet.plans.rule_results import PartResult, RuleResult
from placet.plans.typed_purchase import TypedLine, TypedPurchase

Text = Annotated[str, StringConstraints(max_length=400)]
Minor = Annotated[int, Field(ge=0, le=LARGEST)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class MoneyWish(Wish):
    """An amount in minor units."""

    amount_minor: Minor
    currency: Currency


class LineWish(Wish):
    """A line: a product by SKU at the company's price, or an amount, perhaps in a category."""

    sku: Annotated[str, StringConstraints(max_length=64)] = ""
    quantity: Annotated[int, Field(ge=1, le=10**9)] = 1
    amount: MoneyWish | None = None
    category: Text = ""
    cost_center: Text = ""
    ship_to: Text = ""


class PlanWish(Wish):
    """Whose purchase, and which: a cart, or lines, or one amount.

    Without `member` it is the caller's own. `rulebook` puts a text in the place of what that
    rulebook has published: `document`, else its draft.
    """

    member: Identifier | None = None
    cart: Identifier | None = None
    lines: Annotated[list[LineWish], Field(max_length=200)] | None = None
    amount: MoneyWish | None = None
    category: Text = ""
    currency: Currency | None = None
    cost_center: Text = ""
    ship_to: Text = ""
    po_number: Annotated[str, StringConstraints(max_length=60)] = ""
    justification: Annotated[str, StringConstraints(max_length=2000)] = ""
    requested_on: Annotated[date, Field(strict=False)] | None = None
    source: Annotated[str, StringConstraints(max_length=20)] = "cart"
    rulebook: Identifier | None = None
    document: dict[str, Any] | None = None

    def purchase(self, own_currency: str) -> TypedPurchase:
        """The purchase that is said; raises ``InvalidInput`` where currencies are mixed."""
        lines = list(self.lines or ())
        if self.amount is not None:
            lines.append(LineWish(amount=self.amount, category=self.category))
        currency = self.currency or next(
            (line.amount.currency for line in lines if line.amount), own_currency
        )
        for index, line in enumerate(lines):
            if line.amount is not None and line.amount.currency != currency:
                raise InvalidInput(
                    f"lines/{index}/amount", "mixed_currencies", f"The purchase is in {currency}."
                )
        return TypedPurchase(
            currency=currency,
            lines=tuple(_typed(line) for line in lines),
            cost_center_id=self.cost_center,
            ship_to_id=self.ship_to,
            po_number=self.po_number,
            justification=self.justification,
            requested_on=self.requested_on,
            source=self.source,
        )


class PartShown(Answer):
    """A comparison (``is``) with what was found, or a group (``all``, ``any``) of parts."""

    kind: str
    sentence: str
    holds: bool
    found: str
    lines: list[int]
    parts: list[PartShown]


class RuleShown(Answer):
    """A rule for this purchase; ``holds`` is null where an amount has no exchange rate."""

    rulebook: str
    version: int
    rule: str
    name: str
    effect: str
    sentence: str
    holds: bool | None
    condition: PartShown | None


class SimulatedPlan(PlanShown):
    """The plan of a purchase that does not exist; ``rules`` is null without the right to them."""

    object: Literal["plan"] = "plan"
    member: Person
    rules: list[RuleShown] | None


def show_results(results: tuple[RuleResult, ...]) -> list[RuleShown]:
    """Every rule, true or false."""
    return [
        RuleShown(
            rulebook=result.rulebook,
            version=result.version,
            rule=result.rule,
            name=result.name,
            effect=result.effect,
            sentence=result.sentence,
            holds=result.holds,
            condition=_part(result.condition) if result.condition else None,
        )
        for result in results
    ]


def _typed(line: LineWish) -> TypedLine:
    return TypedLine(
        sku=line.sku,
        quantity=line.quantity,
        amount_minor=line.amount.amount_minor if line.amount else None,
        category=line.category,
        cost_center_id=line.cost_center,
        ship_to_id=line.ship_to,
    )


def _part(part: PartResult) -> PartShown:
    return PartShown(
        kind=part.kind,
        sentence=part.sentence,
        holds=part.holds,
        found=part.found,
        lines=list(part.lines),
        parts=[_part(inner) for inner in part.parts],
    )
