"""What one is told, and where one wants to hear of it, by the API."""

from __future__ import annotations

import pytest

from placet.core import clock
from placet.events.actions import place_events
from placet.notices.models import Notice
from placet.notices.outbox import read_outbox
from placet.notices.preferences import wanted_of
from placet.notices.topics import Wanted
from placet.notices.writing import write_notices
from tests.api.caller import own_key_of
from tests.cast import Cast
from tests.requisitions.road import fill_cart, submit

pytestmark = pytest.mark.django_db
CHOICE = "/me/notification_preferences"


def test_the_matrix_is_read_and_changed_for_one_topic(cast: Cast) -> None:
    caller = own_key_of(cast.rashid)
    shown = caller.get(CHOICE).json
    asked = next(one for one in shown["topics"] if one["topic"] == "asked")
    assert (asked["mail"], asked["in_app"], asked["digest"]) == (True, True, False)
    assert asked["locked"] == ["in_app"]
    assert shown["next_digest_at"] is None
    wish = {"topics": {"talk": {"mail": False, "in_app": True, "digest": True}}}
    changed = caller.patch(CHOICE, wish)
    assert changed.status == 200
    assert changed.json["next_digest_at"] is not None
    assert wanted_of(cast.member["rashid"])["talk"] == Wanted(False, True, True)


@pytest.mark.parametrize(
    ("topics", "pointer"),
    [
        ({"asked": {"mail": True, "in_app": False, "digest": False}}, "/topics/asked/in_app"),
        ({"gossip": {"mail": True, "in_app": True, "digest": False}}, "/topics/gossip"),
        ({"talk": {"mail": "yes", "in_app": True, "digest": False}}, "/topics/talk/mail"),
        ({"talk": {"mail": True}}, "/topics/talk/in_app"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(cast: Cast, topics: object, pointer: str) -> None:
    answer = own_key_of(cast.rashid).patch(CHOICE, {"topics": topics})
    assert answer.status == 422
    assert answer.json["errors"][0]["pointer"] == pointer


def test_notices_are_listed_and_read(cast: Cast) -> None:
    submit(fill_cart(cast, ("INF-SET", 20)), actor=cast.lena, now=cast.now)
    while place_events():
        pass
    while read_outbox(now=clock.real_now()):
        pass
    while write_notices():
        pass
    caller = own_key_of(cast.rashid)
    (notice,) = caller.get("/me/notices?unread=true").json["data"]
    assert notice["topic"] == "asked"
    assert notice["path"] == f"/c/meridian/inbox/{notice['subject']}/"
    read = caller.post(f"/me/notices/{notice['id']}/readings", {})
    assert (read.status, read.json["id"]) == (201, notice["id"])
    assert read.json["read_at"] is not None
    assert caller.get("/me/notices?unread=true").json["data"] == []
    assert len(caller.get("/me/notices").json["data"]) == 1
    Notice.objects.update(read_at=None)
    assert own_key_of(cast.lena).post(f"/me/notices/{notice['id']}/readings", {}).status == 404
    assert caller.post("/me/notices/readings", {}).json["read"] == 1
