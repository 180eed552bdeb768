"""Dividing a line over places and cost centres, and a whole cart over places, without script."""

from __future__ import annotations

import pytest

from placet.carts.actions import add_line as add
from placet.carts.actions import create_cart, describe_cart, share_cart
from placet.carts.models import Cart, CartLine
from placet.companies.models import Address, Member
from tests.cast import Cast
from tests.requisitions.road import DRESSING, GLOVES, fill_cart
from tests.web.pages import as_actor, page, queries_of
from tests.web.road import long_cart

pytestmark = pytest.mark.django_db


def gloves(cast: Cast, quantity: int = 12) -> CartLine:
    """Lena's line of gloves, in a cart that goes to the dock."""
    cart = fill_cart(cast, (GLOVES, quantity))
    describe_cart(cart, ship_to_id=cast.address["ICU dock"], actor=cast.lena, now=cast.now)
    return CartLine.objects.get(cart=cart)


def split_path(line: CartLine) -> str:
    return f"carts/{line.cart_id}/lines/{line.pk}/split/"


def row(number: int, quantity: object = "", **more: str) -> dict[str, str]:
    """One part as the form sends it."""
    fields = {"quantity": str(quantity), "ship_to": "", "cost_center": "", "need_by_on": "", **more}
    return {f"{name}-{number}": value for name, value in fields.items()}


def parts(line: CartLine) -> list[tuple[int, str | None, str | None, str]]:
    """What is stored: quantity, ship-to, cost centre, day."""
    return [
        (one.quantity, one.ship_to_id, one.cost_center_id, str(one.need_by_on or ""))
        for one in line.allocations.order_by("position")
    ]


def send(cast: Cast, line: CartLine, do: str, *rows: dict[str, str], **more: str):
    body = {"do": do, "rows": str(len(rows)), "version": str(line.version), **more}
    for one in rows:
        body |= one
    return as_actor(cast.lena).post(f"/c/meridian/{split_path(line)}", body, follow=True)


def test_a_line_is_divided_over_places_centres_and_days(cast: Cast) -> None:
    line = gloves(cast)
    store, center = cast.address["Main store"], cast.cost_center["meridian/9000"]
    shown = page(cast.lena, split_path(line))
    assert "Main store" in shown
    assert "9000 Administration" in shown
    answer = send(
        cast,
        line,
        "save",
        row(0, 5, ship_to=cast.address["ICU dock"]),
        row(1, 4, ship_to=store, cost_center=center),
        row(2, 3, need_by_on="2026-12-01"),
        row(3),
    )
    assert parts(line) == [
        (5, None, None, ""),
        (4, store, center, ""),
        (3, None, None, "2026-12-01"),
    ]
    text = answer.content.decode()
    assert "Nitrile gloves, M: saved." in text
    assert "Delivery to Main store" in text


def test_what_was_typed_stays_when_it_does_not_add_up(cast: Cast) -> None:
    line = gloves(cast)
    answer = send(cast, line, "save", row(0, 5), row(1, 4, need_by_on="2026-12-01"))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "The parts are 9 together, the line is 12." in text
    assert 'value="4"' in text
    assert 'value="2026-12-01"' in text
    assert "3 pieces go nowhere yet." in text
    assert parts(line) == []


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("quantity", "many", "Write a whole number."),
        ("quantity", "0", "A quantity is one or more."),
        ("quantity", "-3", "A quantity is one or more."),
        ("need_by_on", "tomorrow", "Write a date, such as 2026-12-01."),
    ],
)
def test_a_row_says_what_is_wrong_with_it(cast: Cast, field: str, value: str, said: str) -> None:
    line = gloves(cast)
    values = {"quantity": "12", field: value}
    answer = send(cast, line, "save", row(0, values.pop("quantity"), **values))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert 'aria-describedby="error-0"' in answer.content.decode()


def test_one_more_part_writes_nothing(cast: Cast) -> None:
    line = gloves(cast)
    answer = send(cast, line, "more", row(0, 7), row(1, 5))
    assert 'name="quantity-2"' in answer.content.decode()
    assert parts(line) == []


def test_it_is_divided_evenly_over_the_rows_that_say_something(cast: Cast) -> None:
    line = gloves(cast, 11)
    store = cast.address["Main store"]
    send(cast, line, "even", row(0, 11), row(1, ship_to=store), row(2))
    assert parts(line) == [(6, None, None, ""), (5, store, None, "")]


def test_a_divided_line_can_be_whole_again(cast: Cast) -> None:
    line = gloves(cast)
    send(cast, line, "save", row(0, 5), row(1, 7, ship_to=cast.address["Main store"]))
    line.refresh_from_db()
    send(cast, line, "whole", row(0, 5), row(1, 7))
    assert parts(line) == []


def test_somebody_who_looked_at_an_older_line_is_told(cast: Cast) -> None:
    line = gloves(cast)
    send(cast, line, "save", row(0, 5), row(1, 7))
    answer = send(cast, line, "save", row(0, 6), row(1, 6))
    assert answer.status_code == 409
    assert [one[0] for one in parts(line)] == [5, 7]


def test_a_place_of_another_company_is_not_there(cast: Cast) -> None:
    line = gloves(cast)
    for place in ("Magazyn", "Biomed workshop", "Accounts payable"):
        answer = send(cast, line, "save", row(0, 5), row(1, 7, ship_to=cast.address[place]))
        assert answer.status_code == 404
        assert place not in page(cast.lena, split_path(line))
    assert parts(line) == []


def test_who_may_only_look_divides_nothing(cast: Cast) -> None:
    line = gloves(cast)
    share_cart(
        line.cart,
        member=Member.objects.get(pk=cast.member["pavel"]),
        level="view",
        actor=cast.lena,
        now=cast.now,
    )
    page(cast.pavel, split_path(line), status=403)
    page(cast.pavel, f"carts/{line.cart_id}/split/", status=403)
    page(cast.ola, split_path(line), status=404)


def test_a_family_chooses_places_and_no_cost_centres(cast: Cast) -> None:
    cart = create_cart("Week", actor=cast.minjun, now=cast.now)
    line = add(cart, sku=GLOVES, quantity=4, actor=cast.minjun, now=cast.now)
    shown = page(cast.minjun, split_path(line))
    assert "Park home" in shown
    assert "ost centre" not in shown


def matrix(cast: Cast, cart: Cart, do: str, to: list[str], **cells: str):
    lines = {f"version-{one.pk}": str(one.version) for one in cart.lines.all()}
    body = {"do": do, "to": to, **lines, **cells}
    return as_actor(cast.lena).post(f"/c/meridian/carts/{cart.pk}/split/", body, follow=True)


def test_a_whole_cart_is_divided_over_places(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 12), (DRESSING, 5))
    dock, store = cast.address["ICU dock"], cast.address["Main store"]
    describe_cart(cart, ship_to_id=dock, actor=cast.lena, now=cast.now)
    first, second = cart.lines.order_by("position")
    shown = page(cast.lena, f"carts/{cart.pk}/split/?to={dock}&to={store}")
    assert f'name="q-{first.pk}-{store}"' in shown
    cells = {
        f"q-{first.pk}-{dock}": "8",
        f"q-{first.pk}-{store}": "4",
        f"q-{second.pk}-{dock}": "5",
        f"q-{second.pk}-{store}": "",
    }
    answer = matrix(cast, cart, "save", [dock, store], **cells)
    assert "1 line is divided anew." in answer.content.decode()
    assert parts(first) == [(8, None, None, ""), (4, store, None, "")]
    assert parts(second) == []


def test_all_rows_or_none_and_the_row_says_why(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 12), (DRESSING, 5))
    dock, store = cast.address["ICU dock"], cast.address["Main store"]
    describe_cart(cart, ship_to_id=dock, actor=cast.lena, now=cast.now)
    first, second = cart.lines.order_by("position")
    for wrong, said in (("4", "These are 4 together; 5 have to be divided."), ("x", "Write whole")):
        cells = {
            f"q-{first.pk}-{dock}": "8",
            f"q-{first.pk}-{store}": "4",
            f"q-{second.pk}-{store}": wrong,
        }
        answer = matrix(cast, cart, "save", [dock, store], **cells)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert f'value="{wrong}"' in answer.content.decode()
    assert parts(first) == []


def test_a_cart_without_a_place_yet_can_be_divided_evenly(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 13))
    Cart.objects.filter(pk=cart.pk).update(ship_to=None)
    dock, store = cast.address["ICU dock"], cast.address["Main store"]
    matrix(cast, cart, "even", [dock, store])
    assert sorted(parts(cart.lines.get()), key=lambda part: -part[0]) == [
        (7, dock, None, ""),
        (6, store, None, ""),
    ]


def test_cost_centres_and_days_stay_where_pieces_stay(cast: Cast) -> None:
    line = gloves(cast)
    center, store = cast.cost_center["meridian/9000"], cast.address["Main store"]
    send(cast, line, "save", row(0, 8, need_by_on="2026-12-01"), row(1, 4, cost_center=center))
    dock = cast.address["ICU dock"]
    line.refresh_from_db()
    cells = {f"q-{line.pk}-{dock}": "10", f"q-{line.pk}-{store}": "2"}
    matrix(cast, line.cart, "save", [dock, store], **cells)
    assert parts(line) == [
        (8, None, None, "2026-12-01"),
        (2, None, center, ""),
        (2, store, None, "2026-12-01"),
    ]


def test_everything_goes_to_one_place_again(cast: Cast) -> None:
    line = gloves(cast)
    center, store = cast.cost_center["meridian/9000"], cast.address["Main store"]
    send(cast, line, "save", row(0, 8), row(1, 4, ship_to=store, cost_center=center))
    line.refresh_from_db()
    assert matrix(cast, line.cart, "one", [], place="").status_code == 422
    matrix(cast, line.cart, "one", [], place=store)
    line.cart.refresh_from_db()
    assert line.cart.ship_to_id == store
    assert parts(line) == [(8, None, None, ""), (4, None, center, "")]


def test_odd_requests_are_refused_and_never_break(cast: Cast) -> None:
    line = gloves(cast)
    browser = as_actor(cast.lena)
    bodies = [{"do": "save", "rows": "99999999999"}, {"do": "even"}, {"rows": "-1"}, {"do": "one"}]
    bodies += [{f"version-{line.pk}": "x", "to": "adr_no", f"q-{line.pk}-adr_no": "1"}]
    for path in (split_path(line), f"carts/{line.cart_id}/split/"):
        for body in bodies:
            assert browser.post(f"/c/meridian/{path}", body).status_code < 500
    page(cast.lena, f"carts/{line.cart_id}/split/?page=77&to=adr_no")


def test_the_pages_cost_the_same_for_any_cart(cast: Cast) -> None:
    store = Address.objects.get(name="Main store").pk
    counts = {
        queries_of(cast.lena, f"carts/{long_cart(cast, lines).pk}/split/?to={store}")
        for lines in (5, 200)
    }
    assert len(counts) == 1
    assert counts.pop() <= 20
