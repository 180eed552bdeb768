"""What holds for every rulebook and every purchase. A failure prints the seed of its world."""

from __future__ import annotations

import json
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from placet.policy.carry_over import Approval, Content, carry_over
from placet.policy.chain import (
    Chain,
    Seat,
    Standing,
    Vote,
    asked_now,
    chain_of,
    decide,
    escalate,
    outcome,
    short_steps,
)
from placet.policy.codec import from_json, to_json
from placet.policy.conditions import read_condition, write_condition
from placet.policy.explain import Speaker, sentence
from placet.policy.facts import Facts
from placet.policy.plan import Plan
from placet.policy.planning import make_plan, near_misses, requirements
from placet.policy.rulebook import CompiledRulebook, compile_rulebook
from placet.policy.staffing import Nobody, votes_available
from tests.policy import oracle_conditions, world
from tests.policy.strategies import AMOUNTS, Draw, eur
from tests.policy.world import asks, facts, line, named, purchase, rule, rulebook

SEEDS = st.integers(0, 10**6)


def compiled(books) -> list[CompiledRulebook]:
    return [compile_rulebook(document, unit_path=unit) for document, unit in books]


def drawn(seed: int) -> tuple[list, Facts, Plan]:
    draw = Draw(seed)
    books, known = draw.rulebooks(), draw.facts()
    return books, known, make_plan(compiled(books), known)


@given(SEEDS)
def test_equal_input_gives_an_equal_plan_and_hash(seed):
    books, known, plan = drawn(seed)
    backwards = [(dict(reversed(document.items())), unit) for document, unit in books]
    again = make_plan(compiled(backwards), known)
    assert again == plan
    assert again.hash == plan.hash


@given(SEEDS)
def test_a_json_round_trip_changes_nothing(seed):
    books, _, plan = drawn(seed)
    stored = json.loads(json.dumps(to_json(plan)))
    assert from_json(Plan, stored) == plan
    assert from_json(Plan, stored).hash == plan.hash
    for document, _ in books:
        for each in document["rules"]:
            tree = read_condition(each["when"], "")
            assert read_condition(json.loads(json.dumps(write_condition(tree))), "") == tree


@given(SEEDS)
def test_nobody_in_the_plan_is_requester_beneficiary_or_author(seed):
    books, known, plan = drawn(seed)
    out = {known.requester.person.user}
    if known.beneficiary is not None:
        out.add(known.beneficiary.user)
    loosened = [document["may_approve"] for document, _ in books]
    if not any(loosened):
        out |= known.authors
    for step in plan.steps:
        for approver in (*step.approvers, *step.escalation):
            assert approver.user not in out
            assert approver.delegate is None or approver.delegate.user not in out


@given(SEEDS)
def test_every_step_can_be_taken_or_the_outcome_is_blocked(seed):
    _, known, plan = drawn(seed)
    assert (plan.outcome == "blocked") is bool(plan.blocked)
    assert (plan.outcome == "approval") is bool(plan.steps)
    for step in plan.steps:
        assert votes_available(step.approvers) >= step.quorum.needed >= 1
        assert len(step.users) == len(step.approvers)
        assert {approver.member for approver in step.approvers} <= set(known.organisation.people)


@given(SEEDS)
def test_every_reason_can_be_said_and_names_a_rule(seed):
    books, known, plan = drawn(seed)
    rules = {each["id"]: each for document, _ in books for each in document["rules"]}
    reasons = [reason for step in plan.steps for reason in step.reasons]
    reasons += [warned.reason for warned in plan.warnings]
    reasons += [aside.reason for aside in plan.set_aside if not aside.default]
    for reason in reasons:
        for language in ("en", "pl"):
            assert sentence(reason, language)
        if reason.code == "rule":
            assert_matched(rules[reason.rule], reason, books, known)


def assert_matched(found, reason, books, known: Facts):
    basis = next(
        document["amount_basis"]
        for document, _ in books
        if any(each["id"] == found["id"] for each in document["rules"])
    )
    assert oracle_conditions.holds(found["when"], known, basis)
    numbers = {each.number for each in known.purchase.lines}
    for finding in reason.findings:
        assert set(finding.lines) <= numbers
        if finding.field == "purchase.amount":
            assert finding.actual == oracle_conditions.amount(known, basis)
        if finding.field == "line.total":
            assert finding.actual in {each.total_minor for each in known.purchase.lines}
        if finding.field == "allocation.ship_to":
            parts = [part for each in known.purchase.lines for part in each.allocations]
            assert not finding.lines or finding.actual in {part.ship_to for part in parts}


# ── More money never needs less ─────────────────────────────────────────────────────────────────


@st.composite
def monotone_rulebooks(draw):
    people = st.sampled_from(world.STAFF)
    rules = []
    for number in range(draw(st.integers(1, 5))):
        start = eur(draw(st.sampled_from(AMOUNTS)))
        when = {"field": "purchase.amount", "op": draw(st.sampled_from((">", ">="))),
                "value": start}  # fmt: skip
        then = asks(named(draw(people)), rank=draw(st.sampled_from((10, 20))))
        if draw(st.booleans()):
            starts = sorted(draw(st.sets(st.sampled_from(AMOUNTS), min_size=1, max_size=3)))
            tiers = [{"from": eur(each), "approvers": [named(draw(people))]} for each in starts]
            mode = draw(st.sampled_from(("final", "cumulative")))
            then = {"effect": "require", "tiers": {"mode": mode, "tiers": tiers}}
        rules.append(rule(f"r{number}", when, then))
    return rulebook(*rules)


def bought(minor: int) -> Facts:
    return facts(purchase(line(1, "0", total_minor=minor), goods_minor=minor, total_minor=minor))


@given(monotone_rulebooks(), st.sampled_from(AMOUNTS), st.sampled_from(AMOUNTS))
def test_a_larger_amount_never_needs_fewer_requirements(book, one, other):
    low, high = sorted((one, other))
    fewer = requirements([book], bought(low), "buyer")
    more = requirements([book], bought(high), "buyer")
    assert len(fewer) <= len(more)
    assert {wanted.reason.rule for wanted in fewer} <= {wanted.reason.rule for wanted in more}


# ── Near misses ─────────────────────────────────────────────────────────────────────────────────


@given(SEEDS)
def test_applying_the_change_of_a_near_miss_makes_the_rule_match(seed):
    books, known, _ = drawn(seed)
    rules = {
        each["id"]: (each, document["amount_basis"])
        for document, _ in books
        for each in document["rules"]
    }
    for miss in near_misses(compiled(books), known):
        assert Speaker("en").near_miss(miss)
        if miss.finding.field != "purchase.amount":
            continue
        found, basis = rules[miss.rule]
        changed = with_more_goods(known, int(miss.change))
        assume(changed is not None)
        assert oracle_conditions.holds(found["when"], changed, basis)
        assert (
            oracle_conditions.amount(changed, basis) - oracle_conditions.amount(known, basis)
            == miss.change
        )
        assert abs(miss.change) - abs(miss.gap) in (0, 1, -1)


def with_more_goods(known: Facts, change: int) -> Facts | None:
    """The same purchase with more on the first line that can bear it."""
    bought = known.purchase
    lines = list(bought.lines)
    for place, each in enumerate(lines):
        part = each.allocations[0]
        if each.total_minor + change >= 0 and part.goods_minor + change >= 0:
            parts = (part._replace(goods_minor=part.goods_minor + change), *each.allocations[1:])
            total = each.total_minor + change
            lines[place] = each._replace(total_minor=total, allocations=parts)
            break
    else:
        if lines:
            return None
    more = bought._replace(
        lines=tuple(lines),
        goods_minor=bought.goods_minor + change,
        total_minor=bought.total_minor + change,
    )
    return known._replace(purchase=more)


def test_the_gap_is_what_is_shown_and_the_change_one_cent_more_where_the_rule_says_over():
    book = rulebook(rule("finance", world.amount(">", "5000"), asks(named("cy"))))
    (miss,) = near_misses([book], facts("3240.00"))
    assert (miss.gap, miss.change) == (176_000, 176_001)
    assert make_plan([book], bought(324_000 + 176_000)).outcome == "free"
    assert make_plan([book], bought(324_000 + miss.change)).outcome == "approval"


# ── Fewer rules never ask for more ──────────────────────────────────────────────────────────────


@given(SEEDS)
def test_without_a_require_rule_there_is_never_another_step(seed):
    draw = Draw(seed)
    document, known = draw.rulebook("buyer"), draw.facts()
    document["default"] = "free"
    try:
        before = requirements(compiled([(document, "")]), known, "buyer")
    except Nobody:
        return
    asking = {(wanted.reason.rule, wanted.rank, wanted.approvers) for wanted in before}
    for removed in document["rules"]:
        if removed["then"]["effect"] != "require":
            continue
        fewer = {**document, "rules": [each for each in document["rules"] if each is not removed]}
        after = requirements(compiled([(fewer, "")]), known, "buyer")
        assert {(w.reason.rule, w.rank, w.approvers) for w in after} <= asking


# ── The chain ends ──────────────────────────────────────────────────────────────────────────────


@given(SEEDS)
def test_the_chain_always_ends(seed):
    _, known, plan = drawn(seed)
    if plan.outcome == "blocked":
        return
    random = Random(seed)
    chain, standing = chain_of(plan), Standing(excluded=known.authors)
    people = {seat.user for step in chain.steps for seat in step.seats}
    votes = 0
    while outcome(chain) == "pending":
        if random.random() < 0.1:
            leaver = random.choice(sorted(people))
            standing = standing._replace(inactive=standing.inactive | {leaver})
        chain = escalated(chain, standing, votes)
        step, humans = random.choice(sorted(asked_now(chain, standing).items()))
        kind = "approve" if random.random() < 0.95 else "reject"
        chain = decide(chain, Vote(step, random.choice(humans), kind), standing)
        votes += 1
        assert votes <= sum(step.needed for step in chain.steps)
    assert asked_now(chain, standing) == {}


def escalated(chain: Chain, standing: Standing, round_: int) -> Chain:
    """New people for every step that lost too many; a step that is short is always found."""
    for key in short_steps(chain, standing):
        fresh = tuple(Seat(f"fresh-{round_}-{number}") for number in range(5))
        chain = escalate(chain, key, fresh, standing)
    assert short_steps(chain, standing) == ()
    return chain


# ── Carry-over ──────────────────────────────────────────────────────────────────────────────────


@given(SEEDS)
def test_carry_over_never_keeps_an_approval_whose_reasons_got_worse(seed):
    draw = Draw(seed)
    books, before = compiled(draw.rulebooks()), draw.facts()
    after = before._replace(purchase=draw.facts().purchase)
    plans = [make_plan(books, known) for known in (before, after)]
    contents = [Content("mhg", "unit", known.purchase) for known in (before, after)]
    approvals = [
        Approval(approver.user, step, contents[0])
        for step in plans[0].steps
        for approver in step.approvers
    ]
    result = carry_over(approvals, plans[1], contents[1])
    assert len(result.kept) + len(result.reset) == len(approvals)
    old = {step.key: step for step in plans[0].steps}
    new = {step.key: step for step in plans[1].steps}
    for kept in result.kept:
        assert kept.user in new[kept.step].users
        approved = {(r.rulebook, r.rule): r for r in old[kept.former_step].reasons}
        for reason in new[kept.step].reasons:
            assert_no_worse(approved[reason.rulebook, reason.rule], reason)
    same = carry_over(approvals, plans[0], contents[0])
    assert len(same.kept) == len(approvals)


def assert_no_worse(former, reason):
    numbers = {f.field: f.actual for f in former.findings if f.operator in (">", ">=")}
    for finding in reason.findings:
        if finding.operator in (">", ">=") and finding.field.startswith("purchase."):
            assert finding.actual <= numbers[finding.field]
