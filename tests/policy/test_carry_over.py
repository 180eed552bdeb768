"""The table of carry-over: what is kept, what is reset and why, and what is new."""

from __future__ import annotations

import pytest

from placet.policy.carry_over import Approval, Content, carry_over
from placet.policy.planning import make_plan
from tests.policy.world import (
    BIOMED,
    EVERY,
    HEAD,
    amount,
    asks,
    facts,
    line,
    money,
    named,
    organisation,
    people,
    purchase,
    rule,
    rulebook,
)

OVER = rulebook(rule("over", amount(">", "500"), asks(HEAD)))
MINIMUM = rulebook(rule("minimum", amount("<", "500"), asks(HEAD)))
DEVICES = rulebook(
    rule(
        "devices",
        {"any_line": {"field": "line.category", "op": "within", "value": "Medical devices"}},
        asks(BIOMED),
    )
)
ON_4410 = rulebook(
    rule(
        "4410",
        {
            "allocation_total": {"field": "allocation.cost_centre", "op": "=", "value": "4410"},
            "op": ">",
            "value": money("500"),
        },
        asks(HEAD),
    )
)
ALL = rulebook(rule("all", EVERY, asks(HEAD)))


def content(bought, **changes):
    return Content("mhg", "mhg/hospital/icu", bought)._replace(**changes)


def verdict(book, before, after, *, user="user-rashid", later=None, tolerance=0, **changes):
    """What an approval by `user` for `before` is worth for `after`: kept, or the code."""
    step = make_plan([book], facts(before)).steps[0]
    plan = make_plan([later or book], facts(after))
    result = carry_over(
        [Approval(user, step, content(before))],
        plan,
        content(after, **changes),
        money_tolerance_basis_points=tolerance,
    )
    assert len(result.kept) + len(result.reset) == 1
    return "kept" if result.kept else result.reset[0].code


def of(*amounts, category="Consumables", **changes):
    lines = [line(number, text, category) for number, text in enumerate(amounts, start=1)]
    return purchase(*lines, **changes)


def test_over_is_worse_when_it_is_higher():
    assert verdict(OVER, of("600"), of("600")) == "kept"
    assert verdict(OVER, of("600"), of("599.99")) == "kept"
    assert verdict(OVER, of("600"), of("600.01")) == "got_worse"


def test_within_the_stated_tolerance_it_is_not_worse():
    assert verdict(OVER, of("600"), of("606"), tolerance=100) == "kept"
    assert verdict(OVER, of("600"), of("606.01"), tolerance=100) == "got_worse"


def test_below_is_worse_when_it_is_lower():
    assert verdict(MINIMUM, of("400"), of("450")) == "kept"
    assert verdict(MINIMUM, of("400"), of("399.99")) == "got_worse"


def test_other_operators_are_worse_with_any_change_upwards_of_what_they_name():
    before = of("100", category="Medical devices/Pumps")
    assert verdict(DEVICES, before, before, user="user-anika") == "kept"
    dearer = of("101", category="Medical devices/Pumps")
    assert verdict(DEVICES, before, dearer, user="user-anika") == "got_worse"
    cheaper = of("99", category="Medical devices/Pumps")
    assert verdict(DEVICES, before, cheaper, user="user-anika") == "kept"


def test_another_product_of_the_category_is_worse_and_one_beside_it_is_not():
    pump = line(1, "100", "Medical devices/Pumps")
    other_pump = pump._replace(sku="NS-99")
    gloves = line(2, "30", "Gloves")
    more_gloves = line(2, "90", "Gloves")
    before = purchase(pump, gloves)
    asked = {"user": "user-anika"}
    assert verdict(DEVICES, before, purchase(other_pump, gloves), **asked) == "got_worse"
    assert verdict(DEVICES, before, purchase(pump, more_gloves), **asked) == "kept"


def test_a_line_that_goes_elsewhere_is_worse():
    pump = line(1, "100", "Medical devices/Pumps")
    part = pump.allocations[0]._replace(ship_to="Home")
    moved = pump._replace(allocations=(part,))
    assert verdict(DEVICES, purchase(pump), purchase(moved), user="user-anika") == "got_worse"


def test_a_cost_centre_reads_its_lines_as_the_decision_page_shows():
    """The total fell, but a line of this approver's cost centre went up: reset."""
    before = of("600", "200")
    assert verdict(ON_4410, before, of("500", "210")) == "got_worse"
    assert verdict(ON_4410, before, of("500", "200")) == "kept"


def test_every_order_counts_as_reading_lines_amount_and_places():
    assert verdict(ALL, of("100", "50"), of("100", "50")) == "kept"
    assert verdict(ALL, of("100", "50"), of("100")) == "kept"
    assert verdict(ALL, of("100"), of("100", "1")) == "got_worse"
    substituted = purchase(line(1, "100")._replace(sku="NS-2"))
    assert verdict(ALL, of("100"), substituted) == "got_worse"


def test_comments_and_references_are_neutral():
    noted = of("600", references={"po": "PR-2"}, justification="The old one broke")
    assert verdict(OVER, of("600"), noted) == "kept"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"company": "other"}, "company_changed"),
        ({"unit_path": "mhg/other"}, "unit_changed"),
    ],
)
def test_another_company_or_unit_resets(changes, code):
    assert verdict(OVER, of("600"), of("600"), **changes) == code


def test_other_terms_reset():
    assert verdict(OVER, of("600"), of("600", terms="prepaid")) == "terms_changed"


def test_another_currency_resets():
    assert verdict(ALL, of("600"), of("600", currency="USD")) == "currency_changed"


def test_a_step_that_is_gone_is_not_kept():
    assert verdict(OVER, of("600"), of("400")) == "step_gone"


def test_an_approver_who_is_not_asked_any_more_is_not_kept():
    step = make_plan([OVER], facts(of("600"))).steps[0]
    gone = people()
    del gone["rashid"]
    plan = make_plan([OVER], facts(of("600"), organisation=organisation(people=gone)))
    same = content(of("600"))
    result = carry_over([Approval("user-rashid", step, same)], plan, same)
    assert [reset.code for reset in result.reset] == ["not_eligible"]


def test_a_new_reason_for_the_same_person_resets():
    rules = (rule("over", amount(">", "500"), asks(HEAD)), rule("all", EVERY, asks(HEAD)))
    assert verdict(OVER, of("600"), of("600"), later=rulebook(*rules)) == "new_reason"


def test_a_rule_of_another_version_resets():
    over = rule("over", amount(">", "500"), asks(HEAD))
    assert verdict(OVER, of("600"), of("600"), later=rulebook(over, version=2)) == "rule_changed"


def test_new_steps_are_named():
    later = rulebook(
        rule("over", amount(">", "500"), asks(HEAD)),
        rule("far", amount(">", "550"), asks(named("ada"), rank=30)),
    )
    step = make_plan([OVER], facts(of("600"))).steps[0]
    plan = make_plan([later], facts(of("600")))
    same = content(of("600"))
    result = carry_over([Approval("user-rashid", step, same)], plan, same)
    assert [kept.step for kept in result.kept] == [plan.steps[0].key]
    assert result.new == (plan.steps[1].key,)


def test_the_baseline_is_what_was_explicitly_decided():
    """Each slice of 0.9 % would be within 1 %; against the decided revision the second is not."""
    slices = [of("600"), of("605.40"), of("610.84")]
    assert verdict(OVER, slices[0], slices[1], tolerance=100) == "kept"
    assert verdict(OVER, slices[1], slices[2], tolerance=100) == "kept"
    assert verdict(OVER, slices[0], slices[2], tolerance=100) == "got_worse"
