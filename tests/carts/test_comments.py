"""Lena asks Pavel about a line; he answers; the question is resolved."""

import pytest

from placet.carts.actions import (
    comment_on_cart,
    comment_on_line,
    resolve_cart_thread,
    resolve_line_thread,
    share_cart,
    share_cart_with_unit,
)
from placet.carts.models import Cart, CartGrant, CartLine
from placet.carts.queries import get_cart, get_cart_line
from placet.companies.models import Member, Unit
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.threads.models import Thread
from placet.threads.queries import list_comments
from tests.carts.conftest import View
from tests.cast import Cast


def test_a_question_on_a_line_is_asked_answered_and_resolved(
    cart: Cart, line: CartLine, cast: Cast
) -> None:
    comment_on_line(line, text="@Pavel right connector?", actor=cast.lena, now=cast.now)
    theirs = get_cart_line(cast.pavel, cart.id, line.id)
    comment_on_line(theirs, text="Yes, Luer.", actor=cast.pavel, now=cast.now)
    assert theirs.thread_id is not None
    said = list_comments(cast.lena, [theirs.thread_id])[theirs.thread_id]
    assert [comment.author.user.name for comment in said] == ["Lena Vogt", "Pavel Novák"]
    thread = resolve_line_thread(line, actor=cast.lena, now=cast.now)
    assert (thread.resolved_at, thread.resolved_by_id) == (cast.now, cast.lena.member_id)
    with pytest.raises(Conflict):
        resolve_line_thread(line, actor=cast.lena, now=cast.now)
    comment_on_line(line, text="One more thing", actor=cast.lena, now=cast.now)
    assert Thread.objects.get(pk=thread.pk).resolved_at is None


def test_whom_the_owner_names_is_invited_to_comment(cart: Cart, cast: Cast) -> None:
    comment = comment_on_cart(cart, text="@Pavel, please look", actor=cast.lena, now=cast.now)
    assert [mention.member_id for mention in comment.mentions.all()] == [cast.pavel.member_id]
    assert CartGrant.objects.get(cart=cart).level == "comment"


def test_naming_somebody_never_lowers_their_grant(cart: Cart, cast: Cast) -> None:
    pavel = Member.objects.get(pk=cast.member["pavel"])
    share_cart(cart, member=pavel, level="edit", actor=cast.lena, now=cast.now)
    mine = get_cart(cast.lena, cart.id)
    comment_on_cart(mine, text="@Pavel look", actor=cast.lena, now=cast.now)
    assert CartGrant.objects.get(cart=cart).level == "edit"


def test_whom_a_guest_names_is_told_only_if_they_are_in(
    cart: Cart, cast: Cast, seen_by: View
) -> None:
    comment_on_cart(cart, text="@Pavel look", actor=cast.lena, now=cast.now)
    comment = comment_on_cart(
        seen_by(cast.pavel), text="@Sofia @Lena see", actor=cast.pavel, now=cast.now
    )
    assert [mention.member_id for mention in comment.mentions.all()] == [cast.lena.member_id]
    assert CartGrant.objects.filter(cart=cart).count() == 1


def test_people_of_a_unit_name_each_other_and_keep_what_the_unit_gave(
    cart: Cart, cast: Cast, seen_by: View
) -> None:
    icu = Unit.objects.get(pk=cast.unit["icu"])
    share_cart_with_unit(cart, unit=icu, level="comment", actor=cast.lena, now=cast.now)
    said = "@Mei @Sofia see"
    comment = comment_on_cart(seen_by(cast.pavel), text=said, actor=cast.pavel, now=cast.now)
    assert [one.member_id for one in comment.mentions.all()] == [cast.mei.member_id]
    # Whom the owner names by the unit is told too, and needs no grant of their own.
    comment = comment_on_cart(seen_by(cast.lena), text="@Mei look", actor=cast.lena, now=cast.now)
    assert [one.member_id for one in comment.mentions.all()] == [cast.mei.member_id]
    assert CartGrant.objects.get(cart=cart).unit_id == icu.pk


def test_a_viewer_does_not_speak(cart: Cart, cast: Cast, seen_by: View) -> None:
    pavel = Member.objects.get(pk=cast.member["pavel"])
    share_cart(cart, member=pavel, level="view", actor=cast.lena, now=cast.now)
    comment_on_cart(get_cart(cast.lena, cart.id), text="Hm", actor=cast.lena, now=cast.now)
    with pytest.raises(Forbidden):
        comment_on_cart(seen_by(cast.pavel), text="Hello", actor=cast.pavel, now=cast.now)
    with pytest.raises(Forbidden):
        resolve_cart_thread(seen_by(cast.pavel), actor=cast.pavel, now=cast.now)


@pytest.mark.parametrize("text", ["", " \n ", "x" * 4001, "a\x00"])
def test_a_comment_says_something(cart: Cart, cast: Cast, text: str) -> None:
    with pytest.raises(InvalidInput):
        comment_on_cart(cart, text=text, actor=cast.lena, now=cast.now)
    cart.refresh_from_db()
    assert cart.thread is None
    with pytest.raises(NotFound):
        resolve_cart_thread(cart, actor=cast.lena, now=cast.now)


def test_an_outsider_neither_reads_nor_speaks(cart: Cart, line: CartLine, cast: Cast) -> None:
    comment = comment_on_line(line, text="right connector?", actor=cast.lena, now=cast.now)
    for outsider in (cast.ola, cast.tomas):
        with pytest.raises(NotFound):
            comment_on_line(line, text="Hello", actor=outsider, now=cast.now)
        with pytest.raises(NotFound):
            comment_on_cart(cart, text="Hello", actor=outsider, now=cast.now)
        with pytest.raises(NotFound):
            resolve_line_thread(line, actor=outsider, now=cast.now)
        assert list_comments(outsider, [comment.thread_id]) == {comment.thread_id: []}
