"""An approval against everything else that can happen to a requisition at the same moment.

One round each with every change; fifty at once, twenty times, in ``make soak``. Whoever comes first
wins, whoever comes second is told why, and ``verify`` finds nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, NamedTuple

import pytest

from placet.budgets.actions import adjust_budget
from placet.budgets.models import Budget
from placet.carts.actions import change_line
from placet.carts.models import Cart, CartLine
from placet.carts.pricing import price_cart
from placet.companies.models import Member
from placet.jobs.verify import verify
from placet.orders.models import Order
from placet.requisitions.actions import (
    deactivate_member,
    decide_step,
    edit_requisition,
    submit_cart,
    withdraw_requisition,
)
from placet.requisitions.models import Requisition, StepAssignment
from placet.requisitions.planning import plan_purchase
from tests.cast import NOW, Cast
from tests.ground import Failed, Ground, race
from tests.requisitions.road import (
    DRESSING,
    INFUSION_SET,
    answer,
    fill_cart,
    pending_step,
    submit,
)

LATER = NOW + timedelta(minutes=1)
Act = Callable[[], Any]


class Contest(NamedTuple):
    """The two that happen at once, and how a round may end: state and revision."""

    approve: Act
    other: Act
    ends: frozenset[tuple[str, int]]


def approval(requisition: Requisition, who: str, cast: Cast, kind: str = "approve") -> Act:
    """An answer to exactly what stands there now, which takes effect at once."""
    step, actor = pending_step(requisition), replace(cast.actors[who], channel="api")
    requisition.refresh_from_db()
    assert requisition.revision is not None
    seen = requisition.revision.content_hash
    return lambda: (
        decide_step(
            step, kind=kind, content_hash=seen, reason="Not now.", actor=actor, now=LATER
        ).pk
    )


def dressings(cast: Cast) -> Requisition:
    """Rashid alone is asked."""
    return submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=NOW)


def against_a_rejection(cast: Cast) -> Contest:
    """Any one of biomedical engineering answers, and two of them do."""
    requisition = submit(fill_cart(cast, (INFUSION_SET, 10)), actor=cast.lena, now=NOW)
    answer(requisition, "approve", actor=replace(cast.rashid, channel="api"), now=NOW)
    return Contest(
        approval(requisition, "anika", cast),
        approval(requisition, "jonas", cast, "reject"),
        frozenset({("ordered", 1), ("rejected", 1)}),
    )


def against_an_edit(cast: Cast) -> Contest:
    """Lena resubmits with fewer: either the first content leaves, or Rashid is asked anew."""
    requisition = dressings(cast)
    act = approval(requisition, "rashid", cast)
    cart = edit_requisition(requisition, actor=cast.lena, now=NOW)
    line = CartLine.objects.select_related("cart", "product").get(cart=cart)
    change_line(line, quantity=45, actor=cast.lena, now=NOW)
    fresh = Cart.objects.get(pk=cart.pk)
    shown = plan_purchase(fresh, price_cart(fresh, now=NOW), actor=cast.lena, now=NOW)

    def resubmit() -> str:
        edited = Cart.objects.get(pk=cart.pk)
        plan_hash = shown.planned.hash
        return submit_cart(edited, plan_hash=plan_hash, actor=cast.lena, now=LATER).pk

    return Contest(act, resubmit, frozenset({("ordered", 1), ("pending", 2)}))


def against_a_withdrawal(cast: Cast) -> Contest:
    """Lena takes it back."""
    requisition = dressings(cast)
    return Contest(
        approval(requisition, "rashid", cast),
        lambda: withdraw_requisition(requisition, actor=cast.lena, now=LATER).pk,
        frozenset({("ordered", 1), ("withdrawn", 1)}),
    )


def against_his_leaving(cast: Cast) -> Contest:
    """Ines deactivates Rashid: his approval was in time, or somebody else is asked."""
    requisition = dressings(cast)
    rashid = Member.objects.select_related("company").get(pk=cast.member["rashid"])
    return Contest(
        approval(requisition, "rashid", cast),
        lambda: deactivate_member(rashid, actor=cast.ines, now=LATER).pk,
        frozenset({("ordered", 1), ("pending", 1)}),
    )


def against_a_smaller_budget(cast: Cast) -> Contest:
    """What is reserved is there: the cut takes what is left, never what was promised."""
    requisition = dressings(cast)
    budget = Budget.objects.get(company_id=cast.company["meridian"])

    def cut() -> str:
        return adjust_budget(
            budget.pk, change_minor=-100_00, reason="Less.", actor=cast.ines, now=LATER
        ).pk

    return Contest(approval(requisition, "rashid", cast), cut, frozenset({("ordered", 1)}))


CONTESTS = (
    against_a_rejection,
    against_an_edit,
    against_a_withdrawal,
    against_his_leaving,
    against_a_smaller_budget,
)


@pytest.mark.parametrize("begin", CONTESTS)
def test_an_approval_against(
    begin: Callable[[Cast], Contest], committed_db: Ground, cast: Cast
) -> None:
    hold_contest(begin(cast), presses=2)


@pytest.mark.soak
@pytest.mark.parametrize("turn", range(20))
@pytest.mark.parametrize("begin", CONTESTS)
def test_fifty_at_once(
    begin: Callable[[Cast], Contest], turn: int, committed_db: Ground, cast: Cast
) -> None:
    hold_contest(begin(cast), presses=25)


def hold_contest(contest: Contest, *, presses: int) -> None:
    """Everybody presses at the same moment; in the end it is one of the ends, and only that."""
    results = race([contest.approve, contest.other] * presses)
    refused = [result for result in results if isinstance(result, Failed)]
    assert all(result.code for result in refused), refused  # a refusal says why; a mistake cannot
    assert len(refused) < len(results)

    requisition = Requisition.objects.select_related("revision").get()
    assert requisition.revision is not None
    assert (requisition.status, requisition.revision.number) in contest.ends
    approved = [result for result in results[::2] if not isinstance(result, Failed)]
    ordered = list(Order.objects.values_list("content_hash", flat=True))
    is_ordered = requisition.status == Requisition.Status.ORDERED
    assert len(approved) == len(ordered) == int(is_ordered)
    assert not is_ordered or ordered == [requisition.revision.content_hash]
    asked = StepAssignment.objects.filter(requisition=requisition, is_open=True)
    assert asked.exists() == (requisition.status == Requisition.Status.PENDING)
    assert verify() == []
