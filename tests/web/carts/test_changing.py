"""Changing a cart from its page, with and without htmx; nothing that somebody typed is lost."""

from __future__ import annotations

import pytest

from placet.carts.actions import change_line, share_cart
from placet.carts.models import Cart, CartLine
from placet.carts.queries import get_cart_line
from placet.companies.models import Member
from tests.cast import Cast
from tests.requisitions.road import DRESSING, GLOVES, INFUSION_SET, fill_cart
from tests.web.pages import as_actor

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


def address(cart: Cart, rest: str = "") -> str:
    return f"/c/meridian/carts/{cart.pk}/{rest}"


def only_line(cart: Cart) -> CartLine:
    return cart.lines.get()


def test_pasted_rows_are_reported_one_by_one(cast: Cast) -> None:
    cart = fill_cart(cast)
    rows = "GLV-M 10\nGLV-OLD 5\nNOPE-1 3\nPPR-A4 many"
    answer = as_actor(cast.lena).post(address(cart, "lines/"), {"text": rows}, follow=True)
    shown = answer.content.decode()
    assert "4 rows; 1 found; 1 discontinued, its substitute was taken; 2 not added." in shown
    assert "No product has this SKU." in shown
    assert "Discontinued; replaced by GLV-M" in shown
    assert only_line(cart).quantity == 15


def test_the_report_is_not_repeated_by_a_reload_and_adds_nothing(cast: Cast) -> None:
    cart = fill_cart(cast)
    browser = as_actor(cast.lena)
    answer = browser.post(address(cart, "lines/"), {"text": "GLV-M 10\nDRS-10 1"})
    assert answer.status_code == 302
    browser.get(answer["Location"])
    browser.get(answer["Location"])
    assert sorted(cart.lines.values_list("quantity", flat=True)) == [1, 10]
    assert "2 rows; 2 found." not in browser.get(address(cart)).content.decode()


def test_one_field_takes_a_sku_and_a_name(cast: Cast) -> None:
    cart = fill_cart(cast)
    browser = as_actor(cast.lena)
    browser.post(address(cart, "lines/"), {"text": "GLV-M"})
    browser.post(address(cart, "lines/"), {"text": "infusion pump"})
    assert set(cart.lines.values_list("product__sku", flat=True)) == {"GLV-M", "INF-PUMP"}


def test_words_that_fit_several_products_add_none_and_name_them(cast: Cast) -> None:
    cart = fill_cart(cast)
    answer = as_actor(cast.lena).post(address(cart, "lines/"), {"text": "nitrile gloves"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Nitrile gloves, S (GLV-S)" in shown
    assert ">nitrile gloves</textarea>" in shown
    assert not cart.lines.exists()


def test_a_change_answers_with_lines_and_panel_together(cast: Cast) -> None:
    cart = fill_cart(cast, (INFUSION_SET, 1))
    line = only_line(cart)
    answer = as_actor(cast.lena).post(
        address(cart, f"lines/{line.pk}/"), {"quantity": 10, "version": line.version}, **HTMX
    )
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in shown
    assert 'id="cart"' in shown
    assert "Needs 2 approvals" in shown
    assert "Total 1,190.00\u00a0EUR." in shown


def test_who_comes_second_is_told_who_was_first_and_keeps_what_they_wrote(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 3))
    line = only_line(cart)
    seen = line.version
    pavel = Member.objects.get(pk=cast.member["pavel"])
    share_cart(cart, member=pavel, level="edit", actor=cast.lena, now=cast.now)
    theirs = get_cart_line(cast.pavel, cart.pk, line.pk)
    change_line(theirs, quantity=12, version=seen, actor=cast.pavel, now=cast.now)
    answer = as_actor(cast.lena).post(
        address(cart, f"lines/{line.pk}/"), {"quantity": 15, "version": seen}
    )
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Pavel Novák changed this line to 12 meanwhile." in shown
    assert "You wrote 15." in shown
    assert "Make it 15" in shown
    assert only_line(cart).quantity == 12


@pytest.mark.parametrize("quantity", ["-1", "0.5", "x", "", "99999999999999999999"])
def test_what_is_no_quantity_is_refused(cast: Cast, quantity: str) -> None:
    cart = fill_cart(cast, (GLOVES, 3))
    line = only_line(cart)
    answer = as_actor(cast.lena).post(
        address(cart, f"lines/{line.pk}/"), {"quantity": quantity, "version": line.version}
    )
    assert answer.status_code == 422
    assert only_line(cart).quantity == 3


def test_a_removed_line_can_be_put_back(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 3))
    browser = as_actor(cast.lena)
    answer = browser.post(address(cart, f"lines/{only_line(cart).pk}/remove/"), follow=True)
    assert "3 × Nitrile gloves, M removed." in answer.content.decode()
    assert not cart.lines.exists()
    browser.post(address(cart, "lines/"), {"text": "GLV-M", "quantity": 3})
    assert only_line(cart).quantity == 3


def test_a_line_that_is_gone_is_a_sentence_on_the_cart(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 3))
    line = only_line(cart)
    browser = as_actor(cast.lena)
    browser.post(address(cart, f"lines/{line.pk}/remove/"))
    answer = browser.post(address(cart, f"lines/{line.pk}/"), {"quantity": 4})
    assert answer.status_code == 409


def test_a_po_number_in_another_form_is_refused_beside_its_field(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 3))
    answer = as_actor(cast.lena).post(address(cart, "details/"), {"po_number": "88"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="88"' in shown
    assert 'id="po-error"' in shown
    cart.refresh_from_db()
    assert cart.po_number == "PR-88121"


def test_only_the_field_that_was_sent_is_changed(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 3))
    as_actor(cast.lena).post(address(cart, "details/"), {"justification": "A new bed."})
    cart.refresh_from_db()
    assert (cart.po_number, cart.justification) == ("PR-88121", "A new bed.")


def test_a_question_on_a_line_is_answered_and_resolved(cast: Cast) -> None:
    cart = fill_cart(cast, (INFUSION_SET, 10))
    line = only_line(cart)
    talk = address(cart, f"lines/{line.pk}/")
    as_actor(cast.lena).post(talk + "comments/", {"text": "@Pavel right connector?"})
    as_actor(cast.pavel).post(talk + "comments/", {"text": "Yes, <b>Luer</b> fits."})
    shown = as_actor(cast.pavel).post(talk + "resolve/", follow=True).content.decode()
    assert '<span class="mention">@Pavel</span>' in shown
    assert "Yes, &lt;b&gt;Luer&lt;/b&gt; fits." in shown
    assert "Resolved" in shown


def test_sharing_and_taking_it_back(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 3))
    sofia = {"member": cast.member["sofia"], "level": "edit"}
    browser = as_actor(cast.lena)
    browser.post(address(cart, "shares/"), sofia)
    assert as_actor(cast.sofia).get(address(cart)).status_code == 200
    browser.post(address(cart, "shares/end/"), sofia)
    assert as_actor(cast.sofia).get(address(cart)).status_code == 404


def test_a_stranger_changes_nothing_and_anonymous_people_sign_in(cast: Cast, client) -> None:  # type: ignore[no-untyped-def]
    cart = fill_cart(cast, (DRESSING, 3))
    line = only_line(cart)
    for rest in ("lines/", f"lines/{line.pk}/", f"lines/{line.pk}/remove/", "details/", "submit/"):
        for person in (cast.ola, cast.sofia):
            assert as_actor(person).post(address(cart, rest), {"text": "GLV-M"}).status_code == 404
        answer = client.post(address(cart, rest), {"text": "GLV-M"})
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/login/")
    assert only_line(cart).quantity == 3
