"""Members choose where they hear of what; what they have to hear of stays."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from placet.carts.actions import comment_on_cart
from placet.companies.models import Member
from placet.core.errors import Forbidden, InvalidInput, NotFound
from placet.events.models import Event
from placet.notices.actions import choose_notifications
from placet.notices.letters import WRITERS
from placet.notices.models import Digest, Mail, Notice, NotificationPreference
from placet.notices.preferences import read_wanted, wanted_of
from placet.notices.queries import list_notices
from placet.notices.topics import (
    BY_MAIL_ONLY,
    QUIET,
    TOPIC_OF_KIND,
    TOPICS,
    USUAL,
    Wanted,
    topics_of,
)
from tests.cast import Cast
from tests.notices.conftest import PostOffice
from tests.requisitions.road import fill_cart, submit

pytestmark = pytest.mark.django_db
NOWHERE = Wanted(mail=False, in_app=False, digest=False)


def choose(cast: Cast, person: str, **wanted: Wanted) -> None:
    member = Member.objects.get(pk=cast.member[person])
    choose_notifications(member, wanted=wanted, actor=getattr(cast, person), now=cast.now)


def mention(cast: Cast) -> None:
    cart = fill_cart(cast, ("GLV-M", 4))
    comment_on_cart(cart, text="@Pavel look", actor=cast.lena, now=cast.now)


@pytest.mark.parametrize(
    ("wanted", "mails", "lines", "kept"),
    [
        (USUAL, 1, 1, 1),
        (QUIET, 0, 1, 1),
        (Wanted(mail=True, in_app=False, digest=False), 1, 0, 0),
        (Wanted(mail=False, in_app=False, digest=True), 0, 0, 1),
        (Wanted(mail=True, in_app=True, digest=True), 1, 1, 1),
        (NOWHERE, 0, 0, 0),
    ],
)
def test_what_is_chosen_happens(
    cast: Cast, post: PostOffice, wanted: Wanted, mails: int, lines: int, kept: int
) -> None:
    choose(cast, "pavel", talk=wanted)
    mention(cast)
    assert len(post.work()) == mails
    assert list_notices(cast.pavel).count() == lines
    assert Notice.objects.count() == kept


def test_it_is_chosen_for_one_topic_and_one_member(cast: Cast, post: PostOffice) -> None:
    choose(cast, "mei", talk=NOWHERE)
    choose(cast, "pavel", ordered=NOWHERE)
    mention(cast)
    assert [message.to for message in post.work()] == [["pavel@meridian.example"]]


def test_what_one_is_asked_to_decide_stands_below_the_bell_whatever_one_chose(
    cast: Cast, post: PostOffice
) -> None:
    choose(cast, "rashid", asked=QUIET)
    # A row of an older release, from when this could be switched off.
    NotificationPreference.objects.update(in_app=False)
    submit(fill_cart(cast, ("INF-SET", 20)), actor=cast.lena, now=cast.now)
    assert post.work() == []
    assert list_notices(cast.rashid).count() == 1


@pytest.mark.parametrize(
    ("topic", "path", "code"),
    [("asked", "topics/asked/in_app", "locked"), ("gossip", "topics/gossip", "unknown")],
)
def test_what_cannot_be_switched_off_is_refused(
    cast: Cast, topic: str, path: str, code: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        choose(cast, "rashid", **{topic: NOWHERE, "talk": NOWHERE})
    assert (refused.value.path, refused.value.code) == (path, code)
    assert not NotificationPreference.objects.exists()


def test_topics_of_the_other_side_are_unknown(cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        choose(cast, "tomas", budgets=QUIET)
    with pytest.raises(InvalidInput):
        choose(cast, "lena", applications=QUIET)
    choose(cast, "tomas", applications=QUIET)


def test_nobody_chooses_for_somebody_else(cast: Cast) -> None:
    lena = Member.objects.get(pk=cast.member["lena"])
    for person in (cast.rashid, cast.ines, replace(cast.ines, member_id="")):
        with pytest.raises(Forbidden):
            choose_notifications(lena, wanted={"talk": QUIET}, actor=person, now=cast.now)
    with pytest.raises(NotFound):
        choose_notifications(lena, wanted={"talk": QUIET}, actor=cast.jan, now=cast.now)


def test_who_left_chooses_nothing(cast: Cast) -> None:
    Member.objects.filter(pk=cast.member["lena"]).update(status="deactivated")
    with pytest.raises(Forbidden):
        choose(cast, "lena", talk=QUIET)


def test_it_is_recorded_once_and_only_where_something_changed(cast: Cast) -> None:
    for _twice in range(2):
        choose(cast, "lena", talk=QUIET, ordered=USUAL)
    event = Event.objects.get(type="member.notifications_chosen")
    assert json.loads(event.payload) == {"topics": {"talk": ["in_app"]}}
    assert wanted_of(cast.member["lena"])["talk"] == QUIET


def test_the_daily_mail_has_a_row_while_some_topic_wants_it(cast: Cast) -> None:
    choose(cast, "lena", talk=Wanted(mail=False, in_app=True, digest=True))
    choose(cast, "lena", ordered=Wanted(mail=False, in_app=True, digest=True))
    digest = Digest.objects.get()
    assert digest.next_at > cast.now
    choose(cast, "lena", talk=USUAL)
    assert Digest.objects.exists()
    choose(cast, "lena", ordered=USUAL)
    assert not Digest.objects.exists()


def test_every_kind_of_mail_has_its_topic_or_comes_by_mail_alone() -> None:
    assert set(WRITERS) - BY_MAIL_ONLY == set(TOPIC_OF_KIND)
    assert len([kind for topic in TOPICS for kind in topic.kinds]) == len(TOPIC_OF_KIND)


def test_invitations_come_by_mail_whatever_was_chosen(cast: Cast) -> None:
    choose(cast, "lena", **{t.key: t.default for t in topics_of(cast.lena)})
    wanted = read_wanted([cast.member["lena"]])
    assert wanted(cast.member["lena"], "invited") == Wanted(True, False, False)
    assert not Mail.objects.filter(kind="invited").exists()
