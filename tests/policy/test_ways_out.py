"""Ways out: each proposed change, when made, does what it says; and none divides an order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

import pytest

from placet.policy.explain import Speaker
from placet.policy.explain_ways_out import code_of, say_way_out
from placet.policy.facts import Facts, PeriodUse
from placet.policy.planning import make_plan
from placet.policy.rulebook import CompiledRulebook
from placet.policy.variations import (
    ChangeCostCentre,
    ChangeShipTo,
    Delivery,
    FewerUnits,
    Offer,
    Prices,
    Product,
    RemoveLines,
    Wait,
    repriced,
    varied,
)
from placet.policy.ways_out import MOST_OF_A_KIND, MOST_WAYS, Candidates, WayOut, ways_out
from tests.policy.strategies import CATEGORIES, CENTRES, DOCKS, Draw
from tests.policy.test_properties import compiled
from tests.policy.world import (
    BIOMED,
    HEAD,
    NOW,
    allocation,
    amount,
    asks,
    eur,
    facts,
    icu_budget,
    limit,
    limited,
    line,
    orders_a_week,
    purchase,
    rule,
    rulebook,
)

FREE_DELIVERY = Delivery(0, None, 0)


def offer(price: str, step: int = 1, *tiers: tuple[int, str]) -> Offer:
    """One price, perhaps lower ones from some quantity on; no tax."""
    all_tiers = ((1, eur(price).amount_minor), *((n, eur(p).amount_minor) for n, p in tiers))
    return Offer(all_tiers, (), 1, 0, step, step)


def bought(*lines: tuple[str, int, Offer], delivery: Delivery = FREE_DELIVERY) -> Any:
    """The facts and prices of lines given as (category, quantity, offer)."""
    prices = Prices({number: each[2] for number, each in enumerate(lines, 1)}, delivery)
    shaped = [
        line(number, "0", category, quantity=quantity)._replace(
            allocations=(allocation(0, quantity=quantity),)
        )
        for number, (category, quantity, _) in enumerate(lines, 1)
    ]
    return facts(repriced(purchase(), shaped, prices)), prices


def said(ways: tuple[WayOut, ...], known: Facts, language: str = "en") -> list[str]:
    """The sentences, best first."""
    speaker = Speaker(language)
    return [say_way_out(way, known, speaker, lambda at: f"{at:%Y-%m-%d}") for way in ways]


OVER_500 = rulebook(rule("over", amount(">", "500"), asks(HEAD)))


def test_fewer_units_are_searched_to_the_last_one_that_helps():
    known, prices = bought(("Consumables", 12, offer("60.00")))
    ways = ways_out([OVER_500], known, prices, Candidates())
    assert said(ways, known) == ["Order 8 instead of 12 × Product 1: nobody has to approve"]
    assert said(ways, known, "pl") == ["Zamów 8 zamiast 12 × Product 1: nikt nie musi zatwierdzać"]


def test_only_quantities_that_can_be_ordered_are_proposed():
    known, prices = bought(("Consumables", 12, offer("60.00", 4)))
    (way,) = ways_out([OVER_500], known, prices, Candidates())
    assert way.change == FewerUnits(1, 8)
    known, prices = bought(("Consumables", 12, offer("60.00", 6)))
    assert ways_out([OVER_500], known, prices, Candidates())[0].change == FewerUnits(1, 6)


def test_less_than_half_is_another_order_unless_nothing_else_can_be_ordered():
    known, prices = bought(("Consumables", 100, offer("60.00")))
    assert ways_out([OVER_500], known, prices, Candidates()) == ()
    hard = limited(known, limit(mode="hard", order_maximum=eur("500")))
    (way,) = ways_out([rulebook()], hard, prices, Candidates())
    assert way.change == FewerUnits(1, 8)
    assert said((way,), hard) == [
        "Order 8 instead of 100 × Product 1: it can be ordered, and nobody has to approve"
    ]


def test_a_tier_that_makes_more_units_cheaper_does_not_hide_the_way_out():
    """Ten at 40.00 cost less than eight at 60.00: fewer is not always less."""
    known, prices = bought(("Consumables", 14, offer("60.00", 1, (10, "40.00"))))
    (way,) = ways_out([OVER_500], known, prices, Candidates())
    assert way.change == FewerUnits(1, 12)
    assert way.goods_minor == 48_000


def test_fewer_units_never_fall_below_a_minimum():
    """Free from 100.00 to 500.00, blocked below: the search finds the middle."""
    book = rulebook(
        rule("over", amount(">", "500"), asks(HEAD)),
        rule("small", amount("<", "300"), {"effect": "block"}),
    )
    known, prices = bought(("Consumables", 12, offer("50.00")))
    (way,) = ways_out([book], known, prices, Candidates())
    assert way.change == FewerUnits(1, 10)


def test_the_most_units_that_help_and_the_most_that_help_best():
    book = rulebook(
        rule("head", amount(">", "500"), asks(HEAD, rank=10)),
        rule("biomed", amount(">", "800"), asks(BIOMED, rank=20)),
    )
    known, prices = bought(("Consumables", 10, offer("90.00")))
    assert said(ways_out([book], known, prices, Candidates()), known) == [
        "Order 5 instead of 10 × Product 1: nobody has to approve",
        "Order 8 instead of 10 × Product 1: only Rashid has to approve",
    ]


def test_a_line_that_a_reason_names_is_left_out():
    devices = {"any_line": {"field": "line.category", "op": "within", "value": "Medical devices"}}
    book = rulebook(rule("devices", devices, asks(BIOMED)))
    known, prices = bought(
        ("Consumables", 10, offer("20.00")), ("Medical devices", 1, offer("90.00"))
    )
    ways = ways_out([book], known, prices, Candidates())
    assert said(ways, known) == ["Leave out Product 2: nobody has to approve"]
    # Where the supply of similar orders is not known without the line, nothing is promised.
    assert ways_out([book], known, prices, Candidates(can_drop_lines=False)) == ()


def test_all_lines_are_never_left_out():
    every = {"any_line": {"field": "line.category", "op": "within", "value": "Medical devices"}}
    book = rulebook(rule("devices", every, {"effect": "block"}))
    known, prices = bought(
        ("Medical devices", 1, offer("20.00")), ("Medical devices", 1, offer("90.00"))
    )
    assert ways_out([book], known, prices, Candidates()) == ()


def test_two_restricted_lines_are_left_out_together():
    restricted = {"any_line": {"field": "line.restricted", "op": "=", "value": True}}
    book = rulebook(rule("restricted", restricted, {"effect": "block"}))
    known, prices = bought(*[("Consumables", 1, offer("20.00"))] * 3)
    first, second, third = known.purchase.lines
    lines = (first._replace(restricted=True), second, third._replace(restricted=True))
    known = known._replace(purchase=known.purchase._replace(lines=lines))
    assert said(ways_out([book], known, prices, Candidates()), known) == [
        "Leave out lines 1 and 3: it can be ordered, and nobody has to approve"
    ]
    assert said(ways_out([book], known, prices, Candidates()), known, "pl") == [
        "Pomiń pozycje 1 i 3: można zamówić i nikt nie musi zatwierdzać"
    ]


def test_another_cost_centre_with_budget_left():
    known, prices = bought(("Consumables", 1, offer("300.00")))
    full = icu_budget(mode="block", amount_minor=2_060_000)
    other = icu_budget(id="other", key="4420", mode="block", committed_minor=0, reserved_minor=0)
    short = icu_budget(id="short", key="4430", mode="block", amount_minor=2_060_000)
    known = known._replace(budgets=(full, other, short))
    choices = Candidates(cost_centre="4410", cost_centres=("4420", "4430"))
    assert said(ways_out([rulebook()], known, prices, choices), known) == [
        "Use cost centre 4420: it can be ordered, and nobody has to approve"
    ]


def test_another_ship_to_that_the_limit_allows():
    known, prices = bought(("Consumables", 1, offer("300.00")))
    known = limited(known, limit(mode="hard", ship_tos=frozenset({"Dock A"})))
    choices = Candidates(ship_to="Dock B", ship_tos=("Dock A", "Dock C"))
    (way,) = ways_out([rulebook()], known, prices, choices)
    assert way.change == ChangeShipTo("Dock B", "Dock A")
    assert said((way,), known, "pl") == [
        "Dostawa do Dock A: można zamówić i nikt nie musi zatwierdzać"
    ]


def test_the_next_period_when_the_orders_of_this_one_are_used_up():
    known, prices = bought(("Consumables", 1, offer("300.00")))
    known = limited(known, orders_a_week(2), PeriodUse("week", eur("0"), 2))
    monday = Wait(NOW + timedelta(days=6), ("day", "week"))
    month = Wait(NOW + timedelta(days=9), ("month",))
    ways = ways_out([rulebook()], known, prices, Candidates(waits=(monday, month)))
    assert said(ways, known) == ["Order from 2025-12-01 on: nobody has to approve"]


def test_a_substitute_that_needs_nobody():
    restricted = {"any_line": {"field": "line.restricted", "op": "=", "value": True}}
    book = rulebook(rule("restricted", restricted, asks(BIOMED)))
    known, prices = bought(("Consumables", 2, offer("20.00")))
    first = known.purchase.lines[0]._replace(restricted=True)
    known = known._replace(purchase=known.purchase._replace(lines=(first,)))
    other = Product("NS-9", "Plain one", "Consumables", "", "", frozenset(), False, None, 2,
                    offer("25.00"))  # fmt: skip
    (way,) = ways_out([book], known, prices, Candidates(substitutes={1: other}))
    assert said((way,), known) == ["Take Plain one instead of Product 1: nobody has to approve"]
    assert way.goods_minor == 5_000


def test_where_nothing_stands_in_the_way_nothing_is_proposed():
    known, prices = bought(("Consumables", 1, offer("300.00")))
    choices = Candidates(cost_centre="4410", cost_centres=("4420",))
    assert ways_out([OVER_500], known, prices, choices) == ()


# ── Whatever the rules and the purchase ─────────────────────────────────────────────────────────


def drawn(seed: int) -> tuple[list[CompiledRulebook], Facts, Prices, Candidates]:
    """A random world whose lines have prices by quantity, and everything that could be changed."""
    draw = Draw(seed)
    books, known = compiled(draw.rulebooks()), draw.facts()
    random = draw.random
    offers = {}
    for each in known.purchase.lines:
        price, step = random.randrange(1, 30_000), random.choice((1, 1, 2, 5))
        tiers = ((1, price), (5, price * 3 // 4)) if random.random() < 0.5 else ((1, price),)
        offers[each.number] = Offer(tiers, (), random.choice((1, 100)), 1_900, step, step)
    fee = random.choice((0, 900))
    prices = Prices(offers, Delivery(fee, random.choice((None, 20_000)), 1_900))
    lines = [
        each._replace(
            quantity=20 * len(each.allocations),
            allocations=tuple(part._replace(quantity=20) for part in each.allocations),
        )
        for each in known.purchase.lines
    ]
    known = known._replace(purchase=repriced(known.purchase, lines, prices))
    spare = Product("NS-9", "Spare", random.choice(CATEGORIES), "", "", frozenset(), False, 100,
                    20, Offer(((1, 5_000),), (), 1, 0, 1, 1))  # fmt: skip
    choices = Candidates(
        cost_centre=CENTRES[0],
        cost_centres=(CENTRES[1], "4430"),
        ship_to=DOCKS[0],
        ship_tos=DOCKS[1:],
        substitutes={1: spare},
        waits=(Wait(NOW + timedelta(days=6), ("day", "week")),),
    )
    return books, known, prices, choices


class World(NamedTuple):
    """A random world, and the ways out that it has."""

    books: list[CompiledRulebook]
    facts: Facts
    prices: Prices
    ways: tuple[WayOut, ...]


@pytest.fixture(scope="module")
def worlds() -> list[World]:
    """Those of the first 300 worlds that have a way out at all."""
    found = []
    for seed in range(300):
        books, known, prices, choices = drawn(seed)
        if ways := ways_out(books, known, prices, choices):
            found.append(World(books, known, prices, ways))
    return found


def test_the_worlds_hold_every_kind_of_way_out(worlds: list[World]) -> None:
    kinds = {code_of(way.change) for world in worlds for way in world.ways}
    assert kinds == {
        *("cost_centre", "ship_to", "substitute", "fewer_units", "wait", "remove_lines")
    }
    assert {way.was_blocked for world in worlds for way in world.ways} == {True, False}


def test_each_way_out_when_taken_does_what_it_says(worlds: list[World]) -> None:
    for world in worlds:
        before = make_plan(world.books, world.facts)
        for way in world.ways:
            plan = make_plan(world.books, varied(world.facts, world.prices, way.change))
            assert plan == way.plan
            assert plan.outcome != "blocked"
            assert before.outcome == "blocked" or len(plan.steps) < len(before.steps)
            for language in ("en", "pl"):
                said = say_way_out(way, world.facts, Speaker(language), lambda at: f"{at:%d}")
                assert "{" not in said


def test_a_few_are_told_and_not_too_many_of_a_kind(worlds: list[World]) -> None:
    for world in worlds:
        kinds = [code_of(way.change) for way in world.ways]
        assert len(kinds) <= MOST_WAYS
        assert max(map(kinds.count, kinds)) <= MOST_OF_A_KIND


def test_no_way_out_divides_an_order(worlds: list[World]) -> None:
    """One purchase stays one, and of what was there nothing goes elsewhere."""
    for world in worlds:
        there = {each.number: each for each in world.facts.purchase.lines}
        for way in world.ways:
            after = varied(world.facts, world.prices, way.change).purchase
            left = {each.number: each for each in after.lines}
            assert left
            assert set(left) <= set(there)
            if isinstance(way.change, ChangeCostCentre | ChangeShipTo | Wait):
                assert {n: each.quantity for n, each in left.items()} == {
                    n: each.quantity for n, each in there.items()
                }
            elif isinstance(way.change, FewerUnits | RemoveLines):
                assert all(each.quantity <= there[n].quantity for n, each in left.items())
                assert sum(each.quantity for each in left.values()) < sum(
                    each.quantity for each in there.values()
                )


def test_a_changed_purchase_still_adds_up(worlds: list[World]) -> None:
    for world in worlds:
        for way in world.ways:
            after = varied(world.facts, world.prices, way.change).purchase
            parts = [part for each in after.lines for part in each.allocations]
            assert sum(each.total_minor for each in after.lines) == after.goods_minor
            assert sum(part.goods_minor for part in parts) == after.goods_minor
            assert sum(part.shipping_minor for part in parts) == after.shipping_minor
            assert sum(part.tax_minor for part in parts) == after.tax_minor
            for each in after.lines:
                assert sum(part.quantity for part in each.allocations) == each.quantity


def test_with_one_unit_more_the_way_out_would_be_lost(worlds: list[World]) -> None:
    """The quantity stands at the edge: the next one that can be ordered helps less."""
    for world in worlds:
        lines = {each.number: each for each in world.facts.purchase.lines}
        for way in world.ways:
            if not isinstance(way.change, FewerUnits):
                continue
            step = world.prices.offers[way.change.line].step_quantity
            more = way.change._replace(to=way.change.to + step)
            plan = make_plan(world.books, varied(world.facts, world.prices, more))
            is_worse = plan.outcome == "blocked" or len(plan.steps) > len(way.plan.steps)
            assert is_worse or more.to >= lines[way.change.line].quantity
