"""The generated function of a rulebook finds what its closures find, and no word of it is code."""

from __future__ import annotations

import pickle

import pytest

from placet.policy.codec import to_json
from placet.policy.comparing import Currencies
from placet.policy.compiling import Compiler
from placet.policy.facts import Facts
from placet.policy.late import Late
from placet.policy.matching import MOST_WRITTEN
from placet.policy.normal import pushed_down
from placet.policy.plan import Finding, Reason
from placet.policy.planning import make_plan
from placet.policy.probes import Probes
from placet.policy.readers import Context
from placet.policy.rulebook import compile_rulebook
from tests.policy.strategies import Draw
from tests.policy.world import facts, line, money, purchase, rule, rulebook

WARN = {"effect": "warn"}


def found_one_by_one(book, known):
    """Each condition alone, by its closure."""
    currencies = Currencies(known.purchase.currency, known.company.currency, known.rates)
    context = Context(known, book.content.amount_basis)
    found = []
    for index, each in enumerate(book.content.rules):
        probes = Probes()
        test = Compiler(probes, currencies).test(pushed_down(each.when))
        if test(probes.values(context)):
            found.append(index)
    return found


def test_the_generated_function_finds_what_the_closures_find():
    matched = 0
    for seed in range(150):
        draw = Draw(seed)
        documents, known = draw.rulebooks(), draw.facts()
        for document, unit in documents:
            book = compile_rulebook(document, unit_path=unit)
            together = book.evaluator(known).evaluate(known).matched
            assert together == found_one_by_one(book, known), f"seed {seed}"
            matched += len(together)
    assert matched > 200, "the worlds are about something"


@pytest.mark.parametrize(
    "word", ["'", '"', "a\nb", "\\", "'''", "c0", "values", "') or True or ('", "{0}", "é"]
)
def test_no_word_of_a_rule_is_code(word):
    is_it = {"any_line": {"field": "line.brand", "op": "=", "value": word}}
    total = {"line_total": {"field": "line.brand", "op": "=", "value": word}}
    book = rulebook(
        rule("line", is_it, WARN),
        rule("sum", {**total, "op": ">", "value": money("1")}, WARN),
        rule("terms", {"field": "purchase.terms", "op": "=", "value": word}, WARN),
    )
    bought = purchase(line(1, "5")._replace(brand=word))._replace(terms=word)
    other = purchase(line(1, "5"))
    assert len(make_plan([book], facts(bought)).warnings) == 3
    assert make_plan([book], facts(other)).warnings == ()


def test_a_condition_of_many_parts_is_not_written_out_and_means_the_same():
    many = [
        {"field": "purchase.amount", "op": ">", "value": money(str(n))}
        for n in range(MOST_WRITTEN + 5)
    ]
    book = rulebook(rule("every", {"all": many}, WARN), rule("some", {"any": many}, WARN))
    for amount, expected in (("0", []), ("1", ["some"]), ("25", ["every", "some"])):
        plan = make_plan([book], facts(amount))
        assert sorted(warned.reason.rule for warned in plan.warnings) == expected


# ── Reasons that are stated when they are read ──────────────────────────────────────────────────

FOUND = (Finding("purchase.amount", ">", 100, 200, "EUR"),)


def reason(findings):
    return Reason("book", 1, "r", "buyer", "rule", findings)


def test_a_reason_states_its_findings_when_read_and_is_a_value_all_along():
    asked = []

    def state(match):
        asked.append(match)
        return FOUND

    late = reason(Late((state, "a match")))
    assert asked == [], "nobody has read it"
    assert late.findings == FOUND
    assert asked == ["a match"]
    assert late == reason(FOUND)
    assert reason(FOUND) == late
    assert hash(late) == hash(reason(FOUND))
    assert late != reason(())
    assert to_json(late) == to_json(reason(FOUND))
    assert repr(FOUND) in repr(late)


def test_an_unread_reason_is_stored_as_what_it_states():
    late = reason(Late((always_found, ())))
    again = pickle.loads(pickle.dumps(late))
    assert again == reason(FOUND)
    assert tuple(again)[5] == FOUND, "nothing late is stored"


def always_found(_match):
    return FOUND


def test_a_match_carries_what_was_seen_and_the_facts_are_let_go():
    book = rulebook(
        rule("over", {"field": "purchase.amount", "op": ">", "value": money("1")}, WARN),
        rule("brand", {"any_line": {"field": "line.brand", "op": "=", "value": "B"}}, WARN),
    )
    bought = purchase(line(1, "5"), line(2, "7")._replace(brand="B"))
    evaluation = book.evaluator(facts(bought)).evaluate(facts(bought))
    brands = tuple(each.brand for each in bought.lines)
    assert evaluation.matches == [(0, 12_00), (1, brands)]
    assert facts(bought) not in evaluation.columns
    assert not any(isinstance(value, Context | Facts) for value in evaluation.columns)
    assert evaluation.findings(1)[0].lines == (2,)
    assert evaluation.findings(1) is evaluation.findings(1), "stated once"


def test_equal_plans_are_equal_however_much_of_them_was_read():
    for seed in range(40):
        draw = Draw(seed)
        books = [compile_rulebook(each, unit_path=unit) for each, unit in draw.rulebooks()]
        known = draw.facts()
        read, unread = make_plan(books, known), make_plan(books, known)
        to_json(read)
        assert read == unread
        assert pickle.loads(pickle.dumps(make_plan(books, known))) == read
