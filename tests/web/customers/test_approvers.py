"""A customer's own approvers set by the merchant: asked for, agreed to, and in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from django.http import HttpResponse

from placet.events.models import Event
from placet.policy.starters import simple_organisation
from placet.policy.tier_rules import RULE_ID
from placet.rulebooks.actions import change_rulebook, publish_rulebook, save_draft
from placet.rulebooks.models import Rulebook, RulebookDraft
from tests.cast import Cast
from tests.rulebooks.rules import meridian
from tests.web.pages import as_actor, page

pytestmark = pytest.mark.django_db


def post(cast: Cast, who: str, path: str, **fields: Any) -> HttpResponse:
    """A form below the customer's page, as one of the merchant's people."""
    actor = getattr(cast, who)
    address = f"/c/{actor.company_slug}/customers/{cast.company['meridian']}/approvers/{path}"
    return as_actor(actor).post(address, fields, follow=True)


def kept(cast: Cast, keeper: str = "both") -> Rulebook:
    rulebook = meridian(cast)
    change_rulebook(
        rulebook, version=rulebook.version, kept_by=keeper, actor=cast.ines, now=cast.now
    )
    return meridian(cast)


def tiers(cast: Cast, mode: str = "cumulative", **more: Any) -> Mapping[str, Any]:
    """Rashid from 2,000, Helena from 3,000, Sofia from 5,000."""
    rows: dict[str, Any] = {"based_on": "1", "rows": "3", "mode": mode, "others": "replace"}
    for index, (amount, who) in enumerate(
        (("2,000", "rashid"), ("3,000.00", "helena"), ("5000", "sofia"))
    ):
        rows |= {f"from_{index}": amount, f"first_{index}": cast.member[who]}
    return {**rows, "do": "publish", **more}


def approvers(cast: Cast, path: str = "") -> str:
    return f"customers/{cast.company['meridian']}/approvers/{path}"


def test_the_merchant_asks_and_the_company_agrees(cast: Cast) -> None:
    asking = page(cast.odd, approvers(cast))
    assert "keeps its rules itself" in asking
    assert "4410" not in asking
    assert "Rashid" not in asking
    answer = post(cast, "odd", "ask/", keeper="both", reason="Your contract names three people.")
    assert "You asked, and they have not answered yet" in answer.content.decode()
    shown = page(cast.ines, "rules/")
    assert "Your supplier asks to keep these rules with you" in shown
    assert "Your contract names three people." in shown
    rulebook = meridian(cast)
    said = as_actor(cast.ines).post(
        f"/c/meridian/rules/{rulebook.pk}/keeping/answer/",
        {"version": rulebook.version, "do": "accept"},
        follow=True,
    )
    assert "Agreed." in said.content.decode()
    assert meridian(cast).kept_by == "both"
    assert "From which amount on" in page(cast.odd, approvers(cast))
    types = Event.objects.filter(subject=rulebook.pk).values_list("type", flat=True)
    assert {"rulebook.keeping_asked", "rulebook.keeping_answered"} <= set(types)


def test_without_their_yes_nothing_is_set(cast: Cast) -> None:
    post(cast, "odd", "ask/", keeper="merchant", reason="Please.")
    refused = post(cast, "odd", "", **tiers(cast))
    assert refused.status_code == 403
    assert meridian(cast).published.number == 1
    rulebook = meridian(cast)
    as_actor(cast.ines).post(
        f"/c/meridian/rules/{rulebook.pk}/keeping/answer/",
        {"version": rulebook.version, "do": "decline"},
    )
    rulebook.refresh_from_db()
    assert (rulebook.kept_by, rulebook.asked_keeper, rulebook.asked_reason) == ("company", "", "")


def test_an_answer_to_another_question_is_none(cast: Cast) -> None:
    post(cast, "odd", "ask/", keeper="both", reason="Together.")
    seen = meridian(cast).version
    post(cast, "odd", "ask/", keeper="merchant", reason="Alone.")
    path = f"/c/meridian/rules/{meridian(cast).pk}/keeping/answer/"
    said = as_actor(cast.ines).post(path, {"version": seen, "do": "accept"}, follow=True)
    assert "This changed since you opened it." in said.content.decode()
    assert meridian(cast).kept_by == "company"
    post(cast, "odd", "hand-back/")
    late = as_actor(cast.ines).post(path, {"version": seen, "do": "accept"}, follow=True)
    assert "Nobody asks any more." in late.content.decode()


@pytest.mark.parametrize("reason", ["", "  ", "x" * 401])
def test_a_question_has_a_reason(cast: Cast, reason: str) -> None:
    assert post(cast, "odd", "ask/", keeper="both", reason=reason).status_code == 422
    assert meridian(cast).asked_keeper == ""


@pytest.mark.parametrize(
    ("mode", "cents", "asked"),
    [
        ("cumulative", 1_999_99, []),
        ("cumulative", 2_000_00, ["Rashid Haddad"]),
        ("cumulative", 3_500_00, ["Rashid Haddad", "Helena Brandt"]),
        ("final", 3_500_00, ["Helena Brandt"]),
        ("cumulative", 5_000_00, ["Rashid Haddad", "Helena Brandt", "Sofia Lindqvist"]),
    ],
)
def test_the_worked_examples_through_the_form(
    cast: Cast, mode: str, cents: int, asked: list[str]
) -> None:
    kept(cast)
    answer = post(cast, "odd", "", **tiers(cast, mode))
    assert "Version 2 holds from now on." in answer.content.decode()
    assert plan_of(cast, cents) == asked


def plan_of(cast: Cast, cents: int) -> list[str]:
    """Whom the engine asks for an order of Lena's over so much, in their order."""
    from placet.plans.simulate import simulate
    from placet.plans.typed_purchase import TypedLine, TypedPurchase
    from placet.policy.plan import Plan

    typed = TypedPurchase("EUR", (TypedLine(amount_minor=cents, category="office"),))
    plan: Plan = simulate(
        cast.ines, member_id=cast.member["lena"], purchase=typed, now=cast.now
    ).plan
    names = {member: who for who, member in cast.member.items()}
    people = {"rashid": "Rashid Haddad", "helena": "Helena Brandt", "sofia": "Sofia Lindqvist"}
    return [people[names[one.member]] for step in plan.steps for one in step.approvers]


def test_the_preview_says_whom_each_amount_asks_and_stores_nothing(cast: Cast) -> None:
    kept(cast)
    shown = post(cast, "odd", "", **tiers(cast, do="try")).content.decode()
    preview = shown.split('id="h-preview"')[1]
    rows = ["1,999.99", "nobody", "2,000.00", "Rashid", "3,000.00", "Helena", "5,000.00", "Sofia"]
    places = [preview.index(one) for one in rows]
    assert places == sorted(places)
    assert meridian(cast).published.number == 1
    assert not RulebookDraft.objects.exists()


def test_other_rules_stay_where_the_form_says_so(cast: Cast) -> None:
    kept(cast)
    assert "3 other rules hold." in page(cast.odd, approvers(cast))
    post(cast, "odd", "", **tiers(cast, others="keep"))
    published = meridian(cast).published.document
    assert "icu-over-500" in published
    assert RULE_ID in published
    again = page(cast.odd, approvers(cast))
    assert 'value="2000' in again.replace("2,000", "2000")
    assert "nothing" not in again.split("h-preview")[1]


def test_the_rule_every_company_starts_with_gives_way(cast: Cast) -> None:
    rulebook = kept(cast)
    publish_rulebook(rulebook, document=simple_organisation(), actor=cast.ines, now=cast.now)
    sent = dict(tiers(cast, based_on="2"))
    del sent["others"]
    assert "Version 3 holds" in post(cast, "odd", "", **sent).content.decode()
    assert plan_of(cast, 1_999_99) == []


def test_a_form_that_cannot_be_comes_back_with_what_was_typed(cast: Cast) -> None:
    kept(cast)
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"from_1": "1,500"}, "Each amount is above the one before."),
        ({"first_0": ""}, "Who approves from there on?"),
        ({"from_2": ""}, "From which amount?"),
        ({"from_0": "a lot"}, "Type an amount"),
        ({"from_0": "-5"}, "out of range"),
        ({"first_0": cast.member["ola"]}, "not one of the available choices"),
        ({"first_0": cast.member["gone"]}, "not one of the available choices"),
        ({"mode": "most"}, "not one of the available choices"),
    ]
    for change, said in wrong:
        answer = post(cast, "odd", "", **tiers(cast, **change))
        assert answer.status_code == 422, change
        assert said in answer.content.decode(), change
    nothing = {"based_on": "1", "rows": "3", "mode": "final", "others": "keep", "do": "publish"}
    assert "Name an amount" in post(cast, "odd", "", **nothing).content.decode()
    assert meridian(cast).published.number == 1


def test_one_more_row_keeps_what_was_typed(cast: Cast) -> None:
    kept(cast)
    shown = post(cast, "odd", "", **tiers(cast, do="more")).content.decode()
    assert 'name="from_3"' in shown
    assert 'value="3,000.00"' in shown
    assert "error" not in shown.split('id="h-tiers"')[1].split("</form>")[0]


def test_whoever_was_quicker_is_not_overwritten(cast: Cast) -> None:
    rulebook = kept(cast)
    publish_rulebook(rulebook, document=simple_organisation(), actor=cast.ines, now=cast.now)
    late = post(cast, "odd", "", **tiers(cast)).content.decode()
    assert "Version 2 was published meanwhile." in late
    save_draft(
        meridian(cast),
        document=simple_organisation(),
        version=None,
        actor=cast.ines,
        now=cast.now,
    )
    beside = post(cast, "odd", "", **tiers(cast, based_on="2")).content.decode()
    assert "Ines Keller is writing a draft already." in beside
    assert meridian(cast).published.number == 2


def test_where_two_have_to_agree_it_stays_a_draft(cast: Cast) -> None:
    rulebook = kept(cast)
    change_rulebook(
        rulebook,
        version=rulebook.version,
        needs_second_person=True,
        actor=cast.ines,
        now=cast.now,
    )
    answer = post(cast, "odd", "", **tiers(cast)).content.decode()
    assert "somebody else publishes it" in answer
    assert RulebookDraft.objects.get().edited_by_id == cast.member["odd"]
    assert meridian(cast).published.number == 1


def test_handed_back_the_company_keeps_its_rules_and_they_hold(cast: Cast) -> None:
    kept(cast, "merchant")
    post(cast, "odd", "", **tiers(cast))
    assert "themselves" in post(cast, "odd", "hand-back/").content.decode()
    assert meridian(cast).kept_by == "company"
    assert plan_of(cast, 2_000_00) == ["Rashid Haddad"]
    assert post(cast, "odd", "", **tiers(cast)).status_code == 403
    again = post(cast, "odd", "hand-back/").content.decode()
    assert "The company keeps these rules itself." in again


def test_nobody_else_is_let_in(cast: Cast) -> None:
    kept(cast)
    for staff in (cast.tomas, cast.mira):
        page(staff, approvers(cast), status=403)
    for outsider in (cast.ines, cast.jan, cast.lena):
        page(outsider, approvers(cast), status=404)
    page(cast.odd, f"customers/{cast.company['park']}/approvers/", status=404)
    path = f"/c/kowalski/rules/{meridian(cast).pk}/keeping/answer/"
    assert as_actor(cast.jan).post(path, {"version": 1, "do": "accept"}).status_code == 404
    own = f"/c/meridian/rules/{meridian(cast).pk}/keeping/answer/"
    assert as_actor(cast.lena).post(own, {"version": 1, "do": "accept"}).status_code == 403
