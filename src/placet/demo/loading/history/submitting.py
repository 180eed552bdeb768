"""A purchase of the past is submitted: counted, planned, reserved and frozen at its moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from placet.budgets.actions import Draw, count_purchase, reserve_budgets, uncount_purchase
from placet.budgets.actions.count_purchase import Counted
from placet.carts.models import Cart
from placet.carts.pricing import PricedCart
from placet.catalog.models import StoreTerms
from placet.companies.actions import next_number
from placet.core import ids
from placet.demo.loading.history.decisions import Answers
from placet.demo.loading.history.planning import PastPlan, Planner
from placet.demo.loading.history.pricing import price_purchase
from placet.demo.loading.history.rows import lines_of, requisition_of, revision_of, steps_of
from placet.demo.loading.history.written import Written
from placet.demo.loading.registry import Registry
from placet.demo.world.history.play import Purchase
from placet.events.record import record
from placet.orders.content import Content, write_content
from placet.plans.history_rows import past_purchase_of
from placet.plans.hits import hits_of
from placet.plans.periods import period_starts
from placet.requisitions.freeze import freeze_cart
from placet.requisitions.models import Requisition

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
        self._terms = StoreTerms.objects.get(currency="EUR")
        self._bill_tos = {
            row.company_id: row for row in registry.addresses.values() if row.kind == "bill_to"
        }

    def submit(self, purchase: Purchase, now: datetime) -> Played | None:
        """Freeze a purchase; ``None`` where the rules of its company do not allow it at all."""
        cart = self._cart(purchase)
        priced = price_purchase(purchase, cart, self._terms, self.registry)
        requisition_id, revision_id = ids.new_id("req"), ids.new_id("rev")
        counted = _count(cart, priced, requisition_id, now)
        past = self.planner.plan_purchase(cart, priced, counted, now)
        if past.plan.outcome == "blocked":
            uncount_purchase(requisition_id)
            return None
        draws = [Draw(*draw) for draw in past.draws]
        actor = self.registry.actor(purchase.member)
        reserve_budgets(requisition_id, revision_id=revision_id, draws=draws, actor=actor, now=now)
        self.planner.figures.move(past.draws)
        content = freeze_cart(
            cart,
            priced,
            requisition_id=requisition_id,
            number=next_number(cart.company_id, "REQ"),
            last_paid=past.last_paid,
            hold_days=self._terms.price_hold_days,
            now=now,
        )
        return self._write(purchase, cart, content, revision_id, past, now)

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


def _count(
    cart: Cart, priced: PricedCart, requisition_id: str, now: datetime
) -> Mapping[str, Counted]:
    return count_purchase(
        requisition_id,
        company_id=cart.company_id,
        member_id=cart.owner_id,
        currency=cart.currency,
        spend_minor=priced.goods_minor,
        period_starts=period_starts(cart.company, now),
        now=now,
    )
