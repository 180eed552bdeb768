"""The envelope: inside it nothing is worse than what was approved, outside it nothing counts."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from placet.policy.carry_over import Approval, Content, carry_over
from placet.policy.envelope import Envelope, at_maximum, find_excess
from placet.policy.facts import Line, Purchase
from placet.policy.planning import make_plan
from tests.policy.world import (
    BIOMED,
    EVERY,
    HEAD,
    allocation,
    amount,
    asks,
    eur,
    facts,
    icu_budget,
    line,
    money,
    purchase,
    rule,
    rulebook,
)

DEVICES = "Medical devices/Infusion"
RULES = {
    "over": rule("over", amount(">", "50"), asks(HEAD)),
    "every": rule("every", EVERY, asks(HEAD)),
    "total": rule(
        "total", {"field": "purchase.total", "op": ">=", "value": money("40")}, asks(HEAD)
    ),
    "devices": rule(
        "devices",
        {"any_line": {"field": "line.category", "op": "within", "value": "Medical devices"}},
        asks(BIOMED),
    ),
    "dear": rule(
        "dear",
        {"any_line": {"field": "line.unit_price", "op": ">", "value": money("5")}},
        asks(HEAD),
    ),
    "line": rule(
        "line", {"any_line": {"field": "line.total", "op": ">", "value": money("20")}}, asks(HEAD)
    ),
    "4410": rule(
        "4410",
        {
            "allocation_total": {"field": "allocation.cost_centre", "op": "=", "value": "4410"},
            "op": ">",
            "value": money("30"),
        },
        asks(HEAD),
    ),
    "many": rule(
        "many",
        {
            "line_quantity": {"field": "line.category", "op": "within", "value": "Consumables"},
            "op": ">",
            "value": 3,
        },
        asks(HEAD),
    ),
}


def bought(number: int, quantity: int, price_minor: int, *, centre: str = "4410") -> Line:
    total = quantity * price_minor
    part = allocation(total, quantity=quantity, cost_centre=centre)
    category = DEVICES if number == 1 else "Consumables/Gloves"
    return line(number, "1", category)._replace(
        quantity=quantity,
        unit_price_minor=price_minor,
        total_minor=total,
        allocations=(part,),
    )


def content(wanted: Purchase) -> Content:
    return Content("mhg", "mhg/hospital/icu", wanted)


def is_covered(
    book: object, before: Purchase, after: Purchase, envelope: Envelope, **known: object
) -> list[bool]:
    """For each step of the later plan, whether somebody's approval of the former covers it."""
    former = make_plan([book], facts(before))  # type: ignore[list-item]
    plan = make_plan([book], facts(after, **known))  # type: ignore[list-item]
    given = [
        at_maximum(Approval(user, step, content(before)), envelope)
        for step in former.steps
        for user in sorted(step.users)
    ]
    kept = {one.step for one in carry_over(given, plan, content(after)).kept}
    return [step.key in kept for step in plan.steps]


BEFORE = purchase(bought(1, 10, 1_000), bought(2, 4, 500))
WIDE = Envelope(total_minor=13_000, price_basis_points=500)


@pytest.mark.parametrize(
    ("after", "code"),
    [
        (BEFORE, ""),
        (purchase(bought(1, 10, 1_050), bought(2, 4, 525)), ""),
        (purchase(bought(1, 10, 1_051), bought(2, 4, 500)), "price"),
        (purchase(bought(2, 4, 500)), ""),
        (purchase(bought(1, 11, 1_000)), "quantity"),
        (purchase(bought(1, 1, 1_000), bought(3, 1, 10)), "product"),
        (purchase(bought(1, 10, 1_000), shipping_minor=3_001, total_minor=13_001), "total"),
        (purchase(bought(1, 10, 1_000, centre="9000")), "cost_centre"),
        (BEFORE._replace(terms="net60"), "terms"),
        (BEFORE._replace(currency="PLN"), "currency"),
    ],
)
def test_what_lies_outside(after: Purchase, code: str) -> None:
    assert find_excess(BEFORE, after, WIDE) == code


def test_more_to_one_place_lies_outside_though_the_sum_is_the_same() -> None:
    parts = (allocation(6_000, quantity=6), allocation(4_000, quantity=4, ship_to="Dock C"))
    turned = (allocation(4_000, quantity=4), allocation(6_000, quantity=6, ship_to="Dock C"))
    split = bought(1, 10, 1_000)._replace(allocations=parts)
    other = bought(1, 10, 1_000)._replace(allocations=turned)
    assert find_excess(purchase(split), purchase(split), WIDE) == ""
    assert find_excess(purchase(split), purchase(other), WIDE) == "ship_to"


def test_the_same_product_on_two_lines_is_added_up() -> None:
    twice = purchase(bought(1, 6, 1_000), bought(1, 6, 1_000))
    assert find_excess(BEFORE, twice, WIDE) == "quantity"


@pytest.mark.parametrize("name", RULES)
def test_inside_every_reason_about_content_is_covered(name: str) -> None:
    book = rulebook(RULES[name])
    dearer = purchase(bought(1, 10, 1_050), bought(2, 4, 525))
    assert find_excess(BEFORE, dearer, WIDE) == ""
    assert is_covered(book, BEFORE, dearer, WIDE) == [True]


def test_without_an_envelope_the_same_purchase_is_asked_anew() -> None:
    dearer = purchase(bought(1, 10, 1_050), bought(2, 4, 525))
    none = Envelope(total_minor=BEFORE.total_minor, price_basis_points=0)
    assert is_covered(rulebook(RULES["over"]), BEFORE, dearer, none) == [False]


def test_another_rule_and_another_version_ask_anew() -> None:
    before = rulebook(RULES["over"])
    step = make_plan([before], facts(BEFORE)).steps[0]
    approved = at_maximum(Approval("user-rashid", step, content(BEFORE)), WIDE)
    for later in (
        rulebook(RULES["every"]),
        rulebook(RULES["over"], version=2),
        rulebook(RULES["over"], RULES["every"]),
    ):
        plan = make_plan([later], facts(BEFORE))
        assert carry_over([approved], plan, content(BEFORE)).kept == ()


def test_what_reads_no_content_of_the_purchase_is_not_raised() -> None:
    """A budget that is overdrawn by more asks anew, though the purchase is the same."""
    book = rulebook()
    over = icu_budget(mode="approve", committed_minor=icu_budget().amount_minor - 1_000)
    worse = over._replace(committed_minor=over.committed_minor + 1)
    step = make_plan([book], facts(BEFORE, budgets=(over,))).steps[0]
    approved = at_maximum(
        Approval(sorted(step.users)[0], step, content(BEFORE)), Envelope(10**9, 5_000)
    )
    for budget, kept in ((over, 1), (worse, 0)):
        plan = make_plan([book], facts(BEFORE, budgets=(budget,)))
        assert len(carry_over([approved], plan, content(BEFORE)).kept) == kept


def test_the_tolerance_is_measured_from_what_was_decided() -> None:
    """Five percent and five percent again is not five percent."""
    once = purchase(bought(1, 10, 1_050))
    twice = purchase(bought(1, 10, 1_102))
    first = purchase(bought(1, 10, 1_000))
    assert find_excess(first, once, WIDE) == ""
    assert find_excess(once, twice, WIDE) == ""
    assert find_excess(first, twice, WIDE) == "price"


quantities = st.lists(st.integers(1, 12), min_size=2, max_size=3)
prices = st.integers(1, 3_000)


@given(
    st.data(),
    quantities,
    st.lists(prices, min_size=3, max_size=3),
    st.integers(0, 3_000),
    st.sets(st.sampled_from(sorted(RULES)), min_size=1, max_size=4),
)
def test_within_the_envelope_nothing_that_the_reasons_read_is_worse(
    chosen: st.DataObject,
    many: list[int],
    paid: list[int],
    rise: int,
    names: set[str],
) -> None:
    """Whatever the rules about content are, a purchase inside is covered where it was asked for."""
    before = purchase(
        *(bought(n, q, p) for n, (q, p) in enumerate(zip(many, paid, strict=False), 1))
    )
    later = []
    for one in before.lines:
        quantity = chosen.draw(st.integers(0, int(one.quantity)))
        most = int(one.unit_price_minor * Fraction(10_000 + rise, 10_000))
        price = chosen.draw(st.integers(1, max(most, 1)))
        if quantity:
            later.append(bought(one.number, quantity, price))
    assume(later)
    after = purchase(*later)
    envelope = Envelope(chosen.draw(st.integers(0, eur("2000").amount_minor)), rise)
    book = rulebook(*(RULES[name] for name in sorted(names)))
    if find_excess(before, after, envelope):
        assert after.total_minor > envelope.total_minor
        return
    asked_before = {step.key for step in make_plan([book], facts(before)).steps}
    covered = is_covered(book, before, after, envelope)
    for step, kept in zip(make_plan([book], facts(after)).steps, covered, strict=True):
        assert kept or step.key not in asked_before


@given(st.integers(1, 20), st.integers(1, 5_000), st.integers(0, 2_000), st.integers(1, 50))
def test_one_piece_or_one_cent_more_than_stated_lies_outside(
    quantity: int, price: int, rise: int, more: int
) -> None:
    before = purchase(bought(1, quantity, price))
    envelope = Envelope(10**12, rise)
    most = price * (10_000 + rise) // 10_000
    assert find_excess(before, purchase(bought(1, quantity, most)), envelope) == ""
    assert find_excess(before, purchase(bought(1, quantity, most + more)), envelope) == "price"
    assert find_excess(before, purchase(bought(1, quantity + more, price)), envelope) == "quantity"
