"""What the builder tells while a rule is made: sentence, findings, count; and what stops it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placet.companies.models import Company, Member
from placet.rulebooks.actions import publish_rulebook, save_draft
from placet.rulebooks.models import Rulebook, RulebookDraft
from tests.cast import Cast
from tests.rulebooks.rules import book
from tests.web.pages import as_actor, page
from tests.web.rule_builder.forms import OVER_500, Builder, form_of, rulebook_of

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
LIVE = {**HTMX, "HTTP_HX_TARGET": "rule-live"}
COUNT = {**HTMX, "HTTP_HX_TARGET": "rule-count"}


def address(cast: Cast) -> str:
    return f"/c/meridian/rules/{rulebook_of(cast).pk}/new-rule/"


def told(cast: Cast, rule: dict[str, Any], **headers: str) -> str:
    """What a refresh of the form answers."""
    answer = as_actor(cast.ines).post(address(cast), form_of(rule, "look"), **headers)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_rule_is_read_back(cast: Cast) -> None:
    text = told(cast, OVER_500, **LIVE)
    assert text.lstrip().startswith("<aside")
    assert "the order is over <b>500.00\N{NO-BREAK SPACE}EUR</b>" in text
    assert "data-announce" in text


def test_what_is_missing_is_said_in_order_with_its_place(cast: Cast) -> None:
    builder = Builder(cast.ines, rulebook_of(cast), "new-rule/?start=certain-products")
    assert builder.complaints == [
        "parts/0/parts/0/value: Condition 1.1: Choose at least one.",
        "steps/0/approvers/0/role: Step 1: Choose a role.",
    ]
    assert 'aria-invalid="true"' not in builder.text
    builder.press("save")
    assert builder.answer.status_code == 422
    assert builder.text.count('aria-invalid="true"') == 2
    assert "It was not saved. Choose at least one." in builder.text
    assert re.search(r'id="parts/0/parts/0/more"[^>]* autofocus', builder.text)


def test_what_cannot_be_is_said_at_its_control(cast: Cast) -> None:
    builder = Builder(cast.ines, rulebook_of(cast), "new-rule/?start=over-an-amount")
    builder.press("look", parts__0__value="five hundred")
    assert 'id="parts/0/value-error"' in builder.text
    assert "“five hundred” is not a number." in builder.text
    assert builder.one("parts/0/value") == "five hundred"
    builder.press("save", parts__0__value="5.123,456")
    assert builder.answer.status_code == 422
    assert "At most 2 decimals." in builder.text


def test_bounds_the_wrong_way_round(cast: Cast) -> None:
    rule = {**OVER_500, "when": {"field": "purchase.line_count", "op": "between", "value": [3, 2]}}
    text = told(cast, rule)
    assert "The lower value comes first" in text
    assert 'id="parts/0/value-error"' in text


def test_a_pattern_is_tried_on_an_example(cast: Cast) -> None:
    when = {"field": "purchase.reference", "key": "po", "op": "matches", "value": "PR-[0-9]{5}"}
    form = form_of({**OVER_500, "when": when}, "look")
    for tried, said in (("PR-12345", "It fits."), ("PR-1", "It does not fit.")):
        answer = as_actor(cast.ines).post(address(cast), form | {"parts/0/tried": [tried]})
        assert said in answer.content.decode()
    broken = form | {"parts/0/value": ["(PR"]}
    assert "cannot be read" in as_actor(cast.ines).post(address(cast), broken).content.decode()


def test_a_rule_that_nobody_could_decide_is_found(cast: Cast) -> None:
    Member.objects.filter(pk=cast.member["mei"]).update(status=Member.Status.DEACTIVATED)
    step = {"approvers": [{"select": "members", "members": [cast.member["mei"]]}]}
    text = told(cast, {**OVER_500, "then": {"effect": "require", "steps": [step]}}, **LIVE)
    assert "is not an active member of this company any more" in text
    assert "Name somebody else, or a role." in text


def test_findings_of_other_rules_are_not_told_here(cast: Cast) -> None:
    gone = {"approvers": [{"select": "members", "members": [cast.member["gone"]]}]}
    other = {"id": "o", "when": {"all": []}, "then": {"effect": "require", "steps": [gone]}}
    save_draft(rulebook_of(cast), document=book(other), version=None, actor=cast.ines, now=cast.now)
    text = told(cast, OVER_500, **LIVE)
    assert "not an active member" not in text


def test_past_purchases_are_counted_when_the_rest_is_there(cast: Cast) -> None:
    assert 'id="rule-count"' in told(cast, OVER_500, **LIVE)
    text = told(cast, OVER_500, **COUNT)
    assert text.strip().splitlines()[-1].startswith('<div class="card-foot')
    assert "past purchases" in text


def test_who_was_not_quick_enough_keeps_everything(cast: Cast) -> None:
    builder = Builder(cast.ines, rulebook_of(cast), "rule/finance/")
    rule = {**OVER_500, "id": "finance", "name": "Finance, by somebody else"}
    save_draft(rulebook_of(cast), document=book(rule), version=None, actor=cast.ines, now=cast.now)
    builder.press("save", name_in__0__text="Mine")
    assert builder.answer.status_code == 409
    assert "changed this draft since you opened it. Nothing was saved." in builder.text
    assert "The draft says now" in builder.text
    assert builder.one("name_in/0/text") == "Mine"
    assert builder.press("save").answer.status_code == 302
    document = RulebookDraft.objects.get().document
    assert '"Mine"' in document
    assert "somebody else" not in document


def test_a_version_that_was_published_meanwhile_is_not_overwritten(cast: Cast) -> None:
    builder = Builder(cast.ines, rulebook_of(cast), "rule/finance/")
    rule = {**OVER_500, "id": "finance", "name": "Finance, by somebody else"}
    publish_rulebook(rulebook_of(cast), document=book(rule), actor=cast.ines, now=cast.now)
    builder.press("save", name_in__0__text="Mine")
    assert builder.answer.status_code == 409
    assert "Version 2 was published since you opened this." in builder.text
    assert "The draft says now" in builder.text
    assert not RulebookDraft.objects.exists()
    assert builder.press("save").answer.status_code == 302
    assert RulebookDraft.objects.get().based_on.number == 2


def test_a_rule_that_was_removed_meanwhile_is_put_back(cast: Cast) -> None:
    builder = Builder(cast.ines, rulebook_of(cast), "rule/finance/")
    save_draft(rulebook_of(cast), document=book(), version=None, actor=cast.ines, now=cast.now)
    assert builder.press("save").answer.status_code == 409
    assert builder.press("save").answer.status_code == 302
    assert '"id":"finance"' in RulebookDraft.objects.get().document


def test_saving_by_script_leads_to_the_draft(cast: Cast) -> None:
    answer = as_actor(cast.ines).post(address(cast), form_of(OVER_500), **HTMX)
    assert answer.headers["HX-Redirect"].endswith("/draft/")


def test_nobody_else_builds_rules(cast: Cast) -> None:
    other = Rulebook.objects.get(company__slug="kowalski")
    for name in ("lena", "rashid", "aron"):
        answer = as_actor(cast.actors[name]).post(address(cast), form_of(OVER_500))
        assert answer.status_code == 403
    page(cast.ines, f"rules/{other.pk}/new-rule/", status=404)
    page(cast.odd, f"rules/{rulebook_of(cast).pk}/rule/finance/", status=404)
    page(cast.ines, f"rules/{rulebook_of(cast).pk}/rule/nothing/", status=404)
    assert not RulebookDraft.objects.exists()


def test_the_merchant_asks_its_own_staff(cast: Cast) -> None:
    own = Rulebook.objects.create(
        created_at=cast.now,
        company=Company.objects.get(slug="norden"),
        side="merchant",
        name="Exceptions",
    )
    builder = Builder(cast.odd, own, "new-rule/?start=minimum")
    assert "our staff with a role" in builder.text
    builder.press(
        "save", parts__0__value="100", steps__0__approvers__0__role="store_manager", name="Minimum"
    )
    assert builder.answer.status_code == 302, builder.complaints
    assert '"merchant_role"' in RulebookDraft.objects.get().document


def test_a_refresh_asks_as_often_for_many_conditions_as_for_one(cast: Cast) -> None:
    leaf = {"field": "line.category", "op": "within", "value": ["office"]}
    place = {"field": "allocation.ship_to", "op": "in", "value": [cast.address["Main store"]]}
    few = {"all": [{"any_line": leaf}, {"any_allocation": place}]}
    many = {"all": [{"any_line": leaf}] * 20 + [{"any_allocation": place}] * 20}
    assert queries(cast, few) == queries(cast, many) <= 45


def queries(cast: Cast, when: dict[str, Any]) -> int:
    """The queries of a refresh, the second time that it is asked for."""
    client, form = as_actor(cast.ines), form_of({**OVER_500, "when": when}, "look")
    client.post(address(cast), form, **HTMX)
    with CaptureQueriesContext(connection) as captured:
        client.post(address(cast), form, **HTMX)
    return len(captured)
