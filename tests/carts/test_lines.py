"""Adding, changing and removing lines; whoever comes second is told who was first."""

import pytest

from placet.carts.actions import (
    AllocationValues,
    add_line,
    allocate_line,
    change_line,
    close_cart,
    create_cart,
    remove_line,
    share_cart,
)
from placet.carts.models import Cart, CartAuthor, CartLine, GrantLevel
from placet.companies.models import Member
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.core.transaction import transaction
from placet.events.models import Event
from tests.carts.conftest import View
from tests.cast import Cast
from tests.ground import Failed, Ground, race


def share(cart: Cart, cast: Cast, who: str, level: str) -> None:
    member = Member.objects.get(pk=cast.member[who])
    share_cart(cart, member=member, level=level, actor=cast.lena, now=cast.now)


def test_a_product_is_in_a_cart_once(cart: Cart, line: CartLine, cast: Cast) -> None:
    version = cart.version
    again = add_line(cart, sku="glv-m", quantity=3, actor=cast.lena, now=cast.now)
    assert (again.pk, again.quantity, again.version) == (line.pk, 15, 2)
    assert cart.lines.count() == 1
    assert Cart.objects.get(pk=cart.pk).version == cart.version == version + 1
    event = Event.objects.filter(type="cart.line_added").latest("seq")
    assert (event.subject, event.actor_member) == (cart.id, cast.lena.member_id)


@pytest.mark.parametrize(
    ("sku", "quantity", "code"),
    [
        *(("NOPE", 1, "unknown"), ("GLV-OLD", 1, "discontinued"), ("GLV-M", 0, "positive")),
        *(("GLV-M", -1, "positive"), ("GLV-M", 10**18, "quantity_step")),
        *(("BOX-50", 12, "quantity_step"), ("BOX-50", 1, "quantity_step")),
    ],
)
def test_what_cannot_be_ordered_is_refused(
    cart: Cart, cast: Cast, sku: str, quantity: int, code: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        add_line(cart, sku=sku, quantity=quantity, actor=cast.lena, now=cast.now)
    assert refusal.value.code == code
    assert not cart.lines.exists()


def test_the_nearest_quantity_and_the_substitute_are_offered(cart: Cart, cast: Cast) -> None:
    for quantity, nearest in ((1, 10), (12, 10), (13, 15), (999_999_999, 1_000_000)):
        with pytest.raises(InvalidInput) as refusal:
            add_line(cart, sku="BOX-50", quantity=quantity, actor=cast.lena, now=cast.now)
        assert refusal.value.facts["nearest"] == nearest
    with pytest.raises(InvalidInput) as refusal:
        add_line(cart, sku="GLV-OLD", quantity=1, actor=cast.lena, now=cast.now)
    assert refusal.value.facts["substitute"] == "GLV-M"


def test_a_product_without_a_price_for_the_company_does_not_exist(cast: Cast, db: None) -> None:
    theirs = create_cart("Warsztat", actor=cast.ola, now=cast.now)
    with pytest.raises(InvalidInput) as refusal:
        add_line(theirs, sku="INF-SET", quantity=1, actor=cast.ola, now=cast.now)
    assert refusal.value.code == "unknown"


def test_the_second_to_change_a_line_is_told_who_was_first(
    cart: Cart, line: CartLine, cast: Cast, seen_by: View
) -> None:
    share(cart, cast, "pavel", "edit")
    seen = line.version
    theirs = seen_by(cast.pavel).lines.get()
    change_line(theirs, quantity=20, version=seen, actor=cast.pavel, now=cast.now)
    with pytest.raises(Conflict) as refusal:
        change_line(line, quantity=5, version=seen, actor=cast.lena, now=cast.now)
    assert "Pavel Novák changed this line to 20" in refusal.value.detail
    assert refusal.value.facts["version"] == seen + 1
    assert CartLine.objects.get(pk=line.pk).quantity == 20
    remove_line(theirs, version=seen + 1, actor=cast.pavel, now=cast.now)
    with pytest.raises(Conflict) as refusal:
        remove_line(line, version=seen + 1, actor=cast.lena, now=cast.now)
    assert "Pavel Novák removed this line" in refusal.value.detail


def test_who_raises_a_line_shaped_it_and_who_lowers_it_did_not(
    cart: Cart, line: CartLine, cast: Cast, seen_by: View
) -> None:
    share(cart, cast, "pavel", "edit")
    share(cart, cast, "rashid", "edit")
    for actor, quantity in ((cast.rashid, 8), (cast.pavel, 9)):
        theirs = seen_by(actor).lines.get()
        change_line(theirs, quantity=quantity, version=None, actor=actor, now=cast.now)
    authors = set(CartAuthor.objects.filter(cart=cart).values_list("member_id", flat=True))
    assert authors == {cast.lena.member_id, cast.pavel.member_id}


def test_the_parts_of_a_split_line_follow_its_quantity(
    cart: Cart, line: CartLine, cast: Cast
) -> None:
    parts = [AllocationValues(5), AllocationValues(4), AllocationValues(3)]
    allocate_line(line, allocations=parts, actor=cast.lena, now=cast.now)
    for quantity, left in ((14, [5, 4, 5]), (9, [5, 4]), (7, [5, 2]), (5, [5]), (2, [2])):
        change_line(line, quantity=quantity, actor=cast.lena, now=cast.now)
        assert (
            list(line.allocations.order_by("position").values_list("quantity", flat=True)) == left
        )
    add_line(cart, sku="GLV-M", quantity=1, actor=cast.lena, now=cast.now)
    assert line.allocations.get().quantity == 3


def test_a_submitted_cart_changes_no_more(cart: Cart, line: CartLine, cast: Cast) -> None:
    transaction(close_cart)(cart.id, now=cast.now)
    for stale in (cart, Cart.objects.get(pk=cart.pk)):
        with pytest.raises(Conflict):
            add_line(stale, sku="GLV-M", quantity=1, actor=cast.lena, now=cast.now)
    with pytest.raises(Conflict):
        change_line(line, quantity=1, actor=cast.lena, now=cast.now)
    with pytest.raises(Conflict):
        remove_line(line, actor=cast.lena, now=cast.now)


@pytest.mark.parametrize("level", GrantLevel.values)
def test_a_colleague_changes_a_cart_only_with_a_grant_to_edit(
    cart: Cart, line: CartLine, cast: Cast, seen_by: View, level: str
) -> None:
    with pytest.raises(NotFound):
        seen_by(cast.pavel)
    share(cart, cast, "pavel", level)
    theirs = seen_by(cast.pavel).lines.get()
    if level == "edit":
        remove_line(theirs, actor=cast.pavel, now=cast.now)
        return
    with pytest.raises(Forbidden) as refusal:
        remove_line(theirs, actor=cast.pavel, now=cast.now)
    assert "Lena Vogt" in refusal.value.detail


def test_an_outsider_finds_neither_cart_nor_line(
    cart: Cart, line: CartLine, cast: Cast, seen_by: View
) -> None:
    for outsider in (cast.ola, cast.jan, cast.tomas, cast.odd):
        with pytest.raises(NotFound):
            seen_by(outsider)
        with pytest.raises(NotFound):
            add_line(cart, sku="GLV-M", quantity=1, actor=outsider, now=cast.now)
        with pytest.raises(NotFound):
            change_line(line, quantity=1, actor=outsider, now=cast.now)
        with pytest.raises(NotFound):
            remove_line(line, actor=outsider, now=cast.now)
    assert CartLine.objects.get(pk=line.pk).quantity == 12


def test_many_who_add_at_once_all_count(committed_db: Ground, cast: Cast) -> None:
    cart = create_cart("ICU-4 week 48", actor=cast.lena, now=cast.now)

    def add() -> int:
        mine = Cart.objects.get(pk=cart.pk)
        return add_line(mine, sku="GLV-M", quantity=1, actor=cast.lena, now=cast.now).quantity

    results = race([add] * 10)
    assert [r for r in results if isinstance(r, Failed)] == []
    assert CartLine.objects.get(cart=cart).quantity == 10
