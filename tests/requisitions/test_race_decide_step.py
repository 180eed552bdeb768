"""Many at once on one requisition: one order, one vote each, no half state."""

from __future__ import annotations

from datetime import timedelta

import pytest

from placet.budgets.models import Budget, Reservation
from placet.carts.models import Cart
from placet.companies.actions import add_member, grant_role
from placet.companies.models import Company, Role, Unit
from placet.companies.queries import get_actor
from placet.core.actor import Actor
from placet.jobs.verify import verify
from placet.orders.models import Order
from placet.requisitions.actions import apply_due_decisions, decide_step, withdraw_requisition
from placet.requisitions.errors import PlanChanged
from placet.requisitions.models import Requisition, StepAssignment
from tests.cast import NOW, Cast
from tests.cast_people import system_of
from tests.ground import Failed, Ground, race
from tests.requisitions.road import DRESSING, INFUSION_SET, answer, fill_cart, pending_step, submit

APPROVERS = 50
ROUNDS = 20
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def crowd(committed_db: Ground, cast: Cast) -> list[Actor]:
    """Fifty people who are all Biomedical engineering."""
    meridian = Company.objects.get(pk=cast.company["meridian"])
    unit = Unit.objects.get(pk=cast.unit["biomed"])
    role = Role.objects.get(pk=cast.role["meridian/biomedical-engineering"])
    system = system_of(meridian)
    actors = []
    for number in range(APPROVERS):
        member = add_member(
            meridian,
            email=f"engineer{number}@meridian.example",
            name=f"Engineer {number}",
            unit=unit,
            actor=system,
            now=NOW,
        )
        grant_role(member, role=role, actor=system, now=NOW)
        actors.append(get_actor(user_id=member.user_id, company_slug=meridian.slug, channel="api"))
    return actors


def ready_for_biomed(cast: Cast) -> Requisition:
    """A requisition that Rashid approved: any one of Biomedical engineering is asked now."""
    requisition = submit(fill_cart(cast, (INFUSION_SET, 10)), actor=cast.lena, now=NOW)
    answer(requisition, "approve", actor=cast.rashid, now=NOW)
    apply_due_decisions(now=LATER)
    return requisition


def test_fifty_approvers_at_once_make_one_order_twenty_times(
    crowd: list[Actor], cast: Cast
) -> None:
    requisitions = [ready_for_biomed(cast) for _ in range(ROUNDS)]
    steps = [pending_step(requisition) for requisition in requisitions]
    hashes = [
        requisition.revision.content_hash for requisition in requisitions if requisition.revision
    ]

    def approve_all(actor: Actor) -> int:
        won = 0
        for step, content_hash in zip(steps, hashes, strict=True):
            try:
                decide_step(step, kind="approve", content_hash=content_hash, actor=actor, now=LATER)
            except Exception as error:
                if getattr(error, "status", 500) not in (403, 409):
                    raise
                continue
            won += 1
        return won

    results = race([lambda actor=actor: approve_all(actor) for actor in crowd])
    assert not [result for result in results if isinstance(result, Failed)]
    assert sum(results) == ROUNDS
    ordered = Order.objects.values_list("requisition_id", flat=True)
    assert sorted(ordered) == sorted(requisition.pk for requisition in requisitions)
    assert verify() == []


def test_one_approver_who_presses_ten_times_has_one_vote(committed_db: Ground, cast: Cast) -> None:
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=NOW)
    step = pending_step(requisition)
    assert requisition.revision is not None
    content_hash = requisition.revision.content_hash

    def press() -> str:
        return decide_step(
            step, kind="approve", content_hash=content_hash, actor=cast.rashid, now=NOW
        ).pk

    results = race([press] * 10)
    assert len([result for result in results if isinstance(result, str)]) == 1
    assert {r.code for r in results if isinstance(r, Failed)} == {"already_decided"}
    apply_due_decisions(now=LATER)
    assert Order.objects.filter(requisition_id=requisition.pk).count() == 1
    assert verify() == []


def test_approving_against_withdrawing_ends_in_one_of_the_two(
    committed_db: Ground, cast: Cast
) -> None:
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=NOW)
    answer(requisition, "approve", actor=cast.rashid, now=NOW)
    race(
        [
            lambda: apply_due_decisions(now=LATER),
            lambda: withdraw_requisition(requisition, actor=cast.lena, now=LATER).status,
        ]
    )
    requisition.refresh_from_db()
    orders = Order.objects.filter(requisition_id=requisition.pk).count()
    assert (requisition.status, orders) in {("ordered", 1), ("withdrawn", 0)}
    assert verify() == []


def test_two_submits_of_one_cart_make_one_requisition(committed_db: Ground, cast: Cast) -> None:
    cart = fill_cart(cast, (DRESSING, 50))
    results = race([lambda: submit(cart, actor=cast.lena, now=NOW).pk] * 5)
    assert len([result for result in results if isinstance(result, str)]) == 1
    assert Requisition.objects.count() == 1
    assert verify() == []


def test_two_submits_at_once_cannot_both_think_that_the_budget_has_room(
    committed_db: Ground, cast: Cast
) -> None:
    """The budget of 4410 has 25,000.00: two purchases of 14,925.00 fit one after the other."""
    Budget.objects.filter(company_id=cast.company["meridian"]).update(
        mode=Budget.Mode.APPROVE, responsible_id=cast.member["helena"]
    )
    carts = [fill_cart(cast, (DRESSING, 750), name=f"Dressings {n}") for n in range(2)]
    results = race([lambda cart=cart: submit_again(cart, cast) for cart in carts])
    assert not [result for result in results if isinstance(result, Failed)]
    asked = StepAssignment.objects.filter(member_id=cast.member["helena"], principal=None)
    assert len({row.requisition_id for row in asked}) == 1
    assert Reservation.objects.exclude(overdraft_minor=0).count() == 1
    assert verify() == []


def submit_again(cart: Cart, cast: Cast) -> str:
    """Submit; when another plan holds meanwhile, look at it and submit again."""
    for _ in range(3):
        try:
            return submit(cart, actor=cast.lena, now=NOW).pk
        except PlanChanged:
            continue
    raise AssertionError("the plan never came to rest")
