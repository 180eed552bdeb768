"""Leaving: one transaction gives everything to somebody else, or nothing happens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from placet.budgets.models import Budget
from placet.carts.actions import create_cart
from placet.carts.models import Cart
from placet.carts.pricing import price_cart
from placet.companies.models import CostCenter, Delegation, Role, RoleGrant, Unit
from placet.companies.queries import get_actor
from placet.core.errors import Forbidden, InvalidInput, NotFound
from placet.jobs.verify import verify
from placet.orders.content import read_content
from placet.plans.planner import CannotBePlanned
from placet.requisitions.actions import (
    NobodyLeft,
    apply_due_decisions,
    change_member,
    deactivate_member,
    delegate_to,
    discard_edit,
    edit_requisition,
    hand_over_member,
    reactivate_member,
    revoke_role,
    submit_cart,
)
from placet.requisitions.handing_over import list_hand_over
from placet.requisitions.models import Requisition
from placet.requisitions.planning import plan_purchase
from tests.cast import Cast
from tests.cast_people import system_of
from tests.requisitions.road import DRESSING, INFUSION_SET, answer, asked, fill_cart, member, submit

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _nothing_is_open_with_nobody() -> Iterator[None]:
    yield
    assert verify() == []


def waiting(cast: Cast) -> Requisition:
    return submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)


def test_all_that_hangs_on_rashid_goes_to_mei(cast: Cast) -> None:
    requisition = waiting(cast)
    cart = create_cart("Rashid's own", actor=cast.rashid, now=cast.now)
    delegate_to(
        member(cast, "helena"),
        delegate=member(cast, "rashid"),
        starts_at=cast.now,
        ends_at=cast.now + DAY,
        actor=cast.helena,
        now=cast.now,
    )
    before = list_hand_over(member(cast, "rashid"))
    assert (len(before.carts), len(before.steps), len(before.units)) == (1, 1, 1)
    assert (len(before.cost_centers), len(before.budgets), len(before.delegations)) == (1, 1, 1)
    hand_over_member(member(cast, "rashid"), to=member(cast, "mei"), actor=cast.ines, now=cast.now)
    assert asked(cast, requisition) == {"mei"}
    mei = cast.member["mei"]
    assert Cart.objects.get(pk=cart.pk).owner_id == mei
    assert Unit.objects.get(pk=cast.unit["icu"]).head_id == mei
    assert CostCenter.objects.get(pk=cast.cost_center["meridian/4410"]).owner_id == mei
    assert set(Budget.objects.values_list("responsible_id", flat=True)) == {mei}
    assert Delegation.objects.get(revoked_at=None).delegate_id == mei
    assert list_hand_over(member(cast, "rashid")).is_empty
    with pytest.raises(NotFound):
        get_actor(user_id=cast.rashid.user_id, company_slug="meridian", channel="web")
    answer(requisition, "approve", actor=cast.mei, now=cast.now)
    apply_due_decisions(now=cast.now + DAY)
    requisition.refresh_from_db()
    assert requisition.status == Requisition.Status.ORDERED


def test_the_seat_stays_with_the_heir_though_a_rule_names_a_role_they_lack(cast: Cast) -> None:
    requisition = submit(fill_cart(cast, (INFUSION_SET, 1)), actor=cast.lena, now=cast.now)
    role = Role.objects.get(pk=cast.role["meridian/biomedical-engineering"])
    for who in ("anika", "jonas"):
        revoke_role(member(cast, who), role=role, actor=cast.ines, now=cast.now)
    hand_over_member(member(cast, "piotr"), to=member(cast, "sofia"), actor=cast.ines, now=cast.now)
    assert asked(cast, requisition) == {"sofia"}
    deactivate_member(member(cast, "jonas"), actor=cast.ines, now=cast.now)
    assert asked(cast, requisition) == {"sofia"}
    assert not RoleGrant.objects.filter(member_id=cast.member["sofia"], role=role).exists()


def test_the_buyer_does_not_inherit_her_own_approval(cast: Cast) -> None:
    requisition = waiting(cast)
    hand_over_member(member(cast, "rashid"), to=member(cast, "lena"), actor=cast.ines, now=cast.now)
    assert Unit.objects.get(pk=cast.unit["icu"]).head_id == cast.member["lena"]
    assert asked(cast, requisition) == {"helena"}


def test_whoever_leaves_with_a_step_that_nobody_else_could_take_is_held_back(cast: Cast) -> None:
    requisition = waiting(cast)
    Unit.objects.filter(company_id=cast.company["meridian"]).exclude(pk=cast.unit["icu"]).update(
        head=None
    )
    RoleGrant.objects.filter(role_id=cast.role["meridian/company_admin"]).delete()
    nobody = system_of(member(cast, "rashid").company)
    with pytest.raises(NobodyLeft) as refusal:
        deactivate_member(member(cast, "rashid"), actor=nobody, now=cast.now)
    assert requisition.number in refusal.value.detail
    assert refusal.value.facts["steps"][0]["requisition"] == requisition.pk
    with pytest.raises(NobodyLeft):
        hand_over_member(
            member(cast, "rashid"), to=member(cast, "lena"), actor=nobody, now=cast.now
        )


def test_people_who_reported_get_the_heir_and_no_circle(cast: Cast) -> None:
    for who, above in (("mei", "rashid"), ("pavel", "rashid"), ("rashid", "helena")):
        change_member(member(cast, who), manager=member(cast, above), actor=cast.ines, now=cast.now)
    hand_over_member(member(cast, "rashid"), to=member(cast, "mei"), actor=cast.ines, now=cast.now)
    assert member(cast, "pavel").manager_id == cast.member["mei"]
    assert member(cast, "mei").manager_id == cast.member["helena"]


def test_who_comes_back_is_asked_again(cast: Cast) -> None:
    requisition = waiting(cast)
    deactivate_member(member(cast, "rashid"), actor=cast.ines, now=cast.now)
    assert asked(cast, requisition) == {"helena"}
    reactivate_member(member(cast, "rashid"), actor=cast.ines, now=cast.now)
    assert asked(cast, requisition) == {"rashid"}


def resubmit(cart: Cart, who: str, cast: Cast) -> None:
    fresh = Cart.objects.get(pk=cart.pk)
    actor = cast.actors[who]
    shown = plan_purchase(fresh, price_cart(fresh, now=cast.now), actor=actor, now=cast.now)
    submit_cart(fresh, plan_hash=shown.planned.hash, actor=actor, now=cast.now)


def test_whoever_takes_over_an_open_edit_is_its_author_and_never_the_requester(cast: Cast) -> None:
    requisition = waiting(cast)
    cart = edit_requisition(requisition, actor=cast.lena, now=cast.now)
    hand_over_member(member(cast, "lena"), to=member(cast, "pavel"), actor=cast.ines, now=cast.now)
    with pytest.raises(CannotBePlanned, match="Lena Vogt has left"):
        resubmit(cart, "pavel", cast)
    reactivate_member(member(cast, "lena"), actor=cast.ines, now=cast.now)
    resubmit(cart, "pavel", cast)
    requisition.refresh_from_db()
    revision = requisition.revision
    assert revision is not None
    assert revision.number == 2
    assert requisition.requester_id == cast.member["lena"]
    assert read_content(revision.content).requester == cast.member["lena"]
    assert set(revision.authors) == {cast.user["lena"], cast.user["pavel"]}
    assert asked(cast, requisition) == {"rashid"}


def test_an_edit_that_was_taken_over_can_be_let_go(cast: Cast) -> None:
    requisition = waiting(cast)
    cart = edit_requisition(requisition, actor=cast.lena, now=cast.now)
    hand_over_member(member(cast, "lena"), to=member(cast, "pavel"), actor=cast.ines, now=cast.now)
    discard_edit(Cart.objects.get(pk=cart.pk), actor=cast.pavel, now=cast.now)
    assert asked(cast, requisition) == {"rashid"}
    assert Cart.objects.get(pk=cart.pk).status == Cart.Status.SUBMITTED


def test_nobody_takes_it_for_themselves_and_outsiders_find_nothing(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        hand_over_member(
            member(cast, "rashid"), to=member(cast, "ines"), actor=cast.ines, now=cast.now
        )
    with pytest.raises(Forbidden):
        hand_over_member(
            member(cast, "rashid"), to=member(cast, "mei"), actor=cast.lena, now=cast.now
        )
    with pytest.raises(NotFound):
        hand_over_member(
            member(cast, "rashid"), to=member(cast, "mei"), actor=cast.jan, now=cast.now
        )
    for wrong in ("rashid", "gone"):
        with pytest.raises(InvalidInput):
            hand_over_member(
                member(cast, "rashid"), to=member(cast, wrong), actor=cast.ines, now=cast.now
            )
