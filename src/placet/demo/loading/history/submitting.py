"""A purchase of the past is submitted: counted, planned, reserved and frozen at its moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from placet.carts.models import Cart
from placet.catalog.models import PartNumber
from placet.companies.models import Company
from placet.core import ids
from placet.demo.loading.history.counting import Counters, Numbers
from placet.demo.loading.history.decisions import Answers
from placet.demo.loading.history.planning import PastPlan, Planner
from placet.demo.loading.history.pricing import Pricer
from placet.demo.loading.history.rows import lines_of, requisition_of, revision_of, steps_of
from placet.demo.loading.history.written import Written
from placet.demo.loading.registry import Registry
from placet.demo.world.history.play import Purchase
from placet.events.record import record
from placet.orders.content import Content, CostCenterMark, write_content
from placet.plans.history_rows import past_purchase_of
from placet.plans.hits import hits_of
from placet.plans.periods import period_starts
from placet.requisitions.freeze import Marks, freeze_cart, place_of
from placet.requisitions.marks import marks_of
from placet.requisitions.models import Requisition

# What the supplier reads of the references; purchases of the past have no other.
TOLD = ("po",)
JUSTIFICATION = "Stock for the coming weeks, as agreed."


class Played(NamedTuple):
    """A requisition of the past while it is on its way."""

    purchase: Purchase
    requisition: Requisition
    past: PastPlan
    content: Content
    content_bytes: bytes
    content_hash: str
    answers: Answers


class Submitter:
    """Submits purchases of the past; what does not change meanwhile is looked up once."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.written = Written()
        self.planner = Planner()
        self.numbers = Numbers()
        self.counters = Counters()
        self._starts: dict[tuple[str, date], Mapping[str, date]] = {}
        self._pricer = Pricer(
            registry.products, {row.pk: row.country for row in registry.addresses.values()}
        )
        self._places = {row.pk: place_of(row) for row in registry.addresses.values()}
        self._marks = {
            row.pk: CostCenterMark(row.pk, row.code, row.name)
            for row in registry.cost_centers.values()
        }
        self._part_numbers: dict[str, dict[str, str]] = {}
        for row in PartNumber.objects.all():
            self._part_numbers.setdefault(row.company_id, {})[row.product_id] = row.number
        self._bill_tos = {
            row.company_id: row for row in registry.addresses.values() if row.kind == "bill_to"
        }

    def submit(self, purchase: Purchase, now: datetime) -> Played | None:
        """Freeze a purchase; ``None`` where the rules of its company do not allow it at all."""
        cart = self._cart(purchase)
        priced = self._pricer.price_purchase(purchase, cart)
        requisition_id, revision_id = ids.new_id("req"), ids.new_id("rev")
        starts = self._periods(cart.company, now)
        counted = self.counters.count(requisition_id, cart, priced.goods_minor, starts, now)
        past = self.planner.plan_purchase(cart, priced, counted, now)
        if past.plan.outcome == "blocked":
            self.counters.uncount(requisition_id)
            return None
        actor = self.registry.actor(purchase.member)
        self.planner.figures.ledger.reserve(
            requisition_id, revision_id, past.draws, actor=actor, now=now
        )
        content = freeze_cart(
            cart,
            priced,
            requisition_id=requisition_id,
            number=self.numbers.next_number(cart.company_id, "REQ"),
            last_paid=past.last_paid,
            hold_days=self._pricer.hold_days,
            marks=self._marks_of(cart),
            now=now,
        )
        return self._write(purchase, cart, content, revision_id, past, now)

    def flush(self) -> None:
        """Write down what others read, before they do."""
        self.numbers.flush()
        self.counters.flush()
        self.planner.figures.flush()
        self.written.write_orders()

    def _periods(self, company: Company, now: datetime) -> Mapping[str, date]:
        """The first days of the company's running periods; they change with its day."""
        key = (company.pk, now.astimezone(ZoneInfo(company.time_zone)).date())
        if key not in self._starts:
            self._starts[key] = period_starts(company, now)
        return self._starts[key]

    def _marks_of(self, cart: Cart) -> Marks:
        center = self._marks.get(cart.cost_center_id or "")
        return Marks(
            places=(self._places[cart.ship_to_id or ""],),
            cost_centers=(center,) if center else (),
            part_numbers=self._part_numbers.get(cart.company_id, {}),
        )

    def _cart(self, purchase: Purchase) -> Cart:
        owner = self.registry.members[purchase.member]
        return Cart(
            company=owner.company,
            unit=owner.unit,
            owner=owner,
            name=purchase.title,
            currency=owner.company.currency,
            po_number=purchase.po_number,
            justification=JUSTIFICATION,
            cost_center=self.registry.cost_centers.get(purchase.cost_center),
            ship_to=self.registry.addresses[purchase.ship_to],
            bill_to=self._bill_tos[owner.company_id],
        )

    def _write(
        self,
        purchase: Purchase,
        cart: Cart,
        content: Content,
        revision_id: str,
        past: PastPlan,
        now: datetime,
    ) -> Played:
        content_bytes, content_hash = write_content(content)
        requisition = requisition_of(cart, content, now)
        revision = revision_of(requisition, revision_id, content, content_bytes, content_hash, past)
        requisition.revision = revision
        steps, assignments = steps_of(revision, past)
        self.written.requisitions.append(requisition)
        self.written.revisions.append(revision)
        self.written.lines += lines_of(revision, content)
        self.written.marks += marks_of(requisition.pk, content, TOLD)
        self.written.steps += steps
        self.written.assignments += assignments
        self.written.hits += hits_of(past.books, past.facts, requisition_id=requisition.id, now=now)
        self.written.purchases.append(
            past_purchase_of(
                past.facts,
                past.plan,
                requisition_id=requisition.id,
                number=requisition.number,
                company_id=requisition.company_id,
                unit_id=requisition.unit_id,
                requester_id=requisition.requester_id,
                now=now,
            )
        )
        record(
            "requisition.submitted",
            requisition.id,
            actor=self.registry.actor(purchase.member),
            now=now,
            requisition=requisition.id,
            number=requisition.number,
            revision=revision.id,
            hash=content_hash,
            plan_hash=past.plan.hash,
            total_minor=content.net_minor,
            currency=content.currency,
            private={"name": cart.name},
        )
        answers = Answers(requisition, past.plan, steps, assignments)
        return Played(purchase, requisition, past, content, content_bytes, content_hash, answers)
