"""Sharing: view, comment or edit; the owner decides, and the grants decide who may do what."""

import pytest

from placet.carts.actions import archive_cart, create_cart, share_cart, unshare_cart
from placet.carts.models import Cart, CartGrant
from placet.carts.permissions import (
    can_comment_on_cart,
    can_edit_cart,
    can_manage_cart,
    can_submit_cart,
    can_view_cart,
)
from placet.carts.queries import list_carts
from placet.companies.models import Member
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from tests.carts.conftest import View
from tests.cast import Cast


def member(cast: Cast, who: str) -> Member:
    return Member.objects.get(pk=cast.member[who])


def allowed(actor: Actor, cart: Cart) -> list[str]:
    predicates = {
        "view": can_view_cart,
        "comment": can_comment_on_cart,
        "edit": can_edit_cart,
        "submit": can_submit_cart,
        "manage": can_manage_cart,
    }
    return [name for name, predicate in predicates.items() if predicate(actor, cart) is None]


@pytest.mark.parametrize(
    ("level", "rights"),
    [
        ("view", ["view"]),
        ("comment", ["view", "comment"]),
        ("edit", ["view", "comment", "edit", "submit"]),
    ],
)
def test_each_level_allows_what_it_says(
    cart: Cart, cast: Cast, seen_by: View, level: str, rights: list[str]
) -> None:
    share_cart(cart, member=member(cast, "pavel"), level=level, actor=cast.lena, now=cast.now)
    assert allowed(cast.pavel, seen_by(cast.pavel)) == rights
    assert allowed(cast.lena, cart) == ["view", "comment", "edit", "submit", "manage"]
    for stranger in (cast.sofia, cast.ines, cast.rashid, cast.ola, cast.odd):
        assert allowed(stranger, cart) == []


def test_editing_is_not_submitting(cart: Cart, cast: Cast, seen_by: View) -> None:
    share_cart(cart, member=member(cast, "anika"), level="edit", actor=cast.lena, now=cast.now)
    refusal = can_submit_cart(cast.anika, seen_by(cast.anika))
    assert refusal is not None
    assert refusal.code == "permission_missing"
    assert "Submit purchases" in refusal.sentence


def test_a_shared_cart_is_in_the_colleagues_list(cart: Cart, cast: Cast) -> None:
    for who in ("pavel", "sofia"):
        share_cart(cart, member=member(cast, who), level="view", actor=cast.lena, now=cast.now)
    own = create_cart("Other", actor=cast.pavel, now=cast.now)
    assert {(c.pk, c.line_count) for c in list_carts(cast.pavel)} == {(cart.pk, 0), (own.pk, 0)}
    assert [c.pk for c in list_carts(cast.lena)] == [cart.pk]
    assert not list_carts(cast.ola)
    assert not list_carts(cast.tomas)


def test_a_level_is_changed_and_taken_away(cart: Cart, cast: Cast, seen_by: View) -> None:
    pavel = member(cast, "pavel")
    for level in ("edit", "view"):
        share_cart(cart, member=pavel, level=level, actor=cast.lena, now=cast.now)
    assert allowed(cast.pavel, seen_by(cast.pavel)) == ["view"]
    unshare_cart(cart, member=pavel, actor=cast.pavel, now=cast.now)
    with pytest.raises(NotFound):
        seen_by(cast.pavel)
    with pytest.raises(Conflict):
        unshare_cart(cart, member=pavel, actor=cast.lena, now=cast.now)


def test_only_the_owner_shares_and_archives(cart: Cart, cast: Cast, seen_by: View) -> None:
    share_cart(cart, member=member(cast, "pavel"), level="edit", actor=cast.lena, now=cast.now)
    theirs = seen_by(cast.pavel)
    with pytest.raises(Forbidden):
        share_cart(
            theirs, member=member(cast, "sofia"), level="view", actor=cast.pavel, now=cast.now
        )
    with pytest.raises(Forbidden):
        archive_cart(theirs, actor=cast.pavel, now=cast.now)
    assert CartGrant.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "level"), [("lena", "view"), ("gone", "view"), ("pavel", "own"), ("pavel", "")]
)
def test_nobody_impossible_is_invited(cart: Cart, cast: Cast, who: str, level: str) -> None:
    with pytest.raises(InvalidInput):
        share_cart(cart, member=member(cast, who), level=level, actor=cast.lena, now=cast.now)


def test_an_outsider_neither_invites_nor_is_invited(cart: Cart, cast: Cast) -> None:
    with pytest.raises(NotFound):
        share_cart(cart, member=member(cast, "ola"), level="view", actor=cast.lena, now=cast.now)
    with pytest.raises(NotFound):
        share_cart(cart, member=member(cast, "ola"), level="view", actor=cast.ola, now=cast.now)
    with pytest.raises(NotFound):
        unshare_cart(cart, member=member(cast, "pavel"), actor=cast.jan, now=cast.now)
