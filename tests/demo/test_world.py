"""The demo world holds together: every key leads somewhere, and the figures are the stated ones."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from placet.demo.world import golden
from placet.demo.world.addresses import ADDRESSES
from placet.demo.world.budgets import BUDGETS
from placet.demo.world.carts import CARTS
from placet.demo.world.catalog.assortment import (
    BLOCKED,
    CATEGORIES,
    CORE_PRODUCTS,
    DISCONTINUED,
    FAMILIES,
    PICTOGRAMS,
    PRODUCT_BY_SKU,
    PRODUCTS,
    SUBSTITUTES,
)
from placet.demo.world.companies import COMPANIES, MERIDIAN, REFERENCES
from placet.demo.world.cost_centers import COST_CENTERS
from placet.demo.world.history.habits import HABITS, MORE_HABITS
from placet.demo.world.members.everybody import (
    ABSENCES,
    AUTHORITIES,
    DELEGATIONS,
    LIMITS,
    MEMBERS,
)
from placet.demo.world.members.meridian import MEMBERS as MERIDIAN_MEMBERS
from placet.demo.world.part_numbers import PART_NUMBERS
from placet.demo.world.people import TRY_AS, USERS
from placet.demo.world.prices import PRICE_LISTS, PRICES, price_at
from placet.demo.world.requisitions.everything import REQUISITIONS
from placet.demo.world.requisitions.shapes import Requisition
from placet.demo.world.roles import ROLES
from placet.demo.world.selling import ASSORTMENTS, PROMOTIONS
from placet.demo.world.units import MERIDIAN_UNITS, UNITS

COMPANY_OF = {member.key: member.company for member in MEMBERS}
UNIT_OF = {member.key: member.unit for member in MEMBERS}
LIST_OF = {company.key: company.price_list for company in COMPANIES}
BORN_WITH = {
    "business": {"buyer", "approver", "company_admin", "auditor"},
    "household": {"parent", "child"},
    "merchant": {"merchant_orders", "store_manager", "owner", "sales_rep"},
}


def repeated(keys: Iterable[object]) -> list[object]:
    """Keys that come more than once."""
    return [key for key, times in Counter(keys).items() if times > 1]


def test_keys_are_unique() -> None:
    for things in (COMPANIES, UNITS, USERS, MEMBERS, ADDRESSES, COST_CENTERS, BUDGETS, CARTS):
        assert repeated(thing.key for thing in things) == []
    assert repeated(requisition.key for requisition in REQUISITIONS) == []
    assert repeated(product.sku for product in PRODUCTS) == []
    assert repeated(category.path for category in CATEGORIES) == []
    assert repeated(user.email for user in USERS) == []
    assert repeated((center.company, center.code) for center in COST_CENTERS) == []
    assert repeated((price.price_list, price.sku, price.from_quantity) for price in PRICES) == []


def test_meridian_has_the_promised_size() -> None:
    def own(things: Iterable[object]) -> int:
        return sum(thing.company == MERIDIAN for thing in things)  # type: ignore[attr-defined]

    assert len(MERIDIAN_UNITS) == 15
    assert len(MERIDIAN_MEMBERS) == 38
    assert own(BUDGETS) == 18
    assert own(COST_CENTERS) == 22
    assert [address.kind for address in ADDRESSES if address.company == MERIDIAN].count(
        "ship_to"
    ) == 11
    assert len(PRICE_LISTS) == 5
    assert len({category.path.split("/")[0] for category in CATEGORIES}) == 9
    assert 300 <= len(CORE_PRODUCTS) <= 400
    assert 1_350 <= len(PRODUCTS) <= 1_500
    assert repeated(family.key for family in FAMILIES) == []


def test_people_stay_within_their_company() -> None:
    units = {unit.key: unit for unit in UNITS}
    users = {user.key for user in USERS}
    for unit in UNITS:
        assert unit.parent is None or units[unit.parent].company == unit.company
        assert unit.head is not None
        assert COMPANY_OF[unit.head] == unit.company
    for member in MEMBERS:
        assert units[member.unit].company == member.company
        assert member.person in users
        assert member.manager is None or COMPANY_OF[member.manager] == member.company
    assert users == {member.person for member in MEMBERS}


def test_roles_exist_and_units_of_grants_too() -> None:
    kinds = {company.key: company.kind for company in COMPANIES}
    made = {(role.company, role.key) for role in ROLES}
    units = {unit.key: unit.company for unit in UNITS}
    for member in MEMBERS:
        for grant in member.grants:
            known = (member.company, grant.role) in made
            assert known or grant.role in BORN_WITH[kinds[member.company]], grant
            assert grant.unit is None or units[grant.unit] == member.company


def test_managers_never_go_in_a_circle() -> None:
    manager_of = {member.key: member.manager for member in MEMBERS}
    for member in MEMBERS:
        seen = [member.key]
        while (above := manager_of[seen[-1]]) is not None:
            assert above not in seen
            seen.append(above)


def test_one_human_belongs_to_two_companies() -> None:
    memberships = Counter(member.person for member in MEMBERS)
    assert [person for person, times in memberships.items() if times > 1] == ["grace"]


def test_one_is_away_today_and_one_gap_lies_ahead() -> None:
    def away(day: int) -> set[str]:
        return {a.member for a in ABSENCES if a.first_day <= day <= a.last_day}

    def uncovered(day: int) -> set[str]:
        standing_in = {
            d.principal: d.delegate for d in DELEGATIONS if d.first_day <= day <= d.last_day
        }
        return {who for who in away(day) if standing_in.get(who) in away(day)}

    assert away(0) == {"birgit"}
    assert uncovered(0) == set()
    assert [day for day in range(30) if "elif" in uncovered(day)] == [7, 8, 9]
    assert [member.key for member in MEMBERS if member.left_days_ago is not None] == ["piotr-w"]


def test_limits_and_delegations_name_members() -> None:
    named = {limit.member for limit in LIMITS} | {entry.member for entry in AUTHORITIES}
    named |= {d.principal for d in DELEGATIONS} | {d.delegate for d in DELEGATIONS}
    assert named <= set(COMPANY_OF)
    for delegation in DELEGATIONS:
        assert COMPANY_OF[delegation.principal] == COMPANY_OF[delegation.delegate]
    for key, company, _ in TRY_AS:
        assert COMPANY_OF[key] == company


def test_money_has_owners_in_its_company() -> None:
    units = {unit.key: unit.company for unit in UNITS}
    owners = {
        "cost_center": {center.key: center.company for center in COST_CENTERS},
        "unit": units,
        "member": COMPANY_OF,
    }
    for center in COST_CENTERS:
        assert units[center.unit] == COMPANY_OF[center.owner] == center.company
    for budget in BUDGETS:
        assert COMPANY_OF[budget.responsible] == budget.company
        if budget.owner_kind == "category":
            assert budget.owner in {category.path for category in CATEGORIES}
        else:
            assert owners[budget.owner_kind][budget.owner] == budget.company
    assert {reference.company for reference in REFERENCES} <= set(LIST_OF)


def test_budgets_show_the_stated_figures() -> None:
    by_key = {budget.key: budget for budget in BUDGETS}
    golden_budget = by_key["icu-consumables"]
    assert golden_budget.left_minor == 4_500_00
    assert golden_budget.left_minor - golden.TOTAL_MINOR == 1_260_00
    assert by_key["surgery-consumables"].committed_minor * 100 == 94 * 60_000_00
    assert by_key["icu-equipment"].left_minor == -180_00
    committed_over = [b.key for b in BUDGETS if b.committed_minor > b.amount_minor]
    assert committed_over == ["catering"]
    assert [b.key for b in BUDGETS if b.period == "ends_tomorrow"] == ["vaccination"]


def test_only_one_budget_watches_the_golden_cart() -> None:
    shelves = {PRODUCT_BY_SKU[line.sku].category for line in golden.LINES}
    for budget in BUDGETS:
        if budget.company != MERIDIAN or budget.owner == golden.COST_CENTER:
            continue
        assert budget.owner_kind != "company"
        assert budget.owner not in ("icu-4", "icu", "st-anna", "group", "lena")
        assert not any(shelf.startswith(budget.owner) for shelf in shelves)


def test_products_are_orderable_as_described() -> None:
    paths = {category.path for category in CATEGORIES}
    for product in PRODUCTS:
        assert re.fullmatch(r"NS-\d{5}", product.sku)
        assert product.category in paths
        assert product.list_minor > 0
        assert product.minimum % product.step == 0 or product.step == 1
        assert product.tax_basis_points in (700, 1900)
        starts = [tier.quantity for tier in product.tiers]
        assert starts == sorted(set(starts))
    assert {product.pictogram for product in PRODUCTS} == set(PICTOGRAMS)
    for path in paths:
        assert "/" not in path or path.rsplit("/", 1)[0] in paths


def test_the_small_world_buys_only_what_it_sells() -> None:
    sold = {product.family for product in CORE_PRODUCTS}
    assert {family for habit in HABITS for family in habit.families} <= sold
    named = {sku for price_list in PRICE_LISTS for sku in price_list.single}
    assert named <= {product.sku for product in CORE_PRODUCTS}


def test_a_range_says_how_its_sizes_differ() -> None:
    by_name = {product.name: product for product in PRODUCTS}
    bolt = by_name["Hex bolt DIN 933, steel 8.8, zinc plated, M6 × 40 mm"]
    assert bolt.attributes == (("Thread", "M6"), ("Length", "40 mm"))
    assert bolt.list_minor == 7_30
    swab = by_name["Gauze swab, 8-ply, sterile, 10 × 20 cm"]
    assert swab.attributes == (("Version", "sterile"), ("Width", "10 cm"), ("Length", "20 cm"))
    ranges = [product for product in PRODUCTS if product not in CORE_PRODUCTS]
    assert all(product.attributes for product in ranges)


def test_what_is_out_of_sale_leads_to_what_is_not() -> None:
    gone = {withdrawal.sku for withdrawal in DISCONTINUED}
    assert gone <= set(PRODUCT_BY_SKU)
    substitutes = {w.substitute for w in DISCONTINUED if w.substitute}
    substitutes |= {substitute for _, substitute in SUBSTITUTES}
    assert substitutes <= set(PRODUCT_BY_SKU) - gone - set(BLOCKED)
    assert {w.sku: w.substitute for w in DISCONTINUED}["NS-51030"] == "NS-51033"


def test_price_lists_name_what_exists() -> None:
    departments = {category.path.split("/")[0] for category in CATEGORIES}
    for price_list in PRICE_LISTS:
        assert set(price_list.off_basis_points) <= departments
        assert set(price_list.single) <= set(PRODUCT_BY_SKU)
    assert [price_list.key for price_list in PRICE_LISTS if price_list.is_default] == ["list"]
    assert set(LIST_OF.values()) <= {price_list.key for price_list in PRICE_LISTS}
    assert all(price.unit_price_minor > 0 for price in PRICES)
    shelves = {f"{category.path}/" for category in CATEGORIES}
    assert {path for one in (*PROMOTIONS, *ASSORTMENTS) for path in one.categories} <= shelves
    assert {entry.sku for entry in PART_NUMBERS} <= set(PRODUCT_BY_SKU)


def test_the_golden_paste_becomes_the_golden_cart() -> None:
    pasted = [line.split() for line in golden.PASTE.splitlines()]
    gone = {withdrawal.sku: withdrawal.substitute for withdrawal in DISCONTINUED}
    assert len(pasted) == 14
    assert [sku for sku, _ in pasted if sku in gone] == [golden.DISCONTINUED_SKU]
    cart = [(gone.get(sku) or sku, int(quantity)) for sku, quantity in pasted]
    assert cart == [(line.sku, line.quantity) for line in golden.LINES]
    for line in golden.LINES:
        assert price_at("mhg-2025", line.sku, line.quantity) == line.unit_price_minor
        assert line.quantity * line.unit_price_minor == line.total_minor
    assert sum(line.total_minor for line in golden.LINES) == golden.TOTAL_MINOR == 3_240_00


def test_only_line_6_of_the_golden_cart_is_a_medical_device() -> None:
    departments = [PRODUCT_BY_SKU[line.sku].category.split("/")[0] for line in golden.LINES]
    assert [n for n, path in enumerate(departments, 1) if path == "medical-devices"] == [6]


def test_the_golden_cart_waits_empty_and_shared() -> None:
    cart = next(cart for cart in CARTS if cart.key == "golden")
    assert (cart.owner, cart.name, cart.lines) == ("lena", "ICU-4 week 48", ())
    assert {grant.member for grant in cart.grants} == {"pavel", "sofia"}
    assert sum(other.owner == "lena" and bool(other.lines) for other in CARTS) == 2


def test_carts_and_their_colleagues_are_of_one_company() -> None:
    places = {address.key: address.company for address in ADDRESSES}
    centers = {center.key: center.company for center in COST_CENTERS}
    for cart in CARTS:
        people = {cart.owner, *(g.member for g in cart.grants), *(c.member for c in cart.comments)}
        assert {COMPANY_OF[member] for member in people} == {cart.company}
        assert places[cart.ship_to] == cart.company
        assert not cart.cost_center or centers[cart.cost_center] == cart.company
        assert {line.sku for line in cart.lines} <= set(PRODUCT_BY_SKU)
        assert all(comment.line <= len(cart.lines) for comment in cart.comments)


def goods_minor(requisition: Requisition, lines: Iterable[tuple[str, int]]) -> int:
    """What the goods cost the requester's company, in cents."""
    list_key = LIST_OF[requisition.company]
    return sum(price_at(list_key, sku, quantity) * quantity for sku, quantity in lines)


@pytest.mark.parametrize(
    "habit",
    [*HABITS, *MORE_HABITS],
    ids=lambda habit: f"{habit.member}-{habit.cost_center}-{habit.title}",
)
def test_habits_name_what_exists(habit) -> None:  # type: ignore[no-untyped-def]
    company = COMPANY_OF[habit.member]
    places = {address.key: address.company for address in ADDRESSES}
    centers = {center.key: center.company for center in COST_CENTERS}
    assert places[habit.ship_to] == company
    assert not habit.cost_center or centers[habit.cost_center] == company
    assert set(habit.families) <= {product.family for product in PRODUCTS}
    assert 0 < habit.low_minor < habit.high_minor
    assert timedelta(days=habit.until_day) + date(2025, 1, 1) < date(2025, 1, 1)
