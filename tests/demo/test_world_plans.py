"""What the engine answers for the cases of the demo: each waits for the people it says."""

import pytest

from placet.demo.world import golden
from placet.demo.world.companies import MERIDIAN
from placet.demo.world.requisitions.everything import ENDED, OPEN
from placet.demo.world.requisitions.shapes import Act, Line, Requisition
from placet.policy.plan import Plan, PlanStep
from placet.policy.planning import make_plan
from tests.demo.world_facts import facts_of, rulebooks_of

GOLDEN = Requisition(
    "golden", "golden", MERIDIAN, golden.CART_NAME, "lena", golden.COST_CENTER, golden.SHIP_TO,
    tuple(Line(line.sku, line.quantity) for line in golden.LINES), golden.TOTAL_MINOR,
    (Act("submit", "lena", 0),), "pending", ("rashid",), golden.PO_NUMBER,
)  # fmt: skip
NEEDS_NOBODY = {
    "hand-rub-everywhere",
    "kowalski-paper",
    "ward-standard",
    "blood-tubes",
    "coffee",
    "patch-cables",
}


def plan_of(requisition: Requisition) -> Plan:
    """The plan when it was submitted: Sofia's gowns are her third order of the week."""
    facts = facts_of(
        requisition,
        orders_this_week=2 if requisition.key == "isolation-gowns" else 1,
        earlier_orders=0 if requisition.key == "berg-first" else 20,
        reserved_minor=2_100_00 if requisition.key == "golden" else None,
    )
    return make_plan(rulebooks_of(requisition.company), facts)


def people_of(step: PlanStep) -> set[str]:
    """Who may decide now, with those who stand in for somebody away."""
    own = {approver.member for approver in step.approvers}
    return own | {a.delegate.member for a in step.approvers if a.away and a.delegate}


def waiting(plan: Plan, requisition: Requisition) -> set[str]:
    """Whose turn it is once the approvals so far are given; escalation asks the next one too."""
    said_yes = {act.member for act in requisition.acts if act.verb in ("approve", "reject_line")}
    open_steps = [step for step in plan.steps if not people_of(step) & said_yes]
    if any(act.verb == "escalate" for act in requisition.acts):
        return people_of(open_steps[0]) | {one.member for one in open_steps[0].escalation}
    return people_of(open_steps[0])


@pytest.mark.parametrize("requisition", OPEN, ids=lambda requisition: requisition.key)
def test_an_open_case_waits_for_the_people_it_says(requisition: Requisition) -> None:
    plan = plan_of(requisition)
    assert plan.outcome == "approval"
    if requisition.state == "pending":
        assert waiting(plan, requisition) == set(requisition.waits_for)


@pytest.mark.parametrize("requisition", ENDED, ids=lambda requisition: requisition.key)
def test_an_ended_case_needed_somebody_or_nobody(requisition: Requisition) -> None:
    expected = "free" if requisition.key in NEEDS_NOBODY else "approval"
    assert plan_of(requisition).outcome == expected


def test_the_golden_cart_needs_rashid_and_then_biomedical_engineering() -> None:
    plan = plan_of(GOLDEN)
    first, second = plan.steps
    assert [approver.member for approver in first.approvers] == ["rashid"]
    assert dict(first.label.values) == {"unit": "ICU"}
    assert [reason.rule for reason in first.reasons] == ["icu-over-500"]
    assert first.approvers[0].delegate is not None
    assert first.approvers[0].delegate.member == "mei"
    assert [approver.member for approver in first.escalation] == ["helena"]
    assert [approver.member for approver in second.approvers] == ["anika", "jonas", "piotr-n"]
    assert (second.quorum.needed, second.lines) == (1, (6,))
    assert plan.warnings == ()
    assert plan.justification_required is False


def test_the_golden_cart_leaves_1260_in_its_only_budget() -> None:
    (effect,) = plan_of(GOLDEN).budgets
    assert (effect.left_before_minor, effect.left_after_minor) == (4_500_00, 1_260_00)


def test_greta_stands_in_three_steps_of_the_desks() -> None:
    desks = next(requisition for requisition in OPEN if requisition.key == "desks")
    assert len(plan_of(desks).steps_of("greta")) == 3


def test_the_pumps_are_180_over_budget() -> None:
    pumps = next(requisition for requisition in OPEN if requisition.key == "syringe-pumps")
    (effect,) = plan_of(pumps).budgets
    assert effect.over_minor == 180_00


def test_the_centrifuge_is_blocked_by_its_budget() -> None:
    centrifuge = Requisition(
        "centrifuge", "over-budget-blocked", MERIDIAN, "Bench centrifuge", "clara", "4441",
        "laboratory-in", (Line("NS-35311", 1),), 2_428_80, (), "pending",
    )  # fmt: skip
    plan = make_plan(
        rulebooks_of(MERIDIAN), facts_of(centrifuge, orders_this_week=0, reserved_minor=0)
    )
    assert plan.outcome == "blocked"
