"""Examples: added from words, tried at once, and in the way while one of them fails."""

from __future__ import annotations

import json
from typing import Any

import pytest

from placet.rulebooks.actions import save_draft
from placet.rulebooks.models import RulebookDraft
from tests.cast import Cast
from tests.rulebooks.rules import euro, meridian, with_finance_from
from tests.web.pages import page
from tests.web.rules.keepers import draft_of, second_admin, send, text_of

pytestmark = pytest.mark.django_db


def add(cast: Cast, **fields: Any) -> str:
    """Ines adds an example; the answer is the page that she lands on."""
    rulebook = meridian(cast)
    seen = RulebookDraft.objects.filter(rulebook=rulebook).first() or rulebook
    typed = {f"example-{name}": value for name, value in {"expect": "approval", **fields}.items()}
    answer = send(cast.ines, f"rules/{rulebook.pk}/draft/examples/", seen=seen, **typed)
    assert answer.status_code in (200, 422)
    return text_of(answer)


def test_words_become_an_example_that_is_tried(cast: Cast) -> None:
    shown = add(
        cast,
        name="A microscope",
        amount="6,400.00",
        category="medical-devices",
        cost_center="4410",
        ship_to=cast.address["Main store"],
        requester=cast.member["lena"],
        rule="finance",
        expect="matches",
    )
    assert json.loads(draft_of(meridian(cast)).examples) == [
        {
            "rule": "finance",
            "name": "A microscope",
            "purchase": {
                "purchase.amount": euro(6_400_00),
                "line.category": "medical-devices",
                "allocation.cost_centre": "4410",
                "allocation.ship_to": cast.address["Main store"],
                "requester.member": cast.member["lena"],
            },
            "expect": "matches",
        }
    ]
    assert "A microscope" in shown
    assert ">holds<" in shown.replace("</svg>", ">")


def test_any_field_of_the_registry_can_be_given(cast: Cast) -> None:
    add(cast, fact="line.above_last_price", fact_value="12.5", expect="free")
    add(cast, fact="line.tags", fact_value="icu, sterile", expect="free")
    add(cast, fact="line.restricted", fact_value="yes", expect="free")
    add(cast, fact="line.quantity", fact_value="20", expect="free")
    given = [example["purchase"] for example in json.loads(draft_of(meridian(cast)).examples)]
    assert given == [
        {"line.above_last_price": 1250},
        {"line.tags": ["icu", "sterile"]},
        {"line.restricted": True},
        {"line.quantity": "20"},
    ]


def test_a_failing_example_says_what_came_instead_and_refuses_the_publication(cast: Cast) -> None:
    shown = add(cast, name="Too dear", amount="6,400.00", expect="free")
    assert "fails" in shown
    assert "But: Approval is needed" in shown
    rulebook = meridian(cast)
    answer = send(cast.ines, f"rules/{rulebook.pk}/draft/publish/", seen=draft_of(rulebook))
    assert answer.status_code == 409
    assert "The example “Too dear” expects that no approval is needed" in text_of(answer)
    assert meridian(cast).published.number == 1


def test_examples_alone_can_be_published(cast: Cast) -> None:
    shown = add(cast, amount="6,400.00")
    assert '<button class="btn btn-primary">Publish' in shown
    rulebook = meridian(cast)
    answer = send(cast.ines, f"rules/{rulebook.pk}/draft/publish/", seen=draft_of(rulebook))
    assert "Version 2 holds from now on." in text_of(answer)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Say something about the purchase"),
        ({"amount": "much"}, "This is no number."),
        ({"amount": "1.234"}, "At most 2 decimals."),
        ({"amount": "5", "expect": "matches"}, "Choose the rule that matches, or does not."),
        ({"fact": "purchase.weekday"}, "Say its value."),
        ({"fact": "purchase.weekday", "fact_value": "1.5"}, "This is no number."),
        ({"fact": "purchase.source", "fact_value": "fax"}, "One of: cart, quote"),
        ({"fact": "line.restricted", "fact_value": "perhaps"}, "One of: yes, no"),
        ({"amount": "5", "expect": "chaos"}, "Select a valid choice"),
        ({"amount": "5", "rule": "no-such-rule"}, "Select a valid choice"),
        ({"amount": "5", "fact": "purchase.mood", "fact_value": "1"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_read_is_said_where_it_stands(
    cast: Cast, typed: dict[str, str], said: str
) -> None:
    shown = add(cast, **typed)
    assert said in shown
    assert not RulebookDraft.objects.exists()


def test_people_and_places_of_others_are_no_choice(cast: Cast) -> None:
    for name, value in (
        ("requester", cast.member["ola"]),
        ("ship_to", cast.address["Magazyn"]),
    ):
        assert "Select a valid choice" in add(cast, amount="5", **{name: value})


def test_an_example_is_taken_out(cast: Cast) -> None:
    add(cast, amount="1", expect="free")
    add(cast, amount="2", expect="free")
    rulebook = meridian(cast)
    path = f"rules/{rulebook.pk}/draft/examples/remove/"
    answer = send(cast.ines, path, seen=draft_of(rulebook), index="0")
    assert "The example is out of the draft." in text_of(answer)
    left = json.loads(draft_of(rulebook).examples)
    assert [example["purchase"]["purchase.amount"]["amount_minor"] for example in left] == [200]
    for index in ("1", "-1", "x", "9" * 30):
        answer = send(cast.ines, path, seen=draft_of(rulebook), index=index)
        assert "There is no such example any more." in text_of(answer)


def test_a_conflict_keeps_what_was_typed(cast: Cast) -> None:
    rulebook, colleague = meridian(cast), second_admin(cast)
    save_draft(rulebook, document=with_finance_from(1), version=None, actor=colleague, now=cast.now)
    answer = send(
        cast.ines,
        f"rules/{rulebook.pk}/draft/examples/",
        seen=rulebook,
        **{"example-amount": "77.10", "example-name": "Mine", "example-expect": "free"},
    )
    assert answer.status_code == 409
    assert "Aron Levi changed this draft" in text_of(answer)
    assert 'value="77.10"' in text_of(answer)
    assert 'value="Mine"' in text_of(answer)
    assert draft_of(rulebook).version == 1


def test_the_form_begins_with_the_rule_that_it_was_opened_from(cast: Cast) -> None:
    shown = page(cast.ines, f"rules/{meridian(cast).pk}/draft/examples/?rule=finance")
    assert '<option value="finance" selected>Finance</option>' in shown
    page(cast.lena, f"rules/{meridian(cast).pk}/draft/examples/", status=403)
    page(cast.jan, f"rules/{meridian(cast).pk}/draft/examples/", status=404)
