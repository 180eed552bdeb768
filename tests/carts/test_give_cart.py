"""Another owner, another unit, put away and back: the cart stays what it was."""

import pytest

from placet.carts.actions import (
    add_line,
    archive_cart,
    create_cart,
    delete_cart,
    give_cart,
    move_cart,
    restore_cart,
    share_cart,
    share_cart_with_unit,
    take_cart,
    unshare_cart_with_unit,
)
from placet.carts.models import Cart, CartAuthor, CartGrant, CartLine
from placet.carts.permissions import can_edit_cart, can_submit_cart, can_view_cart
from placet.carts.queries import find_cart_version, get_cart, list_carts
from placet.companies.models import Member, Role, Unit
from placet.companies.queries import get_actor
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.requisitions.actions import change_member, grant_role
from tests.carts.conftest import View
from tests.cast import Cast
from tests.cast_people import PEOPLE

pytestmark = pytest.mark.django_db


def member(cast: Cast, who: str) -> Member:
    return Member.objects.get(pk=cast.member[who])


def unit(cast: Cast, code: str) -> Unit:
    return Unit.objects.get(pk=cast.unit[code])


def again(actor: Actor) -> Actor:
    """The actor as they are by now."""
    return get_actor(user_id=actor.user_id, company_slug=actor.company_slug, channel="web")


def test_everybody_of_the_unit_and_below_sees_it(cart: Cart, cast: Cast) -> None:
    share_cart_with_unit(
        cart, unit=unit(cast, "icu"), level="comment", actor=cast.lena, now=cast.now
    )
    for actor in (cast.pavel, cast.rashid, cast.mei):
        assert get_cart(actor, cart.pk).pk == cart.pk
        assert [one.pk for one in list_carts(actor, whose="unit")] == [cart.pk]
        assert not list_carts(actor, whose="shared")
        assert can_edit_cart(actor, cart) is not None
    for actor in (cast.sofia, cast.helena, cast.ines, cast.ola):
        with pytest.raises(NotFound):
            get_cart(actor, cart.pk)


def test_of_two_grants_the_further_one_counts(cart: Cart, cast: Cast) -> None:
    share_cart_with_unit(cart, unit=unit(cast, "icu"), level="view", actor=cast.lena, now=cast.now)
    share_cart(cart, member=member(cast, "pavel"), level="edit", actor=cast.lena, now=cast.now)
    assert can_edit_cart(cast.pavel, get_cart(cast.pavel, cart.pk)) is None
    assert len(list_carts(cast.pavel)) == 1
    unshare_cart_with_unit(cart, unit=unit(cast, "icu"), actor=cast.lena, now=cast.now)
    assert get_cart(cast.pavel, cart.pk)
    with pytest.raises(NotFound):
        get_cart(cast.rashid, cart.pk)
    with pytest.raises(Conflict):
        unshare_cart_with_unit(cart, unit=unit(cast, "icu"), actor=cast.lena, now=cast.now)


def test_the_list_and_the_predicate_agree_about_everybody(cart: Cart, cast: Cast) -> None:
    share_cart_with_unit(cart, unit=unit(cast, "icu"), level="view", actor=cast.lena, now=cast.now)
    share_cart(cart, member=member(cast, "sofia"), level="edit", actor=cast.lena, now=cast.now)
    seen = 0
    for person in PEOPLE:
        if not person.acts:
            continue
        actor = cast.actors[person.key]
        may = can_view_cart(actor, cart) is None
        seen += may
        assert (cart.pk in {one.pk for one in list_carts(actor)}) == may
        assert (find_cart_version(actor, cart.pk) is not None) == may
    assert seen == 5


def test_only_the_owner_shares_with_units_of_the_company(cart: Cart, cast: Cast) -> None:
    share_cart(cart, member=member(cast, "pavel"), level="edit", actor=cast.lena, now=cast.now)
    theirs = get_cart(cast.pavel, cart.pk)
    icu = unit(cast, "icu")
    with pytest.raises(Forbidden):
        share_cart_with_unit(theirs, unit=icu, level="view", actor=cast.pavel, now=cast.now)
    warsaw = unit(cast, "warsaw")
    with pytest.raises(NotFound):
        share_cart_with_unit(cart, unit=warsaw, level="view", actor=cast.lena, now=cast.now)
    with pytest.raises(InvalidInput):
        share_cart_with_unit(cart, unit=icu, level="own", actor=cast.lena, now=cast.now)


def test_a_given_cart_keeps_its_authors_and_grants(
    cart: Cart, line: CartLine, cast: Cast, seen_by: View
) -> None:
    share_cart(cart, member=member(cast, "mei"), level="comment", actor=cast.lena, now=cast.now)
    give_cart(cart, to=member(cast, "pavel"), actor=cast.lena, now=cast.now)
    assert cart.owner_id == cast.member["pavel"]
    held = dict(CartGrant.objects.filter(cart=cart).values_list("member__user__name", "level"))
    assert held == {"Lena Vogt": "edit", "Mei Tanaka": "comment"}
    authors = CartAuthor.objects.filter(cart=cart).values_list("member_id", flat=True)
    assert set(authors) == {cast.member["lena"]}
    with pytest.raises(Forbidden):
        give_cart(seen_by(cast.lena), to=member(cast, "sofia"), actor=cast.lena, now=cast.now)


def test_nobody_else_submits_in_the_name_of_somebody_who_did_not_take_it(
    cart: Cart, line: CartLine, cast: Cast, seen_by: View
) -> None:
    give_cart(cart, to=member(cast, "pavel"), actor=cast.lena, now=cast.now)
    refusal = can_submit_cart(cast.lena, seen_by(cast.lena))
    assert refusal is not None
    assert refusal.code == "not_taken"
    assert can_submit_cart(cast.pavel, seen_by(cast.pavel)) is None
    with pytest.raises(Forbidden):
        take_cart(seen_by(cast.lena), actor=cast.lena, now=cast.now)
    take_cart(seen_by(cast.pavel), actor=cast.pavel, now=cast.now)
    assert can_submit_cart(cast.lena, seen_by(cast.lena)) is None


def test_given_back_it_is_simply_the_givers_again(cart: Cart, cast: Cast, seen_by: View) -> None:
    give_cart(cart, to=member(cast, "pavel"), actor=cast.lena, now=cast.now)
    give_cart(seen_by(cast.pavel), to=member(cast, "lena"), actor=cast.pavel, now=cast.now)
    mine = seen_by(cast.lena)
    assert (mine.owner_id, mine.given_by_id) == (cast.member["lena"], None)
    with pytest.raises(NotFound):
        seen_by(cast.pavel)


@pytest.mark.parametrize("who", ["lena", "gone"])
def test_nobody_impossible_becomes_the_owner(cart: Cart, cast: Cast, who: str) -> None:
    with pytest.raises(InvalidInput):
        give_cart(cart, to=member(cast, who), actor=cast.lena, now=cast.now)
    with pytest.raises(NotFound):
        give_cart(cart, to=member(cast, "ola"), actor=cast.lena, now=cast.now)


def test_a_cart_that_edits_a_requisition_stays_its_owners(cart: Cart, cast: Cast) -> None:
    cart.revises = "req_1"
    with pytest.raises(Forbidden):
        give_cart(cart, to=member(cast, "pavel"), actor=cast.lena, now=cast.now)
    with pytest.raises(Forbidden):
        move_cart(cart, unit=unit(cast, "icu-4"), actor=cast.lena, now=cast.now)


def test_changing_ones_unit_keeps_every_cart_and_lets_them_move_on(
    cart: Cart, line: CartLine, cast: Cast
) -> None:
    other = create_cart("Ward 3", actor=cast.lena, now=cast.now)
    before = {one.pk for one in list_carts(cast.lena)}
    moved = member(cast, "lena")
    change_member(moved, unit=unit(cast, "finance"), actor=cast.ines, now=cast.now)
    lena = again(cast.lena)
    assert {one.pk for one in list_carts(lena)} == before == {cart.pk, other.pk}
    mine = get_cart(lena, cart.pk)
    assert mine.unit_id == cast.unit["icu-4"]
    move_cart(mine, unit=unit(cast, "finance"), actor=lena, now=cast.now)
    assert mine.unit_id == cast.unit["finance"]
    assert mine.lines.get().quantity == 12
    with pytest.raises(Forbidden):
        move_cart(mine, unit=unit(cast, "icu-4"), actor=lena, now=cast.now)


def test_a_role_that_names_a_unit_lets_carts_move_there(cart: Cart, cast: Cast) -> None:
    biomed = unit(cast, "biomed")
    with pytest.raises(Forbidden):
        move_cart(cart, unit=biomed, actor=cast.lena, now=cast.now)
    buyer = Role.objects.get(company_id=cast.lena.company_id, key="buyer")
    grant_role(member(cast, "lena"), role=buyer, unit=biomed, actor=cast.ines, now=cast.now)
    move_cart(cart, unit=biomed, actor=again(cast.lena), now=cast.now)
    assert cart.unit_id == biomed.pk


def test_a_cart_is_put_away_and_brought_back_whole(cart: Cart, line: CartLine, cast: Cast) -> None:
    archive_cart(cart, actor=cast.lena, now=cast.now)
    assert not list_carts(cast.lena)
    assert [one.pk for one in list_carts(cast.lena, status="archived")] == [cart.pk]
    with pytest.raises(Conflict):
        add_line(cart, sku="GLV-M", quantity=1, actor=cast.lena, now=cast.now)
    restore_cart(cart, actor=cast.lena, now=cast.now)
    assert [(one.pk, one.line_count) for one in list_carts(cast.lena)] == [(cart.pk, 1)]  # type: ignore[attr-defined]
    with pytest.raises(Forbidden):
        restore_cart(cart, actor=cast.lena, now=cast.now)


def test_only_a_draft_in_which_nothing_ever_was_is_thrown_away(
    cart: Cart, line: CartLine, cast: Cast
) -> None:
    with pytest.raises(Conflict):
        delete_cart(cart, actor=cast.lena, now=cast.now)
    empty = create_cart("Empty", actor=cast.lena, now=cast.now)
    with pytest.raises(Forbidden):
        delete_cart(empty, actor=cast.pavel, now=cast.now)
    delete_cart(empty, actor=cast.lena, now=cast.now)
    assert set(Cart.objects.values_list("pk", flat=True)) == {cart.pk}
