"""Every button of the form, pressed without script; and forms that no button of it made."""

from __future__ import annotations

from typing import Any

import pytest

from placet.core.errors import InvalidInput
from placet.policy.conditions import MAX_DEPTH
from placet.rulebooks.models import RulebookDraft
from placet.web.rule_builder.moves import make_move
from placet.web.rule_builder.rules import Built, build_rule, fill_rule, settle_rule
from placet.web.rule_builder.slots import Slot, read_slots
from tests.cast import Cast
from tests.web.pages import as_actor
from tests.web.rule_builder.every_part import every_condition, every_effect
from tests.web.rule_builder.forms import OVER_500, Builder, form_of, rulebook_of

LINES = {"field": "purchase.line_count", "op": ">", "value": 1}
GOODS = {"field": "purchase.source", "op": "=", "value": "api"}
OTHER = {"field": "beneficiary.differs", "op": "=", "value": True}
WARN: dict[str, Any] = {"effect": "warn"}


def slot_of(when: dict[str, Any], then: dict[str, Any] = WARN) -> Slot:
    return fill_rule({"when": when, "then": then}, "en")


def built(slot: Slot) -> Built:
    return build_rule(slot, rule_id="r", side="buyer", currency="EUR")


def when_after(when: dict[str, Any], wish: str) -> Any:
    """The condition after a button was pressed."""
    slot = slot_of(when)
    make_move(slot, wish, ["en"])
    settle_rule(slot)
    return built(slot).document["when"]


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ("up:parts/1", {"all": [GOODS, LINES]}),
        ("down:parts/0", {"all": [GOODS, LINES]}),
        ("remove:parts/0", GOODS),
        ("copy:parts/1", {"all": [LINES, GOODS, GOODS]}),
        ("wrap:parts/0", {"all": [{"any": [LINES]}, GOODS]}),
    ],
)
def test_conditions_move(wish: str, expected: Any) -> None:
    assert when_after({"all": [LINES, GOODS]}, wish) == expected


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ("unwrap:parts/1", {"all": [OTHER, LINES, GOODS]}),
        ("out:parts/1/parts/0", {"all": [OTHER, {"any": [GOODS]}, LINES]}),
        ("up:parts/1/parts/1", {"all": [OTHER, {"any": [GOODS, LINES]}]}),
    ],
)
def test_conditions_leave_their_group(wish: str, expected: Any) -> None:
    assert when_after({"all": [OTHER, {"any": [LINES, GOODS]}]}, wish) == expected


def test_a_condition_goes_into_the_group_above() -> None:
    when = {"all": [{"any": [LINES, GOODS]}, OTHER]}
    assert when_after(when, "into:parts/1") == {"any": [LINES, GOODS, OTHER]}


def test_a_condition_on_lines_keeps_its_lines_outside() -> None:
    line = {"field": "line.restricted", "op": "=", "value": True}
    when = {"any_line": {"all": [line, line]}}
    expected = {"all": [{"any_line": line}, {"any_line": line}]}
    assert when_after(when, "out:parts/0/parts/1") == expected


def test_people_and_steps_come_and_go() -> None:
    slot = slot_of({"all": []}, OVER_500["then"])
    make_move(slot, "add:steps", ["en"])
    make_move(slot, "add:steps/1/approvers", ["en"])
    make_move(slot, "add:steps/0/otherwise", ["en"])
    assert len(slot.entries("steps")) == 2
    assert len(slot.entries("steps")[1].entries("approvers")) == 2
    controls = {problem.control for problem in built(slot).problems}
    assert "steps/0/otherwise/0/select" in controls
    make_move(slot, "remove:steps/1", ["en"])
    make_move(slot, "remove:steps/0/otherwise/0", ["en"])
    assert built(slot).document["then"]["steps"][0]["approvers"] == [
        {"select": "head", "levels_up": 1}
    ]


@pytest.mark.parametrize(
    "wish",
    [
        *("publish", "save:all", "add:", "add:nowhere", "add:steps/7/approvers", "up:parts/0"),
        *("down:parts/0", "remove:parts/9", "remove:", "remove:parts", "remove:parts/x", "copy:x"),
        *("group:parts:maybe", "group:steps:any", "wrap:steps/0", "unwrap:parts/0", "out:parts/0"),
        *("into:parts/0", "drop:parts/0:value:5", "drop:parts/0:field:0", "pick:parts/0:op:x"),
        *("drop:parts/0", "languages::effect", "once:parts/9:name", "remove:parts/٣", "add:parts/"),
    ],
)
def test_what_no_button_wishes_is_refused(wish: str) -> None:
    with pytest.raises(InvalidInput):
        make_move(slot_of(LINES, OVER_500["then"]), wish, ["en"])


def test_odd_names_are_no_part_of_the_form() -> None:
    names = ["parts/0", "parts/x/field", "/", "", "a/b", "parts/-1/field", "parts/99999/field"]
    names += ["evil/0/field", "parts/0/fie ld", "x" * 500, "parts/0/parts/field"]
    slot = read_slots([(name, ["text"]) for name in names])
    assert slot == Slot()


@pytest.mark.django_db
def test_every_button_of_a_full_form_answers(cast: Cast) -> None:
    """Each is pressed on the page as it was first shown; none loses the way."""
    line = {"field": "line.tags", "op": "in", "value": ["a", "b"]}
    group = {"any": [LINES, {"not": GOODS}, {"any_line": {"all": [line, line]}}]}
    step = {**OVER_500["then"]["steps"][0], "label": {"en": "One"}, "quorum": 1}
    then = {"effect": "require", "steps": [step, {**step, "otherwise": step["approvers"]}]}
    rule = {"id": "r", "when": {"all": [group, OTHER]}, "then": then}
    builder = Builder(cast.ines, rulebook_of(cast))
    builder.fields = form_of(rule, "look")
    builder.press("look")
    fields = builder.fields
    pressed = {do.partition(":")[0] for do in builder.buttons}
    assert pressed == {
        *("add", "remove", "copy", "up", "down", "group", "wrap", "unwrap", "out", "into", "drop"),
        *("languages", "once", "look", "save"),
    }
    for do in dict.fromkeys(builder.buttons):
        builder.fields = dict(fields)
        builder.press(do)
        assert builder.answer.status_code == (302 if do == "save" else 200), do


@pytest.mark.django_db
def test_every_condition_comes_back_from_the_page(cast: Cast) -> None:
    """All comparisons in one form, as the browser sends them back from its HTML."""
    parts = [part for part in every_condition() if "quote.margin" not in str(part)]
    for some in (parts[start : start + 110] for start in range(0, len(parts), 110)):
        rule = {"id": "r", "when": {"any": some}, "then": WARN}
        builder = Builder(cast.ines, rulebook_of(cast))
        builder.fields = form_of(rule, "look")
        builder.press("look")
        before, after = (
            built(read_slots(sent.items())) for sent in (form_of(rule), builder.fields)
        )
        assert before.book is not None, before.problems
        assert after.book == before.book


@pytest.mark.django_db
@pytest.mark.parametrize("then", list(every_effect()), ids=lambda then: str(then)[:60])
def test_every_effect_comes_back_from_the_page(then: dict[str, Any], cast: Cast) -> None:
    rule = {"id": "r", "when": {"all": []}, "then": then}
    builder = Builder(cast.ines, rulebook_of(cast))
    builder.fields = form_of(rule, "look")
    builder.press("look")
    assert built(read_slots(builder.fields.items())).book == built(slot_of(rule["when"], then)).book


@pytest.mark.django_db
def test_groups_stand_no_deeper_than_the_engine_reads(cast: Cast) -> None:
    deep: dict[str, Any] = LINES
    for _level in range(MAX_DEPTH - 2):
        deep = {"any": [deep]}
    builder = Builder(cast.ines, rulebook_of(cast))
    builder.fields = form_of({**OVER_500, "when": {"all": [deep]}}, "look")
    assert "Groups cannot stand any deeper." in builder.press("look").text
    inner = "/".join(["parts/0"] * (MAX_DEPTH - 1))
    builder.press(f"wrap:{inner}").press("save")
    assert builder.answer.status_code == 422
    assert any("at most 12 levels" in said for said in builder.complaints), builder.complaints


@pytest.mark.django_db
def test_a_hand_made_form_is_refused_and_changes_nothing(cast: Cast) -> None:
    address = f"/c/meridian/rules/{rulebook_of(cast).pk}/new-rule/"
    good = form_of(OVER_500)
    for odd in (
        {"do": ["publish:now"]},
        {"version": ["one"]},
        {"parts/0/op": ["~"]},
        {"parts/0/field": ["company.secret"]},
        {"parts/0/currency": ["EURO"]},
        {"parts/0/value": ["NaN"]},
        {"parts/0/group": ["perhaps"]},
        {"effect": ["explode"]},
        {"shape": ["circle"]},
        {"steps/0/quorum": ["most"]},
        {"steps/0/rank": ["99999"]},
        {"steps/0/approvers/0/select": ["merchant_role"], "steps/0/approvers/0/role": ["owner"]},
        {"message": ["x" * 3_000]},
    ):
        answer = as_actor(cast.ines).post(address, {**good, **odd})
        assert 400 <= answer.status_code < 500, odd
    assert not RulebookDraft.objects.exists()
