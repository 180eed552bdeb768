"""A cart as its page shows it: lines with their conversations and causes, people, details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q

from placet.carts.changes import LineHistory, list_line_histories
from placet.carts.models import Cart, CartGrant, ShareLink
from placet.carts.permissions import can_comment_on_cart, can_edit_cart, can_manage_cart
from placet.carts.pricing import PricedCart, PricedLine, price_cart
from placet.carts.quantities import nearest_quantity
from placet.carts.stock import Shortage, list_shortages
from placet.carts.visits import Visit, note_visit, read_visit
from placet.companies.models import Address, CostCenter, ReferenceField
from placet.companies.queries import (
    get_merchant,
    list_addresses,
    list_cost_centers,
    list_reference_fields,
)
from placet.core.actor import Actor
from placet.plans.bought import Bought
from placet.requisitions.changing import find_changed, held_by_order
from placet.requisitions.models import Requisition
from placet.requisitions.planning import find_revised
from placet.threads.models import Comment, Thread
from placet.threads.queries import list_comments
from placet.web.carts.advice import Advice, read_advice
from placet.web.carts.arrival import arrival_day, days_late
from placet.web.carts.panel import Panel, read_panel
from placet.web.carts.people import Together, read_together
from placet.web.splitting.parts import PartRow, read_parts
from placet.web.timeline import StepRow


class Talk(NamedTuple):
    """A conversation that has begun."""

    thread: Thread
    comments: list[Comment]


class LineRow(NamedTuple):
    """A line with what was said about it, and the steps that it causes.

    ``days_late`` is how long after it is needed it arrives; ``bought`` what the unit bought last.
    """

    line: PricedLine
    talk: Talk | None
    steps: tuple[StepRow, ...]
    is_sellable: bool
    is_allowed: bool
    smallest: int
    shortage: Shortage | None
    history: LineHistory | None = None
    days_late: int = 0
    bought: Bought | None = None
    parts: tuple[PartRow, ...] = ()


class AskedReference(NamedTuple):
    """A field of the company's own, and what the purchase says to it."""

    field: ReferenceField
    value: str
    path: str


class CartPage(NamedTuple):
    """Everything that the page of a cart shows."""

    cart: Cart
    priced: PricedCart
    lines: list[LineRow]
    panel: Panel
    talk: Talk | None
    outside: list[Talk]
    people: list[CartGrant]
    together: Together
    advice: Advice
    visit: Visit
    may_edit: bool
    may_comment: bool
    may_manage: bool
    supplier: str
    ship_tos: list[Address]
    bill_tos: list[Address]
    cost_centers: list[CostCenter]
    references: list[AskedReference]
    revised: Requisition | None

    @property
    def is_open(self) -> bool:
        """Whether it has not been submitted or put away."""
        return self.cart.status == Cart.Status.OPEN


def read_cart(actor: Actor, cart: Cart, *, now: datetime, is_visit: bool = False) -> CartPage:
    """The cart with its panel, in a number of queries that does not depend on its lines.

    ``is_visit`` notes that the actor looks, for what is told as changed the next time.
    """
    priced = price_cart(cart, now=now)
    fields = list(list_reference_fields(cart.company_id))
    panel = read_panel(cart, priced, fields, actor=actor, now=now)
    talks = _talks(actor, cart, priced)
    revised = find_revised(cart)
    held = held_by_order(find_changed(revised)) if revised else None
    shortages = list_shortages(cart, priced, held=held, now=now)
    may_edit = can_edit_cart(actor, cart) is None
    may_manage = can_manage_cart(actor, cart) is None
    grants = sorted(cart.grants.all(), key=_grant_order)
    look = note_visit(cart, priced, actor=actor, now=now) if is_visit else None
    context = _Context(
        priced,
        talks,
        panel.steps,
        shortages,
        list_line_histories(cart),
        read_advice(actor, cart, priced, now=now),
        arrival_day(cart, panel, now=now),
        read_parts(cart, priced),
    )
    return CartPage(
        cart=cart,
        priced=priced,
        lines=[_line(cart, line, context) for line in priced.lines],
        panel=panel,
        talk=talks.get(cart.thread_id or ""),
        outside=[
            talk for talk in talks.values() if talk.thread.audience == Thread.Audience.OUTSIDE
        ],
        people=grants,
        together=read_together(actor, cart, grants),
        advice=context.advice,
        visit=look or read_visit(cart, priced, actor=actor),
        may_edit=may_edit,
        may_comment=can_comment_on_cart(actor, cart) is None,
        may_manage=may_manage,
        supplier=get_merchant().name,
        ship_tos=_with_chosen(list(list_addresses(actor, Address.Kind.SHIP_TO)), cart.ship_to),
        bill_tos=_with_chosen(list(list_addresses(actor, Address.Kind.BILL_TO)), cart.bill_to),
        cost_centers=_with_chosen(list(list_cost_centers(actor)), cart.cost_center),
        references=[
            AskedReference(field, cart.references.get(field.key, ""), f"references/{field.key}")
            for field in fields
            if not field.is_per_line
        ],
        revised=revised,
    )


class _Context(NamedTuple):
    """What the rows of all lines are made of."""

    priced: PricedCart
    talks: Mapping[str, Talk]
    steps: Sequence[StepRow]
    shortages: Mapping[int, Shortage]
    histories: Mapping[str, LineHistory]
    advice: Advice
    ready_on: date
    parts: Mapping[int, tuple[PartRow, ...]]


def _line(cart: Cart, line: PricedLine, context: _Context) -> LineRow:
    count = len(context.priced.lines)
    return LineRow(
        line,
        context.talks.get(line.thread_id),
        tuple(step for step in context.steps if step.is_about(line.number, count)),
        line.product.sku not in context.priced.unsellable,
        line.product.sku not in context.priced.not_allowed,
        nearest_quantity(line.product, 1),
        context.shortages.get(line.number),
        context.histories.get(line.line_id),
        days_late(cart, line, context.ready_on),
        context.advice.bought.get(line.product.sku),
        context.parts.get(line.number, ()),
    )


def _grant_order(grant: CartGrant) -> tuple[bool, str]:
    """Units first, then people, by name."""
    return (not grant.unit_id, grant.unit.name if grant.unit_id else grant.member.user.name)


def _talks(actor: Actor, cart: Cart, priced: PricedCart) -> Mapping[str, Talk]:
    """The conversations of the cart, its lines and its links by thread, in four queries."""
    ids = [line.thread_id for line in priced.lines if line.thread_id]
    ids += [cart.thread_id] if cart.thread_id else []
    outside = ShareLink.objects.filter(cart=cart).exclude(thread=None).values("thread_id")
    rows = Thread.objects.filter(Q(pk__in=ids) | Q(pk__in=outside))
    threads = {thread.pk: thread for thread in rows.select_related("resolved_by__user")}
    said = list_comments(actor, list(threads)) if threads else {}
    return {pk: Talk(thread, said[pk]) for pk, thread in threads.items() if said[pk]}


def _with_chosen(choices: list, chosen: object) -> list:  # type: ignore[type-arg]
    """The choices within reach, and what was chosen by somebody with a longer reach."""
    if chosen is not None and chosen not in choices:
        return [chosen, *choices]
    return choices
