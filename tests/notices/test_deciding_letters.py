"""Letters about deciding: to each person what concerns them, with what changed, in their words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives

from placet.companies.models import Member
from placet.core.actor import Actor
from placet.requisitions.actions import (
    accept_suggestions,
    add_approver,
    apply_due_decisions,
    ask_requester,
    comment_on_requisition,
    decline_suggestion,
    forward_step,
    suggest_line,
    withdraw_requisition,
)
from placet.requisitions.models import Decision, Requisition, Step, Suggestion
from placet.requisitions.suggesting import preview_suggestions
from placet.webhooks.actions import add_endpoint
from placet.webhooks.models import Delivery
from placet.webhooks.outbox import read_outbox as read_webhooks
from tests.cast import Cast
from tests.notices.conftest import PostOffice, html_of
from tests.requisitions.orders import change_to, ordered
from tests.requisitions.road import (
    DRESSING,
    GLOVES,
    INFUSION_SET,
    answer,
    fill_cart,
    pending_step,
    submit,
)
from tests.web.road import revise

pytestmark = pytest.mark.django_db
UNDO = timedelta(seconds=10)


@pytest.fixture
def requisition(cast: Cast, post: PostOffice) -> Requisition:
    """Lena's purchase: Rashid was asked by mail."""
    cart = fill_cart(cast, (INFUSION_SET, 20), (DRESSING, 7))
    found = submit(cart, actor=cast.lena, now=cast.now)
    post.work()
    return found


def at_once(actor: Actor) -> Actor:
    return replace(actor, channel="mail")


def member(cast: Cast, who: str) -> Member:
    return Member.objects.select_related("user", "unit", "company").get(pk=cast.member[who])


def told(post: PostOffice) -> dict[str, list[str]]:
    """Subjects by who got them."""
    found: dict[str, list[str]] = {}
    for message in post.work():
        found.setdefault(message.to[0].partition("@")[0], []).append(message.subject)
    return found


def only(messages: list[EmailMultiAlternatives], who: str, subject: str) -> str:
    """The text of the one mail that there is: to this person, under this subject."""
    (message,) = messages
    assert (message.to, message.subject) == ([f"{who}@meridian.example"], subject)
    return str(message.body)


def suggest(requisition: Requisition, cast: Cast) -> Suggestion:
    step = pending_step(requisition)
    return suggest_line(
        step,
        content_hash=step.revision.content_hash,
        line=2,
        quantity=9,
        note="They come in threes.",
        actor=cast.rashid,
        now=cast.now,
    )


def test_changes_requested_say_what_and_by_whom(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    actor = at_once(cast.rashid)
    answer(requisition, "request_changes", actor=actor, now=cast.now, reason="Half, please.")
    (message,) = post.work()
    assert message.to == ["lena@meridian.example"]
    assert message.subject == "Rashid Haddad asks for changes: ICU-4 week 48"
    assert "> Half, please." in message.body
    assert "Half, please." in html_of(message)


def test_who_is_asked_again_reads_what_changed_since_they_decided(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    answer(requisition, "approve", actor=at_once(cast.rashid), now=cast.now)
    post.work()
    revise(requisition, cast, DRS_15=70)
    (message,) = [m for m in post.work() if m.to == ["rashid@meridian.example"]]
    assert message.subject.endswith(", revision 2")
    for part in (message.body, html_of(message)):
        assert "Changed since you decided about revision 1" in part
        assert "quantity 7 → 70" in part.replace("\u00a0", " ")


def test_who_was_asked_and_did_not_answer_reads_it_too(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    revise(requisition, cast, DRS_15=8)
    (message,) = post.work()
    assert "Changed since revision 1, about which you were asked" in message.body


def test_who_is_asked_for_the_first_time_reads_no_difference(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    revise(requisition, cast, DRS_15=8)
    post.work()
    answer(requisition, "approve", actor=at_once(cast.rashid), now=cast.now)
    messages = post.work()
    assert len(messages) == 3
    assert not [message for message in messages if "→" in message.body]


def test_an_approval_that_carries_over_asks_nobody_again(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    answer(requisition, "approve", actor=at_once(cast.rashid), now=cast.now)
    post.work()
    revise(requisition, cast, DRS_15=6)
    assert "rashid" not in told(post)


def test_the_order_names_who_approved_before_and_was_carried_over(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    answer(requisition, "approve", actor=at_once(cast.rashid), now=cast.now)
    revise(requisition, cast, DRS_15=6)
    answer(requisition, "approve", actor=at_once(cast.anika), now=cast.now)
    (message,) = [m for m in post.work() if m.subject.startswith("Ordered for")]
    assert "Approved by Rashid Haddad, Anika Roth." in message.body


def test_the_order_names_the_supplier_and_none_of_its_people(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    answer(requisition, "approve", actor=at_once(cast.rashid), now=cast.now)
    answer(requisition, "approve", actor=at_once(cast.anika), now=cast.now)
    Step.objects.filter(decisions__member=cast.member["anika"]).update(side="merchant")
    (message,) = [m for m in post.work() if m.subject.startswith("Ordered for")]
    assert "Approved by Rashid Haddad, Norden Supply." in message.body


def test_a_forwarded_seat_comes_with_the_colleagues_words(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    forward_step(
        pending_step(requisition),
        to=member(cast, "helena"),
        note="You know the ward.",
        actor=cast.rashid,
        now=cast.now,
    )
    (message,) = post.work()
    assert message.to == ["helena@meridian.example"]
    assert "Rashid Haddad has passed this on to you.\n> You know the ward." in message.body
    assert "You know the ward." in html_of(message)


def test_an_added_approver_is_asked_once_it_is_their_turn(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    add_approver(
        pending_step(requisition),
        member=member(cast, "helena"),
        note="Please look too.",
        actor=cast.rashid,
        now=cast.now,
    )
    assert post.work() == []
    answer(requisition, "approve", actor=at_once(cast.rashid), now=cast.now)
    (message,) = [m for m in post.work() if m.to == ["helena@meridian.example"]]
    assert "Rashid Haddad asks that you decide too.\n> Please look too." in message.body


def test_a_suggestion_goes_to_the_buyer_and_its_answer_to_who_made_it(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    suggestion = suggest(requisition, cast)
    said = only(post.work(), "lena", "Rashid Haddad suggests a change: ICU-4 week 48")
    assert "9 instead of 7 × " in said
    assert "> They come in threes." in said
    decline_suggestion(suggestion, reason="No room.", actor=cast.lena, now=cast.now)
    said = only(post.work(), "rashid", "Your suggestion was not taken over: ICU-4 week 48")
    assert "> No room." in said


def test_a_suggestion_that_was_taken_over_tells_its_maker(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    suggestion = suggest(requisition, cast)
    post.work()
    _accept(requisition, suggestion, cast)
    subjects = told(post)["rashid"]
    assert "Your suggestion was taken over: ICU-4 week 48" in subjects


def test_a_suggestion_that_is_over_is_not_mailed(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    suggest(requisition, cast)
    post.read()
    withdraw_requisition(requisition, actor=cast.lena, now=cast.now)
    assert post.work() == []


def test_a_question_reaches_the_requester_and_the_answer_who_asked(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    ask_requester(requisition, text="Right connector?", actor=cast.rashid, now=cast.now)
    assert told(post) == {"lena": ["Rashid Haddad mentions you: ICU-4 week 48"]}
    comment_on_requisition(requisition, text="Luer, yes.", actor=cast.lena, now=cast.now)
    assert "> Luer, yes." in only(post.work(), "rashid", "Lena Vogt writes: ICU-4 week 48")


def test_an_answer_that_came_too_late_is_told_to_its_author(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    withdraw_requisition(requisition, actor=cast.lena, now=cast.now)
    apply_due_decisions(now=cast.now + UNDO)
    said = only(post.work(), "rashid", "Your answer does not count: ICU-4 week 48")
    assert "The purchase had ended before your answer took effect." in said


def test_whose_answer_lapsed_by_a_new_revision_is_asked_again_and_told_once(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    revise(requisition, cast, DRS_15=8)
    (subject,) = told(post)["rashid"]
    assert subject.endswith(", revision 2")


def test_mails_and_deliveries_wait_for_the_time_for_undo(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    add_endpoint(
        "http://127.0.0.1:1031/hook",
        event_types=["step.*", "requisition.*", "order.*"],
        actor=cast.ines,
        now=cast.now,
    )
    post.read()
    while read_webhooks(now=post.now):
        pass
    Delivery.objects.all().delete()
    answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    assert post.work() == []
    while read_webhooks(now=post.now):
        pass
    assert not Delivery.objects.exists()
    apply_due_decisions(now=cast.now + UNDO)
    assert set(told(post)) == {"anika", "jonas", "piotr"}
    while read_webhooks(now=post.now):
        pass
    assert set(Delivery.objects.values_list("event_type", flat=True)) == {
        "step.approved",
        "step.opened",
    }


def test_the_reasons_of_each_side_stay_its_own(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    answer(requisition, "reject", actor=at_once(cast.rashid), now=cast.now, reason="Stock is full.")
    Decision.objects.get().step.__class__.objects.update(side="merchant")
    (message,) = post.work()
    assert message.subject == "The supplier rejected ICU-4 week 48"
    assert "Stock is full." not in message.body + html_of(message)


def _accept(requisition: Requisition, suggestion: Suggestion, cast: Cast) -> None:
    requisition.refresh_from_db()
    shown = preview_suggestions(requisition, [suggestion], actor=cast.lena, now=cast.now)
    accept_suggestions(
        requisition,
        suggestions=[suggestion.pk],
        plan_hash=shown.planned.hash,
        actor=cast.lena,
        now=cast.now,
    )


def test_whoever_is_asked_about_a_change_reads_what_stands_already(
    cast: Cast, post: PostOffice
) -> None:
    order = ordered(cast, (GLOVES, 20))
    post.work()
    change_to(order, cast, GLV_M=120)
    letters = [one for one in post.work() if "asks you for" in one.subject]
    assert letters
    for letter in letters:
        for text in (str(letter.body), html_of(letter)):
            assert f"This changes {order.number}, which is ordered already." in text


def test_a_purchase_that_changes_nothing_says_so_by_silence(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    revise(requisition, cast, INF_SET=21)
    letters = [one for one in post.work() if "asks you for" in one.subject]
    assert letters
    assert not [one for one in letters if "ordered already" in f"{one.body}{html_of(one)}"]
