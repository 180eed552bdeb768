"""A draft becomes the rules, or goes; what waits keeps its rules; a second person is asked."""

from __future__ import annotations

import json

import pytest

from placet.rulebooks.actions import change_rulebook, save_draft
from placet.rulebooks.models import RulebookDraft
from tests.cast import Cast
from tests.rulebooks.rules import book, meridian, over, rule, with_finance_from
from tests.web.pages import page
from tests.web.road import waiting
from tests.web.rules.keepers import admin_of, draft_of, second_admin, send, text_of

pytestmark = pytest.mark.django_db


def write(cast: Cast, amount_minor: int = 4_000_00) -> str:
    """Ines's draft; the answer is the path of its page."""
    rulebook = meridian(cast)
    save_draft(
        rulebook,
        document=with_finance_from(amount_minor),
        version=None,
        actor=cast.ines,
        now=cast.now,
    )
    return f"rules/{rulebook.pk}/draft/"


def test_publishing_says_what_it_does_to_what_waits(cast: Cast) -> None:
    waiting(cast)
    path = write(cast)
    shown = page(cast.ines, path)
    assert "1 requisition that waits keeps the rules that it was submitted under." in shown
    assert "4,000.00" in shown
    answer = send(cast.ines, path + "publish/", seen=draft_of(meridian(cast)), note=" Less to ask ")
    assert "Version 2 holds from now on. What waits keeps its rules." in text_of(answer)
    assert "Less to ask" in text_of(answer)
    version = meridian(cast).published
    assert (version.number, version.note) == (2, "Less to ask")
    assert json.loads(version.document) == with_finance_from(4_000_00)
    assert not RulebookDraft.objects.exists()


def test_what_the_check_found_is_shown_with_its_way_out(cast: Cast) -> None:
    rulebook = meridian(cast)
    gone = rule("gone", over(100), {"select": "members", "members": [cast.member["gone"]]})
    save_draft(rulebook, document=book(gone), version=None, actor=cast.ines, now=cast.now)
    path = f"rules/{rulebook.pk}/draft/"
    shown = page(cast.ines, path)
    assert "Gregor Holt is not an active member of this company any more." in shown
    assert "Name somebody else, or a role." in shown
    assert "disabled>Publish" in shown
    answer = send(cast.ines, path + "publish/", seen=draft_of(rulebook), note="Please")
    assert answer.status_code == 409
    assert "Please</textarea>" in text_of(answer)
    assert meridian(cast).published.number == 1


def test_a_second_person_is_named_and_publishes(cast: Cast) -> None:
    aron, _anika = second_admin(cast), admin_of(cast, "biomed")
    rulebook = meridian(cast)
    change_rulebook(
        rulebook, version=rulebook.version, needs_second_person=True, actor=cast.ines, now=cast.now
    )
    path = write(cast)
    shown = page(cast.ines, path)
    assert "You wrote the last change of this draft." in shown
    assert "It could be Aron Levi." in shown
    assert "disabled>Publish" in shown
    refused = send(cast.ines, path + "publish/", seen=draft_of(rulebook))
    assert refused.status_code == 403
    send(aron, path + "publish/", seen=draft_of(rulebook))
    assert meridian(cast).published.number == 2
    shown = page(cast.ines, f"rules/{rulebook.pk}/2/")
    assert "Aron Levi published it" in shown
    assert "Ines Keller wrote it." in shown


def test_nobody_else_is_said_to_be_nobody(cast: Cast) -> None:
    rulebook = meridian(cast)
    change_rulebook(
        rulebook, version=rulebook.version, needs_second_person=True, actor=cast.ines, now=cast.now
    )
    assert "There is nobody else yet" in page(cast.ines, write(cast))


def test_a_draft_that_moved_on_is_not_published_unseen(cast: Cast) -> None:
    path, colleague = write(cast), second_admin(cast)
    seen = draft_of(meridian(cast))
    save_draft(
        meridian(cast), document=with_finance_from(1), version=1, actor=colleague, now=cast.now
    )
    answer = send(cast.ines, path + "publish/", seen=seen, note="Why")
    assert answer.status_code == 409
    assert "This draft changed since you opened it. Look at it again." in text_of(answer)
    assert "Why</textarea>" in text_of(answer)
    assert 'name="version" value="2"' in text_of(answer)


def test_a_note_that_is_too_long_is_not_cut(cast: Cast) -> None:
    path = write(cast)
    answer = send(cast.ines, path + "publish/", seen=draft_of(meridian(cast)), note="x" * 401)
    assert answer.status_code == 422
    assert "A note has at most 400 characters." in text_of(answer)
    assert "x" * 401 in text_of(answer)


def test_discarding_wants_the_name_typed(cast: Cast) -> None:
    path = write(cast) + "discard/"
    seen = draft_of(meridian(cast))
    shown = page(cast.ines, path)
    assert "1 change goes with it, and it cannot be brought back." in shown
    wrong = send(cast.ines, path, seen=seen, typed="meridian")
    assert wrong.status_code == 422
    assert "This is not the name of the rulebook. Nothing was discarded." in text_of(wrong)
    gone = send(cast.ines, path, seen=seen, typed="Meridian's rules")
    assert "The draft is gone. What is published holds as before." in text_of(gone)
    assert not RulebookDraft.objects.exists()
    again = send(cast.ines, path, seen=seen, typed="Meridian's rules")
    assert "There is no draft any more." in text_of(again)


def test_a_draft_that_somebody_went_on_with_is_not_discarded(cast: Cast) -> None:
    path, colleague = write(cast), second_admin(cast)
    seen = draft_of(meridian(cast))
    save_draft(
        meridian(cast), document=with_finance_from(1), version=1, actor=colleague, now=cast.now
    )
    answer = send(cast.ines, path + "discard/", seen=seen, typed="Meridian's rules")
    assert "Aron Levi changed this draft since you opened it." in text_of(answer)
    assert draft_of(meridian(cast)).version == 2


def test_only_those_who_keep_the_rules(cast: Cast) -> None:
    path = write(cast)
    seen, sibling = draft_of(meridian(cast)), admin_of(cast, "biomed")
    for actor, status in ((cast.lena, 403), (sibling, 403), (cast.jan, 404), (cast.odd, 404)):
        for act in ("publish/", "discard/", "merge/"):
            answer = send(actor, path + act, seen=seen, typed="Meridian's rules")
            assert answer.status_code == status, act
    assert meridian(cast).published.number == 1
    assert draft_of(meridian(cast)).version == 1
