"""What an approver can say beside yes and no, on the page: fewer, a suggestion, somebody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse

from placet.catalog.actions import AssortmentValues, Naming, create_assortment
from placet.catalog.models import Product
from placet.companies.models import Company
from placet.core.actor import Actor
from placet.orders.content import read_content
from placet.requisitions.actions import apply_due_decisions, suggest_line
from placet.requisitions.models import Decision, Referral, Requisition, StepAssignment, Suggestion
from placet.threads.models import Comment
from placet.web.requisitions.alternatives import list_alternatives
from tests.cast import Cast
from tests.requisitions.road import DRESSING, GLOVES, pending_step
from tests.web.pages import as_actor, page
from tests.web.road import waiting

pytestmark = pytest.mark.django_db
UNDO = timedelta(seconds=10)


@pytest.fixture
def requisition(cast: Cast) -> Requisition:
    """Line 1: 60 dressings; line 2: 20 boxes of gloves. Rashid decides."""
    return waiting(cast, (DRESSING, 60), (GLOVES, 20))


def say(actor: Actor, requisition: Requisition, place: str, **sent: Any) -> HttpResponse:
    step = pending_step(requisition)
    values = {"content_hash": step.revision.content_hash, **sent}
    answer: HttpResponse = as_actor(actor).post(f"/c/meridian/inbox/{step.pk}/{place}/", values)
    return answer


def lower(actor: Actor, requisition: Requisition, answer: str, **sent: Any) -> HttpResponse:
    return say(actor, requisition, "lines", **{"answer": answer, "reason": "Enough.", **sent})


def test_the_decision_page_offers_it_to_whom_it_asks_alone(
    cast: Cast, requisition: Requisition
) -> None:
    step = pending_step(requisition)
    shown = page(cast.rashid, f"inbox/{step.pk}/")
    for words in ("Approve fewer", "Suggest a change", "Ask a question", "Forward"):
        assert words in shown
    assert 'name="line-1" value="60"' in shown
    assert ">Mei Tanaka" in shown
    assert ">Lena Vogt</option>" not in shown
    assert "Approve fewer" not in page(cast.lena, f"inbox/{step.pk}/")


def test_what_the_requester_may_not_have_is_no_alternative(
    cast: Cast, requisition: Requisition
) -> None:
    Product.objects.filter(sku=GLOVES).update(substitute=Product.objects.get(sku="PEN-B"))
    assert requisition.revision
    content = read_content(requisition.revision.content)
    assert [one.product.sku for one in list_alternatives(content, now=cast.now)[2]] == ["PEN-B"]
    no_pens = AssortmentValues("No pens", "deny", Naming(products=["PEN-B"]))
    meridian = Company.objects.get(slug="meridian")
    create_assortment(meridian, values=no_pens, actor=cast.ines, now=cast.now)
    assert not list_alternatives(content, now=cast.now).get(2)


def test_what_follows_is_shown_before_and_decides_nothing(
    cast: Cast, requisition: Requisition
) -> None:
    look = lower(cast.rashid, requisition, "look", **{"line-1": "40", "line-2": "20"})
    shown = look.content.decode()
    assert look.status_code == 200
    assert "946.00 EUR instead of 1,344.00 EUR." in shown.replace("\N{NO-BREAK SPACE}", " ")
    assert "<b>You</b> approve what is left with this." in shown
    assert 'name="line-1" value="40"' in shown
    assert not Decision.objects.exists()


def test_what_only_the_shop_can_change_has_no_form_here(
    cast: Cast, requisition: Requisition
) -> None:
    Requisition.objects.filter(pk=requisition.pk).update(is_from_shop=True)
    shown = page(cast.rashid, f"inbox/{requisition.steps.get().pk}/")
    assert "Change it there." in shown
    assert "Request changes" in shown
    for words in ("Approve fewer", "Suggest a change"):
        assert words not in shown


def test_fewer_is_approved_and_the_rest_is_a_cart(cast: Cast, requisition: Requisition) -> None:
    sent = {"line-1": "40", "line-2": "0"}
    assert lower(cast.rashid, requisition, "approve", **sent).status_code == 302
    assert "1,344.00" in page(cast.lena, f"requisitions/{requisition.number}/")
    apply_due_decisions(now=cast.now + 3 * UNDO)
    requisition.refresh_from_db()
    assert requisition.revision is not None
    content = read_content(requisition.revision.content)
    assert {line.sku: line.quantity for line in content.lines} == {DRESSING: 40}
    assert "ICU-4 week 48: not approved" in page(cast.lena, "carts/")


def test_more_than_was_asked_for_comes_back_with_what_was_typed(
    cast: Cast, requisition: Requisition
) -> None:
    refused = lower(cast.rashid, requisition, "approve", **{"line-1": "61"})
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert "Line 1 is 60. More of it is a suggestion that the buyer accepts." in shown
    assert 'name="line-1" value="61"' in shown
    assert not Decision.objects.exists()


@pytest.mark.parametrize("answer", ["look", "approve"])
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write a whole number."),
        ("x", "Write a whole number."),
        ("1.5", "Write a whole number."),
        ("\N{ARABIC-INDIC DIGIT FIVE}", "Write a whole number."),
        ("9" * 20, "Write a whole number."),
        ("-5", "A quantity is 0 or more."),
    ],
)
def test_an_odd_quantity_is_refused_and_never_approves_the_whole_line(
    cast: Cast, requisition: Requisition, typed: str, said: str, answer: str
) -> None:
    refused = lower(cast.rashid, requisition, answer, **{"line-1": typed, "line-2": "3"})
    assert refused.status_code == 422
    assert said in refused.content.decode()
    assert not Decision.objects.exists()


def test_another_content_than_the_one_seen_is_not_lowered(
    cast: Cast, requisition: Requisition
) -> None:
    answer = lower(cast.rashid, requisition, "approve", content_hash="0" * 64, **{"line-1": "1"})
    assert answer.status_code == 409
    assert "The content has changed since you looked." in answer.content.decode()


def test_a_suggestion_is_accepted_with_one_click(cast: Cast, requisition: Requisition) -> None:
    made = say(cast.rashid, requisition, "suggestions", line="2", quantity="30", note="Flu.")
    assert made.status_code == 302
    shown = page(cast.lena, f"requisitions/{requisition.number}/")
    assert "30 instead of 20 of Nitrile gloves, M" in shown
    plan_hash = shown.split('name="plan_hash" value="')[1].split('"')[0]
    accepted = as_actor(cast.lena).post(
        f"/c/meridian/requisitions/{requisition.number}/suggestions/",
        {"suggestion": Suggestion.objects.get().pk, "plan_hash": plan_hash},
    )
    assert accepted.status_code == 302
    assert Suggestion.objects.get().status == "accepted"
    requisition.refresh_from_db()
    assert requisition.revision is not None
    assert requisition.revision.number == 2


def test_fewer_of_the_suggestions_show_their_own_plan_first(
    cast: Cast, requisition: Requisition
) -> None:
    step = pending_step(requisition)
    one, other = (
        suggest_line(
            step,
            content_hash=step.revision.content_hash,
            line=line,
            quantity=quantity,
            actor=cast.rashid,
            now=cast.now,
        )
        for line, quantity in ((1, 50), (2, 30))
    )
    address = f"/c/meridian/requisitions/{requisition.number}/suggestions/"
    shown = page(cast.lena, f"requisitions/{requisition.number}/")
    for_both = shown.split('name="plan_hash" value="')[1].split('"')[0]
    lena = as_actor(cast.lena)
    again = lena.post(address, {"suggestion": one.pk, "plan_hash": for_both})
    text = again.content.decode()
    assert again.status_code == 409
    for_one = text.split('name="plan_hash" value="')[1].split('"')[0]
    assert for_one != for_both
    assert f'value="{other.pk}" checked' not in text
    assert lena.post(address, {"suggestion": one.pk, "plan_hash": for_one}).status_code == 302
    assert lena.post(address, {}).status_code == 422


def test_a_suggestion_is_declined(cast: Cast, requisition: Requisition) -> None:
    say(cast.rashid, requisition, "suggestions", line="2", quantity="30")
    found = Suggestion.objects.get()
    address = f"/c/meridian/requisitions/{requisition.number}/suggestions/{found.pk}/decline/"
    assert as_actor(cast.pavel).post(address).status_code == 404
    assert as_actor(cast.lena).post(address).status_code == 302
    found.refresh_from_db()
    assert found.status == "declined"


def test_a_suggestion_with_a_request_for_changes_is_one_answer(
    cast: Cast, requisition: Requisition
) -> None:
    sent = {"line": "2", "quantity": "30", "answer": "changes"}
    assert say(cast.rashid, requisition, "suggestions", **sent).status_code == 422
    assert not Suggestion.objects.exists()
    done = say(cast.rashid, requisition, "suggestions", note="More gloves, please.", **sent)
    assert done.status_code == 302
    decision = Decision.objects.get()
    assert (decision.kind, decision.reason) == ("request_changes", "More gloves, please.")
    assert Suggestion.objects.get().status == "open"


def test_a_suggestion_that_does_not_fit_comes_back(cast: Cast, requisition: Requisition) -> None:
    refused = say(cast.rashid, requisition, "suggestions", line="0", quantity="2", sku="NO-SUCH")
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert "There is no product NO-SUCH for your company." in shown
    assert 'value="NO-SUCH"' in shown


def test_rashid_forwards_it_to_mei(cast: Cast, requisition: Requisition) -> None:
    note = "You know the ward."
    done = say(cast.rashid, requisition, "forward", member=cast.member["mei"], note=note)
    assert done["Location"] == "/c/meridian/inbox/"
    assert StepAssignment.objects.get(is_open=True).member_id == cast.member["mei"]
    assert Referral.objects.get().note == note


def test_helena_is_added(cast: Cast, requisition: Requisition) -> None:
    done = say(cast.rashid, requisition, "approvers", member=cast.member["helena"], note="Please.")
    assert done.status_code == 302
    assert requisition.steps.get(added_by__isnull=False).status == "waiting"


@pytest.mark.parametrize("place", ["forward", "approvers"])
def test_whoever_cannot_be_asked_is_refused_beside_the_form(
    cast: Cast, requisition: Requisition, place: str
) -> None:
    for who, status in (("pavel", 409), ("ola", 422), ("", 422)):
        member = cast.member.get(who, "")
        refused = say(cast.rashid, requisition, place, member=member, note="Please look.")
        assert refused.status_code == status
        assert "Please look." in refused.content.decode()
    assert not Referral.objects.exists()


def test_a_question_is_told_and_answered_where_it_was_asked(
    cast: Cast, requisition: Requisition
) -> None:
    asked = say(cast.rashid, requisition, "question", line="1", text="Sterile?")
    assert asked.status_code == 302
    assert Comment.objects.get().mentions.get().member_id == cast.member["lena"]
    assert "Sterile?" in page(cast.lena, f"requisitions/{requisition.number}/")
    address = f"/c/meridian/requisitions/{requisition.number}/comments/"
    answered = as_actor(cast.lena).post(address, {"line": "1", "text": "Yes."})
    assert answered["Location"].endswith("#talk-1")
    step = pending_step(requisition)
    resolved = as_actor(cast.rashid).post(f"{address}resolve/", {"line": "1", "step": step.pk})
    assert resolved["Location"] == f"/c/meridian/inbox/{step.pk}/#talk-1"
    assert "resolved by Rashid Haddad" in page(cast.lena, f"requisitions/{requisition.number}/")
    assert say(cast.rashid, requisition, "question", text=" ").status_code == 422


def test_the_suppliers_people_neither_see_nor_take_part(
    cast: Cast, requisition: Requisition
) -> None:
    say(cast.rashid, requisition, "question", text="Sterile?")
    say(cast.rashid, requisition, "suggestions", line="2", quantity="30")
    shown = as_actor(cast.tomas).get(f"/c/norden/requisitions/{requisition.pk}/")
    assert shown.status_code == 200
    assert "Sterile?" not in shown.content.decode()
    assert "suggestion" not in shown.content.decode()
    address = f"/c/norden/requisitions/{requisition.pk}/comments/"
    as_actor(cast.tomas).post(address, {"text": "Hello"})
    assert Comment.objects.count() == 1


PLACES = ("lines", "suggestions", "forward", "approvers", "question")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("who", ["pavel", "ola"])
def test_outsiders_find_nothing(cast: Cast, requisition: Requisition, who: str, place: str) -> None:
    step = pending_step(requisition)
    slug = "kowalski" if who == "ola" else "meridian"
    for address in (f"/c/{slug}/inbox/{step.pk}/{place}/", f"/c/meridian/inbox/{step.pk}/{place}/"):
        assert as_actor(cast.actors[who]).post(address, {"text": "x"}).status_code == 404


@pytest.mark.parametrize("place", PLACES[:-1])
def test_who_may_only_look_changes_nothing(
    cast: Cast, requisition: Requisition, place: str
) -> None:
    """Lena asked for it, Ines administers: neither is asked."""
    for who in (cast.lena, cast.ines):
        values = {"line-1": "1", "line": "1", "quantity": "1", "answer": "approve"}
        values |= {"member": cast.member["mei"], "note": "x", "reason": "x"}
        assert say(who, requisition, place, **values).status_code in {403, 409, 422}
    assert not Decision.objects.exists()
    assert not Suggestion.objects.exists()
    assert not Referral.objects.exists()
