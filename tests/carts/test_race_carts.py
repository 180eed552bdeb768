"""Many people in one cart at the same moment: no line is lost, and quantities are exact.

Each call runs in a forked process of its own, on both databases.
"""

from __future__ import annotations

from collections.abc import Callable

from placet.carts.actions import (
    add_line,
    archive_cart,
    change_line,
    merge_carts,
    remove_line,
    share_cart,
    share_cart_with_unit,
)
from placet.carts.models import Cart, CartAuthor, CartLine
from placet.carts.queries import get_cart, get_cart_line
from placet.companies.models import Member, Unit
from placet.core.actor import Actor
from tests.cast import NOW, Cast
from tests.ground import Failed, Ground, race
from tests.requisitions.road import DRESSING, GLOVES, INFUSION_SET, fill_cart

SKUS = (GLOVES, "GLV-S", DRESSING, INFUSION_SET, "DRS-10")
PEOPLE = 20


def shared_cart(cast: Cast, *lines: tuple[str, int]) -> Cart:
    """Lena's cart, which the whole ward may edit."""
    cart = fill_cart(cast, *lines)
    icu = Unit.objects.get(pk=cast.unit["icu"])
    share_cart_with_unit(cart, unit=icu, level="edit", actor=cast.lena, now=NOW)
    return cart


def adding(cart: Cart, actor: Actor, sku: str, quantity: int) -> Callable[[], str]:
    return lambda: (
        add_line(get_cart(actor, cart.pk), sku=sku, quantity=quantity, actor=actor, now=NOW).pk
    )


def test_twenty_people_add_to_one_cart(committed_db: Ground, cast: Cast) -> None:
    cart = shared_cart(cast)
    before = cart.version
    people = (cast.lena, cast.pavel, cast.rashid, cast.mei)
    calls = [adding(cart, people[i % len(people)], SKUS[i % len(SKUS)], 10) for i in range(PEOPLE)]
    results = race(calls)
    assert not [result for result in results if isinstance(result, Failed)]
    lines = dict(cart.lines.values_list("product__sku", "quantity"))
    assert lines == dict.fromkeys(SKUS, 10 * PEOPLE // len(SKUS))
    assert sorted(cart.lines.values_list("position", flat=True)) == [1, 2, 3, 4, 5]
    cart.refresh_from_db()
    assert cart.version == before + PEOPLE
    assert CartAuthor.objects.filter(cart=cart).count() == len(people)


def test_of_two_who_change_what_they_saw_one_is_told(committed_db: Ground, cast: Cast) -> None:
    cart = shared_cart(cast, (GLOVES, 10))
    line = cart.lines.get()
    seen = line.version

    def changing(actor: Actor, quantity: int) -> Callable[[], int]:
        def change() -> int:
            mine = get_cart_line(actor, cart.pk, line.pk)
            change_line(mine, quantity=quantity, version=seen, actor=actor, now=NOW)
            return quantity

        return change

    results = race([changing(cast.lena, 20), changing(cast.pavel, 30)] * 4)
    won = [result for result in results if not isinstance(result, Failed)]
    lost = [result for result in results if isinstance(result, Failed)]
    line.refresh_from_db()
    assert won == [line.quantity]
    assert {result.code for result in lost} == {"conflict"}
    assert all(f"changed this line to {line.quantity} meanwhile" in one.detail for one in lost)
    assert line.changed_by_id in {cast.member["lena"], cast.member["pavel"]}


def test_removing_against_changing_leaves_one_answer(committed_db: Ground, cast: Cast) -> None:
    cart = shared_cart(cast, (GLOVES, 10))
    line = cart.lines.get()
    seen = line.version

    def remove() -> str:
        mine = get_cart_line(cast.lena, cart.pk, line.pk)
        remove_line(mine, version=seen, actor=cast.lena, now=NOW)
        return "removed"

    def change() -> str:
        theirs = get_cart_line(cast.pavel, cart.pk, line.pk)
        change_line(theirs, quantity=30, version=seen, actor=cast.pavel, now=NOW)
        return "changed"

    results = race([remove, change] * 3)
    won = [result for result in results if not isinstance(result, Failed)]
    assert len(won) == 1
    left = list(cart.lines.values_list("quantity", flat=True))
    assert left == ([] if won == ["removed"] else [30])


def test_what_is_added_while_two_carts_become_one_is_in_one_of_them(
    committed_db: Ground, cast: Cast
) -> None:
    target = shared_cart(cast, (GLOVES, 10))
    source = shared_cart(cast, (DRESSING, 5))

    def merge() -> str:
        mine, other = get_cart(cast.lena, target.pk), get_cart(cast.lena, source.pk)
        return merge_carts(other, into=mine, actor=cast.lena, now=NOW).pk

    calls: list[Callable[[], str]] = [merge]
    calls += [adding(source, cast.pavel, GLOVES, 10) for _turn in range(4)]
    calls += [adding(target, cast.rashid, DRESSING, 5) for _turn in range(4)]
    results = race(calls)
    assert not isinstance(results[0], Failed)
    added = sum(not isinstance(result, Failed) for result in results[1:5])
    assert not [result for result in results[5:] if isinstance(result, Failed)]
    lines = dict(target.lines.values_list("product__sku", "quantity"))
    assert lines == {GLOVES: 10 + 10 * added, DRESSING: 5 + 5 * 4}
    source.refresh_from_db()
    assert source.status == Cart.Status.ARCHIVED


def test_what_is_put_away_takes_nothing_more_in(committed_db: Ground, cast: Cast) -> None:
    cart = shared_cart(cast)
    member = Member.objects.get(pk=cast.member["pavel"])
    share_cart(cart, member=member, level="edit", actor=cast.lena, now=NOW)

    def put_away() -> str:
        return archive_cart(get_cart(cast.lena, cart.pk), actor=cast.lena, now=NOW).status

    calls = [put_away, *(adding(cart, cast.pavel, sku, 10) for sku in SKUS)]
    results = race(calls)
    assert results[0] == Cart.Status.ARCHIVED
    added = sum(not isinstance(result, Failed) for result in results[1:])
    assert all(one.code == "conflict" for one in results[1:] if isinstance(one, Failed))
    assert CartLine.objects.filter(cart=cart).count() == added
