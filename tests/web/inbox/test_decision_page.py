"""The decision page: nothing is chosen for anybody, and only what was seen is decided."""

from __future__ import annotations

from typing import Any

import pytest

from placet.requisitions.models import Decision, Requisition, Step
from tests.cast import Cast
from tests.requisitions.road import pending_step
from tests.web.pages import as_actor, page
from tests.web.road import approve, waiting

pytestmark = pytest.mark.django_db


def address(step: Step) -> str:
    return f"/c/meridian/inbox/{step.pk}/"


def decide(cast: Cast, who: str, step: Step, **sent: str) -> Any:
    """What the page of this person would send, with some values of one's own."""
    values = {"decision": "approve", "content_hash": step.revision.content_hash, **sent}
    return as_actor(getattr(cast, who)).post(address(step), values)


def test_one_sentence_says_who_asks_for_what_and_why_me(cast: Cast) -> None:
    step = pending_step(waiting(cast))
    shown = page(cast.rashid, f"inbox/{step.pk}/")
    assert "<b>Lena Vogt</b> asks you for" in shown
    assert "You decide as <b>head of Intensive care</b>." in shown
    assert "Biomedical engineering is asked next" in shown
    assert "checked" not in shown.split('id="verdict"')[1].split("</fieldset>")[0]


def test_approving_is_held_and_shown_to_nobody_else(cast: Cast) -> None:
    requisition = waiting(cast)
    answer = decide(cast, "rashid", pending_step(requisition))
    assert answer["Location"] == "/c/meridian/inbox/"
    assert Decision.objects.get().channel == "web"
    assert "Rashid Haddad approved" not in page(cast.lena, f"requisitions/{requisition.number}/")
    assert "You approved this." in page(cast.rashid, f"inbox/{pending_step(requisition).pk}/")


def test_a_rejection_needs_a_reason_and_keeps_the_choice(cast: Cast) -> None:
    step = pending_step(waiting(cast))
    answer = decide(cast, "rashid", step, decision="reject", reason=" ")
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Say why: the buyer needs it to go on." in shown
    assert 'value="reject" required data-key="r" checked' in shown
    assert not Decision.objects.exists()
    assert decide(cast, "rashid", step, decision="reject", reason="Twice.").status_code == 302
    assert Decision.objects.get().reason == "Twice."


def test_without_a_choice_nothing_is_decided(cast: Cast) -> None:
    step = pending_step(waiting(cast))
    assert decide(cast, "rashid", step, decision="").status_code == 422
    assert not Decision.objects.exists()


def test_another_content_than_the_one_seen_is_shown_and_not_decided(cast: Cast) -> None:
    step = pending_step(waiting(cast))
    answer = decide(cast, "rashid", step, content_hash="0" * 64)
    assert answer.status_code == 409
    assert "The content has changed since you looked." in answer.content.decode()
    assert step.revision.content_hash in answer.content.decode()
    assert not Decision.objects.exists()


def test_who_comes_second_is_told_who_was_first(cast: Cast) -> None:
    requisition = waiting(cast)
    approve(requisition, "rashid", cast=cast)
    step = pending_step(requisition)
    approve(requisition, "anika", cast=cast)
    answer = decide(cast, "jonas", step)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Anika Roth approved this" in shown
    assert Decision.objects.count() == 2


@pytest.mark.parametrize("who", ["lena", "helena", "ines", "aron"])
def test_who_is_not_asked_may_look_at_most(cast: Cast, who: str) -> None:
    step = pending_step(waiting(cast))
    shown = page(getattr(cast, who), f"inbox/{step.pk}/")
    assert 'id="verdict"' not in shown
    assert decide(cast, who, step).status_code in {403, 409}
    assert not Decision.objects.exists()


@pytest.mark.parametrize("who", ["sofia", "pavel"])
def test_colleagues_without_a_part_in_it_find_nothing(cast: Cast, who: str) -> None:
    step = pending_step(waiting(cast))
    assert decide(cast, who, step).status_code == 404


def test_outsiders_find_nothing_under_either_address(cast: Cast) -> None:
    step = pending_step(waiting(cast))
    for slug in ("meridian", "kowalski"):
        assert as_actor(cast.ola).get(f"/c/{slug}/inbox/{step.pk}/").status_code == 404
    assert Requisition.objects.get().status == "pending"
