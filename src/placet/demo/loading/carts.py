"""Carts that are being filled: made by the actions of the people who fill them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from placet.carts import actions
from placet.carts.actions import AllocationValues
from placet.carts.actions.paste_lines import IN_CART
from placet.carts.models import Cart, CartLine
from placet.demo.loading.registry import Registry
from placet.demo.loading.timeline import Timeline
from placet.demo.world import carts as world
from placet.demo.world.carts import CARTS
from placet.demo.world.requisitions.shapes import Line

# Before the first comment on it, and after the week's orders.
MADE = timedelta(hours=2)


def plan_carts(registry: Registry, timeline: Timeline) -> None:
    """Put every cart and what was said about it on the timeline."""
    for cart in CARTS:
        first = max((comment.hours_ago for comment in cart.comments), default=1)
        moment = registry.now - timedelta(hours=first) - MADE
        timeline.plan(moment, partial(_make, registry, timeline, cart))


def fill_cart(
    cart: Cart, lines: Sequence[Line], *, member: str, registry: Registry, now: datetime
) -> None:
    """Paste the lines and split those that go to several places."""
    if not lines:
        return
    actor = registry.actor(member)
    text = "\n".join(f"{line.sku} {line.quantity}" for line in lines)
    report = actions.paste_lines(cart, text=text, actor=actor, now=now)
    bad = [row for row in report.rows if row.outcome not in IN_CART]
    if bad:
        raise ValueError(f"{cart.name}: {bad[0].text}: {bad[0].detail or bad[0].outcome}")
    for line in lines:
        if line.splits:
            parts = [
                AllocationValues(
                    part.quantity,
                    registry.addresses[part.ship_to].pk,
                    registry.cost_centers[part.cost_center].pk,
                )
                for part in line.splits
            ]
            row = cart.lines.get(product__sku=line.sku)
            actions.allocate_line(row, allocations=parts, actor=actor, now=now)


def describe(
    cart: Cart, *, member: str, cost_center: str, ship_to: str, registry: Registry, now: datetime
) -> None:
    """Say where it goes and who pays."""
    actions.describe_cart(
        cart,
        ship_to_id=registry.addresses[ship_to].pk,
        cost_center_id=registry.cost_centers[cost_center].pk if cost_center else "",
        actor=registry.actor(member),
        now=now,
    )


def _make(registry: Registry, timeline: Timeline, cart: world.Cart, now: datetime) -> None:
    owner = registry.actor(cart.owner)
    row = actions.create_cart(cart.name, actor=owner, now=now)
    describe(
        row,
        member=cart.owner,
        cost_center=cart.cost_center,
        ship_to=cart.ship_to,
        registry=registry,
        now=now,
    )
    fill_cart(row, cart.lines, member=cart.owner, registry=registry, now=now)
    for grant in cart.grants:
        member = registry.members[grant.member]
        actions.share_cart(row, member=member, level=grant.level, actor=owner, now=now)
    for comment in cart.comments:
        moment = registry.now - timedelta(hours=comment.hours_ago)
        timeline.plan(moment, partial(_say, registry, row.pk, comment))


def _say(registry: Registry, cart_id: str, comment: world.Comment, now: datetime) -> None:
    actor = registry.actor(comment.member)
    cart = Cart.objects.select_related("owner__user").get(pk=cart_id)
    if not comment.line:
        actions.comment_on_cart(cart, text=comment.text, actor=actor, now=now)
        return
    line = CartLine.objects.select_related("cart__owner__user", "thread").filter(cart=cart)
    row = line.order_by("position")[comment.line - 1]
    actions.comment_on_line(row, text=comment.text, actor=actor, now=now)
    if comment.resolves:
        row.refresh_from_db(fields=["thread"])
        actions.resolve_line_thread(row, actor=actor, now=now)
