"""A file of the supplier's numbers: tried, read row by row, then done with the same rows."""

from __future__ import annotations

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from placet.core.cells import sheet_of
from placet.imports.acknowledging import read_acknowledgements
from placet.imports.reading import read_csv
from placet.orders.models import HandOver, Order
from tests.cast import Cast
from tests.requisitions.orders import ordered
from tests.requisitions.road import GLOVES
from tests.web.pages import as_actor, page

pytestmark = pytest.mark.django_db
ADDRESS = "/c/norden/orders/acknowledge/"


def sent(cast: Cast, status: int = 200, **fields: object) -> str:
    """What the page answers to the form."""
    answer = as_actor(cast.tomas).post(ADDRESS, fields)
    assert answer.status_code == status
    return answer.content.decode()


def states() -> dict[str, tuple[str, str]]:
    return {one.number: (one.status, one.erp_number) for one in Order.objects.all()}


def two(cast: Cast) -> tuple[Order, Order]:
    return ordered(cast, (GLOVES, 20)), ordered(cast, (GLOVES, 21))


def test_a_file_is_tried_and_then_done(cast: Cast) -> None:
    first, second = two(cast)
    content = f"Order;ERP number\n{first.number};SO-1\n{second.number};\nORD-999;SO-3\n"
    shown = sent(cast, file=SimpleUploadedFile("numbers.csv", content.encode()))
    assert "1 order can be taken over" in shown
    assert "Can be taken over as SO-1." in shown
    assert "2 rows will be refused" in shown
    assert "Please fill this in." in shown
    assert "There is no such order." in shown
    assert {status for status, _number in states().values()} == {"unprocessed"}
    assert not HandOver.objects.exists()

    carried = re.search(r'<textarea name="text" hidden>(.*?)</textarea>', shown, re.DOTALL)
    assert carried is not None
    shown = sent(cast, text=html.unescape(carried[1]), do="apply")
    assert "1 order is taken over" in shown
    assert states() == {first.number: ("exported", "SO-1"), second.number: ("unprocessed", "")}
    again = sent(cast, text=html.unescape(carried[1]), do="apply")
    assert "Was taken over as SO-1 before: nothing changes." in again
    assert HandOver.objects.count() == 1


def test_an_order_that_was_changed_since_it_was_tried_is_not_taken_over(cast: Cast) -> None:
    first, second = two(cast)
    shown = sent(cast, text=f"{first.number} SO-1\n{second.number} SO-2\n")
    carried = re.search(r'<textarea name="text" hidden>(.*?)</textarea>', shown, re.DOTALL)
    assert carried is not None
    Order.objects.filter(pk=first.pk).update(content_hash="0" * 64)
    shown = sent(cast, text=html.unescape(carried[1]), do="apply")
    assert "1 order is taken over" in shown
    assert states() == {first.number: ("unprocessed", ""), second.number: ("exported", "SO-2")}


def test_a_workbook_and_pasted_rows_without_headers_are_read_by_place(cast: Cast) -> None:
    first, second = two(cast)
    workbook = sheet_of([[first.number, "SO-1"], [second.number, "SO-2"]], "Numbers")
    shown = sent(cast, file=SimpleUploadedFile("numbers.xlsx", workbook))
    assert "2 orders can be taken over" in shown
    assert "2 orders can be taken over" in sent(
        cast, text=f"{first.number} SO-1\n{second.number}   SO-2\n"
    )


def test_what_is_done_are_the_rows_that_were_tried_whatever_signs_they_hold(cast: Cast) -> None:
    first, second = two(cast)
    workbook = sheet_of([[first.number, '"SO 1'], [second.number, '5" SO;2,']], "Numbers")
    shown = sent(cast, file=SimpleUploadedFile("numbers.xlsx", workbook))
    assert "2 orders can be taken over" in shown
    carried = re.search(r'<textarea name="text" hidden>(.*?)</textarea>', shown, re.DOTALL)
    assert carried is not None
    sent(cast, text=html.unescape(carried[1]), do="apply")
    assert states() == {
        first.number: ("exported", '"SO 1'),
        second.number: ("exported", '5" SO;2,'),
    }


def test_an_order_that_was_changed_since_it_was_read_is_refused(cast: Cast) -> None:
    first, _second = two(cast)
    head = "order,erp_number,content_hash\n"
    assert "was changed since it was read" in sent(
        cast, text=f"{head}{first.number},SO-1,{'0' * 64}"
    )
    assert "Can be taken over as SO-1." in sent(
        cast, text=f"{head}{first.number},SO-1,{first.content_hash}"
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Choose a file, or paste rows."),
        ("ORD-1", "Each row has the order and its number in your system."),
        ("order;other\nORD-1;SO-1", "Call the columns"),
        ("ORD-1;SO-1\nORD-1;SO-2", "ORD-1 stands there with two numbers."),
        ("order;erp_number\n;", "This file is empty."),
        ("\n".join(f"ORD-{n};SO-{n}" for n in range(501)), "A file has at most 500 rows."),
        ("\n".join(f"ORD-{n};SO-{n}" for n in range(502)), "A file has at most 500 rows."),
    ],
)
def test_what_cannot_be_read_comes_back_with_the_reason(
    cast: Cast, text: str, sentence: str
) -> None:
    assert sentence in sent(cast, 422, text=text)


def test_the_same_row_twice_is_one() -> None:
    table = read_csv("ORD-1;SO-1\nORD-2;SO-2\nORD-1;SO-1\n", is_headed=False)
    assert [row.order for row in read_acknowledgements(table)] == ["ORD-1", "ORD-2"]


def test_nobody_else_sends_one(cast: Cast) -> None:
    first, _second = two(cast)
    answer = as_actor(cast.lena).post(
        "/c/meridian/orders/acknowledge/", {"text": f"{first.number} SO-1", "do": "apply"}
    )
    assert answer.status_code == 403
    assert states()[first.number] == ("unprocessed", "")
    assert "orders/acknowledge/" in page(cast.tomas, "orders/")
    assert "orders/acknowledge/" not in page(cast.lena, "orders/")
