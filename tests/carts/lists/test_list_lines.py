"""What stands on a list, and what of it goes into a cart."""

import pytest

from placet.carts.actions import add_line, create_cart
from placet.carts.lists.actions import (
    ListRow,
    add_list_line,
    change_list_line,
    move_list_line,
    order_list,
    paste_list_lines,
    remove_list_line,
    share_list,
)
from placet.carts.lists.lines import read_lines, up_to_par
from placet.carts.lists.queries import get_list, get_list_line
from placet.carts.models import CartLine, PurchaseList
from placet.catalog.models import Product
from placet.companies.models import Member
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from tests.cast import Cast


def skus(wanted: PurchaseList) -> list[tuple[str, int]]:
    lines = wanted.lines.order_by("position")
    return [(line.product.sku, line.quantity) for line in lines.select_related("product")]


def test_adding_again_says_how_many_and_never_doubles(ward: PurchaseList, cast: Cast) -> None:
    add_list_line(ward, sku="GLV-M", quantity=30, actor=cast.lena, now=cast.now)
    assert skus(ward) == [("GLV-M", 30), ("DRS-10", 5)]
    assert ward.lines.get(product__sku="GLV-M").par_quantity == 20


@pytest.mark.parametrize(
    ("sku", "quantity", "par", "code"),
    [
        ("NOPE", 1, None, "unknown"),
        ("GONE-1", 1, None, "discontinued"),
        ("GLV-S", 0, None, "range"),
        ("GLV-S", 10**18, None, "range"),
        ("GLV-S", 1, 0, "range"),
    ],
)
def test_what_cannot_be_listed(
    ward: PurchaseList, cast: Cast, sku: str, quantity: int, par: int | None, code: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        add_list_line(
            ward, sku=sku, quantity=quantity, par_quantity=par, actor=cast.lena, now=cast.now
        )
    assert refused.value.code == code
    assert len(skus(ward)) == 2


def test_strangers_and_viewers_change_nothing(ward: PurchaseList, cast: Cast) -> None:
    pavel = Member.objects.get(pk=cast.member["pavel"])
    share_list(ward, member=pavel, level="view", actor=cast.lena, now=cast.now)
    line = get_list_line(cast.lena, ward.pk, ward.lines.earliest("position").pk)
    for actor in (cast.pavel, cast.sofia, cast.ines):
        line.purchase_list = PurchaseList.objects.get(pk=ward.pk)
        with pytest.raises(Forbidden):
            change_list_line(line, quantity=99, actor=actor, now=cast.now)
        with pytest.raises(Forbidden):
            remove_list_line(line, actor=actor, now=cast.now)
    with pytest.raises(NotFound):
        get_list_line(cast.ola, ward.pk, line.pk)
    with pytest.raises(NotFound):
        remove_list_line(line, actor=cast.ola, now=cast.now)
    with pytest.raises(NotFound):
        order_list(ward, actor=cast.ola, now=cast.now)
    assert skus(ward) == [("GLV-M", 12), ("DRS-10", 5)]


def test_lines_are_changed_moved_and_removed(ward: PurchaseList, cast: Cast) -> None:
    line = get_list_line(cast.lena, ward.pk, ward.lines.earliest("position").pk)
    change_list_line(
        line, quantity=8, par_quantity=10, note="blue box", actor=cast.lena, now=cast.now
    )
    move_list_line(line, up=False, actor=cast.lena, now=cast.now)
    assert skus(ward) == [("DRS-10", 5), ("GLV-M", 8)]
    stale = get_list_line(cast.lena, ward.pk, line.pk)
    change_list_line(
        get_list_line(cast.lena, ward.pk, line.pk), quantity=9, actor=cast.lena, now=cast.now
    )
    with pytest.raises(Conflict):
        remove_list_line(stale, version=stale.version, actor=cast.lena, now=cast.now)
    remove_list_line(get_list_line(cast.lena, ward.pk, line.pk), actor=cast.lena, now=cast.now)
    assert skus(ward) == [("DRS-10", 5)]


def test_a_file_sent_twice_changes_nothing_the_second_time(ward: PurchaseList, cast: Cast) -> None:
    rows = [
        ListRow(1, "glv-s", 3, 6, "small"),
        ListRow(2, "GLV-OLD", 2),
        ListRow(3, "NOPE", 2),
        ListRow(4, "PEN-B", 0),
        ListRow(5, "GONE-1", 1),
        ListRow(6, "PEN-B", 10**18),
        ListRow(7, "PEN-B", 4, -1),
        ListRow(8, "DRS-10", 7),
    ]
    for _time in range(2):
        found = paste_list_lines(ward, rows=rows, actor=cast.lena, now=cast.now)
        assert [one.outcome for one in found] == [
            *("ok", "substituted", "unknown", "malformed", "discontinued", "malformed"),
            *("malformed", "ok"),
        ]
        # The substitute of the old glove was on the list before.
        assert skus(ward) == [("GLV-M", 2), ("DRS-10", 7), ("GLV-S", 3)]
    with pytest.raises(InvalidInput):
        paste_list_lines(ward, rows=[], actor=cast.lena, now=cast.now)


def test_a_row_that_says_no_par_level_takes_none_away(ward: PurchaseList, cast: Cast) -> None:
    full, partial = ListRow(1, "GLV-M", 3, 6, "small"), ListRow(1, "GLV-M", 9, is_partial=True)
    paste_list_lines(ward, rows=[full], actor=cast.lena, now=cast.now)
    paste_list_lines(ward, rows=[partial], actor=cast.lena, now=cast.now)
    line = ward.lines.get(product__sku="GLV-M")
    assert (line.quantity, line.par_quantity, line.note) == (9, 6, "small")


def test_all_of_a_list_becomes_a_cart_of_ones_own(ward: PurchaseList, cast: Cast) -> None:
    Product.objects.filter(sku="DRS-10").update(status=Product.Status.DISCONTINUED)
    ordered = order_list(ward, actor=cast.lena, now=cast.now)
    assert ordered.cart.owner_id == cast.member["lena"]
    assert ordered.cart.name == "Ward needs"
    lines = CartLine.objects.filter(cart=ordered.cart).values_list("product__sku", "quantity")
    assert list(lines) == [("GLV-M", 12)]
    assert [row.state for row in ordered.rows] == ["ok", "discontinued"]


def test_what_is_missing_to_par_goes_into_a_cart_that_is_there(
    ward: PurchaseList, cast: Cast
) -> None:
    gloves, dressings = ward.lines.order_by("position")
    assert [up_to_par(gloves, 3), up_to_par(gloves, 25), up_to_par(dressings, 1)] == [17, 0, 5]
    cart = create_cart("Week 48", actor=cast.lena, now=cast.now)
    add_line(cart, sku="GLV-M", quantity=1, actor=cast.lena, now=cast.now)
    order_list(ward, quantities={gloves.pk: 17}, cart=cart, actor=cast.lena, now=cast.now)
    lines = CartLine.objects.filter(cart=cart).values_list("product__sku", "quantity")
    assert list(lines) == [("GLV-M", 18)]
    with pytest.raises(InvalidInput):
        order_list(ward, quantities={gloves.pk: 0}, cart=cart, actor=cast.lena, now=cast.now)
    with pytest.raises(NotFound):
        order_list(ward, cart=cart, actor=cast.ola, now=cast.now)


def test_a_list_tells_todays_price_and_what_took_the_place(ward: PurchaseList, cast: Cast) -> None:
    add_list_line(ward, sku="BOX-50", quantity=12, actor=cast.lena, now=cast.now)
    Product.objects.filter(sku="DRS-10").update(
        status=Product.Status.DISCONTINUED, substitute=Product.objects.get(sku="DRS-15")
    )
    Product.objects.filter(sku="GLV-M").update(stock=3, sells_beyond_stock=False)
    read = read_lines(
        get_list(cast.lena, ward.pk),
        currency="EUR",
        requester_id=cast.member["lena"],
        now=cast.now,
    )
    gloves, dressings, boxes = (one.row for one in read)
    assert (gloves.state, gloves.unit_price_minor, gloves.total_minor) == ("short", 750, 9_000)
    assert dressings.state == "discontinued"
    assert dressings.substitute is not None
    assert dressings.substitute.sku == "DRS-15"
    assert (boxes.state, boxes.asked, boxes.quantity) == ("rounded", 12, 10)
