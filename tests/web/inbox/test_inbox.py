"""The inbox: why me, what is left, several at once, and undo."""

from __future__ import annotations

import pytest
from django.test import Client

from placet.core import clock
from placet.requisitions.models import Decision, DecisionOutcome, Requisition
from tests.cast import NOW, Cast
from tests.requisitions.road import DRESSING, GLOVES, pending_step
from tests.web.pages import as_actor, page, queries_of
from tests.web.road import approve, waiting

pytestmark = pytest.mark.django_db
BULK = "/c/meridian/inbox/approvals/"
PLAIN = ((DRESSING, 40),)
ALSO_PLAIN = (("DRS-10", 60),)
"""Nothing to look at: cheap enough to be new, and with no product in common."""


def row_of(requisition: Requisition) -> str:
    """What the checkbox of the row sends."""
    step = pending_step(requisition)
    return f"{step.pk}:{step.revision.content_hash}"


def test_a_row_says_why_me_what_is_left_and_by_when(cast: Cast) -> None:
    requisition = waiting(cast)
    shown = page(cast.rashid, "inbox/")
    assert requisition.name in shown
    assert "Head of Intensive care: Order over 500.00\u00a0EUR on cost centre 4410" in shown
    assert "1 to decide, 1,190.00\u00a0EUR." in shown
    assert "left" in shown


def test_only_who_is_asked_has_it_in_the_inbox(cast: Cast) -> None:
    requisition = waiting(cast)
    for person in (cast.lena, cast.helena, cast.anika, cast.ola):
        assert requisition.name not in page(person, "inbox/")
    approve(requisition, "rashid", cast=cast)
    assert requisition.name in page(cast.anika, "inbox/")
    assert requisition.name not in page(cast.rashid, "inbox/")
    assert requisition.name in page(cast.rashid, "inbox/?tab=decided")


def test_my_own_purchases_wait_under_others(cast: Cast) -> None:
    requisition = waiting(cast)
    shown = page(cast.lena, "inbox/?tab=others")
    assert requisition.name in shown
    assert "Rashid Haddad" in shown


def test_selected_rows_are_approved_one_by_one_and_can_be_undone(cast: Cast) -> None:
    first, second = waiting(cast, *PLAIN), waiting(cast, *ALSO_PLAIN)
    browser = as_actor(cast.rashid)
    shown = browser.post(BULK, {"row": [row_of(first), row_of(second)]}).content.decode()
    assert Decision.objects.count() == 2
    assert not DecisionOutcome.objects.exists()
    assert "2 approved" in shown
    assert "<b>1,546.00\u00a0EUR</b>" in shown
    assert shown.count("Undo the approval of") == 2
    inbox = page(cast.rashid, "inbox/")
    assert f"Approved “{first.name}”, 796.00\u00a0EUR." in inbox
    decision = Decision.objects.filter(revision__requisition=first).get()
    undone = browser.post(f"/c/meridian/decisions/{decision.pk}/undo/", {"back": "inbox"})
    assert undone["Location"] == "/c/meridian/inbox/"
    assert decision.outcome.kind == "retracted"
    assert row_of(first) in page(cast.rashid, "inbox/")


def test_a_row_that_moved_on_is_told_and_stops_no_other(cast: Cast) -> None:
    first, second = waiting(cast, *PLAIN), waiting(cast, *ALSO_PLAIN)
    rows = [row_of(first).split(":")[0] + ":" + "0" * 64, row_of(second), "stp_nothing:x", "x"]
    shown = as_actor(cast.rashid).post(BULK, {"row": rows}).content.decode()
    assert "The content has changed since you looked." in shown
    assert "It is not in your inbox any more." in shown
    assert Decision.objects.get().revision.requisition_id == second.pk


def test_nothing_selected_decides_nothing(cast: Cast) -> None:
    waiting(cast)
    shown = as_actor(cast.rashid).post(BULK, follow=True).content.decode()
    assert "Nothing was selected, so nothing was decided." in shown
    assert not Decision.objects.exists()


def test_too_late_to_undo_is_a_sentence(cast: Cast) -> None:
    requisition = waiting(cast)
    approve(requisition, "rashid", cast=cast)
    decision = Decision.objects.get()
    browser = as_actor(cast.rashid)
    shown = browser.post(f"/c/meridian/decisions/{decision.pk}/undo/", follow=True)
    assert "It is too late to undo this" in shown.content.decode()
    assert decision.outcome.kind == "applied"


def test_nobody_undoes_for_somebody_else(cast: Cast) -> None:
    requisition = waiting(cast, *PLAIN)
    as_actor(cast.rashid).post(BULK, {"row": [row_of(requisition)]})
    decision = Decision.objects.get()
    for person in (cast.lena, cast.anika, cast.ola):
        address = f"/c/{person.company_slug}/decisions/{decision.pk}/undo/"
        assert as_actor(person).post(address).status_code == 404
    assert not DecisionOutcome.objects.exists()


def test_anonymous_people_sign_in(cast: Cast, client: Client) -> None:
    answer = client.get("/c/meridian/inbox/")
    assert answer["Location"].startswith("/account/login/?next=")
    assert as_actor(cast.ola).get("/c/meridian/inbox/").status_code == 404


def test_the_number_of_queries_does_not_depend_on_the_rows(cast: Cast) -> None:
    waiting(cast)
    one = queries_of(cast.rashid, "inbox/")
    for _again in range(4):
        waiting(cast, ("DRS-15", 40), (GLOVES, 2))
    clock.set_offset_source(lambda: NOW - clock.real_now())
    assert queries_of(cast.rashid, "inbox/") <= one + 1
