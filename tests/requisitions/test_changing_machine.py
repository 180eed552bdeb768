"""Any order of changing, approving, rejecting, keeping, cancelling, taking over and asking.

There is one order, its content is approved, and what stands everywhere is exactly what it takes.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import transaction as django_transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden
from placet.jobs.verify import verify
from placet.orders.actions import (
    acknowledge_order,
    ask_about_order,
    decline_order_request,
    fail_order,
    retry_order,
    withdraw_order_request,
)
from placet.orders.content import read_content
from placet.orders.models import Order, OrderRequest
from placet.requisitions.actions import (
    accept_order_request,
    cancel_order,
    decide_step,
    expire_due_requisitions,
    withdraw_requisition,
)
from placet.requisitions.models import DecisionPending, Requisition, Step
from tests.cast import NOW, Cast
from tests.requisitions.orders import (
    Held,
    by_stock_alone,
    change_to,
    held,
    order_of,
    requisition_of,
)
from tests.requisitions.road import DRESSING, GLOVES, fill_cart, submit

REFUSALS = (Conflict, Forbidden)
APPROVERS = ("rashid", "mei", "helena", "anika", "piotr")


class ChangingMachine(RuleBasedStateMachine):
    """One order of Lena's after the other, each from its placement to its end."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.block = django_transaction.atomic()
        self.block.__enter__()
        self.now: datetime = NOW
        by_stock_alone(GLOVES, DRESSING)
        self.empty: Held = held(self.cast)
        self.begin()

    def teardown(self) -> None:
        """It can be proved from the rows; nothing of it stays in the database."""
        assert verify() == []
        django_transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def begin(self) -> None:
        cart = fill_cart(self.cast, (GLOVES, 20), (DRESSING, 2))
        self.order = order_of(submit(cart, actor=self.cast.lena, now=self.now))
        self.ended = 0

    def fresh(self) -> Order:
        self.order.refresh_from_db()
        return self.order

    def by(self, who: str) -> Actor:
        actor: Actor = getattr(self.cast, who)
        return replace(actor, channel="api")

    @rule(
        gloves=st.sampled_from((5, 20, 30, 120, 400)),
        who=st.sampled_from(("lena", "lena", "lena", "pavel")),
    )
    def somebody_changes_it(self, gloves: int, who: str) -> None:
        with suppress(*REFUSALS):
            change_to(self.order, self.cast, self.by(who), GLV_M=gloves)

    @rule(who=st.sampled_from(APPROVERS), kind=st.sampled_from(("approve", "approve", "reject")))
    def somebody_decides(self, who: str, kind: str) -> None:
        requisition = requisition_of(self.order)
        for step in Step.objects.filter(revision=requisition.revision, status="pending"):
            with suppress(*REFUSALS):
                decide_step(
                    step,
                    kind=kind,
                    content_hash=requisition.revision.content_hash,
                    reason="Because.",
                    actor=self.by(who),
                    now=self.now,
                )
                return

    @rule()
    def the_buyer_keeps_it(self) -> None:
        with suppress(*REFUSALS):
            withdraw_requisition(requisition_of(self.order), actor=self.by("lena"), now=self.now)

    @rule()
    def nobody_answers(self) -> None:
        expire_due_requisitions(now=self.now + timedelta(days=400))
        waits = DecisionPending.objects.filter(step__requisition_id=self.order.requisition_id)
        assert waits.exists() or self.fresh().status != "changing", "the supplier waits for ever"

    @rule(who=st.sampled_from(("lena", "ines", "tomas")))
    def somebody_cancels(self, who: str) -> None:
        with suppress(*REFUSALS):
            cancel_order(self.fresh(), reason="No.", actor=self.by(who), now=self.now)

    @rule(verb=st.sampled_from(("take", "fail", "retry")))
    def the_supplier_works(self, verb: str) -> None:
        at = {"actor": self.by("tomas"), "now": self.now}
        with suppress(*REFUSALS):
            if verb == "take":
                acknowledge_order(self.fresh(), erp_number="SO-1", **at)
            elif verb == "fail":
                fail_order(self.fresh(), reason="No.", **at)
            else:
                retry_order(self.fresh(), **at)

    @rule(kind=st.sampled_from(("cancel", "change", "change")))
    def the_buyer_asks(self, kind: str) -> None:
        with suppress(*REFUSALS):
            ask_about_order(
                self.fresh(), kind=kind, reason="Please.", actor=self.by("lena"), now=self.now
            )

    @rule(answer=st.sampled_from(("accept", "accept", "decline", "withdraw")))
    def it_is_answered(self, answer: str) -> None:
        for request in OrderRequest.objects.filter(order=self.order, status="open"):
            at = {"actor": self.by("lena" if answer == "withdraw" else "tomas"), "now": self.now}
            with suppress(*REFUSALS):
                if answer == "accept":
                    accept_order_request(request, **at)
                elif answer == "decline":
                    decline_order_request(request, answer="No.", **at)
                else:
                    withdraw_order_request(request, **at)

    @rule()
    def the_next_order_begins(self) -> None:
        if self.fresh().status in ("cancelled", "exported"):
            self.begin()

    @invariant()
    def there_is_one_order_and_it_is_what_was_approved(self) -> None:
        order, requisition = self.fresh(), requisition_of(self.order)
        stands = requisition.revisions.get(pk=order.revision_id)
        assert bytes(order.content) == bytes(stands.content)
        assert not stands.steps.exclude(status=Step.Status.APPROVED).exists()
        is_changing = order.status == Order.Status.CHANGING
        assert is_changing == (requisition.status != Requisition.Status.ORDERED)
        assert is_changing == (requisition.revision_id != order.revision_id)

    @invariant()
    def what_stands_is_exactly_what_was_ordered(self) -> None:
        alive = Order.objects.exclude(status="cancelled")
        goods = sum(order.goods_minor for order in alive)
        extra = counted = 0
        for order in alive.filter(status="changing"):
            asked = read_content(requisition_of(order).revision.content).goods_minor
            extra += max(asked - order.goods_minor, 0)
        counted = goods + extra
        now, empty = held(self.cast), self.empty
        assert now.committed - empty.committed == goods
        assert now.reserved - empty.reserved == extra
        assert now.counted - empty.counted == counted
        assert now.bought - empty.bought == goods
        pieces = {GLOVES: 0, DRESSING: 0}
        for order in alive:
            for line in read_content(order.content).lines:
                pieces[line.sku] += line.quantity
        assert all(empty.stock[sku] - now.stock[sku] == taken for sku, taken in pieces.items())


def run(cast: Cast, examples: int, steps: int) -> None:
    """The machine as a test of its own."""
    ChangingMachine.cast = cast
    run_state_machine_as_test(
        ChangingMachine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, phases=(Phase.generate,)
        ),
    )


@pytest.mark.django_db
def test_an_order_is_always_what_was_approved(cast: Cast) -> None:
    run(cast, 3, 12)


@pytest.mark.soak
@pytest.mark.django_db
def test_an_order_is_always_what_was_approved_in_long_lives(cast: Cast) -> None:
    run(cast, 150, 40)
