"""The head of a text: what holds without a rule, which amounts count, who else is asked."""

from __future__ import annotations

import json
from typing import Any

import pytest

from placet.rulebooks.actions import create_rulebook, save_draft
from placet.rulebooks.models import RulebookDraft
from tests.cast import Cast
from tests.cast_rules import MERIDIAN
from tests.rulebooks.rules import book, meridian, with_finance_from
from tests.web.pages import page
from tests.web.rules.keepers import draft_of, second_admin, send, text_of

pytestmark = pytest.mark.django_db

AS_IT_WAS = {"default": "free", "amount_basis": "goods"}


def settings(cast: Cast) -> str:
    """The address of the form."""
    return f"rules/{meridian(cast).pk}/draft/settings/"


def saved(cast: Cast, **fields: Any) -> dict[str, Any]:
    """The head of the draft after Ines chose these."""
    rulebook = meridian(cast)
    seen = RulebookDraft.objects.filter(rulebook=rulebook).first() or rulebook
    answer = send(cast.ines, settings(cast), seen=seen, **{**AS_IT_WAS, **fields})
    assert answer.status_code == 200, text_of(answer)
    document = json.loads(draft_of(rulebook).document)
    return {key: value for key, value in document.items() if key != "rules"}


def test_every_setting_is_written_down_and_shown_as_a_difference(cast: Cast) -> None:
    head = saved(
        cast,
        default="require",
        default_approvers="role:finance",
        amount_basis="gross",
        limit_approvers="manager",
        budget_approvers="admins",
        may_approve=["author"],
    )
    finance = {"select": "role", "role": "finance", "where": "company"}
    assert head == {
        "format": 1,
        "side": "buyer",
        "default": {"effect": "require", "steps": [{"approvers": [finance]}]},
        "amount_basis": "gross",
        "limit_approvers": {"steps": [{"approvers": [{"select": "manager", "levels_up": 1}]}]},
        "budget_approvers": {"steps": [{"approvers": [{"select": "admins"}]}]},
        "may_approve": ["author"],
    }
    shown = page(cast.ines, f"rules/{meridian(cast).pk}/draft/")
    assert "goods with shipping and tax" in shown
    assert "It differs in 5 places from what is published" in shown
    assert "Who approves over a limit" in shown


def test_what_is_set_back_leaves_no_trace_in_the_text(cast: Cast) -> None:
    saved(cast, amount_basis="gross", limit_approvers="chain", may_approve=["author"])
    head = saved(cast)
    assert head == {"format": 1, "side": "buyer", "default": "free"}


def test_a_shape_that_the_list_does_not_have_stays_word_for_word(cast: Cast) -> None:
    two = [
        {"approvers": [{"select": "admins"}], "rank": 1},
        {"approvers": [{"select": "head", "levels_up": 0}], "rank": 2, "due_hours": 4},
    ]
    document = {**MERIDIAN, "limit_approvers": {"steps": two}}
    save_draft(meridian(cast), document=document, version=None, actor=cast.ines, now=cast.now)
    shown = page(cast.ines, settings(cast))
    assert "As it is: the company’s admins (any one), then the head of the unit" in shown
    head = saved(cast, limit_approvers="kept", amount_basis="gross")
    assert head["limit_approvers"] == {"steps": two}


def test_a_default_that_asks_says_whom(cast: Cast) -> None:
    answer = send(
        cast.ines,
        settings(cast),
        seen=meridian(cast),
        **{**AS_IT_WAS, "default": "require", "amount_basis": "gross"},
    )
    assert answer.status_code == 422
    assert "Choose who approves then." in text_of(answer)
    assert 'value="gross" checked' in text_of(answer)


@pytest.mark.parametrize(
    "fields",
    [
        {"default": "inherit"},
        {"default": "maybe"},
        {"amount_basis": "net of everything"},
        {"limit_approvers": "role:no-such-role"},
        {"may_approve": ["requester"]},
    ],
)
def test_what_is_no_choice_is_refused_at_its_place(cast: Cast, fields: dict[str, Any]) -> None:
    answer = send(cast.ines, settings(cast), seen=meridian(cast), **{**AS_IT_WAS, **fields})
    assert answer.status_code == 422
    assert not RulebookDraft.objects.exists()


def test_a_conflict_keeps_the_choices_and_says_what_holds_now(cast: Cast) -> None:
    rulebook, colleague = meridian(cast), second_admin(cast)
    document = {**with_finance_from(1), "amount_basis": "with_shipping"}
    save_draft(rulebook, document=document, version=None, actor=colleague, now=cast.now)
    chosen = {**AS_IT_WAS, "amount_basis": "gross", "limit_approvers": "chain"}
    answer = send(cast.ines, settings(cast), seen=rulebook, **chosen)
    shown = text_of(answer)
    assert answer.status_code == 409
    assert "Aron Levi changed this draft since you opened it." in shown
    assert 'value="gross" checked' in shown
    assert '<option value="chain" selected>' in shown
    assert "goods with shipping, without tax" in shown.split("now-is")[1].split("</ul>")[0]
    assert 'name="version" value="1"' in shown
    send(cast.ines, settings(cast), seen=draft_of(rulebook), **chosen)
    after = json.loads(draft_of(rulebook).document)
    assert after["rules"] == document["rules"]
    assert after["amount_basis"] == "gross"


def test_the_merchants_side_has_its_own_settings(cast: Cast) -> None:
    own = create_rulebook(name="Exceptions", side="merchant", actor=cast.odd, now=cast.now)
    path = f"rules/{own.pk}/draft/settings/"
    shown = page(cast.odd, path)
    assert "Who approves over the credit limit" in shown
    assert "Who approves over a budget" not in shown
    answer = send(cast.odd, path, seen=own, **AS_IT_WAS, credit_approvers="role:owner")
    assert answer.status_code == 200
    owner = {"select": "merchant_role", "role": "owner"}
    assert json.loads(draft_of(own).document) == {
        **book(side="merchant"),
        "credit_approvers": {"steps": [{"approvers": [owner]}]},
    }
