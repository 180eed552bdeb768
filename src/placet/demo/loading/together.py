"""Lists, schedules and sharing, by the actions of the people who do it."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from placet.carts import actions
from placet.carts.actions.share_links import create_share_link
from placet.carts.lists.actions import add_list_line, create_list, share_list
from placet.carts.models import Cart
from placet.carts.models import PurchaseList as ListRow
from placet.carts.schedules.actions import create_schedule, pause_schedule
from placet.carts.schedules.values import ScheduleValues
from placet.demo.loading.registry import Registry
from placet.demo.loading.timeline import Timeline
from placet.demo.world import together as world
from placet.demo.world.carts import CARTS
from placet.threads.files import NewFile

# After the carts of today were filled, and before the moment of loading.
SHARED_AGO = timedelta(minutes=40)
LISTED_AGO = timedelta(days=3)
_CART_NAME = {cart.key: cart.name for cart in CARTS}


def plan_together(registry: Registry, timeline: Timeline) -> None:
    """Put what people keep and share on the timeline."""
    rows: dict[str, ListRow] = {}
    for wanted in world.LISTS:
        happening = partial(_make_list, registry, wanted, rows)
        timeline.plan(registry.now - LISTED_AGO, happening)
    for schedule in world.SCHEDULES:
        happening = partial(_schedule, registry, schedule, rows)
        timeline.plan(registry.now - LISTED_AGO + SHARED_AGO, happening)
    for shared in world.SHARED:
        timeline.plan(registry.now - SHARED_AGO, partial(_share, registry, shared))
    timeline.plan(registry.now - SHARED_AGO, partial(_attach, registry))


def _make_list(
    registry: Registry, wanted: world.PurchaseList, rows: dict[str, ListRow], now: datetime
) -> None:
    actor = registry.actor(wanted.owner)
    unit = registry.units[wanted.unit] if wanted.unit else None
    row = create_list(
        wanted.name, scope=wanted.scope, unit=unit, note=wanted.note, actor=actor, now=now
    )
    for line in wanted.lines:
        add_list_line(
            row,
            sku=line.sku,
            quantity=line.quantity,
            par_quantity=line.par,
            note=line.note,
            actor=actor,
            now=now,
        )
    for member in wanted.shared_with:
        share_list(row, level="edit", member=registry.members[member], actor=actor, now=now)
    rows[wanted.key] = row


def _schedule(
    registry: Registry, schedule: world.Schedule, rows: dict[str, ListRow], now: datetime
) -> None:
    actor = registry.actor(schedule.owner)
    envelope = schedule.envelope_total_minor
    values = ScheduleValues(
        kind=schedule.kind,
        every=schedule.every,
        every_count=schedule.every_count,
        starts_on=registry.day(schedule.first_day),
        ship_to_id=registry.addresses[schedule.ship_to].pk if schedule.ship_to else "",
        bill_to_id=registry.addresses[schedule.bill_to].pk if schedule.bill_to else "",
        cost_center_id=registry.cost_centers[schedule.cost_center].pk
        if schedule.cost_center
        else "",
        po_number=schedule.po_number,
        rise_basis_points=schedule.rise_basis_points,
        envelope_total_minor=envelope,
        envelope_until_on=registry.day(schedule.envelope_days) if envelope else None,
    )
    row = create_schedule(rows[schedule.purchase_list], values=values, actor=actor, now=now)
    if schedule.is_paused:
        pause_schedule(row, actor=actor, now=now)


def _share(registry: Registry, shared: world.Shared, now: datetime) -> None:
    actor, cart = registry.actor(shared.owner), _cart(registry, shared.cart, shared.owner)
    if shared.unit:
        unit = registry.units[shared.unit]
        actions.share_cart_with_unit(cart, unit=unit, level=shared.level, actor=actor, now=now)
    if shared.link_days:
        create_share_link(
            cart,
            expires_at=now + timedelta(days=shared.link_days),
            may_comment=shared.may_comment,
            actor=actor,
            now=now,
        )


def _attach(registry: Registry, now: datetime) -> None:
    key, member, text = world.MEASURES_OF
    actions.comment_on_cart(
        _cart(registry, key, member),
        text=text,
        files=[NewFile(world.MEASURES_NAME, world.MEASURES.encode())],
        actor=registry.actor(member),
        now=now,
    )


def _cart(registry: Registry, key: str, owner: str) -> Cart:
    carts = Cart.objects.select_related("owner__user")
    found: Cart = carts.get(name=_CART_NAME[key], owner=registry.members[owner])
    return found
