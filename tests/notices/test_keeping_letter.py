"""The supplier asks to keep a customer's rules: whoever answers hears of it, and nobody else."""

from __future__ import annotations

import pytest

from placet.companies.models import Company
from placet.notices.models import Notice
from placet.rulebooks.actions import answer_keeping, ask_to_keep, hand_back_rules
from placet.rulebooks.models import Rulebook
from tests.cast import Cast
from tests.notices.conftest import PostOffice, html_of

pytestmark = pytest.mark.django_db


def asked_to_keep(cast: Cast) -> Rulebook:
    """Odd's question, in words that try to be ours."""
    meridian = Company.objects.get(pk=cast.company["meridian"])
    said = "As <b>agreed</b>.\nClick here"
    return ask_to_keep(meridian, keeper="both", reason=said, actor=cast.odd, now=cast.now)


def answered_keeping(cast: Cast, *, is_accepted: bool = True) -> Rulebook:
    """Ines answers Odd."""
    asked = asked_to_keep(cast)
    return answer_keeping(
        asked, version=asked.version, is_accepted=is_accepted, actor=cast.ines, now=cast.now
    )


def test_whoever_manages_the_company_is_told_with_the_reason(cast: Cast, post: PostOffice) -> None:
    post.work()
    asked_to_keep(cast)
    (message,) = post.work()
    assert message.to == ["ines@meridian.example"]
    assert message.subject == "Norden Supply asks to keep your rules"
    assert "together with you" in message.body
    assert "> As <b>agreed</b>.\n> Click here" in message.body
    assert "<b>agreed</b>" not in html_of(message)
    assert "/c/meridian/rules/" in message.body


def test_a_question_that_was_answered_meanwhile_tells_nobody(cast: Cast, post: PostOffice) -> None:
    post.work()
    asked = asked_to_keep(cast)
    post.read()
    answer_keeping(asked, version=asked.version, is_accepted=False, actor=cast.ines, now=cast.now)
    assert [message.to for message in post.work()] == [["odd@norden.example"]]


@pytest.mark.parametrize(
    ("is_accepted", "subject", "sentence"),
    [
        (True, "lets you keep its rules", "lets you keep its rules together with it."),
        (False, "has said no: who keeps its rules stays as it is", "Nothing has changed."),
    ],
)
def test_who_asked_hears_the_answer_once(
    cast: Cast, post: PostOffice, is_accepted: bool, subject: str, sentence: str
) -> None:
    post.work()
    answered = answered_keeping(cast, is_accepted=is_accepted)
    (message,) = post.work()
    assert message.to == ["odd@norden.example"]
    assert message.subject == f"Meridian Health Group {subject}"
    assert sentence in message.body
    assert "Ines Keller answered." in message.body
    assert f"/c/norden/customers/{answered.company_id}/approvers/" in message.body
    assert post.work() == []
    line = Notice.objects.get(kind="keeping_answered")
    assert (line.member_id, line.in_app) == (cast.member["odd"], True)


def test_an_answer_that_was_taken_back_meanwhile_tells_nobody(cast: Cast, post: PostOffice) -> None:
    post.work()
    answered = answered_keeping(cast)
    post.read()
    hand_back_rules(answered.company, actor=cast.odd, now=cast.now)
    assert post.work() == []


def test_what_a_key_asked_is_answered_to_nobody(cast: Cast, post: PostOffice) -> None:
    post.work()
    asked = asked_to_keep(cast)
    Rulebook.objects.filter(pk=asked.pk).update(asked_by=None)
    post.read()
    answer_keeping(asked, version=asked.version, is_accepted=True, actor=cast.ines, now=cast.now)
    post.read()
    assert not Notice.objects.filter(kind="keeping_answered").exists()
