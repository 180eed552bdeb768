"""The open cases, the rulebooks and the history: complete, readable, and true to the budgets."""

from collections import Counter
from datetime import date

import pytest

from placet.demo.world import golden
from placet.demo.world.addresses import ADDRESSES
from placet.demo.world.budgets import BUDGETS
from placet.demo.world.catalog.assortment import DISCONTINUED, PRODUCT_BY_SKU
from placet.demo.world.companies import COMPANIES, MERIDIAN
from placet.demo.world.cost_centers import COST_CENTERS
from placet.demo.world.history.play import SEED, purchases
from placet.demo.world.members.everybody import LIMITS, MEMBERS
from placet.demo.world.prices import LAST_PAID_MINOR, NEVER_BOUGHT, price_at
from placet.demo.world.requisitions.everything import ENDED, OPEN, REQUISITIONS
from placet.demo.world.requisitions.shapes import Line, Requisition
from placet.demo.world.rules.everything import RULEBOOKS
from placet.demo.world.rules.meridian import MERIDIAN_RULEBOOK
from placet.demo.world.rules.shapes import document
from placet.demo.world.scale import FULL, SMALL, Scale
from placet.demo.world.shapes import Budget
from placet.policy.rulebook import compile_rulebook

COMPANY_OF = {member.key: member.company for member in MEMBERS}
UNIT_OF = {member.key: member.unit for member in MEMBERS}
LIST_OF = {company.key: company.price_list for company in COMPANIES}
TODAYS = [date(2025, 11, 25), date(2026, 1, 3), date(2028, 2, 29)]


def line_minor(requisition: Requisition, line: Line) -> int:
    """What a line costs the requester's company, in cents."""
    price = price_at(LIST_OF[requisition.company], line.sku, line.quantity)
    return price * line.quantity


def drawn_minor(budget: Budget, requisition: Requisition) -> int:
    """What a requisition draws on a budget, in cents."""
    if requisition.company != budget.company:
        return 0
    lines = requisition.lines_now
    if budget.owner_kind == "category":
        within = f"{budget.owner}/"
        lines = tuple(
            line for line in lines if f"{PRODUCT_BY_SKU[line.sku].category}/".startswith(within)
        )
    else:
        of_kind = {
            "cost_center": requisition.cost_center,
            "unit": UNIT_OF[requisition.requester],
            "member": requisition.requester,
        }
        if of_kind[budget.owner_kind] != budget.owner:
            return 0
    return sum(line_minor(requisition, line) for line in lines)


def test_there_are_24_open_cases_each_of_its_own() -> None:
    assert len(OPEN) == 24
    assert {requisition.state for requisition in OPEN} == {"pending", "changes_requested"}
    assert "pending" not in {requisition.state for requisition in ENDED}
    cases = Counter(requisition.case for requisition in REQUISITIONS)
    assert [case for case, times in cases.items() if times > 1] == []


@pytest.mark.parametrize("requisition", REQUISITIONS, ids=lambda requisition: requisition.key)
def test_a_requisition_holds_together(requisition: Requisition) -> None:
    places = {address.key: address.company for address in ADDRESSES}
    centers = {center.key: center.company for center in COST_CENTERS}
    assert COMPANY_OF[requisition.requester] == requisition.company
    assert places[requisition.ship_to] == requisition.company
    if requisition.cost_center:
        assert centers[requisition.cost_center] == requisition.company
    first = requisition.acts[0]
    assert first.verb == ("rebuild" if requisition.rebuilt_from else "submit")
    assert first.member == requisition.requester
    hours = [act.hours_ago for act in requisition.acts]
    assert hours == sorted(hours, reverse=True)
    for act in requisition.acts:
        assert COMPANY_OF[act.member] == requisition.company
        assert act.line <= len(requisition.lines)
        assert act.verb not in ("reject", "request_changes", "reject_line") or act.text
    assert requisition.requester not in requisition.waits_for
    assert bool(requisition.waits_for) == (requisition.state == "pending")
    assert sum(line_minor(requisition, line) for line in requisition.lines) == (
        requisition.goods_minor
    )


@pytest.mark.parametrize("requisition", REQUISITIONS, ids=lambda requisition: requisition.key)
def test_its_lines_can_be_ordered(requisition: Requisition) -> None:
    gone = {withdrawal.sku for withdrawal in DISCONTINUED}
    for line in (*requisition.lines, *requisition.lines_now):
        product = PRODUCT_BY_SKU[line.sku]
        assert line.sku not in gone
        assert line.quantity >= product.minimum
        assert line.quantity % product.step == 0
        assert not line.splits or sum(s.quantity for s in line.splits) == line.quantity


def test_po_numbers_are_used_once_a_company_and_again_elsewhere() -> None:
    used = Counter((r.company, r.po_number) for r in REQUISITIONS if r.po_number)
    assert max(used.values()) == 1
    assert (MERIDIAN, golden.PO_NUMBER) not in used
    assert "harbour" in {company for company, number in used if number == golden.PO_NUMBER}


@pytest.mark.parametrize("budget", BUDGETS, ids=lambda budget: budget.key)
def test_what_waits_on_a_budget_is_what_is_open(budget: Budget) -> None:
    waiting = sum(drawn_minor(budget, requisition) for requisition in OPEN)
    assert waiting == budget.reserved_minor


@pytest.mark.parametrize("today", TODAYS)
def test_the_past_never_explains_more_than_a_budget_shows(today: date) -> None:
    for budget in BUDGETS:
        if budget.owner_kind != "cost_center":
            continue
        past = sum(p.goods_minor for p in purchases(today) if p.cost_center == budget.owner)
        done = sum(drawn_minor(budget, r) for r in ENDED if r.state == "ordered")
        assert past + done <= budget.committed_minor, budget.key


def test_a_purchase_of_the_past_never_breaks_a_hard_limit() -> None:
    bounds = {limit.member: limit.order_maximum_minor for limit in LIMITS if limit.mode == "hard"}
    assert bounds
    for purchase in purchases(TODAYS[0], SEED, FULL):
        bound = bounds.get(purchase.member)
        assert bound is None or purchase.goods_minor <= bound


@pytest.mark.parametrize("scale", [SMALL, FULL], ids=["small", "full"])
@pytest.mark.parametrize("today", TODAYS)
def test_the_past_is_deterministic_and_of_the_stated_size(today: date, scale: Scale) -> None:
    played = purchases(today, SEED, scale)
    purchases.cache_clear()
    assert played == purchases(today, SEED, scale)
    assert len(played) == pytest.approx({"small": 450, "full": 3_450}[scale.name], rel=0.04)
    assert all(purchase.submitted_on < today for purchase in played)
    assert all(purchase.submitted_on.weekday() < 5 for purchase in played)
    assert len({(p.company, p.po_number) for p in played}) == len(played)
    assert purchases(today, 1, scale) != played
    cases = {(r.company, r.po_number) for r in REQUISITIONS}
    assert not cases & {(p.company, p.po_number) for p in played}


def test_nobody_buys_before_they_are_a_customer() -> None:
    since = {company.key: company.customer_since_days for company in COMPANIES}
    today = TODAYS[0]
    for purchase in purchases(today, SEED, FULL):
        assert (today - purchase.submitted_on).days < since[purchase.company]


@pytest.mark.parametrize("scale", [SMALL, FULL], ids=["small", "full"])
@pytest.mark.parametrize("today", TODAYS)
def test_last_prices_paid_are_the_stated_ones(today: date, scale: Scale) -> None:
    last: dict[str, int] = {}
    for purchase in purchases(today, SEED, scale):
        if purchase.company == MERIDIAN:
            last |= {line.sku: line.unit_price_minor for line in purchase.lines}
    for line in golden.LINES:
        if line.sku in NEVER_BOUGHT:
            assert line.sku not in last
        else:
            assert last[line.sku] == LAST_PAID_MINOR.get(line.sku, line.unit_price_minor)


@pytest.mark.parametrize("member", ["lena", "sofia", "marco"])
def test_the_week_holds_only_what_is_open(member: str) -> None:
    today = TODAYS[0]
    lately = [
        p for p in purchases(today) if p.member == member and (today - p.submitted_on).days < 7
    ]
    assert lately == []
    counted = [
        r for r in REQUISITIONS if r.requester == member and r.state in ("pending", "ordered")
    ]
    assert len(counted) == {"lena": 1, "sofia": 3, "marco": 2}[member]
    assert all(requisition.this_week for requisition in counted)


@pytest.mark.parametrize("rulebook", RULEBOOKS, ids=lambda rulebook: rulebook.company)
def test_the_engine_reads_every_rulebook(rulebook) -> None:  # type: ignore[no-untyped-def]
    compiled = compile_rulebook(document(rulebook))
    assert len(compiled.content.rules) == len(rulebook.rules)
    assert compiled.side == rulebook.side
    assert COMPANY_OF[rulebook.published_by] == rulebook.company
    assert all(rule.words for rule in rulebook.rules)


def test_every_company_has_one_rulebook() -> None:
    assert sorted(rulebook.company for rulebook in RULEBOOKS) == sorted(LIST_OF)


def test_meridians_16_rules_use_every_kind_of_condition_and_effect() -> None:
    assert len(MERIDIAN_RULEBOOK.rules) == 16
    text = str(document(MERIDIAN_RULEBOOK))
    kinds = "all any not any_line all_lines no_line any_allocation line_total line_quantity"
    for kind in (*kinds.split(), "allocation_total", "tiers", "management_chain", "steps"):
        assert f"'{kind}':" in text, kind
    for operator in (">", ">=", "<=", "=", "in", "within", "between", "matches", "is empty"):
        assert f"'op': '{operator}'" in text, operator
    for word in ("cumulative", "final", "head", "manager", "role", "budget_owner", "admins"):
        assert f"'{word}'" in text, word
    effects = {rule.then["effect"] for rule in MERIDIAN_RULEBOOK.rules}
    assert effects == {"block", "auto_approve", "require", "warn", "notify"}
