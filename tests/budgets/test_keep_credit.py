"""Credit: what the merchant lends a customer, kept by the merchant and never told to the buyer."""

from __future__ import annotations

import pytest

from placet.budgets.actions import (
    CreditExceeded,
    Draw,
    PaidTooMuch,
    adjust_budget,
    end_credit,
    enter_payment,
    reserve_budgets,
    set_credit,
)
from placet.budgets.models import Budget, Reservation
from placet.budgets.queries import find_credit, get_credit, list_budgets, list_seen_budgets
from placet.carts.pricing import price_cart
from placet.companies.models import Member
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.events.models import Event
from placet.jobs.verify.ledger import check_ledger
from placet.plans.describe import describe_plan
from placet.plans.planner import plan_cart
from placet.requisitions.actions import withdraw_requisition
from placet.requisitions.errors import PurchaseBlocked
from placet.requisitions.models import Requisition, Step
from tests.budgets.ground import fresh, meridian
from tests.cast import NOW, Cast
from tests.requisitions.road import DRESSING, GLOVES, answer, fill_cart, submit
from tests.web.road import approve

pytestmark = pytest.mark.django_db


def lend(cast: Cast, limit_minor: int, mode: str = "approve") -> Budget:
    """Mira, who manages the store, gives Meridian credit."""
    return set_credit(meridian(), limit_minor=limit_minor, mode=mode, actor=cast.mira, now=NOW)


def buy(cast: Cast, quantity: int = 50) -> Requisition:
    """Lena submits dressings: 50 are 995.00 without tax."""
    return submit(fill_cart(cast, (DRESSING, quantity)), actor=cast.lena, now=cast.now)


def test_a_purchase_takes_from_the_credit_with_tax_and_a_payment_gives_back(cast: Cast) -> None:
    account = lend(cast, 1_000_000)
    requisition = buy(cast)
    held = Reservation.objects.get(budget=account)
    assert held.amount_minor > 995_00  # taxes are owed too
    approve(requisition, "rashid", cast=cast)
    assert fresh(account).committed_minor == held.amount_minor
    enter_payment(meridian(), amount_minor=500_00, reason="INV-1", actor=cast.mira, now=NOW)
    assert fresh(account).committed_minor == held.amount_minor - 500_00
    with pytest.raises(PaidTooMuch):
        enter_payment(
            meridian(), amount_minor=held.amount_minor, reason="x", actor=cast.mira, now=NOW
        )
    assert list(check_ledger()) == []


def test_beyond_the_limit_the_merchants_people_are_asked_and_the_buyer_reads_no_figure(
    cast: Cast,
) -> None:
    lend(cast, 777_77)
    cart = fill_cart(cast, (DRESSING, 50))
    planned = plan_cart(cart, price_cart(cart, now=NOW), actor=cast.lena, now=NOW)
    assert [step.side for step in planned.plan.steps] == ["buyer", "merchant"]
    told = describe_plan(
        planned.plan,
        company_id=meridian().pk,
        language="en",
        time_zone="Europe/Berlin",
        now=NOW,
    )
    assert told.steps[1].who == "The supplier"
    for hidden in ("77777", "777.77"):
        assert hidden not in repr(told).replace(",", "")
    requisition = submit(cart, actor=cast.lena, now=NOW)
    answer(requisition, "approve", actor=cast.rashid, now=NOW)
    assert Step.objects.filter(requisition=requisition, side="merchant").exists()


def test_a_warning_is_the_merchants_own_and_holds_nobody_up(cast: Cast) -> None:
    account = lend(cast, 1, mode="warn")
    requisition = buy(cast)
    assert not Step.objects.filter(requisition=requisition, side="merchant").exists()
    assert Reservation.objects.get(budget=account).overdraft_minor > 995_00


def test_a_blocking_limit_blocks_without_a_figure(cast: Cast) -> None:
    lend(cast, 777_77, mode="block")
    with pytest.raises(PurchaseBlocked):
        buy(cast)
    assert not Reservation.objects.exists()


def test_the_race_that_a_plan_lost_is_refused_without_a_figure(cast: Cast) -> None:
    account = lend(cast, 100, mode="block")
    with pytest.raises(CreditExceeded) as caught:
        reserve_budgets(
            "req_x", revision_id="rev_x", draws=[Draw(account.pk, 101)], actor=cast.lena, now=NOW
        )
    assert caught.value.facts == {}


def test_what_waits_counts_and_withdrawing_frees_it(cast: Cast) -> None:
    account = lend(cast, 1_500_00)
    first = buy(cast)
    second = buy(cast)
    assert Step.objects.filter(requisition=second, side="merchant").count() == 1
    withdraw_requisition(first, actor=cast.lena, now=NOW)
    withdraw_requisition(second, actor=cast.lena, now=NOW)
    assert fresh(account).used_minor == 0


def test_the_buying_side_never_meets_it(cast: Cast) -> None:
    account = lend(cast, 1_000_00)
    buy(cast)
    for person in (cast.lena, cast.ines, cast.aron, cast.jan):
        assert account.pk not in set(list_budgets(person, now=NOW).values_list("pk", flat=True))
        assert not list_seen_budgets(person).filter(pk=account.pk).exists()
        with pytest.raises(Forbidden):
            get_credit(person, meridian())
        with pytest.raises(Forbidden):
            set_credit(meridian(), limit_minor=1, mode="warn", actor=person, now=NOW)
        with pytest.raises(Forbidden):
            enter_payment(meridian(), amount_minor=1, reason="x", actor=person, now=NOW)
        with pytest.raises((Forbidden, NotFound)):
            adjust_budget(account.pk, change_minor=1, reason="x", actor=person, now=NOW)
    mentioned = Event.objects.filter(company_id=meridian().pk, payload__contains=account.pk)
    assert not mentioned.exists()
    assert not Event.objects.filter(company_id=meridian().pk, subject=account.pk).exists()


def test_the_order_desk_sees_and_does_not_decide(cast: Cast) -> None:
    lend(cast, 1_000_00)
    seen = get_credit(cast.tomas, meridian())
    assert seen is not None
    assert seen.amount_minor == 1_000_00
    with pytest.raises(Forbidden):
        set_credit(meridian(), limit_minor=1, mode="warn", actor=cast.tomas, now=NOW)


def test_a_limit_is_changed_by_a_posting_and_ended_for_good(cast: Cast) -> None:
    account = lend(cast, 1_000_00)
    changed = set_credit(
        meridian(),
        limit_minor=400_00,
        mode="block",
        overdue_minor=5_00,
        version=account.version,
        actor=cast.mira,
        now=NOW,
    )
    assert (changed.pk, changed.amount_minor, changed.overdue_minor) == (account.pk, 400_00, 5_00)
    assert sum(changed.entries.values_list("amount_minor", flat=True)) == 400_00
    with pytest.raises(Conflict):
        set_credit(meridian(), limit_minor=1, mode="warn", version=1, actor=cast.mira, now=NOW)
    end_credit(meridian(), actor=cast.mira, now=NOW)
    assert find_credit(meridian().pk) is None
    assert buy(cast)
    with pytest.raises(Conflict):
        enter_payment(meridian(), amount_minor=1, reason="x", actor=cast.mira, now=NOW)


@pytest.mark.parametrize(
    "values",
    [{"limit_minor": -1}, {"limit_minor": 10**15 + 1}, {"mode": "x"}, {"overdue_minor": -1}],
)
def test_limits_that_make_no_sense(cast: Cast, values: dict[str, int | str]) -> None:
    wish: dict[str, object] = {"limit_minor": 1, "mode": "warn", **values}
    with pytest.raises(InvalidInput):
        set_credit(meridian(), actor=cast.mira, now=NOW, **wish)  # type: ignore[arg-type]


def test_without_a_limit_nothing_is_kept(cast: Cast) -> None:
    submit(fill_cart(cast, (GLOVES, 2)), actor=cast.lena, now=cast.now)
    assert not Budget.objects.filter(account="credit").exists()


def test_whoever_left_meanwhile_changes_no_credit(cast: Cast) -> None:
    """Mira was let in at the door, and then her membership ended."""
    account = lend(cast, 500_00)
    Member.objects.filter(pk=cast.member["mira"]).update(status=Member.Status.DEACTIVATED)
    for wish in (
        lambda: lend(cast, 900_00),
        lambda: end_credit(meridian(), actor=cast.mira, now=NOW),
        lambda: enter_payment(meridian(), amount_minor=1, reason="x", actor=cast.mira, now=NOW),
    ):
        with pytest.raises(Forbidden) as refused:
            wish()
        assert refused.value.facts["reason"] == "member_deactivated"
    left = fresh(account)
    assert (left.amount_minor, left.closed_at, left.version) == (500_00, None, account.version)
