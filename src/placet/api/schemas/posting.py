"""A purchase as a shop or a program posts it, and what it is told of its plan."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from placet.api.schemas.base import (
    LARGEST,
    Answer,
    Money,
    Wish,
    money,
)
from placet.core.errors import InvalidInput
from placet.requisitions.posting.making import LARGEST_QUANTITY, MOST_LINES, Made
from placet.requisitions.posting.telling import ShopOutlook
from placet.requisitions.posting.values import (
    PostedDiscount,
    PostedLine,
    PostedPart,
    PostedProduct,
    PostedPurchase,
    PostedShipping,
)

Name100 = Annotated[str, StringConstraints(max_length=100)]
Sku = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Quantity = Annotated[int, Field(ge=1, le=LARGEST_QUANTITY)]
Amount = Annotated[int, Field(ge=0, le=LARGEST)]
Rate = Annotated[int, Field(ge=0, le=10_000)]
Day = Annotated[date, Field(strict=False)]
PostedReferences = Annotated[
    dict[
        Annotated[str, StringConstraints(max_length=40)],
        Annotated[str, StringConstraints(max_length=200)],
    ],
    Field(max_length=50),
]
Tag = Annotated[str, StringConstraints(min_length=1, max_length=40)]


class PartWish(Wish):
    """So many of a line to one place; what is left out is the line's, then the purchase's."""

    quantity: Quantity
    ship_to: Name100 = ""
    cost_center: Name100 = ""
    need_by_on: Day | None = None


class PostedLineWish(Wish):
    """So many of a SKU. `unit_price_minor` is for `price_quantity` pieces, net of tax.

    From `name` to `promotion` a shop of the supplier's says what it sells, and has to say `name`
    and `unit_price_minor`; nobody else may. `discount_minor` is taken off the whole line, and
    `promotion` names it. Places are named by id or external id, cost centres by
    their code, too.
    """

    sku: Sku
    quantity: Quantity
    name: Annotated[str, StringConstraints(max_length=200)] | None = None
    unit_price_minor: Amount | None = None
    price_quantity: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    tax_basis_points: Rate | None = None
    pack: Annotated[str, StringConstraints(max_length=60)] | None = None
    category: Annotated[str, StringConstraints(max_length=390)] | None = None
    brand: Annotated[str, StringConstraints(max_length=80)] | None = None
    supplier: Annotated[str, StringConstraints(max_length=80)] | None = None
    tags: Annotated[list[Tag], Field(max_length=20)] | None = None
    restricted: bool | None = None
    discount_minor: Amount | None = None
    promotion: Annotated[str, StringConstraints(max_length=120)] | None = None
    ship_to: Name100 = ""
    cost_center: Name100 = ""
    need_by_on: Day | None = None
    parts: Annotated[list[PartWish], Field(max_length=50)] = []
    note: Annotated[str, StringConstraints(max_length=400)] = ""
    references: PostedReferences = {}


class ShippingWish(Wish):
    """What delivery to a place costs, net; the place may be left out where there is only one."""

    amount_minor: Amount
    ship_to: Name100 = ""


class DiscountWish(Wish):
    """What is taken off all goods together, net, after the discounts of single lines."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    amount_minor: Amount


class PurchaseWish(Wish):
    """A purchase: lines, and what stands above them. Amounts are minor units of `currency`.

    Totals are added up here. A `total_minor` (goods, shipping and tax) that differs is refused with
    `totals_differ`: what the buyer saw is what is approved. Tax is rounded once a rate.
    """

    currency: Annotated[str, StringConstraints(min_length=3, max_length=3)] = ""
    lines: Annotated[list[PostedLineWish], Field(max_length=MOST_LINES)] = []
    name: Annotated[str, StringConstraints(max_length=120)] = ""
    ship_to: Name100 = ""
    bill_to: Name100 = ""
    cost_center: Name100 = ""
    po_number: Annotated[str, StringConstraints(max_length=60)] = ""
    references: PostedReferences = {}
    justification: Annotated[str, StringConstraints(max_length=2000)] = ""
    requested_on: Day | None = None
    terms: Annotated[str, StringConstraints(max_length=40)] = ""
    shipping: Annotated[list[ShippingWish], Field(max_length=50)] = []
    shipping_tax_basis_points: Rate = 0
    discounts: Annotated[list[DiscountWish], Field(max_length=20)] = []
    total_minor: Amount | None = None
    shop_url: Annotated[str, StringConstraints(max_length=500)] = ""


class NewPurchase(PurchaseWish):
    """A purchase to submit, and whose: a shop names the `member` of a customer.

    `member` is an id or, with the `customer` (an id or external id), an e-mail address or external
    id. `external_id` is what the shop calls the purchase; `plan_hash` is what a dry run answered.
    The page behind `plan_url` leads back to `return_url`, an https address; without it to
    `shop_url`. Only a shop of the supplier's may state either.
    """

    member: Annotated[str, StringConstraints(max_length=254)] = ""
    customer: Name100 = ""
    external_id: Name100 = ""
    plan_hash: Annotated[str, StringConstraints(max_length=64)] = ""
    warnings_read: bool = False
    return_url: Annotated[str, StringConstraints(max_length=500)] = ""


class DryRun(BaseModel):
    """With `dry_run=true` nothing is written: the answer is the plan."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False


class PostedPlanShown(Answer):
    """What a shop may show its buyer of the plan. `plan_hash` is what sending it in names.

    `verdict`: `approval` (people of the customer decide first), `checked` (only the supplier's own
    people look at it), `free` (ordered at once) or `blocked`. `approvals` counts the customer's
    steps, `checks` says why the supplier's own people are asked, `reasons` why its own rules forbid
    it. The buyer has to have read `warnings` warnings and, where `needs_justification`, to say why:
    the plan is then asked for again with the `justification`, which its hash names too.
    Everything else of the plan stands behind `plan_url`, for the buyer, signed in.
    """

    object: Literal["posted_plan"] = "posted_plan"
    verdict: str
    sentence: str
    plan_hash: str
    approvals: int
    checks: list[str]
    reasons: list[str]
    warnings: int
    needs_justification: bool
    goods: Money | None
    shipping: Money | None
    tax: Money | None
    total: Money | None
    plan_url: str | None
    kept: int | None
    reset: int | None
    new: int | None


_STATED = (
    *("name", "unit_price_minor", "price_quantity", "tax_basis_points", "pack", "category"),
    *("brand", "supplier", "tags", "restricted", "discount_minor", "promotion"),
)


def read_purchase(wish: PurchaseWish) -> PostedPurchase:
    """The purchase that was posted; raises ``InvalidInput`` for half a product."""
    return PostedPurchase(
        currency=wish.currency,
        lines=tuple(_line(at, line) for at, line in enumerate(wish.lines)),
        name=wish.name,
        ship_to=wish.ship_to,
        bill_to=wish.bill_to,
        cost_center=wish.cost_center,
        po_number=wish.po_number,
        references=wish.references,
        justification=wish.justification,
        requested_on=wish.requested_on,
        terms=wish.terms,
        shipping=tuple(PostedShipping(one.amount_minor, one.ship_to) for one in wish.shipping),
        shipping_tax_basis_points=wish.shipping_tax_basis_points,
        total_minor=wish.total_minor,
        discounts=tuple(PostedDiscount(one.name, one.amount_minor) for one in wish.discounts),
    )


def _line(at: int, line: PostedLineWish) -> PostedLine:
    return PostedLine(
        sku=line.sku,
        quantity=line.quantity,
        stated=_stated(at, line),
        ship_to=line.ship_to,
        cost_center=line.cost_center,
        need_by_on=line.need_by_on,
        parts=tuple(
            PostedPart(part.quantity, part.ship_to, part.cost_center, part.need_by_on)
            for part in line.parts
        ),
        note=line.note,
        references=line.references,
    )


def _stated(at: int, line: PostedLineWish) -> PostedProduct | None:
    """What the line says of its product; nothing where it says nothing."""
    if all(getattr(line, name) is None for name in _STATED):
        return None
    if line.unit_price_minor is None:
        said = _("Say what it costs: unit_price_minor.")
        raise InvalidInput(f"lines/{at}/unit_price_minor", "required", said)
    if not (line.name or "").strip():
        raise InvalidInput(f"lines/{at}/name", "required", _("Say what it is."))
    return PostedProduct(
        name=line.name or "",
        unit_price_minor=line.unit_price_minor,
        price_quantity=line.price_quantity or 1,
        tax_basis_points=line.tax_basis_points or 0,
        pack=line.pack or "",
        category=line.category or "",
        brand=line.brand or "",
        supplier=line.supplier or "",
        tags=tuple(line.tags or ()),
        is_restricted=bool(line.restricted),
        discount_minor=line.discount_minor or 0,
        promotion=line.promotion or "",
    )


def show_posted_plan(
    told: ShopOutlook,
    made: Made | None,
    *,
    plan_url: str = "",
    carried: tuple[int, int, int] | None = None,
) -> PostedPlanShown:
    """What a shop is told, with the amounts as they were added up where they are at hand."""
    kept, reset, new = carried or (None, None, None)
    priced = made.priced if made else None
    sums = (
        {
            name: money(getattr(priced, f"{name}_minor"), priced.currency)
            for name in ("goods", "shipping", "tax", "total")
        }
        if priced
        else dict.fromkeys(("goods", "shipping", "tax", "total"))
    )
    return PostedPlanShown(
        verdict=told.verdict,
        sentence=told.sentence,
        plan_hash=told.plan_hash,
        approvals=told.approvals,
        checks=list(told.checks),
        reasons=list(told.reasons),
        warnings=told.warnings,
        needs_justification=told.needs_justification,
        plan_url=plan_url or None,
        kept=kept,
        reset=reset,
        new=new,
        **sums,
    )
