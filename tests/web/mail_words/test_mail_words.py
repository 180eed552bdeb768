"""The owner words a letter, looks at it first, keeps it, and takes it back."""

from __future__ import annotations

import pytest

from placet.notices.models import Mail, MailTemplate
from tests.cast import Cast
from tests.notices.conftest import PostOffice
from tests.web.pages import as_actor, page, queries_of

pytestmark = pytest.mark.django_db
LETTER = "company/mails/ordered/en/"
WORDS = {"version": "0", "subject": "{order_number} is ours", "body": "Thank you.\n<3"}


def send(cast: Cast, **more: str) -> tuple[int, str]:
    answer = as_actor(cast.odd).post(f"/c/norden/{LETTER}", {**WORDS, **more})
    return answer.status_code, answer.content.decode()


def test_the_list_says_whose_words_hold(cast: Cast) -> None:
    shown = page(cast.odd, "company/mails/")
    assert "Ordered for {amount}: {purchase_name}" in shown
    assert "your words" not in shown
    send(cast)
    shown = page(cast.odd, "company/mails/")
    assert "{order_number} is ours" in shown
    assert "your words" in shown


def test_it_is_looked_at_before_it_is_kept(cast: Cast) -> None:
    status, shown = send(cast, do="look")
    assert status == 200
    assert "ORD-10207 is ours" in shown
    assert not MailTemplate.objects.exists()
    mail = as_actor(cast.odd).get(f"/c/norden/{LETTER}preview/", {**WORDS})
    assert "Thank you.\n&lt;3" in mail.content.decode()
    assert "script-src" not in mail["Content-Security-Policy"]
    assert "default-src 'none'" in mail["Content-Security-Policy"]
    assert mail["X-Frame-Options"] == "SAMEORIGIN"


def test_what_cannot_be_kept_comes_back_as_it_was_typed(cast: Cast) -> None:
    status, shown = send(cast, subject="{margin} for you")
    assert status == 422
    assert "“{margin}” is not known here." in shown
    assert "{margin} for you" in shown
    assert not MailTemplate.objects.exists()


def test_kept_and_taken_back_with_its_history(cast: Cast) -> None:
    assert send(cast, do="keep")[0] == 302
    shown = page(cast.odd, LETTER)
    assert f"{cast.odd.name} worded it" in shown
    status, shown = send(cast, subject="Late")
    assert status == 422
    assert "Somebody else worded this letter meanwhile." in shown
    back = as_actor(cast.odd).post(f"/c/norden/{LETTER}reset/", {"version": "1"})
    assert back.status_code == 302
    assert f"{cast.odd.name} took the words back" in page(cast.odd, LETTER)


def test_a_try_is_sent_to_oneself(cast: Cast, post: PostOffice) -> None:
    as_actor(cast.odd).post(f"/c/norden/{LETTER}try/")
    post.read()
    assert Mail.objects.get(kind="sample").member_id == cast.member["odd"]


def test_others_do_not_find_it(cast: Cast) -> None:
    for actor in (cast.ines, cast.lena, cast.tomas):
        page(actor, "company/mails/", status=403)
        page(actor, LETTER, status=403)
    page(cast.odd, "company/mails/digest/en/", status=404)
    page(cast.odd, "company/mails/ordered/de/", status=404)


def test_the_list_costs_one_query_more(cast: Cast) -> None:
    few = queries_of(cast.odd, "company/mails/")
    send(cast)
    assert queries_of(cast.odd, "company/mails/") == few
