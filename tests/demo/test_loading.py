"""The world as it stands in the database: stated figures, real plans, nothing to prove wrong."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from placet.budgets.models import Budget
from placet.carts.actions import paste_lines
from placet.carts.models import Cart
from placet.carts.pricing import price_cart
from placet.catalog.models import Product
from placet.companies.queries import get_actor
from placet.demo.loading.opening import opening_minor
from placet.demo.world import golden
from placet.demo.world.budgets import BUDGETS
from placet.demo.world.catalog.assortment import CORE_PRODUCTS
from placet.demo.world.companies import COMPANIES
from placet.demo.world.history.play import SEED, purchases
from placet.demo.world.prices import price_at
from placet.demo.world.requisitions.everything import OPEN
from placet.demo.world.requisitions.shapes import Requisition as Case
from placet.demo.world.scale import FULL, SMALL, Scale
from placet.events.models import Event
from placet.jobs.sweep import sweep
from placet.jobs.verify import verify
from placet.notices.models import Mail
from placet.orders.models import Order
from placet.plans.planner import list_near_misses, plan_cart
from placet.requisitions.models import Requisition, Step, StepAssignment
from placet.rulebooks.models import Rulebook
from placet.webhooks.models import Delivery
from tests.demo.conftest import EMAIL, member_of
from tests.demo.world_facts import NOW

pytestmark = pytest.mark.usefixtures("world")
ICU = "ICU consumables Q4"


def test_nothing_contradicts_the_promise() -> None:
    assert verify() == []


def test_every_budget_shows_its_stated_figure() -> None:
    rows = {row.name: row for row in Budget.objects.filter(company__slug="meridian")}
    assert (rows[ICU].amount_minor, rows[ICU].committed_minor, rows[ICU].reserved_minor) == (
        25_000_00,
        18_400_00,
        2_100_00,
    )
    for budget in BUDGETS:
        row = Budget.objects.get(name=budget.name.format(quarter="Q4", month="November", year=2025))
        assert (row.amount_minor, row.committed_minor) == (
            budget.amount_minor,
            budget.committed_minor,
        ), budget.key


@pytest.mark.parametrize("scale", [SMALL, FULL], ids=["small", "full"])
def test_no_budget_would_open_below_zero_on_any_day_of_a_year(scale: Scale) -> None:
    below = []
    for day in (date(2026, 1, 1) + timedelta(days=place) for place in range(0, 365, 29)):
        bought = purchases(day, SEED, scale)
        below += [b.key for b in BUDGETS if opening_minor(b, day, bought) < 0]
    assert below == []


def test_the_history_has_orders_and_other_ends() -> None:
    by_status = {
        status: Requisition.objects.filter(status=status).count()
        for status in ("ordered", "rejected", "withdrawn", "pending")
    }
    changing = Order.objects.filter(status="changing").count()
    assert by_status["ordered"] == Order.objects.count() - changing > 400
    assert by_status["rejected"] > 5
    assert by_status["withdrawn"] > 1
    for_others = Requisition.objects.filter(staff__isnull=False).count()
    assert (changing, for_others) == (1, 1)
    assert by_status["pending"] == len(OPEN) + changing + for_others
    assert 0 < Order.objects.filter(status="unprocessed").count() < 20
    assert Product.objects.count() == len(CORE_PRODUCTS)


def test_the_audit_grows_in_the_order_of_time() -> None:
    for company in Requisition.objects.values_list("company_id", flat=True).distinct():
        moments = list(
            Event.objects.filter(company_id=company).order_by("seq").values_list("created_at")
        )
        assert moments == sorted(moments)


@pytest.mark.parametrize("case", OPEN, ids=lambda case: case.key)
def test_an_open_case_waits_for_whom_it_says(case: Case) -> None:
    title = case.title.format(month_name="November")
    row = Requisition.objects.get(name=title, company__slug=case.company, status="pending")
    assert row.revision is not None
    assert row.revision.goods_minor == sum_of_first(case)
    if case.needs or case.state != "pending":
        return
    asked = set(
        StepAssignment.objects.filter(requisition=row, is_open=True).values_list(
            "member__user__email", flat=True
        )
    )
    wanted = {EMAIL[who.removesuffix("-at-home")] for who in case.waits_for}
    assert wanted <= asked


def test_what_happens_by_itself_has_happened() -> None:
    """A late approver was reminded, another passed over, and one purchase expired."""
    castors = Requisition.objects.get(name="Trolley castors and brakes")
    reminded = Event.objects.filter(type="step.reminded", subject=castors.pk)
    assert reminded.count() == 2
    quay = Requisition.objects.get(name="Quay clinic, quarter stock", status="pending")
    assert Event.objects.filter(type="step.escalated", subject=quay.pk).count() == 1
    expired = Requisition.objects.get(name="Cohesive bandages for the day clinic")
    assert expired.status == Requisition.Status.EXPIRED
    assert expired.ended_at == expired.expires_at
    assert Cart.objects.get(pk=expired.cart_id).status == Cart.Status.OPEN
    assert not Step.objects.filter(status="pending", remind_at__lte=NOW).exists()


def sum_of_first(case: Case) -> int:
    """The goods of the revision that was played in, which is the first."""
    price_list = next(c.price_list for c in COMPANIES if c.key == case.company)
    return sum(line.quantity * price_at(price_list, line.sku, line.quantity) for line in case.lines)


def test_lenas_cart_shows_the_golden_plan(own_world: None) -> None:
    lena = member_of("lena")
    actor = get_actor(user_id=lena.user_id, company_slug="meridian", channel="web")
    cart = Cart.objects.get(name=golden.CART_NAME, company__slug="meridian")
    paste_lines(cart, text=golden.PASTE, actor=actor, now=NOW)
    priced = price_cart(cart, now=NOW)
    planned = plan_cart(cart, priced, actor=actor, now=NOW)
    shown = [(line.product.sku, line.unit_price_minor, line.total_minor) for line in priced.lines]
    assert shown == [(line.sku, line.unit_price_minor, line.total_minor) for line in golden.LINES]
    assert (priced.goods_minor, priced.shipping_minor) == (golden.TOTAL_MINOR, 0)
    assert [[who.name for who in step.approvers] for step in planned.plan.steps] == [
        ["Rashid Haddad"],
        ["Anika Rao", "Jonas Brandt", "Piotr Nowak"],
    ]
    assert planned.plan.steps[1].lines == (6,)
    nearest = list_near_misses(planned)[0]
    assert (nearest.rule, nearest.gap) == ("finance", 1_760_00)
    assert [(b.name, b.left_after_minor) for b in planned.plan.budgets] == [(ICU, 1_260_00)]
    assert not planned.plan.warnings


def test_every_rulebook_is_in_force_with_its_version() -> None:
    published = dict(
        Rulebook.objects.filter(subject=Rulebook.Subject.PURCHASE)
        .values_list("company__slug", "published__number")
        .order_by("id")
    )
    assert published == {
        "meridian": 7,
        "kowalski": 2,
        "harbour": 3,
        "park": 1,
        "berg": 1,
        "norden": 4,
        "westend": 1,
    }


def test_nobody_is_told_about_the_history(own_world: None) -> None:
    sweep(now=NOW, real_now=NOW)
    assert Mail.objects.count() == 0
    assert set(Delivery.objects.values_list("event_type", flat=True)) == {"endpoint.tested"}
