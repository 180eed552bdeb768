"""Threads by themselves: only people of the company take part."""

import pytest

from placet.companies.actions import create_api_key
from placet.companies.models import Company
from placet.companies.queries import get_actor_of_key
from placet.core.errors import Forbidden, NotFound
from placet.events.models import Event
from placet.threads.actions import add_comment, open_thread, resolve_thread
from placet.threads.queries import get_thread
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_what_is_said_stays_out_of_the_chain(cast: Cast) -> None:
    thread = open_thread(cast.lena.company_id, actor=cast.lena, now=cast.now)
    comment = add_comment(thread, text="secret @Mei", about="req_1", actor=cast.lena, now=cast.now)
    event = Event.objects.get(type="comment.added")
    assert "secret" not in event.payload
    assert event.subject == thread.id
    assert all(value in event.payload for value in (comment.id, "req_1", cast.member["mei"]))


def test_an_outsider_finds_no_thread_and_does_not_speak(cast: Cast) -> None:
    thread = open_thread(cast.lena.company_id, actor=cast.lena, now=cast.now)
    assert get_thread(cast.rashid, thread.id) == thread
    for outsider in (cast.ola, cast.tomas):
        with pytest.raises(NotFound):
            get_thread(outsider, thread.id)
        with pytest.raises(Forbidden):
            add_comment(thread, text="Hi", about="", actor=outsider, now=cast.now)
        with pytest.raises(Forbidden):
            resolve_thread(thread, about="", actor=outsider, now=cast.now)
        with pytest.raises(Forbidden):
            open_thread(cast.lena.company_id, actor=outsider, now=cast.now)


def test_a_program_without_a_member_does_not_speak(cast: Cast) -> None:
    meridian = Company.objects.get(slug="meridian")
    _key, secret = create_api_key(meridian, name="ERP", scopes=[], actor=cast.ines, now=cast.now)
    program, _key = get_actor_of_key(secret, now=cast.now)
    with pytest.raises(Forbidden):
        open_thread(meridian.id, actor=program, now=cast.now)
