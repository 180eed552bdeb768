"""Suggestions: an approver says more or another product, the buyer accepts and is the author."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from placet.catalog.models import Product
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.events.models import Event
from placet.jobs.verify import verify
from placet.orders.content import read_content
from placet.orders.models import Order
from placet.requisitions.actions import (
    accept_suggestions,
    apply_due_decisions,
    decline_suggestion,
    suggest_line,
    withdraw_requisition,
)
from placet.requisitions.errors import NotAsked, PlanChanged
from placet.requisitions.models import Requisition, Revision, RevisionOrigin, Suggestion
from placet.requisitions.suggesting import SuggestionOver, list_suggestions, preview_suggestions
from tests.cast import Cast
from tests.requisitions.road import DRESSING, GLOVES, answer, fill_cart, pending_step, submit

pytestmark = pytest.mark.django_db
UNDO = timedelta(seconds=10)


@pytest.fixture(autouse=True)
def _nothing_contradicts_the_promise() -> Iterator[None]:
    yield
    assert verify() == []


@pytest.fixture
def waiting(cast: Cast) -> Requisition:
    """Line 1: 50 dressings; line 2: 20 boxes of gloves. Rashid decides."""
    cart = fill_cart(cast, (DRESSING, 50), (GLOVES, 20))
    return submit(cart, actor=cast.lena, now=cast.now)


def suggest(cast: Cast, requisition: Requisition, who: str = "rashid", **wish: Any) -> Suggestion:
    requisition.refresh_from_db()
    assert requisition.revision is not None
    return suggest_line(
        pending_step(requisition),
        content_hash=requisition.revision.content_hash,
        actor=cast.actors[who],
        now=cast.now,
        **wish,
    )


def accept(
    cast: Cast, requisition: Requisition, *suggestions: Suggestion, actor: Actor | None = None
) -> Revision:
    requisition.refresh_from_db()
    who = actor or cast.lena
    shown = preview_suggestions(requisition, suggestions, actor=who, now=cast.now)
    return accept_suggestions(
        requisition,
        suggestions=[one.pk for one in suggestions],
        plan_hash=shown.planned.hash,
        actor=who,
        now=cast.now,
    )


def quantities(revision: Revision) -> dict[str, int]:
    return {line.sku: line.quantity for line in read_content(revision.content).lines}


def test_nothing_changes_until_lena_accepts_and_then_she_is_its_author(
    cast: Cast, waiting: Requisition
) -> None:
    more = suggest(cast, waiting, line=2, quantity=30, note="The flu is coming.")
    assert [one.pk for one in list_suggestions(waiting)] == [more.pk]
    assert waiting.revisions.count() == 1
    revision = accept(cast, waiting, more)
    assert quantities(revision) == {DRESSING: 50, GLOVES: 30}
    origin = RevisionOrigin.objects.get(revision=revision)
    assert (origin.cause, origin.suggestion_id) == ("suggested", more.pk)
    assert cast.user["lena"] in revision.authors
    assert cast.user["rashid"] not in revision.authors
    answer(waiting, "approve", actor=replace(cast.rashid, channel="api"), now=cast.now)
    assert Order.objects.get().content_hash == revision.content_hash
    told = Event.objects.get(type="suggestion.made")
    assert "flu" not in told.payload
    assert Event.objects.filter(type="suggestion.accepted").exists()


def test_a_whole_set_is_accepted_with_one_click(cast: Cast, waiting: Requisition) -> None:
    """Fewer dressings, smaller gloves, and one more product."""
    found = [
        suggest(cast, waiting, line=1, quantity=40),
        suggest(cast, waiting, line=2, quantity=20, sku="GLV-S"),
        suggest(cast, waiting, line=0, quantity=2, sku="PPR-A4"),
    ]
    revision = accept(cast, waiting, *found)
    assert quantities(revision) == {DRESSING: 40, "GLV-S": 20, "PPR-A4": 2}
    assert revision.number == 2
    assert set(Suggestion.objects.values_list("status", flat=True)) == {"accepted"}


def test_an_approval_that_was_given_falls_when_a_suggestion_makes_it_worse(cast: Cast) -> None:
    requisition = submit(
        fill_cart(cast, (DRESSING, 50), ("INF-SET", 1)), actor=cast.lena, now=cast.now
    )
    answer(requisition, "approve", actor=replace(cast.rashid, channel="api"), now=cast.now)
    more = suggest(cast, requisition, "anika", line=1, quantity=90)
    revision = accept(cast, requisition, more)
    assert not revision.steps.filter(carry_overs__isnull=False).exists()
    assert pending_step(requisition).position == 1


def test_changes_are_requested_with_a_suggestion_and_accepting_answers_both(
    cast: Cast, waiting: Requisition
) -> None:
    less = suggest(cast, waiting, line=1, quantity=30)
    answer(waiting, "request_changes", actor=cast.rashid, now=cast.now, reason="Please see below.")
    apply_due_decisions(now=cast.now + UNDO)
    waiting.refresh_from_db()
    assert waiting.status == Requisition.Status.CHANGES_REQUESTED
    revision = accept(cast, waiting, less)
    waiting.refresh_from_db()
    assert waiting.status == Requisition.Status.PENDING
    assert quantities(revision)[DRESSING] == 30


def test_what_was_shown_is_what_is_accepted(cast: Cast, waiting: Requisition) -> None:
    more = suggest(cast, waiting, line=2, quantity=30)
    with pytest.raises(PlanChanged) as refused:
        accept_suggestions(
            waiting, suggestions=[more.pk], plan_hash="0" * 64, actor=cast.lena, now=cast.now
        )
    assert refused.value.facts["plan_hash"] != "0" * 64
    more.refresh_from_db()
    assert more.status == Suggestion.Status.OPEN
    assert waiting.revisions.count() == 1


def test_declined_it_goes_on_as_it_was(cast: Cast, waiting: Requisition) -> None:
    more = suggest(cast, waiting, line=2, quantity=30)
    decline_suggestion(more, reason="There is no room.", actor=cast.lena, now=cast.now)
    with pytest.raises(SuggestionOver):
        decline_suggestion(more, actor=cast.lena, now=cast.now)
    with pytest.raises(SuggestionOver):
        accept(cast, waiting, more)
    assert waiting.revisions.count() == 1
    assert "room" not in Event.objects.get(type="suggestion.declined").payload


def test_another_one_of_the_same_person_takes_its_place(cast: Cast, waiting: Requisition) -> None:
    first = suggest(cast, waiting, line=2, quantity=30)
    second = suggest(cast, waiting, line=2, quantity=25)
    first.refresh_from_db()
    assert first.status == Suggestion.Status.VOID
    assert [one.pk for one in list_suggestions(waiting)] == [second.pk]


def test_the_others_are_over_once_the_revision_is_replaced_or_the_purchase_ended(
    cast: Cast, waiting: Requisition
) -> None:
    taken = suggest(cast, waiting, line=1, quantity=30)
    left = suggest(cast, waiting, line=2, quantity=30)
    accept(cast, waiting, taken)
    left.refresh_from_db()
    assert left.status == Suggestion.Status.VOID
    later = suggest(cast, waiting, line=2, quantity=30)
    withdraw_requisition(waiting, actor=cast.lena, now=cast.now)
    later.refresh_from_db()
    assert later.status == Suggestion.Status.VOID
    with pytest.raises(Conflict):
        accept_suggestions(
            waiting, suggestions=[later.pk], plan_hash="0" * 64, actor=cast.lena, now=cast.now
        )


@pytest.mark.parametrize(
    ("wish", "path"),
    [
        ({"line": 3, "quantity": 1}, "line"),
        ({"line": 1, "quantity": 50}, "quantity"),
        ({"line": 1, "quantity": 0}, "quantity"),
        ({"line": 1, "quantity": 10**18}, "quantity"),
        ({"line": 0, "quantity": 1}, "sku"),
        ({"line": 1, "quantity": 1, "sku": "NO-SUCH"}, "sku"),
        ({"line": 1, "quantity": 1, "sku": "GLV-OLD"}, "sku"),
        ({"line": 1, "quantity": 1, "sku": GLOVES}, "sku"),
        ({"line": 0, "quantity": 12, "sku": "BOX-50"}, "quantity"),
        ({"line": 1, "quantity": 1, "note": "x" * 401}, "note"),
    ],
)
def test_what_cannot_be_ordered_or_changes_nothing_is_refused(
    cast: Cast, waiting: Requisition, wish: dict[str, Any], path: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        suggest(cast, waiting, **wish)
    assert refused.value.path == path
    assert not Suggestion.objects.exists()


def test_more_than_there_is_can_be_suggested_for_later_and_not_accepted_now(
    cast: Cast, waiting: Requisition
) -> None:
    more = suggest(cast, waiting, line=2, quantity=30)
    Product.objects.filter(sku=GLOVES).update(stock=29, sells_beyond_stock=False)
    with pytest.raises(InvalidInput, match=GLOVES) as refused:
        accept(cast, waiting, more)
    assert (refused.value.path, refused.value.code) == ("lines", "out_of_stock")
    assert [one.pk for one in list_suggestions(waiting)] == [more.pk]
    assert waiting.revisions.count() == 1
    Product.objects.filter(sku=GLOVES).update(stock=30)
    assert quantities(accept(cast, waiting, more))[GLOVES] == 30


def test_a_product_that_left_the_sale_meanwhile_is_not_accepted(
    cast: Cast, waiting: Requisition
) -> None:
    other = suggest(cast, waiting, line=2, quantity=20, sku="GLV-S")
    shown = preview_suggestions(waiting, [other], actor=cast.lena, now=cast.now)
    Product.objects.filter(sku="GLV-S").update(status=Product.Status.DISCONTINUED)
    with pytest.raises(Conflict, match="GLV-S"):
        accept_suggestions(
            waiting,
            suggestions=[other.pk],
            plan_hash=shown.planned.hash,
            actor=cast.lena,
            now=cast.now,
        )


@pytest.mark.parametrize("who", ["lena", "ines", "anika", "ola", "tomas"])
def test_only_who_is_asked_suggests(cast: Cast, waiting: Requisition, who: str) -> None:
    with pytest.raises((NotAsked, Forbidden)):
        suggest(cast, waiting, who, line=1, quantity=1)


@pytest.mark.parametrize("who", ["rashid", "pavel", "ines", "ola", "tomas"])
def test_only_lena_answers(cast: Cast, waiting: Requisition, who: str) -> None:
    more = suggest(cast, waiting, line=2, quantity=30)
    with pytest.raises((Forbidden, NotFound)):
        accept(cast, waiting, more, actor=cast.actors[who])
    with pytest.raises((Forbidden, NotFound)):
        decline_suggestion(more, actor=cast.actors[who], now=cast.now)
    assert waiting.revisions.count() == 1


def test_a_suggestion_of_another_purchase_is_none_of_this_one(
    cast: Cast, waiting: Requisition
) -> None:
    other = submit(fill_cart(cast, (DRESSING, 60)), actor=cast.lena, now=cast.now)
    theirs = suggest(cast, other, line=1, quantity=30)
    with pytest.raises(SuggestionOver):
        accept_suggestions(
            waiting, suggestions=[theirs.pk], plan_hash="0" * 64, actor=cast.lena, now=cast.now
        )
