"""What stands below the bell: told once, written as its reader may see it, over once answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from structlog.testing import capture_logs

from placet.carts.actions import comment_on_cart
from placet.carts.models import Cart
from placet.companies.actions import suspend_company
from placet.companies.models import Company, Member
from placet.core.actor import Actor
from placet.core.errors import Forbidden, NotFound, PlacetError
from placet.jobs.retention import forget_old_rows
from placet.notices import writing
from placet.notices.actions import read_all_notices, read_notice
from placet.notices.models import Mail, Notice
from placet.notices.queries import count_unread_notices, get_notice, list_notices
from placet.notices.writing import MOST_ATTEMPTS, write_notices
from placet.requisitions.actions import retract_decision, withdraw_requisition
from placet.requisitions.models import Requisition
from tests.cast import Cast
from tests.notices.conftest import PostOffice
from tests.requisitions.road import answer, fill_cart, pending_step, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def requisition(cast: Cast, post: PostOffice) -> Requisition:
    """Lena's purchase: Rashid decides, then one of three of biomedical engineering."""
    found = submit(fill_cart(cast, ("INF-SET", 20)), actor=cast.lena, now=cast.now)
    post.read()
    return found


def unread(actor: Actor) -> list[str]:
    return [row.headline for row in list_notices(actor).filter(read_at=None)]


def at_once(actor: Actor) -> Actor:
    return replace(actor, channel="mail")


def test_who_is_asked_sees_it_and_is_led_to_the_page_where_it_is_decided(
    requisition: Requisition, cast: Cast
) -> None:
    (notice,) = list_notices(cast.rashid)
    assert notice.headline == "Lena Vogt asks you for 2,380.00 EUR: ICU-4 week 48"
    assert notice.path == f"/c/meridian/inbox/{pending_step(requisition).pk}/"
    assert "dlk_" not in notice.path
    assert notice.created_at == cast.now
    assert unread(cast.lena) == unread(cast.anika) == []


def test_reading_the_outbox_twice_tells_once(requisition: Requisition, post: PostOffice) -> None:
    post.read()
    assert Notice.objects.count() == 1


def test_an_answer_of_ones_own_settles_it_while_it_may_still_be_undone(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    decision = answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    post.read()
    assert unread(cast.rashid) == []
    retract_decision(decision, actor=cast.rashid, now=cast.now)
    post.read()
    assert len(list_notices(cast.rashid)) == 1


def test_when_a_colleague_answers_it_is_over_for_the_others(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    answer(requisition, "approve", actor=at_once(cast.rashid), now=cast.now)
    post.read()
    assert [len(unread(person)) for person in (cast.anika, cast.jonas, cast.piotr)] == [1, 1, 1]
    answer(requisition, "approve", actor=at_once(cast.anika), now=cast.now)
    post.read()
    assert [len(unread(person)) for person in (cast.anika, cast.jonas, cast.piotr)] == [0, 0, 0]
    assert unread(cast.lena) == ["Ordered for 2,380.00 EUR: ICU-4 week 48"]


def test_a_withdrawn_purchase_asks_nobody(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    withdraw_requisition(requisition, actor=cast.lena, now=cast.now)
    post.read()
    assert unread(cast.rashid) == []


def test_what_is_over_before_it_was_written_is_never_shown(
    post: PostOffice, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cart = fill_cart(cast, ("GLV-M", 4))
    comment_on_cart(cart, text="@Pavel right connector?", actor=cast.lena, now=cast.now)
    cart.grants.all().delete()
    post.read()
    assert not Notice.objects.exists()


def test_a_name_cannot_break_the_line(cast: Cast, post: PostOffice) -> None:
    cart = fill_cart(cast, ("INF-SET", 20))
    Cart.objects.update(name="A\r\nB\u202e <b>x</b>")
    submit(cart, actor=cast.lena, now=cast.now)
    post.read()
    (line,) = unread(cast.rashid)
    assert line.endswith("A B <b>x</b>")


def test_a_line_that_cannot_be_written_holds_up_no_other(
    post: PostOffice, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = writing._letter

    def letter(notice: Notice) -> object:
        if notice.member_id == cast.member["mei"]:
            raise KeyError("Mei Tanaka")
        return written(notice)

    monkeypatch.setattr(writing, "_letter", letter)
    cart = fill_cart(cast, ("GLV-M", 4))
    for name in ("Mei", "Pavel"):
        comment_on_cart(cart, text=f"@{name} look", actor=cast.lena, now=cast.now)
    with capture_logs() as logs:
        post.read()
    assert unread(cast.pavel) == ["Lena Vogt mentions you: ICU-4 week 48"]
    assert unread(cast.mei) == []
    assert [said["event"] for said in logs] == ["notice.unreadable"] * MOST_ATTEMPTS
    assert "Tanaka" not in str(logs)
    assert write_notices() == 0


def test_in_the_language_of_the_reader(cast: Cast, post: PostOffice) -> None:
    Member.objects.filter(pk=cast.member["rashid"]).update(language="pl")
    submit(fill_cart(cast, ("INF-SET", 20)), actor=cast.lena, now=cast.now)
    post.read()
    (notice,) = list_notices(cast.rashid)
    assert "380,00 EUR" in notice.headline


def test_reading_is_ones_own_and_once(requisition: Requisition, cast: Cast) -> None:
    notice = get_notice(cast.rashid, list_notices(cast.rashid)[0].pk)
    later = cast.now + timedelta(hours=1)
    for outsider in (cast.lena, cast.ines, cast.jan, cast.mira):
        with pytest.raises(NotFound):
            get_notice(outsider, notice.pk)
        with pytest.raises(NotFound):
            read_notice(notice, actor=outsider, now=cast.now)
        assert read_all_notices(actor=outsider, now=cast.now) == 0
    read_notice(notice, actor=cast.rashid, now=cast.now)
    assert read_notice(notice, actor=cast.rashid, now=later).read_at == cast.now
    assert count_unread_notices(cast.rashid) == 0


def test_all_are_read_at_once(post: PostOffice, cast: Cast) -> None:
    for week in ("48", "49"):
        cart = fill_cart(cast, ("INF-SET", 20), name=week)
        submit(cart, actor=cast.lena, now=cast.now)
    post.read()
    assert count_unread_notices(cast.rashid) == 2
    assert read_all_notices(actor=cast.rashid, now=cast.now) == 2
    assert read_all_notices(actor=cast.rashid, now=cast.now) == 0


def test_whoever_left_or_was_suspended_reads_nothing(requisition: Requisition, cast: Cast) -> None:
    notice = list_notices(cast.rashid)[0]
    Member.objects.filter(pk=cast.member["rashid"]).update(status="deactivated")
    with pytest.raises(Forbidden):
        read_notice(notice, actor=cast.rashid, now=cast.now)
    meridian = Company.objects.get(pk=cast.company["meridian"])
    suspend_company(meridian, actor=cast.odd, now=cast.now)
    with pytest.raises(PlacetError):
        read_all_notices(actor=cast.rashid, now=cast.now)
    notice.refresh_from_db()
    assert notice.read_at is None


def test_the_bell_costs_one_look_into_its_own_index(requisition: Requisition, cast: Cast) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert count_unread_notices(cast.rashid) == 1
    (query,) = asked.captured_queries
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN " + ("QUERY PLAN " if connection.vendor == "sqlite" else "") + query["sql"]
        )
        plan = str(cursor.fetchall())
    if connection.vendor == "sqlite":
        assert "notices_unread" in plan


def test_after_ninety_days_it_is_forgotten_and_mails_are_not(
    requisition: Requisition, cast: Cast
) -> None:
    forget_old_rows(now=cast.now + timedelta(days=89))
    assert Notice.objects.exists()
    forget_old_rows(now=cast.now + timedelta(days=91))
    assert not Notice.objects.exists()
    assert Mail.objects.exists()
