"""Any order of editing, deciding, standing in, leaving and dearer prices.

An approval only ever counts for a content that is no worse than what its giver saw, and the budget
is right after each step.
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

from placet.budgets.models import Budget, PeriodCounter
from placet.carts.actions import change_line, share_cart
from placet.carts.models import Cart, CartLine
from placet.carts.pricing import price_cart
from placet.catalog.models import Price
from placet.companies.models import Absence, Delegation, Member
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden
from placet.jobs.verify import verify
from placet.orders.content import Content, read_content
from placet.orders.models import Order
from placet.policy.chain import counted_by_step
from placet.requisitions.actions import (
    apply_due_decisions,
    deactivate_member,
    decide_step,
    delegate_to,
    edit_requisition,
    end_absence,
    reactivate_member,
    replan_requisition,
    set_absence,
    submit_cart,
)
from placet.requisitions.models import CarryOver, Requisition, Revision, Step
from placet.requisitions.permissions import UNDECIDED
from placet.requisitions.planning import plan_purchase
from placet.requisitions.progress import read_progress
from tests.cast import NOW, Cast
from tests.cast_people import system_of
from tests.requisitions.road import DRESSING, INFUSION_SET, fill_cart, submit

EDITORS = ("lena", "lena", "lena", "pavel", "rashid")
APPROVERS = ("rashid", "mei", "helena", "anika", "jonas", "piotr")
REFUSALS = (Conflict, Forbidden)


class RevisingMachine(RuleBasedStateMachine):
    """One purchase of Lena's after the other, each from its submission to its end."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.block = django_transaction.atomic()
        self.block.__enter__()
        self.now: datetime = NOW
        self.free = self.budget().reserved_minor
        self.begin()

    def teardown(self) -> None:
        """It can be proved from the rows; nothing of it stays in the database."""
        assert verify() == []
        django_transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def begin(self) -> None:
        cart = fill_cart(self.cast, (INFUSION_SET, 8), (DRESSING, 10))
        for name in ("rashid", "pavel"):
            share_cart(
                cart, member=self.member(name), level="edit", actor=self.cast.lena, now=self.now
            )
        self.requisition = submit(cart, actor=self.cast.lena, now=self.now)
        # With one approval given from the start, every edit has something to carry over.
        self.decide("rashid", "approve", is_at_once=True)

    def member(self, name: str) -> Member:
        found = Member.objects.select_related("user", "unit", "company")
        return found.get(pk=self.cast.member[name])

    def actor(self, name: str, *, is_at_once: bool) -> Actor:
        actor: Actor = getattr(self.cast, name)
        return replace(actor, channel="api") if is_at_once else actor

    def budget(self) -> Budget:
        return Budget.objects.get(company_id=self.cast.company["meridian"])

    def fresh(self) -> Requisition:
        found = Requisition.objects.select_related("revision", "company", "unit")
        return found.get(pk=self.requisition.pk)

    @rule(
        who=st.sampled_from(EDITORS),
        sku=st.sampled_from((INFUSION_SET, DRESSING)),
        by=st.sampled_from((-3, -1, 1, 2)),
    )
    def somebody_edits(self, who: str, sku: str, by: int) -> None:
        actor = self.actor(who, is_at_once=False)
        try:
            cart = edit_requisition(self.fresh(), actor=actor, now=self.now)
        except REFUSALS:
            return
        line = CartLine.objects.select_related("cart", "product").get(cart=cart, product__sku=sku)
        if line.quantity + by > 0:
            change_line(line, quantity=line.quantity + by, actor=actor, now=self.now)
        cart = Cart.objects.get(pk=cart.pk)
        priced = price_cart(cart, now=self.now)
        shown = plan_purchase(cart, priced, actor=actor, now=self.now)
        assert shown.revising is not None
        assert shown.revising.following is not None
        submit_cart(cart, plan_hash=shown.planned.hash, actor=actor, now=self.now)
        kept = {(one.decision.pk, one.step) for one in shown.revising.following.carried.kept}
        current = self.fresh().revision
        rows = CarryOver.objects.filter(step__revision=current)
        assert set(rows.values_list("decision_id", "step__key")) == kept

    @rule(
        who=st.sampled_from(APPROVERS),
        kind=st.sampled_from(("approve", "approve", "approve", "request_changes", "reject")),
        is_at_once=st.booleans(),
    )
    def somebody_decides(self, who: str, kind: str, is_at_once: bool) -> None:
        self.decide(who, kind, is_at_once=is_at_once)

    def decide(self, who: str, kind: str, *, is_at_once: bool) -> None:
        requisition = self.fresh()
        for step in Step.objects.filter(revision=requisition.revision, status="pending"):
            with suppress(*REFUSALS):
                decide_step(
                    step,
                    kind=kind,
                    content_hash=requisition.revision.content_hash,
                    reason="Because.",
                    actor=self.actor(who, is_at_once=is_at_once),
                    now=self.now,
                )
                return

    @rule(days=st.sampled_from((0, 0, 1, 16)))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days, seconds=11)
        apply_due_decisions(now=self.now)

    @rule(sku=st.sampled_from((INFUSION_SET, DRESSING)), percent=st.sampled_from((90, 105, 120)))
    def a_price_moves(self, sku: str, percent: int) -> None:
        for price in Price.objects.filter(product__sku=sku):
            moved = price.unit_price_minor * percent // 100
            Price.objects.filter(pk=price.pk).update(unit_price_minor=moved)

    @rule(who=st.sampled_from(("anika", "jonas", "mei")))
    def somebody_leaves_or_comes_back(self, who: str) -> None:
        member = self.member(who)
        nobody = system_of(member.company)
        action = deactivate_member if member.status == "active" else reactivate_member
        with suppress(*REFUSALS):
            action(member, actor=nobody, now=self.now)

    @rule()
    def rashid_is_away_or_back(self) -> None:
        rashid = self.member("rashid")
        nobody = system_of(rashid.company)
        away = Absence.objects.filter(member=rashid, ends_at__gt=self.now).first()
        if away is not None:
            end_absence(away, actor=nobody, now=self.now)
            return
        span = {"starts_at": self.now, "ends_at": self.now + timedelta(days=2)}
        with suppress(*REFUSALS):
            set_absence(rashid, actor=nobody, now=self.now, **span)
            if not Delegation.objects.filter(principal=rashid, ends_at__gt=self.now).exists():
                mei = self.member("mei")
                delegate_to(rashid, delegate=mei, actor=nobody, now=self.now, **span)

    @rule()
    def an_admin_plans_again(self) -> None:
        with suppress(*REFUSALS):
            replan_requisition(
                self.fresh(), reason="To be sure.", actor=self.cast.ines, now=self.now
            )

    @rule()
    def the_next_purchase_begins(self) -> None:
        if self.fresh().status not in UNDECIDED:
            self.begin()

    @invariant()
    def nothing_worse_than_what_was_seen_is_approved(self) -> None:
        for row in CarryOver.objects.select_related("decision__revision", "step__revision"):
            before, after = seen(row.decision.revision), seen(row.step.revision)
            assert row.decision.user_id not in row.step.revision.authors
            assert after.goods_minor <= before.goods_minor or "Biomedical" in str(row.step.label)
            old, new = infusion_sets(before), infusion_sets(after)
            assert new.quantity <= old.quantity
            assert new.unit_price_minor <= old.unit_price_minor

    @invariant()
    def authors_count_nowhere(self) -> None:
        requisition = self.fresh()
        counted = counted_by_step(read_progress(requisition).chain)
        users = {user for humans in counted.values() for user in humans}
        assert not users & set(requisition.revision.authors)

    @invariant()
    def the_budget_holds_exactly_what_waits(self) -> None:
        requisition, budget = self.fresh(), self.budget()
        open_minor = seen(requisition.revision).goods_minor
        waits = open_minor if requisition.status in UNDECIDED else 0
        assert budget.reserved_minor - self.free == waits
        ordered = sum(order.goods_minor for order in Order.objects.all())
        for counter in PeriodCounter.objects.filter(
            member_id=self.cast.member["lena"], period="year"
        ):
            assert counter.spend_minor == ordered + waits


def seen(revision: Revision) -> Content:
    return read_content(revision.content)


def infusion_sets(content: Content):  # type: ignore[no-untyped-def]
    return next(line for line in content.lines if line.sku == INFUSION_SET)


def run(cast: Cast, examples: int, steps: int) -> None:
    """The machine as a test of its own."""
    RevisingMachine.cast = cast
    run_state_machine_as_test(
        RevisingMachine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, phases=(Phase.generate,)
        ),
    )


@pytest.mark.django_db
def test_approvals_stay_true_when_things_change(cast: Cast) -> None:
    run(cast, 2, 10)


@pytest.mark.soak
@pytest.mark.django_db
def test_approvals_stay_true_in_long_lives(cast: Cast) -> None:
    run(cast, 150, 40)
