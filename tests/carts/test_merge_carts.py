"""Duplicate, merge, replace: no line is lost, parts keep their places, authors stay authors."""

from datetime import date

import pytest

from placet.carts.actions import (
    AllocationValues,
    add_line,
    allocate_line,
    create_cart,
    duplicate_cart,
    merge_carts,
    replace_content,
    restore_cart,
    share_cart,
)
from placet.carts.models import Cart, CartAuthor, CartLine
from placet.carts.queries import get_cart
from placet.companies.models import Member
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from tests.carts.conftest import View
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def content(cart: Cart) -> dict[str, int]:
    return dict(cart.lines.values_list("product__sku", "quantity"))


def authors(cart: Cart) -> set[str]:
    return set(CartAuthor.objects.filter(cart=cart).values_list("member__user__name", flat=True))


def other_cart(cast: Cast, **lines: int) -> Cart:
    cart = create_cart("Ward 3", actor=cast.lena, now=cast.now)
    for sku, quantity in lines.items():
        add_line(cart, sku=sku.replace("_", "-"), quantity=quantity, actor=cast.lena, now=cast.now)
    return get_cart(cast.lena, cart.pk)


def test_a_copy_has_the_same_lines_and_belongs_to_who_copies(
    cart: Cart, line: CartLine, cast: Cast, seen_by: View
) -> None:
    Cart.objects.filter(pk=cart.pk).update(po_number="PR-88121", justification="Flu.")
    member = Member.objects.get(pk=cast.member["sofia"])
    share_cart(cart, member=member, level="view", actor=cast.lena, now=cast.now)
    copy = duplicate_cart(seen_by(cast.sofia), actor=cast.sofia, now=cast.now)
    assert content(copy) == content(cart) == {"GLV-M": 12}
    assert (copy.name, copy.owner_id) == ("ICU-4 week 48, copy", cast.member["sofia"])
    assert copy.unit_id == cast.sofia.unit_id != cart.unit_id
    assert (copy.po_number, copy.justification) == ("", "")
    assert authors(copy) == {"Sofia Lindqvist"}
    assert {one.added_by_id for one in copy.lines.all()} == {cast.member["sofia"]}


def test_a_copy_sends_nothing_where_its_owner_may_not(
    cart: Cart, line: CartLine, cast: Cast
) -> None:
    center = cast.cost_center["meridian/4410"]
    allocate_line(
        line,
        allocations=[AllocationValues(5, cost_center_id=center), AllocationValues(7)],
        actor=cast.lena,
        now=cast.now,
    )
    member = Member.objects.get(pk=cast.member["sofia"])
    share_cart(cart, member=member, level="view", actor=cast.lena, now=cast.now)
    copy = duplicate_cart(get_cart(cast.sofia, cart.pk), actor=cast.sofia, now=cast.now)
    parts = copy.lines.get().allocations.order_by("position")
    assert [part.quantity for part in parts] == [5, 7]
    assert {part.cost_center_id for part in parts} == {None}
    assert copy.cost_center_id != center


def test_merging_adds_quantities_and_puts_the_other_away(
    cart: Cart, line: CartLine, cast: Cast
) -> None:
    source = other_cart(cast, GLV_M=8, DRS_10=2)
    merge_carts(source, into=cart, actor=cast.lena, now=cast.now)
    assert content(cart) == {"GLV-M": 20, "DRS-10": 2}
    source.refresh_from_db()
    assert source.status == Cart.Status.ARCHIVED
    assert content(source) == {"GLV-M": 8, "DRS-10": 2}
    restore_cart(source, actor=cast.lena, now=cast.now)
    assert source.status == Cart.Status.OPEN


def test_merging_keeps_the_parts_of_both_apart(cart: Cart, line: CartLine, cast: Cast) -> None:
    source = other_cart(cast, GLV_M=8)
    center = cast.cost_center["meridian/4410"]
    theirs = source.lines.get()
    theirs.cart = source
    need_by = date(2026, 12, 1)
    parts = [AllocationValues(3, cost_center_id=center, need_by_on=need_by), AllocationValues(5)]
    allocate_line(theirs, allocations=parts, actor=cast.lena, now=cast.now)
    merge_carts(source, into=cart, actor=cast.lena, now=cast.now)
    merged = cart.lines.get()
    rows = list(merged.allocations.order_by("position"))
    assert [row.quantity for row in rows] == [12, 3, 5]
    assert sum(row.quantity for row in rows) == merged.quantity == 20
    assert [row.cost_center_id for row in rows] == [None, center, source.cost_center_id]
    assert rows[1].need_by_on == need_by


def test_the_authors_of_both_are_authors_of_the_result(
    cart: Cart, line: CartLine, cast: Cast
) -> None:
    pavels = create_cart("Pavel's", actor=cast.pavel, now=cast.now)
    add_line(pavels, sku="DRS-10", quantity=1, actor=cast.pavel, now=cast.now)
    member = Member.objects.get(pk=cast.member["lena"])
    share_cart(pavels, member=member, level="view", actor=cast.pavel, now=cast.now)
    merge_carts(get_cart(cast.lena, pavels.pk), into=cart, actor=cast.lena, now=cast.now)
    assert authors(cart) == {"Lena Vogt", "Pavel Novák"}
    assert cart.lines.get(product__sku="DRS-10").added_by_id == cast.member["pavel"]
    pavels.refresh_from_db()
    assert pavels.status == Cart.Status.OPEN  # It is not hers to put away.


def test_what_is_replaced_is_kept_aside_and_can_be_brought_back(
    cart: Cart, line: CartLine, cast: Cast
) -> None:
    source = other_cart(cast, DRS_10=2)
    kept = replace_content(cart, by=source, actor=cast.lena, now=cast.now)
    assert content(cart) == {"DRS-10": 2}
    assert content(kept) == {"GLV-M": 12}
    assert (kept.status, kept.owner_id) == (Cart.Status.ARCHIVED, cart.owner_id)
    assert authors(kept) == {"Lena Vogt"}
    merge_carts(kept, into=cart, actor=cast.lena, now=cast.now)
    assert content(cart) == {"GLV-M": 12, "DRS-10": 2}


def test_nothing_is_poured_where_it_may_not(cart: Cart, line: CartLine, cast: Cast) -> None:
    pavels = create_cart("Pavel's", actor=cast.pavel, now=cast.now)
    for actor in (cast.pavel, cast.ola):
        with pytest.raises((Forbidden, NotFound)):
            merge_carts(cart, into=pavels, actor=actor, now=cast.now)
        with pytest.raises((Forbidden, NotFound)):
            merge_carts(pavels, into=cart, actor=actor, now=cast.now)
        with pytest.raises((Forbidden, NotFound)):
            replace_content(cart, by=pavels, actor=actor, now=cast.now)
        with pytest.raises((Forbidden, NotFound)):
            duplicate_cart(cart, actor=actor, now=cast.now)
    with pytest.raises(InvalidInput):
        merge_carts(cart, into=cart, actor=cast.lena, now=cast.now)
    assert content(cart) == {"GLV-M": 12}


def test_a_submitted_cart_takes_nothing_in(cart: Cart, line: CartLine, cast: Cast) -> None:
    source = other_cart(cast, DRS_10=2)
    Cart.objects.filter(pk=cart.pk).update(status=Cart.Status.SUBMITTED)
    with pytest.raises(Conflict):
        merge_carts(source, into=cart, actor=cast.lena, now=cast.now)
    source.refresh_from_db()
    assert source.status == Cart.Status.OPEN


def test_more_than_a_million_is_refused_and_nothing_changes(
    cart: Cart, line: CartLine, cast: Cast
) -> None:
    source = other_cart(cast, GLV_M=8)
    CartLine.objects.filter(cart=source).update(quantity=999_999)
    with pytest.raises(InvalidInput):
        merge_carts(source, into=cart, actor=cast.lena, now=cast.now)


def test_pouring_costs_as_many_statements_for_many_lines_as_for_one(
    cart: Cart, cast: Cast, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    source = other_cart(cast, GLV_M=8, DRS_10=2, GLV_S=1)
    merge_carts(source, into=cart, actor=cast.lena, now=cast.now)
    with django_assert_max_num_queries(60):
        duplicate_cart(cart, actor=cast.lena, now=cast.now)
