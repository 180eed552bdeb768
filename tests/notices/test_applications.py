"""The merchant learns that somebody applied, who is declined why; who is accepted gets in."""

from __future__ import annotations

import pytest

from placet.companies.models import CompanyApplication
from placet.requisitions.actions import (
    accept_application,
    apply_for_company,
    decline_application,
)
from tests.cast import Cast
from tests.notices.conftest import PostOffice, html_of

pytestmark = pytest.mark.django_db


def apply(cast: Cast) -> CompanyApplication:
    """Nora's, with a message that tries to be ours."""
    return apply_for_company(
        "Falk <b>Dental</b>",
        applicant_name="Nora Falk",
        email="nora@falk.example",
        message="Gloves.\nClick here",
        language="pl",
        actor=cast.odd,
        now=cast.now,
    )


def test_whoever_answers_is_told_and_nobody_else(cast: Cast, post: PostOffice) -> None:
    post.work()
    application = apply(cast)
    (message,) = post.work()
    assert message.to == ["odd@norden.example"]
    assert message.subject == "Falk <b>Dental</b> would like to buy here"
    assert "> Gloves.\n> Click here" in message.body
    assert "<b>Dental</b>" not in html_of(message)
    assert f"/c/norden/customers/applications/{application.pk}/" in message.body


def test_an_application_that_was_answered_meanwhile_tells_nobody(
    cast: Cast, post: PostOffice
) -> None:
    post.work()
    application = apply(cast)
    post.read()
    decline_application(application, answer="No.", actor=cast.odd, now=cast.now)
    assert [message.to for message in post.work()] == [["nora@falk.example"]]


def test_who_is_declined_reads_the_reason(cast: Cast, post: PostOffice) -> None:
    application = apply(cast)
    post.work()
    decline_application(
        application, answer="We sell in Norway alone.", actor=cast.odd, now=cast.now
    )
    (message,) = post.work()
    assert message.to == ["nora@falk.example"]
    assert "> We sell in Norway alone." in message.body
    assert "Norden Supply" in message.body


def test_who_is_accepted_is_invited(cast: Cast, post: PostOffice) -> None:
    application = apply(cast)
    post.work()
    accept_application(
        application, slug="falk", payment_terms="net_30", actor=cast.odd, now=cast.now
    )
    (message,) = post.work()
    assert message.to == ["nora@falk.example"]
    assert "/account/password/reset/key/" in message.body
