"""Lists page by keyset, with cursors that belong to one list, one filter and one caller."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.caller import Caller
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def all_pages(caller: Caller, path: str, limit: int) -> list[Any]:
    """Every row, page by page as the cursor leads."""
    rows: list[Any] = []
    sign = "&" if "?" in path else "?"
    address = f"{path}{sign}limit={limit}"
    page = caller.get(address).json
    while True:
        assert len(page["data"]) <= limit
        rows += page["data"]
        if not page["has_more"]:
            assert page["next_cursor"] is None
            return rows
        page = caller.get(f"{address}&cursor={page['next_cursor']}").json


@pytest.mark.parametrize(
    "path", ["/members", "/products", "/units", "/addresses?kind=ship_to", "/products?q=glove"]
)
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_together_are_the_whole_list(lena: Caller, path: str, limit: int) -> None:
    sign = "&" if "?" in path else "?"
    whole = lena.get(f"{path}{sign}limit=200").json
    assert len(whole["data"]) > 1
    assert not whole["has_more"]
    assert all_pages(lena, path, limit) == whole["data"]


def test_carts_of_the_same_moment_are_neither_lost_nor_doubled(lena: Caller) -> None:
    for number in range(7):
        lena.post("/carts", {"name": f"Cart {number}"})
    ids = [one["id"] for one in all_pages(lena, "/carts", 3)]
    assert len(ids) == len(set(ids)) == 7


def test_what_comes_meanwhile_does_not_move_the_next_page(lena: Caller) -> None:
    for number in range(4):
        lena.post("/carts", {"name": f"Cart {number}"})
    first = lena.get("/carts?limit=2").json
    lena.post("/carts", {"name": "Late"})
    second = lena.get(f"/carts?limit=2&cursor={first['next_cursor']}").json
    assert {one["name"] for one in first["data"] + second["data"]} == {
        f"Cart {number}" for number in range(4)
    }


def test_a_cursor_belongs_to_its_list_filter_and_caller(
    lena: Caller, rashid: Caller, cast: Cast
) -> None:
    cursor = lena.get("/products?limit=1&q=glove").json["next_cursor"]
    assert lena.get(f"/products?limit=2&q=glove&cursor={cursor}").status == 200
    for caller, path in (
        (lena, f"/products?limit=1&cursor={cursor}"),
        (lena, f"/products?limit=1&q=paper&cursor={cursor}"),
        (lena, f"/members?limit=1&cursor={cursor}"),
        (rashid, f"/products?limit=1&q=glove&cursor={cursor}"),
        (lena, f"/products?limit=1&q=glove&cursor={cursor[:-2]}xx"),
    ):
        answer = caller.get(path)
        assert (answer.status, answer.json["errors"][0]["code"]) == (422, "cursor")


def test_the_link_header_leads_on(lena: Caller, settings: Any) -> None:
    settings.PLACET_BASE_URL = "https://placet.example"
    page = lena.get("/products?q=glove&limit=1")
    link = page.headers["Link"]
    assert link.startswith("<https://placet.example/api/v1/products?")
    assert link.endswith('>; rel="next"')
    assert "Link" not in lena.get("/products?q=glove&limit=200").headers
