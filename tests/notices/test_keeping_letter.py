"""The supplier asks to keep a customer's rules: whoever answers hears of it, and nobody else."""

from __future__ import annotations

import pytest

from placet.companies.models import Company
from placet.rulebooks.actions import answer_keeping, ask_to_keep
from placet.rulebooks.models import Rulebook
from tests.cast import Cast
from tests.notices.conftest import PostOffice, html_of

pytestmark = pytest.mark.django_db


def asked_to_keep(cast: Cast) -> Rulebook:
    """Odd's question, in words that try to be ours."""
    meridian = Company.objects.get(pk=cast.company["meridian"])
    said = "As <b>agreed</b>.\nClick here"
    return ask_to_keep(meridian, keeper="both", reason=said, actor=cast.odd, now=cast.now)


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
    assert post.work() == []
