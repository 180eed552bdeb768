"""No sequence of lowered lines and edits lets an approval count for more than was approved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import NamedTuple

import pytest
from django.db import transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from placet.carts.actions import change_line
from placet.carts.models import Cart
from placet.carts.pricing import price_cart
from placet.jobs.verify import verify
from placet.orders.content import read_content
from placet.policy.chain import counted_by_step
from placet.requisitions.actions import decide_step, edit_requisition, submit_cart
from placet.requisitions.models import Requisition, Step, StepAssignment
from placet.requisitions.planning import plan_purchase
from placet.requisitions.progress import read_progress
from tests.cast import Cast
from tests.requisitions.road import DRESSING, INFUSION_SET, fill_cart, submit

pytestmark = pytest.mark.django_db


class Act(NamedTuple):
    """``rashid`` approves at most so many of each, or ``lena`` asks for so many."""

    who: str
    dressings: int
    sets: int


PIECES = st.tuples(st.integers(0, 60), st.integers(1, 12))
ACTS = st.lists(
    st.builds(lambda who, pieces: Act(who, *pieces), st.sampled_from(["rashid", "lena"]), PIECES),
    min_size=2,
    max_size=5,
)


@settings(max_examples=3)
@given(acts=ACTS)
@example(acts=[Act("rashid", 20, 5), Act("lena", 60, 10)])
@example(acts=[Act("rashid", 40, 5), Act("lena", 30, 5), Act("rashid", 30, 4), Act("lena", 41, 5)])
def test_what_counts_is_never_more_than_what_was_approved(cast: Cast, acts: list[Act]) -> None:
    with undone():
        requisition = submit(
            fill_cart(cast, (DRESSING, 60), (INFUSION_SET, 10)), actor=cast.lena, now=cast.now
        )
        approved: int | None = None
        for act in acts:
            if act.who == "lena":
                edit(cast, requisition, act)
            elif is_asked(cast, requisition):
                approve_at_most(cast, requisition, act)
                approved = goods(requisition)
            if counts(cast, requisition):
                assert approved is not None
                assert goods(requisition) <= approved
        assert verify() == []


@contextmanager
def undone() -> Iterator[None]:
    """Each example begins where the first one began."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def edit(cast: Cast, requisition: Requisition, act: Act) -> None:
    """Lena asks for other quantities, and resubmits what she was shown."""
    cart = edit_requisition(requisition, actor=cast.lena, now=cast.now)
    for line in cart.lines.select_related("product", "cart"):
        wanted = act.dressings if line.product.sku == DRESSING else act.sets
        change_line(line, quantity=max(wanted, 1), actor=cast.lena, now=cast.now)
    fresh = Cart.objects.get(pk=cart.pk)
    shown = plan_purchase(fresh, price_cart(fresh, now=cast.now), actor=cast.lena, now=cast.now)
    submit_cart(fresh, plan_hash=shown.planned.hash, actor=cast.lena, now=cast.now)
    requisition.refresh_from_db()


def approve_at_most(cast: Cast, requisition: Requisition, act: Act) -> None:
    """Rashid takes away what is above these quantities, and approves the rest."""
    assert requisition.revision is not None
    found = read_content(requisition.revision.content)
    most = {DRESSING: act.dressings, INFUSION_SET: act.sets}
    decide_step(
        Step.objects.get(assignments__in=rows(cast, requisition)),
        kind="approve",
        content_hash=requisition.revision.content_hash,
        reason="Enough.",
        lines={line.number: min(line.quantity, most[line.sku]) for line in found.lines},
        actor=replace(cast.rashid, channel="api"),
        now=cast.now,
    )
    requisition.refresh_from_db()


def rows(cast: Cast, requisition: Requisition) -> list[StepAssignment]:
    found = StepAssignment.objects.filter(requisition=requisition, is_open=True)
    return list(found.filter(member_id=cast.member["rashid"]))


def is_asked(cast: Cast, requisition: Requisition) -> bool:
    return bool(rows(cast, requisition))


def counts(cast: Cast, requisition: Requisition) -> bool:
    """Whether Rashid's approval counts for the content as it is now."""
    counted = counted_by_step(read_progress(requisition).chain)
    return any(cast.user["rashid"] in users for users in counted.values())


def goods(requisition: Requisition) -> int:
    assert requisition.revision is not None
    return requisition.revision.goods_minor
