"""The pages of lists: what they show, what they take, and what they cost."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from placet.carts.lists.actions import add_list_line, create_list, share_list
from placet.carts.lists.queries import get_list
from placet.carts.models import CartLine, PurchaseList
from placet.catalog.models import Price, Product
from placet.companies.models import Member
from tests.cast import Cast
from tests.requisitions.road import answer, fill_cart, submit
from tests.requisitions.schedules import standing
from tests.web.pages import as_actor, page, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward(cast: Cast) -> PurchaseList:
    made = create_list("Ward needs", actor=cast.lena, now=cast.now)
    for sku, quantity, par in (("GLV-M", 12, 20), ("DRS-10", 5, None)):
        add_list_line(
            made, sku=sku, quantity=quantity, par_quantity=par, actor=cast.lena, now=cast.now
        )
    return get_list(cast.lena, made.pk)


def post(browser: Client, path: str, fields: object = None, status: int = 302) -> str:
    answered = browser.post(f"/c/meridian/{path}", fields or {})
    assert answered.status_code == status, answered.status_code
    return str(answered.headers.get("Location", "")) or answered.content.decode()


def lines_of(address: str) -> list[tuple[str, int]]:
    cart_id = address.rstrip("/").split("/")[-1]
    found = CartLine.objects.filter(cart_id=cart_id).order_by("position")
    return list(found.values_list("product__sku", "quantity"))


def test_a_list_shows_todays_prices_and_what_took_the_place(ward: PurchaseList, cast: Cast) -> None:
    Product.objects.filter(sku="DRS-10").update(
        status="discontinued", substitute=Product.objects.get(sku="DRS-15")
    )
    shown = page(cast.lena, f"lists/{ward.pk}/")
    assert "7.50" in shown
    assert "Discontinued." in shown
    assert "Wound dressing, 15 × 15 cm takes its place" in shown
    assert "90.00" in shown


def test_what_is_chosen_and_what_is_missing_to_par_become_a_cart(
    ward: PurchaseList, cast: Cast
) -> None:
    browser = as_actor(cast.lena)
    gloves, dressings = ward.lines.order_by("position")
    typed = {f"q-{gloves.pk}": "3", f"q-{dressings.pk}": "5", "mode": "chosen"}
    cart = post(browser, f"lists/{ward.pk}/order/", {**typed, "line": gloves.pk})
    assert lines_of(cart) == [("GLV-M", 3)]
    cart = post(browser, f"lists/{ward.pk}/order/", {f"have-{gloves.pk}": "3", "mode": "par"})
    assert lines_of(cart) == [("GLV-M", 17)]
    cart = post(browser, f"lists/{ward.pk}/order/")
    assert lines_of(cart) == [("GLV-M", 12), ("DRS-10", 5)]
    for bad in ({"mode": "par"}, {"mode": "chosen"}, {**typed, f"q-{gloves.pk}": "0.5"}):
        post(browser, f"lists/{ward.pk}/order/", bad, status=422)


def test_rows_and_files_are_taken_with_a_report(ward: PurchaseList, cast: Cast) -> None:
    browser = as_actor(cast.lena)
    shown = post(browser, f"lists/{ward.pk}/lines/", {"text": "GLV-S 4\nNOPE 1"}, status=200)
    assert "No product has this SKU." in shown
    table = "SKU;Menge;Par level;Note\nPEN-B;10;;blue\nGLV-S;6;8;\n"
    file = SimpleUploadedFile("list.csv", table.encode())
    post(browser, f"lists/{ward.pk}/import/", {"file": file})
    found = ward.lines.order_by("position").values_list("product__sku", "quantity", "par_quantity")
    assert list(found) == [
        *(("GLV-M", 12, 20), ("DRS-10", 5, None), ("GLV-S", 6, 8), ("PEN-B", 10, None))
    ]
    exported = browser.get(f"/c/meridian/lists/{ward.pk}/export/").content
    post(browser, f"lists/{ward.pk}/import/", {"file": SimpleUploadedFile("l.csv", exported)})
    assert list(found.all()) == list(found)
    sheet = browser.get(f"/c/meridian/lists/{ward.pk}/export/?format=xlsx").content
    post(browser, f"lists/{ward.pk}/import/", {"file": SimpleUploadedFile("l.xlsx", sheet)})
    assert ward.lines.count() == 4


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"sku,quantity\n",
        b"\xff\xfe\x00",
        b"name,price\nGlove,1\n",
        b"PK\x03\x04nonsense",
        b"sku,sku\n1,2\n",
        b"sku,quantity\nGLV-M,1\x00\n",
        b"sku,quantity\nGLV-M,1,2,3\n",
    ],
)
def test_bad_files_are_refused_and_leave_nothing(
    ward: PurchaseList, cast: Cast, content: bytes
) -> None:
    file = SimpleUploadedFile("list.csv", content)
    shown = post(as_actor(cast.lena), f"lists/{ward.pk}/import/", {"file": file}, status=422)
    assert "alert" in shown
    assert ward.lines.count() == 2


@pytest.mark.parametrize("quantity", ["0", "-1", "0.5", "1e3", "99999999", "NaN", "１２"])
def test_odd_quantities_of_a_file_are_reported(
    ward: PurchaseList, cast: Cast, quantity: str
) -> None:
    file = SimpleUploadedFile("list.csv", f"sku,quantity\nPEN-B,{quantity}\n".encode())
    shown = post(as_actor(cast.lena), f"lists/{ward.pk}/import/", {"file": file}, status=200)
    assert "Write a SKU and a whole quantity" in shown
    assert ward.lines.count() == 2


def test_add_to_list_from_a_product_a_cart_and_a_purchase(ward: PurchaseList, cast: Cast) -> None:
    browser = as_actor(cast.lena)
    assert "Ward needs" in page(cast.lena, "lists/add/?sku=PEN-B&quantity=4")
    post(browser, "lists/add/", {"sku": "PEN-B", "quantity": "4", "list": ward.pk})
    cart = fill_cart(cast, ("INF-SET", 2))
    post(browser, "lists/add/", {"cart": cart.pk, "list": ward.pk})
    requisition = submit(cart, actor=cast.lena, now=cast.now)
    address = post(browser, "lists/add/", {"requisition": requisition.pk, "name": "Sets"})
    fresh = PurchaseList.objects.get(pk=address.rstrip("/").split("/")[-1])
    assert fresh.name == "Sets"
    assert [line.product.sku for line in ward.lines.order_by("position")] == [
        *("GLV-M", "DRS-10", "PEN-B", "INF-SET")
    ]
    post(browser, "lists/add/", {"sku": "NOPE", "list": ward.pk}, status=422)
    stranger = as_actor(cast.pavel)
    post(stranger, "lists/add/", {"sku": "PEN-B", "list": ward.pk}, status=404)
    post(stranger, "lists/add/", {"cart": cart.pk, "name": "Mine"}, status=404)


def test_people_units_and_owners(ward: PurchaseList, cast: Cast) -> None:
    browser = as_actor(cast.lena)
    for whom in (cast.member["pavel"], cast.unit["finance"]):
        post(browser, f"lists/{ward.pk}/shares/", {"whom": whom, "level": "edit"})
    assert "Ward needs" in page(cast.sofia, "lists/")
    grant = ward.grants.get(member=cast.member["pavel"])
    post(as_actor(cast.pavel), f"lists/{ward.pk}/shares/end/", {"grant": grant.pk})
    page(cast.pavel, f"lists/{ward.pk}/", 404)
    post(browser, f"lists/{ward.pk}/give/", {"member": cast.member["sofia"]})
    post(browser, f"lists/{ward.pk}/archive/", status=403)
    post(as_actor(cast.sofia), f"lists/{ward.pk}/archive/")
    assert "put away" in page(cast.lena, f"lists/{ward.pk}/")


def test_families_find_shopping_lists_with_fewer_words(cast: Cast) -> None:
    create_list("Saturday", scope="company", actor=cast.minjun, now=cast.now)
    shown = page(cast.yuna, "lists/?tab=company")
    assert "Shopping lists" in shown
    assert "Saturday" in shown
    assert "My units" not in shown


def test_an_earlier_purchase_is_ordered_again_with_what_has_changed(cast: Cast) -> None:
    cart = fill_cart(cast, ("GLV-M", 12), ("DRS-10", 5), ("INF-SET", 4))
    requisition = submit(cart, actor=cast.lena, now=cast.now)
    answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    Price.objects.filter(product__sku="GLV-M", unit_price_minor=750).update(unit_price_minor=800)
    Product.objects.filter(sku="DRS-10").update(
        status="discontinued", substitute=Product.objects.get(sku="DRS-15")
    )
    shown = page(cast.lena, f"requisitions/{requisition.number}/reorder/")
    assert "+0.50" in shown
    assert "Discontinued." in shown
    gloves, other = Product.objects.get(sku="GLV-M"), Product.objects.get(sku="DRS-15")
    fields = {
        "line": [gloves.pk, other.pk],
        f"q-{gloves.pk}": "6",
        f"q-{other.pk}": "5",
        f"q-{Product.objects.get(sku='INF-PUMP').pk}": "1",
    }
    address = post(as_actor(cast.lena), f"requisitions/{requisition.number}/reorder/", fields)
    assert lines_of(address) == [("GLV-M", 6), ("DRS-15", 5)]
    page(cast.pavel, f"requisitions/{requisition.number}/reorder/", 404)
    page(cast.ola, f"requisitions/{requisition.pk}/reorder/", 404)


def test_what_is_usual_here(cast: Cast) -> None:
    for _time in range(2):
        cart = fill_cart(cast, ("GLV-M", 12), ("PEN-B", 1))
        submit(cart, actor=cast.lena, now=cast.now)
    fill_cart(cast, ("DRS-10", 9))
    shown = page(cast.pavel, "usual/")
    assert "Nitrile gloves, M" in shown
    assert "2 orders" in shown
    assert "Wound dressing" not in shown
    assert "Nothing was ordered twice yet" in page(cast.sofia, "usual/")
    gloves = Product.objects.get(sku="GLV-M")
    address = post(as_actor(cast.pavel), "usual/", {"line": gloves.pk, f"q-{gloves.pk}": "7"})
    assert lines_of(address) == [("GLV-M", 7)]


def test_the_page_costs_the_same_with_two_lines_and_with_ten(
    ward: PurchaseList, cast: Cast
) -> None:
    pavel = Member.objects.get(pk=cast.member["pavel"])
    share_list(ward, member=pavel, level="edit", actor=cast.lena, now=cast.now)
    few = queries_of(cast.lena, f"lists/{ward.pk}/")
    for sku in ("GLV-S", "GLV-L", "DRS-15", "SWB-100", "INF-SET", "INF-PUMP", "PPR-A4", "PEN-B"):
        add_list_line(ward, sku=sku, quantity=1, actor=cast.lena, now=cast.now)
    assert queries_of(cast.lena, f"lists/{ward.pk}/") == few
    assert few <= 26


def test_a_list_says_the_working_day_on_which_the_next_one_comes(cast: Cast) -> None:
    saturday = date(2026, 11, 28)
    schedule = standing(cast, starts_on=saturday)
    for path in (f"lists/{schedule.purchase_list_id}/", "lists/?tab=schedules"):
        shown = page(cast.lena, path)
        assert "30 Nov" in shown, path
        assert "28 Nov" not in shown, path
