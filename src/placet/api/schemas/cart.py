"""Documents about carts: live, shared, priced at the moment of the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal

from placet.api.schemas.base import (
    Answer,
    ClosedAction,
    Money,
    Named,
    Person,
    Resourceful,
    actions_of,
    frame,
    money,
    person,
)
from placet.api.schemas.cart_line import CartLine, show_cart_line
from placet.api.schemas.content import (
    DiscountShown,
    ShipmentShown,
    TaxShown,
    show_discounts,
    show_shipments,
    show_taxes,
)
from placet.api.schemas.talk import Attachment, show_attachments
from placet.carts import models
from placet.carts.actions import PasteReport
from placet.carts.permissions import (
    can_comment_on_cart,
    can_edit_cart,
    can_give_cart,
    can_manage_cart,
    can_restore_cart,
    can_submit_cart,
    can_take_cart,
)
from placet.carts.pricing import PricedCart
from placet.companies.terms import list_offered_terms, terms_of
from placet.core.actor import Actor
from placet.threads.models import Comment as CommentRow


class CartSummary(Resourceful):
    """A cart in a list; ``line_count`` is not priced."""

    object: Literal["cart"] = "cart"
    name: str
    status: str
    currency: str
    owner: Person
    unit: Named
    po_number: str
    changed_at: datetime
    line_count: int


class NextPromotion(Answer):
    """The nearest promotion of the order, and what of goods is missing to it."""

    name: str
    kind: str
    gap: Money


class Cart(Resourceful):
    """A cart with its lines and what it costs now; ``total`` is goods and shipping before tax.

    Goods are net of ``discount``. Shipments, one a ship-to, and taxes, one a rate and rounded once,
    each add up to what stands above them.
    """

    object: Literal["cart"] = "cart"
    name: str
    status: str
    currency: str
    owner: Person
    given_by: str | None
    unit: Named
    po_number: str
    references: dict[str, str]
    terms: str
    offered_terms: list[str]
    justification: str
    cost_center: str | None
    ship_to: str | None
    bill_to: str | None
    requested_on: date | None
    changed_at: datetime
    thread: str | None
    lines: list[CartLine]
    goods: Money
    discount: Money
    shipping: Money
    total: Money
    tax: Money
    total_with_tax: Money
    shipments: list[ShipmentShown]
    discounts: list[DiscountShown]
    taxes: list[TaxShown]
    next_promotion: NextPromotion | None
    minimum_order: Money
    free_shipping_from: Money | None
    not_for_sale: list[str]
    not_allowed: list[str]
    allowed_actions: list[str]
    closed_actions: list[ClosedAction]


class PasteRow(Answer):
    """What became of one pasted row; ``product`` is the SKU that lies in the cart."""

    number: int
    text: str
    sku: str
    quantity: int
    outcome: str
    detail: str
    product: str | None


class Paste(Answer):
    """The report of a paste."""

    object: Literal["paste"] = "paste"
    cart: str
    cart_version: int
    found: int
    substituted: int
    failed: int
    rows: list[PasteRow]


class Comment(Answer):
    """What somebody said about the cart, or about one of its lines."""

    object: Literal["comment"] = "comment"
    id: str
    created_at: datetime
    thread: str
    line: str | None
    author: Person
    text: str
    mentions: list[str]
    attachments: list[Attachment]


def show_cart_summaries(carts: Sequence[models.Cart]) -> list[CartSummary]:
    """Carts of a list, with ``line_count`` annotated."""
    return [
        CartSummary(
            **frame(cart),
            name=cart.name,
            status=cart.status,
            currency=cart.currency,
            owner=person(cart.owner),
            unit=Named(id=cart.unit.id, name=cart.unit.name),
            po_number=cart.po_number,
            changed_at=cart.changed_at,
            line_count=cart.line_count,  # type: ignore[attr-defined]
        )
        for cart in carts
    ]


def show_cart(cart: models.Cart, priced: PricedCart, actor: Actor) -> Cart:
    """A cart at its prices of this moment, and what the actor may do with it."""
    free_from = priced.free_shipping_from_minor
    amounts = {
        "goods": priced.goods_minor,
        "discount": priced.discount_minor,
        "shipping": priced.shipping_minor,
        "total": priced.goods_minor + priced.shipping_minor,
        "tax": priced.tax_minor,
        "total_with_tax": priced.total_minor,
        "minimum_order": priced.minimum_order_minor,
    }
    shown: dict[str, Any] = {name: money(minor, cart.currency) for name, minor in amounts.items()}
    return Cart(
        **frame(cart),
        **shown,
        **_actions(cart, actor),
        name=cart.name,
        status=cart.status,
        currency=cart.currency,
        owner=person(cart.owner),
        given_by=cart.given_by_id,
        unit=Named(id=cart.unit.id, name=cart.unit.name),
        po_number=cart.po_number,
        references=cart.references,
        terms=terms_of(cart.company, cart.terms),
        offered_terms=list_offered_terms(cart.company),
        justification=cart.justification,
        cost_center=cart.cost_center_id,
        ship_to=cart.ship_to_id,
        bill_to=cart.bill_to_id,
        requested_on=cart.requested_on,
        changed_at=cart.changed_at,
        thread=cart.thread_id,
        lines=[show_cart_line(line, cart.currency) for line in priced.lines],
        shipments=show_shipments(priced.shipments, cart.currency),
        discounts=show_discounts(priced.discounts, cart.currency),
        taxes=show_taxes(priced.taxes, cart.currency),
        next_promotion=_next_promotion(priced),
        free_shipping_from=money(free_from, cart.currency) if free_from is not None else None,
        not_for_sale=list(priced.unsellable),
        not_allowed=list(priced.not_allowed),
    )


def show_paste(cart: models.Cart, report: PasteReport) -> Paste:
    """Every pasted row in the order of the text."""
    return Paste(
        cart=cart.id,
        cart_version=cart.version,
        found=report.found,
        substituted=report.substituted,
        failed=len(report.failed),
        rows=[
            PasteRow(
                number=row.number,
                text=row.text,
                sku=row.sku,
                quantity=row.quantity,
                outcome=row.outcome,
                detail=row.detail,
                product=row.product.sku if row.product else None,
            )
            for row in report.rows
        ],
    )


def show_comments(
    comments: Sequence[CommentRow], line_of_thread: Mapping[str, str]
) -> list[Comment]:
    """Comments with authors and mentions loaded."""
    return [
        Comment(
            id=comment.id,
            created_at=comment.created_at,
            thread=comment.thread_id,
            line=line_of_thread.get(comment.thread_id),
            author=person(comment.author),
            text=comment.text,
            mentions=sorted(mention.member_id for mention in comment.mentions.all()),
            attachments=show_attachments(comment.attachments.all()),
        )
        for comment in comments
    ]


def _actions(cart: models.Cart, actor: Actor) -> dict[str, Any]:
    return actions_of(
        {
            "edit": can_edit_cart(actor, cart),
            "comment": can_comment_on_cart(actor, cart),
            "share": can_manage_cart(actor, cart),
            "give": can_give_cart(actor, cart),
            "take": can_take_cart(actor, cart),
            "restore": can_restore_cart(actor, cart),
            "submit": can_submit_cart(actor, cart),
        }
    )


def _next_promotion(priced: PricedCart) -> NextPromotion | None:
    found = priced.next_promotion
    if found is None:
        return None
    gap = money(found.gap_minor, priced.currency)
    return NextPromotion(name=found.promotion.name, kind=found.promotion.kind, gap=gap)
