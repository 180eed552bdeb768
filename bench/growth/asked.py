"""What is measured: pages, answers of the API, actions, and rounds of the worker.

Each is a function that gets ready and returns what is then measured.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

Measured = Callable[[], object]

PAGES: Final = {
    "home": ("lena", ""),
    "inbox": ("rashid", "inbox/"),
    "inbox by total": ("rashid", "inbox/?sort=-total"),
    "inbox, what is due last": ("rashid", "inbox/?sort=-due"),
    "inbox, what was decided": ("rashid", "inbox/?tab=decided"),
    "requisitions": ("lena", "requisitions/"),
    "requisitions of all": ("ines", "requisitions/"),
    "requisitions, found by number": ("ines", "requisitions/?q=REQ-1050"),
    "orders": ("lena", "orders/"),
    "orders, found by PO": ("lena", "orders/?q=PR-00512"),
    "requisitions, found by PO": ("lena", "requisitions/?q=PR-00512"),
    "notices": ("rashid", "notices/"),
    "audit": ("aron", "audit/"),
    "merchant's day": ("odd", ""),
    "merchant's orders": ("odd", "orders/"),
    "merchant's orders to process": ("odd", "orders/?status=unprocessed"),
    "merchant's orders by total": ("odd", "orders/?sort=-total"),
    "merchant's orders by customer": ("odd", "orders/?sort=customer"),
    "merchant's orders of a customer": ("odd", "orders/?customer={meridian}"),
    "merchant's orders, found by number": ("odd", "orders/?q=ORD-1050"),
    "merchant's orders, found by PO": ("odd", "orders/?q=PR-00512"),
    "merchant's orders, found by ERP": ("odd", "orders/?q={erp}"),
    "merchant's orders, partly shipped": ("odd", "orders/?status=partly"),
    "awaiting": ("odd", "awaiting/"),
    "exceptions": ("odd", "exceptions/"),
    "customers": ("odd", "customers/"),
    "customer": ("odd", "customers/{meridian}/"),
    "deliveries": ("odd", "deliveries/"),
    "mails": ("odd", "deliveries/mails/"),
}
"""By name: who looks, and at which address behind the company."""

CALLS: Final = {
    "API: orders to pull": ("norden", "orders?export_state=pending"),
    "API: orders": ("norden", "orders"),
    "API: requisitions": ("meridian", "requisitions"),
    "API: events, the latest": ("norden", "events?after={position}&limit=50"),
    "API: events, the first": ("meridian", "events?after=0&limit=50"),
}
"""By name: whose key, and what it asks for."""


class Asked:
    """Everything that is measured in the database that is in use, by name."""

    def __init__(self, cast: Any) -> None:
        from tests.api.caller import key_of

        self.cast = cast
        self.keys = {slug: key_of(slug) for slug in ("norden", "meridian")}
        self.browsers: dict[str, Any] = {}
        self.all: dict[str, Callable[[], Measured]] = {
            **{name: self._page_of(*where) for name, where in PAGES.items()},
            **{name: self._call_of(*where) for name, where in CALLS.items()},
            "cart": self._cart,
            "requisition": self._requisition,
            "decision page": self._decision_page,
            "order": lambda: self._look("lena", "orders/" + self._ordered().number + "/"),
            "merchant's order": lambda: self._look("odd", "orders/" + self._ordered().number + "/"),
            "evidence": lambda: self._look(
                "aron", f"requisitions/{self._ordered().requisition_number}/evidence/"
            ),
            "submit": self._submit,
            "decide, the first step": self._decide_first,
            "decide, and it is ordered": self._decide_last,
            "take over": self._take_over,
            "place events": self._place_events,
            "tell people": self._tell_people,
            "tell endpoints": self._tell_endpoints,
            "verify one": self._verify_one,
            **{f"idle: {name}": (lambda name=name: self._idle(name)) for name in IDLE},
        }

    def _page_of(self, who: str, path: str) -> Callable[[], Measured]:
        return lambda: self._look(who, path)

    def _call_of(self, slug: str, path: str) -> Callable[[], Measured]:
        return lambda: self._call(slug, path)

    def _look(self, who: str, path: str) -> Measured:
        """A page of somebody's company."""
        from tests.web.pages import as_actor

        actor = getattr(self.cast, who)
        browser = self.browsers.get(who) or as_actor(actor)
        self.browsers[who] = browser
        address = f"/c/{actor.company_slug}/" + path.format(**self._names())

        def look() -> None:
            answer = browser.get(address)
            assert answer.status_code == 200, (address, answer.status_code)

        return look

    def _names(self) -> dict[str, Any]:
        """What addresses may name."""
        from placet.events.models import EventPosition
        from placet.orders.models import Order

        last = EventPosition.objects.order_by("-position").first()
        taken = Order.objects.filter(number="ORD-5").first()
        return {
            "meridian": self.cast.company["meridian"],
            "position": max(0, (last.position if last else 0) - 60),
            "erp": taken.erp_number if taken else "ERP-5",
        }

    def _call(self, slug: str, path: str) -> Measured:
        """A call of a company's key."""
        from django.test import Client

        caller = Client(headers={"Authorization": f"Bearer {self.keys[slug].secret}"})
        address = "/api/v1/" + path.format(**self._names())

        def call() -> None:
            answer = caller.get(address)
            assert answer.status_code == 200, (address, answer.status_code, answer.content[:300])

        return call

    def _filled(self) -> Any:
        from bench.growth.seed import LINES
        from tests.requisitions.road import fill_cart

        return fill_cart(self.cast, *LINES)

    def _submitted(self) -> Any:
        from tests.requisitions.road import submit

        return submit(self._filled(), actor=self.cast.lena, now=self.cast.now)

    def _ordered(self) -> Any:
        from bench.growth.seed import _answer, _order_of

        requisition = self._submitted()
        for name in ("rashid", "anika"):
            _answer(requisition, "approve", getattr(self.cast, name))
        return _order_of(requisition)

    def _cart(self) -> Measured:
        return self._look("lena", f"carts/{self._filled().pk}/")

    def _requisition(self) -> Measured:
        return self._look("lena", f"requisitions/{self._submitted().number}/")

    def _decision_page(self) -> Measured:
        from tests.requisitions.road import pending_step

        return self._look("rashid", f"inbox/{pending_step(self._submitted()).pk}/")

    def _submit(self) -> Measured:
        """Submitting a cart whose plan was shown."""
        from placet.carts.models import Cart
        from placet.carts.pricing import price_cart
        from placet.plans.planner import plan_cart
        from placet.requisitions.actions import submit_cart

        cart, cast = Cart.objects.get(pk=self._filled().pk), self.cast
        shown = plan_cart(cart, price_cart(cart, now=cast.now), actor=cast.lena, now=cast.now)
        return lambda: submit_cart(cart, plan_hash=shown.hash, actor=cast.lena, now=cast.now)

    def _decide_first(self) -> Measured:
        from bench.growth.seed import _answer

        requisition = self._submitted()
        return lambda: _answer(requisition, "approve", self.cast.rashid)

    def _decide_last(self) -> Measured:
        from bench.growth.seed import _answer

        requisition = self._submitted()
        _answer(requisition, "approve", self.cast.rashid)
        return lambda: _answer(requisition, "approve", self.cast.anika)

    def _take_over(self) -> Measured:
        from placet.orders.actions import acknowledge_order

        order, cast = self._ordered(), self.cast
        number = f"ERP-{order.pk}"
        return lambda: acknowledge_order(order, erp_number=number, actor=cast.odd, now=cast.now)

    def _drain(self, *names: str) -> None:
        for name in names:
            while self._turn(name):
                pass

    def _turn(self, name: str) -> int:
        from placet.core.clock import real_now
        from placet.jobs.timetable import TIMETABLE, Moment

        entry = next(entry for entry in TIMETABLE if entry.name == name)
        return entry.run(Moment(self.cast.now, real_now()))

    def _place_events(self) -> Measured:
        """The events of one order."""
        self._drain("place events")
        self._ordered()
        return lambda: self._turn("place events")

    def _tell_people(self) -> Measured:
        self._drain("place events", "tell people", "tell endpoints", "write notices")
        self._ordered()
        self._drain("place events")
        return lambda: self._turn("tell people")

    def _tell_endpoints(self) -> Measured:
        self._drain("place events", "tell people", "tell endpoints", "write notices")
        self._ordered()
        self._drain("place events")
        return lambda: self._turn("tell endpoints")

    def _verify_one(self) -> Measured:
        from placet.jobs.verify.proof import prove_requisition
        from placet.requisitions.models import Requisition

        requisition = Requisition.objects.get(pk=self._ordered().requisition_id)
        return lambda: list(prove_requisition(requisition))

    def _idle(self, name: str) -> Measured:
        """A round of the worker that finds nothing to do."""
        from placet.webhooks.models import Delivery

        if name == "send webhooks":  # nobody is asked over the network
            waiting = Delivery.objects.filter(status=Delivery.Status.WAITING)
            waiting.update(status=Delivery.Status.DELIVERED)
        self._drain(name)
        return lambda: self._turn(name)


IDLE: Final = (
    "apply due decisions",
    "open budget periods",
    "reassign steps",
    "remind and escalate",
    "run schedules",
    "expire purchases",
    "end and reopen quotes",
    "place events",
    "tell people",
    "write daily mails",
    "write notices",
    "tell endpoints",
    "send mails",
    "send webhooks",
    "work on runs",
)
