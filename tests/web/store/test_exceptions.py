"""Which orders the store looks at first: tried, published, in force for every customer."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse

from placet.plans.simulate import simulate
from placet.plans.typed_purchase import TypedLine, TypedPurchase
from placet.rulebooks.actions import save_draft
from placet.rulebooks.models import Rulebook
from tests.cast import Cast
from tests.web.pages import as_actor, page

pytestmark = pytest.mark.django_db
MINIMUM = {
    "on_below-minimum": "on",
    "amount_below-minimum": "100",
    "role_below-minimum": "store_manager",
    "on_far-below-minimum": "on",
    "amount_far-below-minimum": "80",
    "role_far-below-minimum": "owner",
}


def post(cast: Cast, **fields: Any) -> HttpResponse:
    return as_actor(cast.odd).post(
        "/c/norden/store/rules/", {"based_on": "0", "do": "publish", **fields}, follow=True
    )


def released_by(cast: Cast, cents: int) -> list[list[str]]:
    """Who of the merchant's is asked for a purchase of Sofia's."""
    typed = TypedPurchase("EUR", (TypedLine(amount_minor=cents, category="office"),))
    plan = simulate(cast.ines, member_id=cast.member["sofia"], purchase=typed, now=cast.now).plan
    names = {member: who for who, member in cast.member.items()}
    return [
        [names[one.member] for one in step.approvers]
        for step in plan.steps
        if step.side == "merchant"
    ]


@pytest.mark.parametrize(
    ("cents", "asked"),
    [(95_00, [["mira"]]), (80_00, [["mira"]]), (45_00, [["odd"]]), (100_00, [])],
)
def test_the_worked_example_of_the_design(cast: Cast, cents: int, asked: list[list[str]]) -> None:
    assert "That holds from now on." in post(cast, **MINIMUM).content.decode()
    assert released_by(cast, cents) == asked


def test_what_was_tried_is_said_and_not_stored(cast: Cast) -> None:
    text = post(cast, do="try", **MINIMUM).content.decode()
    tried = text.split('id="h-tried"')[1]
    assert "100.00" in tried
    assert "80.00" in tried
    assert "Mira Dahl" in tried
    assert not Rulebook.objects.filter(side="merchant").exists()


def test_switched_off_again_every_order_is_taken(cast: Cast) -> None:
    post(cast, **MINIMUM)
    shown = page(cast.odd, "store/rules/")
    assert 'value="100.00"' in shown
    assert "That holds" in post(cast, based_on="1").content.decode()
    assert released_by(cast, 45_00) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"amount_below-minimum": ""}, "Which amount?"),
        ({"amount_below-minimum": "-1"}, "out of range"),
        ({"amount_far-below-minimum": "100"}, "This lies below the minimum before it."),
        ({"on_below-minimum": ""}, "This lies below the minimum before it."),
        ({"role_below-minimum": "king"}, "not one of the available choices"),
    ],
)
def test_what_cannot_be_comes_back(cast: Cast, change: dict[str, str], said: str) -> None:
    answer = post(cast, **{**MINIMUM, **change})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Rulebook.objects.filter(side="merchant").exists()


def test_rules_that_say_more_stay(cast: Cast) -> None:
    post(cast, **MINIMUM)
    own = Rulebook.objects.get(side="merchant")
    document = {
        "format": 1,
        "side": "merchant",
        "default": "free",
        "rules": [
            {"id": "gloves", "when": {"all": []}, "then": {"effect": "warn"}, "message": "Hm."}
        ],
    }
    save_draft(own, document=document, version=None, actor=cast.odd, now=cast.now)
    late = post(cast, based_on="1").content.decode()
    assert "Odd Nilsen is writing a draft already." in late
    as_actor(cast.odd).post(
        f"/c/norden/rules/{own.pk}/draft/publish/", {"version": "1", "based_on": "1"}
    )
    assert "1 rule of yours says more" in page(cast.odd, "store/rules/")
    post(cast, **{**MINIMUM, "based_on": "2"})
    own.refresh_from_db()
    assert '"gloves"' in own.published.document
    assert '"below-minimum"' in own.published.document


def test_it_is_the_owners_page(cast: Cast) -> None:
    assert "/store/rules/" in page(cast.odd, "rules/")
    for staff in (cast.mira, cast.tomas):
        page(staff, "store/rules/", status=403)
    for outsider in (cast.ines, cast.lena, cast.jan):
        page(outsider, "store/rules/", status=404)
