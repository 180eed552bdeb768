"""The daily mail: one each working morning, with what waits and what is new, and once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core.mail.backends.locmem import EmailBackend

from placet.carts.actions import comment_on_cart
from placet.companies.actions import deactivate_member
from placet.companies.models import Member
from placet.core import clock
from placet.core.errors import NotFound
from placet.events.models import Event
from placet.notices import digests
from placet.notices.actions import choose_notifications, read_all_notices, stop_digest
from placet.notices.digests import write_digests
from placet.notices.models import Digest, Mail
from placet.notices.topics import Wanted
from placet.notices.unsubscribing import find_subscriber, unsubscribe_url
from placet.requisitions.models import Requisition
from tests.cast import Cast
from tests.notices.conftest import PostOffice, html_of
from tests.requisitions.road import answer, fill_cart, submit

pytestmark = pytest.mark.django_db
DAILY = Wanted(mail=False, in_app=True, digest=True)
# The cast's now is Tuesday 24 November, 10:00 in Berlin.
WEDNESDAY = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
EARLIER = clock.real_now()
"""When the mail was due by the clock of the mail server."""


def want(cast: Cast, person: str, **wanted: Wanted) -> None:
    member = Member.objects.get(pk=cast.member[person])
    choose_notifications(member, wanted=wanted, actor=getattr(cast, person), now=cast.now)


def write(at: datetime) -> int:
    return write_digests(now=at, real_now=EARLIER)


@pytest.fixture
def waiting(cast: Cast, post: PostOffice) -> Requisition:
    """A purchase that waits for Rashid, who wants to hear of it in the daily mail alone."""
    want(cast, "rashid", asked=DAILY)
    found = submit(fill_cart(cast, ("INF-SET", 20)), actor=cast.lena, now=cast.now)
    assert post.work() == []
    return found


def test_in_the_morning_one_mail_says_what_waits(
    waiting: Requisition, post: PostOffice, cast: Cast
) -> None:
    write(WEDNESDAY - MINUTE)
    assert post.work() == []
    write(WEDNESDAY)
    (message,) = post.work()
    assert message.to == ["rashid@meridian.example"]
    assert message.subject == "1 purchase waits for you"
    for part in (message.body, html_of(message)):
        for fact in ("Lena Vogt", "ICU-4 week 48", "2,380.00", "/c/meridian/inbox/stp_"):
            assert fact in part.replace("\u00a0", " "), fact
    assert "/d/" not in message.body


def test_it_comes_once_a_morning(waiting: Requisition, post: PostOffice) -> None:
    for minutes in (0, 1, 300):
        write(WEDNESDAY + minutes * MINUTE)
    assert len(post.work()) == 1
    write(WEDNESDAY + timedelta(days=1))
    assert len(post.work()) == 1


def test_after_a_standstill_of_days_it_is_one(waiting: Requisition, post: PostOffice) -> None:
    write(MONDAY + timedelta(hours=5))
    write(MONDAY + timedelta(hours=6))
    assert len(post.work()) == 1
    assert Digest.objects.get().next_at == MONDAY + timedelta(days=1)


def test_not_on_days_without_work(waiting: Requisition, post: PostOffice) -> None:
    write(FRIDAY)
    assert len(post.work()) == 1
    assert Digest.objects.get().next_at == MONDAY
    write(FRIDAY + timedelta(days=1))
    assert post.work() == []


def test_in_the_morning_of_the_reader(cast: Cast, post: PostOffice) -> None:
    Member.objects.filter(pk=cast.member["rashid"]).update(time_zone="America/New_York")
    want(cast, "rashid", asked=DAILY)
    assert Digest.objects.get().next_at == datetime(2026, 11, 24, 14, 0, tzinfo=UTC)


def test_where_nothing_waits_and_nothing_is_new_there_is_none(cast: Cast, post: PostOffice) -> None:
    want(cast, "rashid", asked=DAILY, talk=DAILY)
    assert write(WEDNESDAY) == 1
    assert not Mail.objects.exists()
    assert Digest.objects.get().next_at > WEDNESDAY


def test_what_was_answered_before_it_was_sent_is_not_in_it(
    waiting: Requisition, post: PostOffice, cast: Cast
) -> None:
    write(WEDNESDAY)
    answer(waiting, "approve", actor=cast.rashid, now=cast.now)
    assert [m for m in post.work() if m.to == ["rashid@meridian.example"]] == []
    assert Mail.objects.get(kind="digest").last_error == "nothing waits and nothing is new"


def test_what_is_new_stands_in_one_daily_mail_and_never_again(cast: Cast, post: PostOffice) -> None:
    want(cast, "pavel", talk=DAILY)
    cart = fill_cart(cast, ("GLV-M", 4))
    comment_on_cart(cart, text="@Pavel right connector?", actor=cast.lena, now=cast.now)
    post.read()
    write(WEDNESDAY)
    (message,) = post.work()
    assert message.subject == "1 thing is new"
    assert "Lena Vogt mentions you: ICU-4 week 48" in message.body
    cart.refresh_from_db()
    assert f"/c/meridian/threads/{cart.thread_id}/" in message.body
    write(WEDNESDAY + timedelta(days=1))
    assert post.work() == []


def test_what_was_read_below_the_bell_is_not_repeated(cast: Cast, post: PostOffice) -> None:
    want(cast, "pavel", talk=DAILY)
    cart = fill_cart(cast, ("GLV-M", 4))
    comment_on_cart(cart, text="@Pavel right connector?", actor=cast.lena, now=cast.now)
    post.read()
    read_all_notices(actor=cast.pavel, now=cast.now)
    write(WEDNESDAY)
    assert post.work() == []


def test_two_workers_write_it_once(waiting: Requisition, post: PostOffice) -> None:
    mine, theirs = Digest.objects.select_related("member__company", "member__user"), []
    theirs = list(mine.all())
    write(WEDNESDAY)
    digests._write(theirs[0], WEDNESDAY, EARLIER)
    assert len(post.work()) == 1


def test_an_outage_of_the_mail_server_loses_none(
    waiting: Requisition, post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(WEDNESDAY)

    def refuse(_self: EmailBackend, _messages: object) -> int:
        raise SMTPServerDisconnected("closed")

    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", refuse)
        assert post.work() == []
    write(WEDNESDAY + MINUTE)
    assert len(post.later(minutes=2).work()) == 1
    assert Mail.objects.get(kind="digest").attempts == 2


def test_who_left_gets_none(waiting: Requisition, post: PostOffice, cast: Cast) -> None:
    rashid = Member.objects.get(pk=cast.member["rashid"])
    deactivate_member(rashid, actor=cast.ines, now=cast.now)
    write(WEDNESDAY)
    assert [m for m in post.work() if m.to == ["rashid@meridian.example"]] == []


def test_one_press_ends_it_and_mail_programs_find_the_button(
    waiting: Requisition, post: PostOffice, cast: Cast
) -> None:
    write(WEDNESDAY)
    (message,) = post.work()
    raw = message.message()
    address = raw["List-Unsubscribe"].strip("<>")
    assert raw["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert raw["Auto-Submitted"] == "auto-generated"
    assert address in message.body
    member = find_subscriber(address.rstrip("/").rpartition("/")[2])
    assert member.pk == cast.member["rashid"]
    stop_digest(member, actor=cast.rashid, now=cast.now)
    write(WEDNESDAY + timedelta(days=1))
    assert post.work() == []
    assert Event.objects.filter(type="member.notifications_chosen").count() == 2
    stop_digest(member, actor=cast.rashid, now=cast.now)
    assert Event.objects.filter(type="member.notifications_chosen").count() == 2


def test_what_we_did_not_sign_ends_nothing(cast: Cast) -> None:
    token = unsubscribe_url(cast.member["lena"]).split("/")[-2]
    other = token.replace(cast.member["lena"], cast.member["mei"])
    for forged in (other, token[:-1], "", cast.member["lena"], f"{token}x"):
        with pytest.raises(NotFound):
            find_subscriber(forged)
