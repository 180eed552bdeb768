"""The decision panel of the golden path: Lena's cart "ICU-4 week 48" for 3,240.00 EUR."""

from __future__ import annotations

from placet.policy.chain import Standing, Vote, asked_now, chain_of, decide, outcome
from placet.policy.explain import Speaker, sentence, step_label
from placet.policy.planning import make_plan, near_misses
from tests.policy.world import (
    BIOMED,
    HEAD,
    amount,
    asks,
    eur,
    facts,
    icu_budget,
    line,
    money,
    named,
    purchase,
    rule,
    rulebook,
)

MERIDIAN = rulebook(
    rule(
        "icu-over-500",
        {
            "allocation_total": {"field": "allocation.cost_centre", "op": "=", "value": "4410"},
            "op": ">",
            "value": money("500"),
        },
        asks(HEAD, rank=10),
    ),
    rule(
        "medical-devices",
        {
            "any_line": {
                "all": [
                    {"field": "line.category", "op": "within", "value": "Medical devices"},
                    {"field": "line.total", "op": ">", "value": money("100")},
                ]
            }
        },
        asks(BIOMED, rank=20, label="Biomedical engineering"),
    ),
    rule("finance", amount(">", "5000"), asks(named("greta"), rank=30, label="Finance")),
)

CART = purchase(
    *(line(number, "200.00") for number in range(1, 6)),
    line(6, "625.00", "Medical devices/Infusion"),
    *(line(number, "200.00") for number in range(7, 14)),
    line(14, "215.00"),
)
KNOWN = facts(CART, budgets=(icu_budget(),))


def test_the_panel_says_who_decides_and_why():
    plan = make_plan([MERIDIAN], KNOWN)
    assert plan.outcome == "approval"
    assert [step_label(step) for step in plan.steps] == ["head of ICU", "Biomedical engineering"]
    assert [sentence(step.reasons[0]) for step in plan.steps] == [
        "Order over 500.00 EUR on cost centre 4410",
        "Line 6 is in Medical devices and line total over 100.00 EUR",
    ]
    assert (plan.steps[1].lines, plan.steps[1].quorum.needed) == ((6,), 1)
    assert [approver.name for approver in plan.steps[0].escalation] == ["Helena"]


def test_the_panel_says_what_is_not_needed_and_how_near_it_is():
    (miss,) = near_misses([MERIDIAN], KNOWN)
    assert Speaker("en").near_miss(miss) == "Finance: order over 5000.00 EUR"
    assert miss.gap_money == eur("1760")


def test_the_panel_says_what_is_left_in_the_budget():
    (effect,) = make_plan([MERIDIAN], KNOWN).budgets
    assert effect.this_minor == 324_000
    assert effect.left_before_minor == 450_000
    assert effect.left_after_minor == 126_000


def test_rashid_then_any_one_of_biomed():
    plan = make_plan([MERIDIAN], KNOWN)
    head, biomed = (step.key for step in plan.steps)
    standing = Standing(excluded=KNOWN.authors)
    chain = decide(chain_of(plan), Vote(head, "user-rashid", "approve"), standing)
    assert set(asked_now(chain, standing)) == {biomed}
    assert outcome(decide(chain, Vote(biomed, "user-piotr", "approve"), standing)) == "approved"
