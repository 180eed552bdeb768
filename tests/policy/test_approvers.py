"""Who is asked: selectors, separation of duties, fallbacks, delegates and climbing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from placet.policy.explain import sentence
from placet.policy.facts import UNLIMITED, UNRESTRICTED, Absence, Delegation, Grant
from placet.policy.planning import make_plan
from tests.policy.world import (
    BIOMED,
    EVERY,
    HEAD,
    HOSPITAL,
    ICU,
    NOW,
    ROOT,
    UNITS,
    allocation,
    amount,
    asked,
    asks,
    eur,
    facts,
    icu_budget,
    limit,
    line,
    named,
    organisation,
    people,
    person,
    purchase,
    rule,
    rulebook,
)

DAY = timedelta(days=1)


def plan_of(then, known=None, **changes):
    return make_plan([rulebook(rule("r", EVERY, then), **changes)], known or facts())


def within(**changes):
    return facts(organisation=organisation(**changes))


def without(*members):
    return {name: each for name, each in people().items() if name not in members}


def role(where):
    return {"select": "role", "role": "expert", "where": where}


EXPERTS = (
    Grant("expert", "ada", ROOT),
    Grant("expert", "ben", HOSPITAL),
    Grant("expert", "cy", "mhg/other"),
)


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        (named("ben", "ada"), ["ben", "ada"]),
        (role("nearest"), ["ben"]),
        (role("company"), ["ada", "ben", "cy"]),
        (HEAD, ["rashid"]),
        ({"select": "head", "levels_up": 1}, ["helena"]),
        ({"select": "manager", "levels_up": 1}, ["rashid"]),
        ({"select": "manager", "levels_up": 2}, ["helena"]),
        ({"select": "admins"}, ["ines"]),
        ({"select": "permission", "permission": "order.approve"}, ["rashid", "helena"]),
        ({"select": "cost_centre_owner"}, ["rashid"]),
    ],
)
def test_selectors(selector, expected):
    assert asked(plan_of(asks(selector), within(roles=EXPERTS))) == [expected]


def test_a_role_in_the_unit_itself_and_company_wide():
    own = (Grant("expert", "ada", ICU), Grant("expert", "ben", ""))
    assert asked(plan_of(asks(role("unit")), within(roles=own))) == [["ada"]]
    company_wide = (Grant("expert", "ben", ""),)
    assert asked(plan_of(asks(role("nearest")), within(roles=company_wide))) == [["ben"]]


def test_the_owner_of_a_category_is_that_of_the_nearest_above():
    owners = {"Medical devices": "anika", "Medical devices/Infusion": "jonas", "Office": "ada"}
    bought = purchase(line(1, "10", "Medical devices/Infusion/Sets"), line(2, "10", "Office/Pens"))
    when = {"any_line": {"field": "line.category", "op": "within", "value": "Medical devices"}}
    book = rulebook(rule("r", when, asks({"select": "category_owner"})))
    known = facts(bought, organisation=organisation(category_owners=owners))
    assert asked(make_plan([book], known)) == [["jonas"]]


def test_budget_owners_are_those_of_the_budgets_that_apply():
    known = facts(budgets=(icu_budget(owner="ada"),))
    assert asked(plan_of(asks({"select": "budget_owner"}), known)) == [["ada"]]


# ── Separation of duties ────────────────────────────────────────────────────────────────────────


def test_the_requester_is_left_out_by_user_and_not_by_membership():
    again = person("lena-at-home")._replace(user="user-lena")
    known = within(people=people(again))
    assert asked(plan_of(asks(named("lena", "lena-at-home", "ada")), known)) == [["ada"]]


def test_beneficiary_and_authors_are_left_out_unless_the_rulebook_says_otherwise():
    everybody = people()
    known = facts()._replace(
        beneficiary=everybody["ada"], authors=frozenset({"user-lena", "user-ben"})
    )
    them = asks(named("lena", "ada", "ben", "cy"))
    assert asked(plan_of(them, known)) == [["cy"]]
    assert asked(plan_of(them, known, may_approve=["beneficiary"])) == [["ada", "cy"]]
    assert asked(plan_of(them, known, may_approve=["author"])) == [["ben", "cy"]]


def test_nobody_becomes_their_own_approver_through_a_delegation():
    to_lena = Delegation("rashid", "lena", NOW - DAY, NOW + DAY, UNLIMITED)
    plan = plan_of(asks(HEAD), within(delegations=(to_lena,)))
    assert plan.steps[0].approvers[0].delegate is None


# ── Delegates and absences ──────────────────────────────────────────────────────────────────────


def away(*members):
    return tuple(Absence(member, NOW - DAY, NOW + DAY) for member in members)


def delegation(principal, delegate, **changes):
    base = Delegation(principal, delegate, NOW - DAY, NOW + DAY, UNLIMITED)
    return base._replace(**changes)


def test_a_delegate_decides_for_somebody_who_is_away():
    known = within(absences=away("rashid"), delegations=(delegation("rashid", "ada"),))
    (approver,) = plan_of(asks(HEAD), known).steps[0].approvers
    assert (approver.member, approver.away) == ("rashid", True)
    assert approver.delegate.member == "ada"


def test_delegations_in_a_circle_are_followed_one_step():
    circle = (
        delegation("rashid", "ada"),
        delegation("ada", "ben"),
        delegation("ben", "rashid"),
        delegation("cy", "cy"),
    )
    known = within(delegations=circle)
    plan = plan_of(asks(named("rashid", "ada", "ben", "cy")), known)
    found = {one.member: one.delegate and one.delegate.member for one in plan.steps[0].approvers}
    assert found == {"rashid": "ada", "ada": "ben", "ben": "rashid", "cy": None}


def test_a_circle_of_people_who_are_all_away_asks_the_unit_above():
    circle = (delegation("rashid", "ada"), delegation("ada", "ben"), delegation("ben", "rashid"))
    known = within(absences=away("rashid", "ada", "ben"), delegations=circle)
    (step,) = plan_of(asks(HEAD), known).steps
    assert [approver.member for approver in step.approvers] == ["rashid", "helena"]
    assert step.approvers[0].delegate is None


@pytest.mark.parametrize(
    "useless",
    [
        delegation("rashid", "ada", starts_at=NOW + DAY),
        delegation("rashid", "ada", ends_at=NOW),
        delegation("rashid", "ada", cap=eur("99.99")),
        delegation("rashid", "gone"),
        delegation("rashid", "ben"),
        delegation("ada", "rashid"),
    ],
)
def test_without_a_usable_delegate_the_unit_above_is_asked(useless):
    known = within(absences=away("rashid", "ben"), delegations=(useless,))
    (step,) = plan_of(asks(HEAD), known).steps
    assert [approver.member for approver in step.approvers] == ["rashid", "helena"]
    assert step.fallback == "unit_head"


def test_a_cap_is_met_exactly_and_delegation_is_one_level_deep():
    chain = (delegation("rashid", "ada", cap=eur("100")), delegation("ada", "ben"))
    known = within(absences=away("rashid"), delegations=chain)
    assert plan_of(asks(HEAD), known).steps[0].approvers[0].delegate.member == "ada"
    known = within(absences=away("rashid", "ada"), delegations=chain)
    assert plan_of(asks(HEAD), known).steps[0].approvers[0].delegate is None


def test_some_present_are_enough_and_those_away_are_marked():
    (step,) = plan_of(asks(BIOMED), within(absences=away("anika"))).steps
    assert [approver.away for approver in step.approvers] == [True, False, False]
    assert step.fallback == ""


# ── Fallbacks ───────────────────────────────────────────────────────────────────────────────────


def test_a_step_that_nobody_can_take_goes_on_and_the_plan_says_so():
    gone = asks(named("gone"), otherwise=[named("lena"), named("ben")])
    (step,) = plan_of(gone).steps
    assert ([a.member for a in step.approvers], step.fallback) == (["ben"], "otherwise")
    (step,) = plan_of(asks(named("gone"))).steps
    assert ([a.member for a in step.approvers], step.fallback) == (["helena"], "unit_head")
    (step,) = plan_of(asks(named("gone")), within(people=without("helena", "greta"))).steps
    assert ([a.member for a in step.approvers], step.fallback) == (["ines"], "admins")


def test_nobody_at_all_blocks_and_is_never_silently_approved():
    plan = plan_of(asks(named("gone")), within(people=without("helena", "greta", "ines")))
    assert plan.outcome == "blocked"
    assert plan.blocked[0].reason.code == "nobody_can_approve"
    assert sentence(plan.blocked[0].reason).startswith("Nobody can approve it")


def test_the_merchants_fallback_is_the_merchants_owner():
    absent = asks({"select": "merchant_role", "role": "nobody"})
    store = rulebook(rule("r", EVERY, absent), side="merchant")
    plan = make_plan([rulebook(), store], facts())
    assert asked(plan) == [["olga"]]
    assert plan.steps[0].fallback == "merchant_owner"
    nobody = organisation(merchant_owners=(), people=people())
    assert make_plan([rulebook(), store], facts(organisation=nobody)).outcome == "blocked"


def test_a_quorum_larger_than_its_members_is_filled_from_above():
    (step,) = plan_of(asks(named("ada", "ben"), quorum=3)).steps
    assert [approver.member for approver in step.approvers] == ["ada", "ben", "helena"]
    assert step.quorum.needed == 3


def test_all_means_all_who_may():
    (step,) = plan_of(asks(named("ada", "ben", "lena", "gone"), quorum="all")).steps
    assert step.quorum == ("all", 2)


def test_the_next_in_line_is_said_beforehand():
    (step,) = plan_of(asks(HEAD)).steps
    assert [approver.member for approver in step.escalation] == ["helena"]
    (step,) = plan_of(asks(named("helena", "greta"))).steps
    assert [approver.member for approver in step.escalation] == ["ines"]


# ── Merging and order ───────────────────────────────────────────────────────────────────────────


def test_equal_steps_are_one_with_every_reason():
    book = rulebook(
        rule("a", EVERY, asks(HEAD)),
        rule("b", amount(">", "1"), asks(named("rashid"))),
        rule("c", EVERY, asks(HEAD, rank=30)),
    )
    plan = make_plan([book], facts())
    assert [[reason.rule for reason in step.reasons] for step in plan.steps] == [["a", "b"], ["c"]]
    assert plan.steps_of("user-rashid") == plan.steps
    assert len({step.key for step in plan.steps}) == 2


def test_four_eyes_needs_somebody_else_and_finds_them():
    two = {
        "effect": "require",
        "steps": [
            {"approvers": [named("ada", "ben")], "rank": 10},
            {"approvers": [named("ada", "ben")], "rank": 20, "distinct": True},
        ],
    }
    assert asked(plan_of(two)) == [["ada", "ben"], ["ada", "ben"]]
    two["steps"][1]["approvers"] = [named("ada")]
    assert asked(plan_of(two)) == [["ada", "ben"], ["ada", "helena"]]


# ── Climbing ────────────────────────────────────────────────────────────────────────────────────

CLIMB = {"effect": "require", "management_chain": {}}


def with_authority(**maxima):
    bosses = [
        person(name, authority=None if maximum is None else limit(order_maximum=maximum))
        for name, maximum in maxima.items()
    ]
    return people(*bosses)


def climbed(bought, *, then=CLIMB, when=EVERY, **maxima):
    known = facts(bought, organisation=organisation(people=with_authority(**maxima)))
    return make_plan([rulebook(rule("r", when, then))], known)


def test_the_first_whose_authority_covers_it_is_asked():
    maxima = {"rashid": eur("500"), "helena": UNLIMITED}
    assert asked(climbed("500.00", **maxima)) == [["rashid"]]
    assert asked(climbed("500.01", **maxima)) == [["helena"]]


def test_a_bound_that_is_not_set_covers_nothing():
    unset = people(person("rashid", authority=UNRESTRICTED._replace(order_maximum=None)))
    known = facts("1", organisation=organisation(people=unset))
    assert make_plan([rulebook(rule("r", EVERY, CLIMB))], known).outcome == "blocked"


def test_everyone_passed_may_be_asked_too():
    then = {"effect": "require", "management_chain": {"everyone_passed": True}}
    assert asked(climbed("600", then=then, rashid=eur("500"), helena=UNLIMITED)) == [
        ["rashid"],
        ["helena"],
    ]


def test_nobodys_authority_covers_it():
    plan = climbed("60000", rashid=eur("500"), helena=eur("5000"))
    assert plan.outcome == "blocked"
    said = sentence(plan.blocked[0].reason)
    assert said.startswith("Nobody’s authority covers 60000.00 EUR")


def test_every_dimension_that_the_reasons_name_is_asked():
    elsewhere = line(1, "10", allocations=(allocation(1_000, ship_to="Home"),))
    when = {"any_allocation": {"field": "allocation.ship_to", "op": "=", "value": "Home"}}
    docks = limit(ship_tos=frozenset({"Dock A"}))
    bosses = people(person("rashid", authority=docks), person("helena", authority=limit()))
    known = facts(purchase(elsewhere), organisation=organisation(people=bosses))
    assert asked(make_plan([rulebook(rule("r", when, CLIMB))], known)) == [["helena"]]
    assert asked(make_plan([rulebook(rule("r", EVERY, CLIMB))], known)) == [["rashid"]]


def test_without_a_manager_the_heads_of_the_units_are_the_rungs():
    bosses = with_authority(rashid=eur("1"), helena=UNLIMITED)
    known = facts("10", organisation=organisation(people=bosses, managers={}))
    assert asked(make_plan([rulebook(rule("r", EVERY, CLIMB))], known)) == [["helena"]]


def test_a_cycle_of_managers_ends():
    circle = {"lena": "rashid", "rashid": "ada", "ada": "rashid"}
    known = facts("10", organisation=organisation(managers=circle))
    assert make_plan([rulebook(rule("r", EVERY, CLIMB))], known).outcome == "blocked"


def test_units_may_be_few():
    known = within(units=UNITS[:1])
    assert asked(plan_of(asks(HEAD), known)) == [["ines"]]
