"""A purchasing manager builds a rule: no script, every button a submit of the whole form."""

from __future__ import annotations

import json
from typing import Any

import pytest

from placet.companies.models import Unit
from placet.rulebooks.actions import create_rulebook, save_draft
from placet.rulebooks.models import RulebookDraft
from tests.cast import Cast
from tests.policy.strategies import eur
from tests.web.rule_builder.forms import Builder, rulebook_of

pytestmark = pytest.mark.django_db


def start(cast: Cast, starter: str) -> Builder:
    return Builder(cast.ines, rulebook_of(cast), f"new-rule/?start={starter}")


def saved(builder: Builder) -> dict[str, Any]:
    """The last rule of the draft that the press saved."""
    assert builder.answer.status_code == 302, builder.complaints
    rule: dict[str, Any] = json.loads(RulebookDraft.objects.get().document)["rules"][-1]
    return rule


def test_an_order_over_an_amount(cast: Cast) -> None:
    builder = start(cast, "over-an-amount").press("save", parts__0__value="1.234,50", name="Big")
    rule = saved(builder)
    assert rule["id"] == "big"
    assert rule["when"] == {"field": "purchase.amount", "op": ">", "value": eur(1_234_50)}
    assert rule["then"]["steps"][0]["approvers"] == [{"select": "head", "levels_up": 0}]


def test_between_two_amounts_of_another_currency(cast: Cast) -> None:
    builder = start(cast, "over-an-amount").press("look", parts__0__op="between")
    builder.press("save", parts__0__value="50", parts__0__upper="99.99", parts__0__currency="PLN")
    low, high = ({"amount_minor": n, "currency": "PLN"} for n in (50_00, 99_99))
    assert saved(builder)["when"]["value"] == [low, high]


def test_a_field_of_a_line_gets_any_line_around_it(cast: Cast) -> None:
    builder = start(cast, "blank").press("add:parts")
    builder.press("look", parts__0__field="line.category")
    assert builder.one("parts/0/group") == "any_line"
    assert "Medical devices" in builder.text
    builder.press("look", parts__0__parts__0__more="medical-devices")
    builder.press("look", parts__0__parts__0__more="office")
    rule = saved(builder.press("save", effect="warn"))
    where = {"field": "line.category", "op": "within", "value": ["medical-devices", "office"]}
    assert rule["when"] == {"any_line": where}


def test_what_is_chosen_but_not_added_counts(cast: Cast) -> None:
    builder = start(cast, "certain-ship-to")
    inner = "parts__0__parts__0__parts__0__more"
    rule = saved(builder.press("save", **{inner: cast.address["Main store"]}))
    where = {"field": "allocation.ship_to", "op": "in", "value": [cast.address["Main store"]]}
    assert rule["when"] == {"any_allocation": {"not": where}}
    assert rule["then"]["ways_out"] == ["choose_ship_to", "ask_admin"]


@pytest.mark.parametrize(
    ("field", "typed", "expected"),
    [
        ("purchase.line_count", {"value": "1 000"}, {"op": ">", "value": 1_000}),
        ("quote.discount", {"op": ">=", "value": "12,5 %"}, {"op": ">=", "value": 1_250}),
        ("purchase.weekday", {"value": "7"}, {"op": "=", "value": 7}),
        ("purchase.hour", {"op": ">=", "value": "18"}, {"op": ">=", "value": 18}),
        ("purchase.requested_in_days", {"op": "<", "value": "3"}, {"op": "<", "value": 3}),
        ("purchase.justification", {"op": "is empty"}, {"op": "is empty"}),
        ("purchase.source", {"op": "=", "value": "api"}, {"op": "=", "value": "api"}),
        ("purchase.currency", {"more": "PLN"}, {"op": "in", "value": ["PLN"]}),
        ("requester.permissions", {"more": "order.approve"}, {"value": ["order.approve"]}),
        ("requester.roles", {"more": "finance"}, {"op": "in", "value": ["finance"]}),
        ("beneficiary.differs", {"value": "yes"}, {"op": "=", "value": True}),
        ("requester.orders", {"value": "2", "parameter": "week"}, {"value": 2, "period": "week"}),
        ("requester.spend", {"value": "9"}, {"value": eur(9_00), "period": "month"}),
        ("history.similar_orders", {"value": "0", "parameter": "7"}, {"value": 0, "days": 7}),
        (
            "purchase.reference",
            {"op": "matches", "value": "PR-[0-9]{5}", "parameter": "po"},
            {"op": "matches", "value": "PR-[0-9]{5}", "key": "po"},
        ),
        ("purchase.terms", {"op": "in", "more": "net_30\nnet_60"}, {"value": ["net_30", "net_60"]}),
    ],
)
def test_every_kind_of_control(
    field: str, typed: dict[str, str], expected: dict[str, Any], cast: Cast
) -> None:
    builder = start(cast, "blank").press("add:parts")
    builder.press("look", parts__0__field=field)
    if "op" in typed:
        builder.press("look", parts__0__op=typed["op"])
    into = {f"parts__0__{name}": text for name, text in typed.items()}
    rule = saved(builder.press("save", effect="warn", **into))
    assert rule["when"].items() >= {"field": field, **expected}.items()


@pytest.mark.parametrize(
    ("field", "typed", "expected"),
    [
        ("line.quantity", {"value": "2,5"}, "2.5"),
        ("line.above_last_price", {"value": "10"}, 1_000),
        ("line.tags", {"more": "cold\nfragile"}, ["cold", "fragile"]),
        ("line.restricted", {"value": "yes"}, True),
        ("line.unit_price", {"value": "99"}, eur(99_00)),
        ("allocation.cost_centre", {"more": "4410"}, ["4410"]),
        ("allocation.first_to_ship_to", {"value": "yes"}, True),
    ],
)
def test_every_kind_of_control_on_lines(
    field: str, typed: dict[str, str], expected: Any, cast: Cast
) -> None:
    builder = start(cast, "blank").press("add:parts")
    builder.press("look", parts__0__field=field)
    into = {f"parts__0__parts__0__{name}": text for name, text in typed.items()}
    rule = saved(builder.press("save", effect="warn", **into))
    (part,) = rule["when"].values()
    assert (part["field"], part["value"]) == (field, expected)


def test_a_unit_of_the_tree(cast: Cast) -> None:
    icu = Unit.objects.get(pk=cast.unit["icu"]).path.strip("/")
    builder = start(cast, "blank").press("add:parts")
    builder.press("look", parts__0__field="requester.unit")
    rule = saved(builder.press("save", effect="warn", parts__0__more=icu))
    assert rule["when"] == {"field": "requester.unit", "op": "within", "value": [icu]}


def test_a_person_is_searched_and_chosen(cast: Cast) -> None:
    builder = start(cast, "over-an-amount").press("look", parts__0__value="1")
    at = "steps__0__approvers__0"
    builder.press("look", **{f"{at}__select": "members"})
    builder.press("look", **{f"{at}__find": "rashid"})
    (found,) = [do for do in builder.buttons if do.startswith("pick:")]
    assert found == f"pick:steps/0/approvers/0:members:{cast.member['rashid']}"
    builder.press(found)
    assert "Rashid Haddad" in builder.text
    rule = saved(builder.press("save"))
    (step,) = rule["then"]["steps"]
    assert step["approvers"] == [{"select": "members", "members": [cast.member["rashid"]]}]


def test_nobody_of_another_company_is_found(cast: Cast) -> None:
    builder = start(cast, "over-an-amount")
    at = "steps__0__approvers__0"
    builder.press("look", **{f"{at}__select": "members"})
    builder.press("look", **{f"{at}__find": "ola"})
    assert not [do for do in builder.buttons if cast.member["ola"] in do]
    assert "Nobody is found by" in builder.text


def test_a_requester_by_name(cast: Cast) -> None:
    builder = start(cast, "blank").press("add:parts")
    builder.press("look", parts__0__field="requester.member")
    builder.press("look", parts__0__find="lena vogt")
    (found,) = [do for do in builder.buttons if do.startswith("pick:")]
    rule = saved(builder.press(found).press("save", effect="warn"))
    assert rule["when"]["value"] == [cast.member["lena"]]


def test_tiers_with_two_amounts(cast: Cast) -> None:
    builder = start(cast, "by-amount")
    rule = saved(builder.press("save", tiers__0__from="2,000", tiers__1__from="5.000,00"))
    tiers = rule["then"]["tiers"]
    assert [tier["from"] for tier in tiers["tiers"]] == [eur(2_000_00), eur(5_000_00)]
    assert tiers["mode"] == "cumulative"


def test_another_shape_keeps_the_people(cast: Cast) -> None:
    builder = start(cast, "over-an-amount").press("look", shape="tiers", parts__0__value="1")
    rule = saved(builder.press("save", tiers__0__from="10"))
    (tier,) = rule["then"]["tiers"]["tiers"]
    assert tier["approvers"] == [{"select": "head", "levels_up": 0}]


def test_up_the_managers(cast: Cast) -> None:
    builder = start(cast, "over-an-amount").press("look", shape="management_chain")
    builder.press("save", parts__0__value="1", due_hours="16", everyone_passed="yes")
    chain = saved(builder)["then"]["management_chain"]
    assert chain == {"everyone_passed": True, "due_hours": 16}


def test_a_text_for_each_language(cast: Cast) -> None:
    builder = start(cast, "over-an-amount").press("languages::name", name="Big")
    assert builder.one("name_in/0/text") == "Big"
    builder.press("save", name_in__1__text="Duże", parts__0__value="1")
    assert saved(builder)["name"] == {"en": "Big", "pl": "Duże"}


def test_another_field_takes_no_value_over(cast: Cast) -> None:
    builder = start(cast, "over-an-amount").press("look", parts__0__value="500")
    builder.press("look", parts__0__field="purchase.source")
    assert "parts/0/value" not in builder.fields
    assert builder.one("parts/0/op") == "in"


def test_a_second_rule_of_a_name_gets_its_own_id(cast: Cast) -> None:
    saved(start(cast, "over-an-amount").press("save", parts__0__value="1", name="Finance"))
    rules = json.loads(RulebookDraft.objects.get().document)["rules"]
    assert [rule["id"] for rule in rules][-2:] == ["finance", "finance-2"]


def test_saving_what_was_only_looked_at_changes_no_letter(cast: Cast) -> None:
    book = rulebook_of(cast)
    assert book.published is not None
    Builder(cast.ines, book, "rule/icu-over-500/").press("save")
    assert RulebookDraft.objects.get().document == book.published.document


def test_an_edited_rule_stays_in_its_place(cast: Cast) -> None:
    builder = Builder(cast.ines, rulebook_of(cast), "rule/medical-devices/")
    builder.press("save", name_in__0__text="Devices")
    rules = json.loads(RulebookDraft.objects.get().document)["rules"]
    assert [rule["id"] for rule in rules] == ["icu-over-500", "medical-devices", "finance"]
    assert rules[1]["name"] == {"en": "Devices"}
    assert rules[0] == json.loads(rulebook_of(cast).published.document)["rules"][0]


def test_the_first_rule_of_a_unit_leaves_the_rest_to_the_units_above(cast: Cast) -> None:
    icu = Unit.objects.get(pk=cast.unit["icu"])
    made = create_rulebook(name="ICU", unit=icu, actor=cast.ines, now=cast.now)
    builder = Builder(cast.ines, made, "new-rule/?start=over-an-amount")
    saved(builder.press("save", parts__0__value="500"))
    assert json.loads(RulebookDraft.objects.get().document)["default"] == "inherit"


def test_the_draft_is_edited_where_there_is_one(cast: Cast) -> None:
    book = rulebook_of(cast)
    rule = {
        "id": "only",
        "name": "Only in the draft",
        "when": {"all": []},
        "then": {"effect": "warn"},
    }
    document = {"format": 1, "side": "buyer", "default": "free", "rules": [rule]}
    save_draft(book, document=document, version=None, actor=cast.ines, now=cast.now)
    assert "Only in the draft" in Builder(cast.ines, book, "rule/only/").text
    assert Builder(cast.ines, book, "rule/finance/").answer.status_code == 404
