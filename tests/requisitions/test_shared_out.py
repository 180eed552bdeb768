"""One purchase for several places and cost centres, and its discounts, from cart to order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from placet.budgets.models import Reservation
from placet.carts.actions import AllocationValues, allocate_line
from placet.carts.models import Cart, CartLine
from placet.catalog.models import PartNumber, Product, Promotion
from placet.companies.models import Address
from placet.companies.organisation.limits import Bounds
from placet.core.errors import Conflict
from placet.jobs.verify import verify
from placet.orders.content import adds_up, read_content
from placet.orders.models import Order
from placet.requisitions.actions import apply_due_decisions, set_limit
from placet.requisitions.models import Requisition, RevisionOrigin
from tests.budgets.ground import fresh, make_budget
from tests.carts.promotions import promote, tax_by_country
from tests.cast import Cast
from tests.requisitions.road import DRESSING, GLOVES, answer, asked, fill_cart, member, submit

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=1)
AFTER_THE_HOLD = timedelta(days=16)
ANYTHING = Bounds("EUR", mode="over", order_maximum_minor=10**9)


def split(cart: Cart, cast: Cast, sku: str, *parts: AllocationValues) -> None:
    """The parts of one line of a cart."""
    line = CartLine.objects.get(cart=cart, product__sku=sku)
    allocate_line(line, allocations=parts, actor=cast.lena, now=cast.now)


def two_places(cast: Cast, quantity: int = 40) -> Cart:
    """Dressings and gloves; ten of the dressings go to the main store."""
    cart = fill_cart(cast, (DRESSING, quantity), (GLOVES, 10))
    store = AllocationValues(10, ship_to_id=cast.address["Main store"])
    split(cart, cast, DRESSING, AllocationValues(quantity - 10), store)
    return cart


def approve(requisition: Requisition, cast: Cast, wait: timedelta = LATER) -> Requisition:
    answer(requisition, "approve", actor=cast.rashid, now=cast.now + wait)
    apply_due_decisions(now=cast.now + wait + LATER)
    requisition.refresh_from_db()
    return requisition


def test_everything_that_was_added_up_is_frozen_and_leaves(cast: Cast) -> None:
    promote(cast, "spring", "order_percent", from_goods_minor=10_000, basis_points=500)
    tax_by_country(cast, DRESSING, DE=700, elsewhere=2300)
    Address.objects.filter(name="Main store").update(country="PL")
    dressing = Product.objects.get(sku=DRESSING)
    PartNumber.objects.create(
        created_at=cast.now,
        company_id=cast.company["meridian"],
        product=dressing,
        number="M-77",
        folded="m77",
    )
    requisition = approve(submit(two_places(cast, 60), actor=cast.lena, now=cast.now), cast)
    order = Order.objects.get(requisition_id=requisition.pk)
    content = read_content(order.content)
    assert adds_up(content)
    line = content.lines[0]
    assert (line.gross_minor, line.discount_minor, line.part_number) == (119_400, 5_970, "M-77")
    assert [part.tax_basis_points for part in line.allocations] == [700, 2300]
    assert [one.ship_to for one in content.shipments] == [part.ship_to for part in line.allocations]
    assert {one.shipping_minor for one in content.shipments} == {0}, "free from 500.00 on"
    assert [tuple(one) for one in content.discounts] == [
        ("spring", "Spring", "order_percent", 6_345)
    ]
    assert [one.basis_points for one in content.taxes] == [700, 1900, 2300]
    assert (order.goods_minor, order.tax_minor) == (content.goods_minor, content.tax_minor)
    assert verify() == []


def test_inside_the_hold_a_promotion_that_ended_still_counts(cast: Cast) -> None:
    promote(cast, "spring", "order_percent", basis_points=1000)
    requisition = submit(two_places(cast), actor=cast.lena, now=cast.now)
    Promotion.objects.update(ended_at=cast.now)
    approve(requisition, cast)
    assert requisition.revisions.count() == 1
    assert Order.objects.get().goods_minor == (79_600 + 7_500) * 9 // 10


def test_after_the_hold_without_its_promotion_it_is_dearer_and_asked_for_again(cast: Cast) -> None:
    promote(cast, "spring", "order_percent", basis_points=1000)
    requisition = submit(two_places(cast), actor=cast.lena, now=cast.now)
    Promotion.objects.update(ended_at=cast.now)
    approve(requisition, cast, AFTER_THE_HOLD)
    assert not Order.objects.exists()
    assert requisition.status == Requisition.Status.PENDING
    assert requisition.revision is not None
    assert requisition.revision.origin.cause == RevisionOrigin.Cause.MOVED
    assert requisition.revision.goods_minor == 87_100
    assert asked(cast, requisition) == {"rashid"}
    assert verify() == []


def test_after_the_hold_a_new_promotion_is_the_buyers_and_nobody_is_asked_again(cast: Cast) -> None:
    requisition = submit(two_places(cast), actor=cast.lena, now=cast.now)
    promote(cast, "spring", "order_percent", basis_points=1000)
    approve(requisition, cast, AFTER_THE_HOLD)
    assert requisition.status == Requisition.Status.ORDERED
    assert Order.objects.get().goods_minor == 78_390
    assert verify() == []


def test_one_ship_to_that_is_not_allowed_asks_though_the_other_is(cast: Cast) -> None:
    dock = cast.address["ICU dock"]
    bounds = ANYTHING._replace(ship_tos=[dock])
    set_limit(member(cast, "lena"), use="spending", bounds=bounds, actor=cast.ines, now=cast.now)
    whole = fill_cart(cast, (GLOVES, 20))
    Cart.objects.filter(pk=whole.pk).update(ship_to_id=dock)
    assert submit(whole, actor=cast.lena, now=cast.now).status == Requisition.Status.ORDERED
    parts = fill_cart(cast, (GLOVES, 20), name="Another")
    Cart.objects.filter(pk=parts.pk).update(ship_to_id=dock)
    store = AllocationValues(1, ship_to_id=cast.address["Main store"])
    split(parts, cast, GLOVES, AllocationValues(19), store)
    waiting = submit(parts, actor=cast.lena, now=cast.now)
    assert waiting.status == Requisition.Status.PENDING
    assert "limit.ship_tos" in str(waiting.revision.plan if waiting.revision else "")


def test_a_hard_limit_of_ship_tos_refuses_one_part(cast: Cast) -> None:
    bounds = ANYTHING._replace(mode="hard", ship_tos=[cast.address["ICU dock"]])
    set_limit(member(cast, "lena"), use="spending", bounds=bounds, actor=cast.ines, now=cast.now)
    with pytest.raises(Conflict) as refusal:
        submit(two_places(cast, 12), actor=cast.lena, now=cast.now)
    assert refusal.value.code == "purchase_blocked"


def test_two_cost_centres_draw_on_two_budgets_by_what_is_theirs(cast: Cast) -> None:
    promote(cast, "spring", "order_percent", basis_points=1000)
    icu, offices = (
        make_budget(
            cast,
            name=code,
            owner_kind="cost_center",
            owner_ref=cast.cost_center[f"meridian/{code}"],
            amount_minor=10**6,
        )
        for code in ("4410", "9000")
    )
    cart = fill_cart(cast, (GLOVES, 20))
    center = cast.cost_center["meridian/9000"]
    split(cart, cast, GLOVES, AllocationValues(15), AllocationValues(5, cost_center_id=center))
    requisition = submit(cart, actor=cast.lena, now=cast.now)
    held = {
        one.budget_id: one.amount_minor
        for one in Reservation.objects.filter(requisition_id=requisition.pk)
    }
    # 20 gloves at 7.50 less a tenth; shipping and tax are no part of what these budgets count.
    assert (held[icu.pk], held[offices.pk]) == (10_125, 3_375)
    assert fresh(icu).used_minor - fresh(offices).used_minor == 10_125 - 3_375


def test_a_rule_on_a_cost_centre_reads_only_what_goes_on_it(cast: Cast) -> None:
    """Over 500 on cost centre 4410 needs Rashid; 600 of which half goes elsewhere does not."""
    cart = fill_cart(cast, (GLOVES, 80))
    center = cast.cost_center["meridian/9000"]
    split(cart, cast, GLOVES, AllocationValues(40), AllocationValues(40, cost_center_id=center))
    assert submit(cart, actor=cast.lena, now=cast.now).status == Requisition.Status.ORDERED
    whole = submit(fill_cart(cast, (GLOVES, 80)), actor=cast.lena, now=cast.now)
    assert whole.status == Requisition.Status.PENDING


def test_a_discount_can_bring_a_purchase_below_what_a_rule_asks(cast: Cast) -> None:
    promote(cast, "spring", "order_percent", basis_points=2000)
    requisition = submit(fill_cart(cast, (GLOVES, 80)), actor=cast.lena, now=cast.now)
    assert requisition.status == Requisition.Status.ORDERED, "480.00 are not over 500.00"
