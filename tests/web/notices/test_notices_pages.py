"""The bell, the page below it, the choice of notifications, and the end of the daily mail."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from placet.companies.models import Member
from placet.core import clock
from placet.events.actions import place_events
from placet.notices.actions import choose_notifications
from placet.notices.models import Digest, Notice
from placet.notices.outbox import read_outbox
from placet.notices.preferences import wanted_of
from placet.notices.queries import count_unread_notices
from placet.notices.topics import Wanted
from placet.notices.unsubscribing import unsubscribe_url
from placet.notices.writing import write_notices
from tests.cast import Cast
from tests.requisitions.road import fill_cart, submit
from tests.web.pages import as_actor, queries_of

pytestmark = pytest.mark.django_db
BELL, PAGE = "/c/meridian/notices/bell/", "/c/meridian/notices/"
CHOICE = "/c/meridian/settings/notifications/"


def tell() -> None:
    """Do what the worker does with the bell."""
    while place_events():
        pass
    while read_outbox(now=clock.real_now()):
        pass
    while write_notices():
        pass


@pytest.fixture
def told(cast: Cast) -> Notice:
    """Rashid is asked for one purchase."""
    tell()
    Notice.objects.all().delete()
    submit(fill_cart(cast, ("INF-SET", 20)), actor=cast.lena, now=cast.now)
    tell()
    return Notice.objects.get()


def text(answer: Any) -> str:
    shown: str = answer.content.decode()
    return shown


def test_the_bell_says_how_many_are_new_and_nothing_while_that_is_known(
    told: Notice, cast: Cast
) -> None:
    browser = as_actor(cast.rashid)
    assert 'aria-label="Notices: 1 new"' in text(browser.get("/c/meridian/"))
    changed = browser.get(BELL, {"seen": "0"})
    assert changed.status_code == 200
    assert "bell/?seen=1" in text(changed)
    assert "<html" not in text(changed)
    quiet = browser.get(BELL, {"seen": "1"})
    assert (quiet.status_code, quiet.content) == (204, b"")


def test_asking_costs_one_look_at_notices_and_draws_no_page(told: Notice, cast: Cast) -> None:
    browser = as_actor(cast.rashid)
    with CaptureQueriesContext(connection) as asked:
        browser.get(BELL, {"seen": "1"})
    tables = [query["sql"] for query in asked.captured_queries]
    assert len([sql for sql in tables if "notices_notice" in sql]) == 1
    assert len(tables) <= 5, tables  # session, user, membership and rights, and the count
    assert not [sql for sql in tables if not sql.startswith(("SELECT", "EXPLAIN"))]


def test_whoever_is_signed_out_is_told_to_stop_asking(told: Notice) -> None:
    answer = Client().get(BELL)
    assert (answer.status_code, answer.content) == (286, b"")
    assert answer["HX-Reswap"] == "none"


def test_the_page_lists_what_one_was_told_in_as_many_queries_for_many(
    told: Notice, cast: Cast
) -> None:
    browser = as_actor(cast.rashid)
    shown = text(browser.get(PAGE))
    assert "Lena Vogt asks you for 2,380.00 EUR: ICU-4 week 48" in shown.replace("\u00a0", " ")
    few = queries_of(cast.rashid, "notices/")
    Notice.objects.bulk_create(
        Notice(
            created_at=cast.now,
            member=told.member,
            topic="talk",
            kind="mentioned",
            subject_ref=f"com_{number}",
            event_id="evt_1",
            headline="Lena Vogt mentions you",
            path="/c/meridian/",
        )
        for number in range(20)
    )
    assert queries_of(cast.rashid, "notices/") == few


def test_following_a_line_reads_it(told: Notice, cast: Cast) -> None:
    browser = as_actor(cast.rashid)
    answer = browser.get(f"{PAGE}{told.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, told.path)
    assert browser.get(answer["Location"]).status_code == 200
    assert count_unread_notices(cast.rashid) == 0
    assert "Nothing is new" in text(browser.get(PAGE, {"show": "new"}))


def test_nobody_reads_the_lines_of_others(told: Notice, cast: Cast) -> None:
    for person in (cast.lena, cast.ines, cast.ola):
        browser = as_actor(person)
        slug = person.company_slug
        assert browser.get(f"/c/{slug}/notices/{told.pk}/").status_code == 404
        assert told.headline not in text(browser.get(f"/c/{slug}/notices/"))
        browser.post(f"/c/{slug}/notices/read/")
    assert count_unread_notices(cast.rashid) == 1


def test_all_are_read_by_one_press(told: Notice, cast: Cast) -> None:
    answer = as_actor(cast.rashid).post(f"{PAGE}read/", follow=True)
    assert "1 notice is read now." in text(answer)
    assert count_unread_notices(cast.rashid) == 0


def test_what_is_ticked_is_kept_and_what_is_locked_stays(cast: Cast) -> None:
    browser = as_actor(cast.rashid)
    answer = browser.post(CHOICE, {"asked-digest": "on", "talk-mail": "on"}, follow=True)
    assert "It is kept" in text(answer)
    wanted = wanted_of(cast.member["rashid"])
    assert wanted["asked"] == Wanted(mail=False, in_app=True, digest=True)
    assert wanted["talk"] == Wanted(mail=True, in_app=False, digest=False)
    assert wanted["ordered"] == Wanted(mail=False, in_app=False, digest=False)
    assert Digest.objects.filter(member_id=cast.member["rashid"]).exists()
    browser.post(CHOICE, {"usual": "1"})
    assert wanted_of(cast.member["rashid"])["talk"] == Wanted(True, True, False)
    assert not Digest.objects.exists()


def test_opening_the_link_of_a_daily_mail_ends_nothing_and_one_press_does(cast: Cast) -> None:
    member = Member.objects.get(pk=cast.member["rashid"])
    wanted = {"asked": Wanted(mail=True, in_app=True, digest=True)}
    choose_notifications(member, wanted=wanted, actor=cast.rashid, now=cast.now)
    path = "/no-daily-mail/" + unsubscribe_url(member.pk).split("/")[-2] + "/"
    # As a mail program does it: no session, no cookie, no token of ours.
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.head(path).status_code == stranger.get(path).status_code == 200
    assert Digest.objects.exists()
    answer = stranger.post(path, {"List-Unsubscribe": "One-Click"})
    assert "No daily mail any more" in text(answer)
    assert not Digest.objects.exists()
    assert wanted_of(member.pk)["asked"] == Wanted(mail=True, in_app=True, digest=False)
    assert stranger.get(path[:-2] + "x/").status_code == 404
