"""Several people on the cart page: lists, the pulse, who did what, given, put together."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placet.carts.actions import add_line, change_line, create_cart, give_cart, share_cart
from placet.carts.models import Cart, CartGrant
from placet.carts.queries import get_cart, get_cart_line
from placet.companies.models import Member
from tests.cast import Cast
from tests.requisitions.road import DRESSING, GLOVES, fill_cart
from tests.web.pages import as_actor, page, queries_of

pytestmark = pytest.mark.django_db


def address(cart: Cart, rest: str = "") -> str:
    return f"/c/meridian/carts/{cart.pk}/{rest}"


def shared_with_pavel(cast: Cast, *lines: tuple[str, int]) -> Cart:
    cart = fill_cart(cast, *lines)
    pavel = Member.objects.get(pk=cast.member["pavel"])
    share_cart(cart, member=pavel, level="edit", actor=cast.lena, now=cast.now)
    return get_cart(cast.lena, cart.pk)


def test_the_pulse_is_silent_until_somebody_else_changes_the_cart(cast: Cast) -> None:
    cart = shared_with_pavel(cast, (GLOVES, 10))
    browser = as_actor(cast.lena)
    asked = address(cart, f"pulse/?version={cart.version}")
    assert browser.get(asked).status_code == 204
    line = get_cart_line(cast.pavel, cart.pk, cart.lines.get().pk)
    change_line(line, quantity=40, actor=cast.pavel, now=cast.now)
    answer = browser.get(asked)
    assert answer.status_code == 200
    assert "Pavel Novák changed Nitrile gloves, M to 40." in answer.content.decode()
    assert answer.content.decode().count("data-poll") == 2


def test_the_pulse_costs_one_query_beside_knowing_who_asks(cast: Cast) -> None:
    cart = shared_with_pavel(cast, (GLOVES, 10))
    asked = f"carts/{cart.pk}/pulse/?version={cart.version}"
    client = as_actor(cast.lena)
    assert client.get(f"/c/meridian/{asked}").status_code == 204
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/c/meridian/{asked}")
    assert sum("carts_cart" in one["sql"] for one in captured) == 1
    assert len(captured) <= 4


def test_who_may_no_longer_see_it_is_told_to_stop_asking(cast: Cast) -> None:
    cart = shared_with_pavel(cast, (GLOVES, 10))
    CartGrant.objects.filter(cart=cart).delete()
    assert as_actor(cast.pavel).get(address(cart, "pulse/?version=1")).status_code == 286


def test_only_a_cart_that_others_see_asks_whether_it_was_changed(cast: Cast) -> None:
    alone = fill_cart(cast, (GLOVES, 1))
    assert 'id="pulse"' not in page(cast.lena, f"carts/{alone.pk}/")
    cart = shared_with_pavel(cast, (GLOVES, 10))
    for actor in (cast.lena, cast.pavel):
        assert 'id="pulse"' in page(actor, f"carts/{cart.pk}/")


def test_each_line_says_who_put_it_in_and_who_changed_it(cast: Cast) -> None:
    cart = shared_with_pavel(cast, (GLOVES, 10))
    theirs = get_cart(cast.pavel, cart.pk)
    add_line(theirs, sku=DRESSING, quantity=5, actor=cast.pavel, now=cast.now)
    line = get_cart_line(cast.pavel, cart.pk, cart.lines.get(product__sku=GLOVES).pk)
    change_line(line, quantity=40, actor=cast.pavel, now=cast.now)
    shown = page(cast.lena, f"carts/{cart.pk}/")
    assert "Pavel Novák changed this to 40" in shown
    assert "Pavel Novák added this" in shown
    assert "You changed this to 40" in page(cast.pavel, f"carts/{cart.pk}/")


def test_the_tabs_of_the_list_hold_what_they_say(cast: Cast) -> None:
    mine = create_cart("Only mine", actor=cast.lena, now=cast.now)
    theirs = create_cart("Of the ward", actor=cast.pavel, now=cast.now)
    named = create_cart("For Lena", actor=cast.pavel, now=cast.now)
    as_actor(cast.pavel).post(
        address(theirs, "shares/"), {"member": cast.unit["icu-4"], "level": "edit"}
    )
    as_actor(cast.pavel).post(
        address(named, "shares/"), {"member": cast.member["lena"], "level": "view"}
    )
    tabs = {
        "": {mine.name, theirs.name, named.name},
        "mine": {mine.name},
        "shared": {named.name},
        "unit": {theirs.name},
        "archived": set(),
    }
    names = {mine.name, theirs.name, named.name}
    for tab, wanted in tabs.items():
        shown = page(cast.lena, f"carts/?show={tab}")
        listed = shown[shown.index("listcard") :]
        assert {name for name in names if name in listed} == wanted, tab
    found = page(cast.lena, "carts/?q=ward+pavel&sort=name")
    assert theirs.name in found
    assert mine.name not in found[found.index("listcard") :]
    assert page(cast.lena, "carts/?show=nonsense&sort=-nonsense")


def test_a_cart_put_away_is_brought_back_from_the_list(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 10), name="Winter")
    browser = as_actor(cast.lena)
    browser.post(address(cart, "archive/"))
    assert "Winter" not in page(cast.lena, "carts/")
    assert "Winter" in page(cast.lena, "carts/?show=archived")
    browser.post(address(cart, "restore/"))
    assert "Winter" in page(cast.lena, "carts/")
    assert cart.lines.get().quantity == 10


def test_another_cart_is_added_or_takes_the_place(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 10))
    other = fill_cart(cast, (GLOVES, 5), (DRESSING, 2), name="Ward 3")
    assert "Ward 3" in page(cast.lena, f"carts/{cart.pk}/merge/")
    browser = as_actor(cast.lena)
    wish = {"cart": other.pk, "how": "merge"}
    shown = browser.post(address(cart, "merge/"), wish, follow=True).content.decode()
    assert "Everything of “Ward 3” lies here now; it is put away." in shown
    assert dict(cart.lines.values_list("product__sku", "quantity")) == {GLOVES: 15, DRESSING: 2}
    for wrong in ({"cart": cart.pk, "how": "merge"}, {"cart": other.pk, "how": "burn"}):
        assert browser.post(address(cart, "merge/"), wrong).status_code == 422
    assert browser.post(address(cart, "merge/"), {"cart": "cart_x"}).status_code == 404


def test_a_copy_opens_as_ones_own(cast: Cast) -> None:
    cart = shared_with_pavel(cast, (GLOVES, 10))
    shown = as_actor(cast.pavel).post(address(cart, "copy/"), follow=True).content.decode()
    assert "ICU-4 week 48, copy" in shown
    assert "Yours" in shown


def test_the_new_owner_takes_it_over_or_gives_it_back(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 10))
    as_actor(cast.lena).post(address(cart, "give/"), {"member": cast.member["pavel"]})
    assert "has not taken it over yet" in page(cast.lena, f"carts/{cart.pk}/")
    assert "Lena Vogt made you the owner" in page(cast.pavel, f"carts/{cart.pk}/")
    as_actor(cast.pavel).post(address(cart, "take/"))
    assert "made you the owner" not in page(cast.pavel, f"carts/{cart.pk}/")
    cart.refresh_from_db()
    assert (cart.owner_id, cart.given_by_id) == (cast.member["pavel"], None)


def test_who_leaves_sees_their_other_carts(cast: Cast) -> None:
    cart = shared_with_pavel(cast, (GLOVES, 10))
    answer = as_actor(cast.pavel).post(
        address(cart, "shares/end/"), {"member": cast.member["pavel"]}, follow=True
    )
    assert answer.status_code == 200
    assert "You left “ICU-4 week 48”." in answer.content.decode()
    assert page(cast.pavel, f"carts/{cart.pk}/", 404)


def test_the_menu_begins_with_the_cart_that_was_used_last(cast: Cast) -> None:
    first = fill_cart(cast, (GLOVES, 1), name="First")
    fill_cart(cast, (GLOVES, 1), name="Second")
    page(cast.lena, f"carts/{first.pk}/")
    menu = page(cast.lena, "carts/menu/")
    assert menu.index("First") < menu.index("Second")


def test_what_was_given_or_shared_shows_no_chooser_to_others(cast: Cast) -> None:
    cart = shared_with_pavel(cast, (GLOVES, 10))
    shown = page(cast.pavel, f"carts/{cart.pk}/")
    assert "share-member" not in shown
    assert "give-member" not in shown
    lena = Member.objects.get(pk=cast.member["lena"])
    pavels = create_cart("Pavel's", actor=cast.pavel, now=cast.now)
    give_cart(pavels, to=lena, actor=cast.pavel, now=cast.now)
    assert "given to you" in page(cast.lena, "carts/?show=mine")


def test_a_family_finds_fewer_words(cast: Cast) -> None:
    cart = create_cart("Weekend", actor=cast.minjun, now=cast.now)
    add_line(cart, sku=GLOVES, quantity=10, actor=cast.minjun, now=cast.now)
    shown = page(cast.minjun, f"carts/{cart.pk}/")
    for word in ("Cost centre", "PO reference", "Unit, ", "another unit", "for your unit"):
        assert word not in shown, word
    assert "Of my unit" not in page(cast.minjun, "carts/")


def test_the_list_asks_as_often_for_many_carts_as_for_few(cast: Cast) -> None:
    fill_cart(cast, (GLOVES, 1))
    few = queries_of(cast.lena, "carts/")
    for number in range(20):
        create_cart(f"Cart {number}", actor=cast.lena, now=cast.now)
    assert queries_of(cast.lena, "carts/") == few
