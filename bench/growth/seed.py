"""True purchases of every fate, made by the actions: the shapes of everything that is copied."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final, NamedTuple

from bench.growth.copying import FIRST_NUMBER, Shape, difference, marked_ids, picture

LINES: Final = (("INF-SET", 2), ("GLV-M", 3), ("DRS-15", 20))
TOLD_TO_SYSTEMS: Final = ("requisition.submitted", "requisition.approved", "order.created")
HUGE: Final = 10**15


class Fate(NamedTuple):
    """What became of a purchase, how many of a thousand do, and whether it is over."""

    name: str
    of_thousand: int
    is_over: bool


FATES: Final = (
    Fate("taken over", 838, True),
    Fate("to take over", 12, False),
    Fate("refused by the system", 2, False),
    Fate("rejected", 60, True),
    Fate("withdrawn", 28, True),
    Fate("pending", 50, False),
    Fate("sent back", 10, False),
)


class Ground(NamedTuple):
    """The cast, and the shapes of its purchases by company."""

    cast: Any
    shapes: dict[str, dict[str, Shape]]


def lay_ground() -> Ground:
    """Fill an empty, migrated database with the cast and with one purchase of every fate twice."""
    from placet.budgets.models import Budget
    from placet.catalog.models import Product
    from placet.companies.models import Company, NumberSequence
    from placet.webhooks.actions import add_endpoint
    from tests.cast import load_cast, make_cast

    make_cast()
    cast = load_cast()
    Budget.objects.update(amount_minor=HUGE)
    Product.objects.update(stock=1_000_000_000)
    for who in (cast.odd, cast.ines):
        add_endpoint(
            "https://erp.example/placet", event_types=TOLD_TO_SYSTEMS, actor=who, now=cast.now
        )
    _settle(cast)
    for company in ("meridian", "kowalski"):
        for fate in FATES:
            _buy(cast, company, fate)  # whatever happens only once has happened
    for company in Company.objects.all():
        for kind in ("REQ", "ORD"):
            NumberSequence.objects.update_or_create(
                company=company, kind=kind, defaults={"last": FIRST_NUMBER}
            )
    shapes: dict[str, dict[str, Shape]] = {}
    for company in ("meridian", "kowalski"):
        for fate in FATES:
            before = picture()
            with marked_ids():
                _buy(cast, company, fate)
            shape = difference(before, cast.company[company])
            shapes.setdefault(company, {})[fate.name] = shape
    NumberSequence.objects.update(last=FIRST_NUMBER + 1_000)
    return Ground(cast, shapes)


def _buy(cast: Any, company: str, fate: Fate) -> None:
    """One purchase until this fate, and all that follows from it."""
    buy: Callable[[Any], Any] = _meridian_buys if company == "meridian" else _kowalski_buys
    requisition = buy(cast)
    _lead_to(fate.name, requisition, cast, company)
    _settle(cast)
    if fate.is_over:
        from placet.notices.models import Notice

        Notice.objects.filter(read_at=None).update(read_at=cast.now)


def _meridian_buys(cast: Any) -> Any:
    from tests.requisitions.road import fill_cart, submit

    return submit(fill_cart(cast, *LINES), actor=cast.lena, now=cast.now)


def _kowalski_buys(cast: Any) -> Any:
    """Ola's purchase in another currency."""
    from placet.carts.actions import add_line, create_cart, describe_cart
    from tests.requisitions.road import submit

    cart = create_cart("Warsztat", actor=cast.ola, now=cast.now)
    add_line(cart, sku="PPR-A4", quantity=40, actor=cast.ola, now=cast.now)
    add_line(cart, sku="GLV-M", quantity=20, actor=cast.ola, now=cast.now)
    center = cast.cost_center["kowalski/4410"]
    told = {"cost_center_id": center, "ship_to_id": cast.address["Magazyn"]}
    describe_cart(cart, **told, actor=cast.ola, now=cast.now)
    return submit(cart, actor=cast.ola, now=cast.now)


def _lead_to(fate: str, requisition: Any, cast: Any, company: str) -> None:
    from placet.orders.actions import acknowledge_order, fail_order
    from placet.requisitions.actions import withdraw_requisition

    at = {"now": cast.now + timedelta(minutes=1)}
    if fate == "withdrawn":
        withdraw_requisition(
            requisition, actor=cast.lena if company == "meridian" else cast.ola, **at
        )
        return
    if fate == "pending":
        return
    first, *others = ("rashid", "anika") if company == "meridian" else ("jan",)
    if fate in ("rejected", "sent back"):
        kind = "reject" if fate == "rejected" else "request_changes"
        _answer(requisition, kind, getattr(cast, first), "Not this quarter, please.")
        return
    for name in (first, *others):
        _answer(requisition, "approve", getattr(cast, name))
    order = _order_of(requisition)
    if fate == "taken over":
        acknowledge_order(order, erp_number=f"ERP-{order.pk}", actor=cast.odd, **at)
    elif fate == "refused by the system":
        fail_order(order, reason="Unknown customer.", actor=cast.odd, **at)


def _answer(requisition: Any, kind: str, actor: Any, reason: str = "") -> None:
    """What one person says by mail, so that it holds at once."""
    from dataclasses import replace

    from placet.requisitions.actions import apply_due_decisions
    from tests.cast import NOW
    from tests.requisitions.road import answer

    by_mail = replace(actor, channel="mail")
    answer(requisition, kind, actor=by_mail, now=NOW, reason=reason)
    apply_due_decisions(now=NOW)
    requisition.refresh_from_db()


def _order_of(requisition: Any) -> Any:
    from placet.orders.models import Order

    return Order.objects.get(requisition_id=requisition.pk)


def _settle(cast: Any) -> None:
    """Let the worker do everything, except that nobody is asked over the network."""
    from placet.core.clock import real_now
    from placet.jobs.timetable import TIMETABLE, Moment
    from placet.webhooks.models import Delivery

    moment = Moment(cast.now, real_now())
    for _round in range(2):
        for entry in TIMETABLE:
            if entry.name in ("send webhooks", "forget old rows"):
                continue
            while entry.run(moment):
                pass
    Delivery.objects.filter(status=Delivery.Status.WAITING).update(
        status=Delivery.Status.DELIVERED,
        attempts=1,
        last_status=204,
        delivered_at=cast.now,
    )
