"""A quick order on its pages: report first, then added, then taken back; long ones by a run."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from placet.carts.models import Cart, CartLine, LineImport
from placet.companies.models import Company
from placet.core.cells import sheet_of
from placet.runs.models import Run
from tests.cast import Cast
from tests.imports.files import work
from tests.imports.quick_order.test_judging import many_products
from tests.imports.test_bad_files import REFUSED
from tests.requisitions.road import fill_cart
from tests.web.pages import as_actor, page

pytestmark = pytest.mark.django_db
START = "/c/meridian/quick-order/"
ROWS = "GLV-M 10\nBOX-50 12\nGLV-OLD 2\nNO-SUCH =1+1\nPEN-B 7"


def send(client: Client, **fields: object) -> str:
    """The address of the report."""
    answer = client.post(START, fields)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def file_of(address: str) -> str:
    found = re.search(r"quick-order/(imf_[^/]+)/", address)
    assert found
    return found.group(1)


def quantities(cart: Cart) -> dict[str, int]:
    return dict(CartLine.objects.filter(cart=cart).values_list("product__sku", "quantity"))


def test_the_report_comes_before_anything_is_added(cast: Cast) -> None:
    cart = fill_cart(cast, ("GLV-M", 5))
    lena = as_actor(cast.lena)
    address = send(lena, cart=cart.pk, text=ROWS)
    shown = lena.get(address).content.decode()
    for said in ("Add the good ones", "12 becomes 10", "Take 2 of GLV-M instead", "not a number"):
        assert said in shown
    assert quantities(cart) == {"GLV-M": 5}
    answer = lena.post(
        f"{START}{file_of(address)}/add/", {"cart": cart.pk, "take": "3"}, follow=True
    )
    assert "3 lines went into" in answer.content.decode()
    assert quantities(cart) == {"GLV-M": 17, "BOX-50": 10, "PEN-B": 7}
    assert "doubles the quantities" in lena.get(address).content.decode()
    added = LineImport.objects.get(cart=cart)
    undone = lena.post(f"{START}added/{added.pk}/undo/", follow=True).content.decode()
    assert "The cart is as it was." in undone
    assert quantities(cart) == {"GLV-M": 5}
    assert "doubles the quantities" not in lena.get(address).content.decode()
    again = lena.post(f"{START}added/{added.pk}/undo/", follow=True).content.decode()
    assert "was taken back already" in again
    assert quantities(cart) == {"GLV-M": 5}


def test_all_substitutes_are_taken_by_one_press_into_a_new_cart(cast: Cast) -> None:
    lena = as_actor(cast.lena)
    address = send(lena, text=ROWS, name="Ward 7")
    lena.post(f"{START}{file_of(address)}/add/", {"name": "Ward 7", "substitutes": "on"})
    assert quantities(Cart.objects.get(name="Ward 7")) == {"GLV-M": 12, "BOX-50": 10, "PEN-B": 7}


@pytest.mark.parametrize("is_new", [True, False])
def test_a_second_click_adds_nothing_and_a_second_wish_does(cast: Cast, is_new: bool) -> None:
    lena, cart = as_actor(cast.lena), None if is_new else fill_cart(cast, ("GLV-M", 20))
    into = {"name": "Ward 7"} if cart is None else {"cart": cart.pk}
    address = send(lena, text="PEN-B 7", **into)
    add = f"{START}{file_of(address)}/add/"
    first, second = lena.post(add, into), lena.post(add, into)
    assert first["Location"] == second["Location"]
    assert "These rows were added already." in lena.get(second["Location"]).content.decode()
    assert LineImport.objects.count() == 1
    cart = cart or Cart.objects.get(name="Ward 7")
    assert quantities(cart)["PEN-B"] == 7
    seen = re.search(r'name="added" value="([^"]+)"', lena.get(address).content.decode())
    assert seen
    for _click in range(2):
        lena.post(add, {"cart": cart.pk, "added": seen.group(1)})
    assert quantities(cart)["PEN-B"] == 14


def test_rows_left_out_are_downloaded_and_run_nowhere(cast: Cast) -> None:
    lena = as_actor(cast.lena)
    address = send(lena, text="NO-SUCH\t=1+1\nPEN-B\t7\nGLV-OLD\t1")
    name = f"{START}{file_of(address)}/errors/"
    lines = lena.get(name).content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert lines[1].startswith("NO-SUCH,'=1+1,")
    assert lena.get(f"{name}?format=xlsx").content.startswith(b"PK")


def test_a_file_with_other_names_of_columns_asks_which_is_which(cast: Cast) -> None:
    lena = as_actor(cast.lena)
    sheet = SimpleUploadedFile("x.xlsx", sheet_of([["Was", "Wieviel"], ["PEN-B", 7]], "x"))
    address = send(lena, file=sheet)
    assert "Choose the column that holds the SKU." in lena.get(address).content.decode()
    shown = lena.get(f"{address}&sku=0&quantity=1").content.decode()
    assert "Ballpoint pen" in shown
    wrong = lena.get(f"{address}&sku=9", follow=True)
    assert wrong.status_code == 200
    assert "The file has no such column." in wrong.content.decode()


@pytest.mark.parametrize("kind", [one for one in REFUSED if one not in {"an unclosed quote"}])
def test_bad_files_come_back_with_their_reason(kind: str, cast: Cast) -> None:
    file = SimpleUploadedFile("bad.csv", REFUSED[kind]())
    answer = as_actor(cast.lena).post(START, {"file": file})
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert not LineImport.objects.exists()


def test_a_long_file_is_checked_and_added_by_runs(cast: Cast) -> None:
    skus = many_products(cast, 520)
    text = "\n".join(f"{sku} 2" for sku in skus) + "\nNO-SUCH 1"
    lena = as_actor(cast.lena)
    address = send(lena, text=text, name="Year")
    shown = lena.get(address).content.decode()
    assert "These are 521 rows." in shown
    add = f"{START}{file_of(address)}/add/"
    lena.post(add, {"name": "Year", "check": "1"})
    checked = work(Run.objects.get())
    assert (checked.result["good"], checked.result["errors"]) == (520, 1)  # type: ignore[index]
    assert not Cart.objects.filter(name="Year").exists()
    shown = lena.get(f"/c/meridian/runs/{checked.pk}/").content.decode()
    assert "Add the good ones" in shown
    assert "No product has this number." in shown
    lena.post(add, {"name": "Year"})
    added = work(Run.objects.exclude(pk=checked.pk).get())
    assert len(added.result["imports"]) == 2  # type: ignore[index]
    assert Cart.objects.get(name="Year").lines.count() == 500
    assert "What was added" in lena.get(f"/c/meridian/runs/{added.pk}/").content.decode()
    lena.post(add, {"name": "Year"})
    assert Run.objects.count() == 2
    shown = lena.get(f"/c/meridian/runs/{checked.pk}/").content.decode()
    assert f'name="added" value="{added.result["imports"][-1]}"' in shown  # type: ignore[index]
    page(cast.ola, f"runs/{added.pk}/", status=404)


def test_a_cart_that_was_submitted_meanwhile_takes_nothing(cast: Cast) -> None:
    cart = fill_cart(cast, ("GLV-M", 20))
    lena = as_actor(cast.lena)
    address = send(lena, cart=cart.pk, text="PEN-B 7")
    Cart.objects.filter(pk=cart.pk).update(status="archived")
    answer = lena.post(f"{START}{file_of(address)}/add/", {"cart": cart.pk})
    assert answer.status_code == 302
    assert quantities(cart) == {"GLV-M": 20}


def test_nobody_else_reaches_what_somebody_sent(cast: Cast) -> None:
    address = send(as_actor(cast.lena), text="PEN-B 7")
    for who in ("pavel", "ola", "tomas"):
        other = as_actor(getattr(cast, who))
        slug = Company.objects.get(pk=getattr(cast, who).company_id).slug
        assert other.get(address.replace("meridian", slug)).status_code == 404
    assert "Paste rows" in page(cast.minjun, "quick-order/")


def test_an_empty_form_says_what_is_needed(cast: Cast) -> None:
    answer = as_actor(cast.lena).post(START, {"text": " ", "file": BytesIO(b"")})
    assert answer.status_code == 422
