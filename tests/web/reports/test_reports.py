"""A report as a page: its address says everything, its file says the same."""

from __future__ import annotations

from datetime import timedelta

import pytest

from placet.catalog.models import Product
from tests.cast import Cast
from tests.quotes.talks import GLOVES, ask, prices, say
from tests.requisitions.road import fill_cart, submit
from tests.web.pages import as_actor, page, queries_of
from tests.web.road import ordered

pytestmark = pytest.mark.django_db


def buy(cast: Cast, pieces: int, days_ago: int = 0) -> int:
    cart = fill_cart(cast, (GLOVES, pieces), name=f"Gloves {pieces}")
    bought = submit(cart, actor=cast.lena, now=cast.now - timedelta(days=days_ago))
    assert bought.revision is not None
    return bought.revision.goods_minor


def test_sales_stand_beside_those_before(cast: Cast) -> None:
    buy(cast, 20)
    buy(cast, 10, days_ago=40)
    shown = page(cast.tomas, "reports/?kind=sales&by=customer&period=days_30")
    assert "Meridian Health Group" in shown
    assert "+100\N{NO-BREAK SPACE}%" in shown
    assert "<title>Value</title>" in shown


def test_the_address_says_everything(cast: Cast) -> None:
    ordered(cast)
    shown = page(cast.ines, "reports/?kind=spend&by=requester&from_on=2026-11-01&to_on=2026-11-30")
    assert '<option value="days" selected>' in shown
    assert '<option value="requester" selected>' in shown
    assert cast.lena.name in shown
    empty = page(cast.ines, "reports/?kind=spend&by=requester&from_on=2025-11-01&to_on=2025-11-30")
    assert "Nothing in these days" in empty


@pytest.mark.parametrize(
    "query",
    [
        "period=never&by=nothing&currency=XXX",
        "from_on=2026-13-01",
        "from_on=2026-11-02&to_on=2026-11-01",
    ],
)
def test_what_cannot_be_read_is_the_usual(query: str, cast: Cast) -> None:
    assert '<option value="days_90" selected>' in page(cast.ines, f"reports/?kind=spend&{query}")


def test_a_report_of_the_other_side_is_not_there(cast: Cast) -> None:
    page(cast.ines, "reports/?kind=sales", status=404)
    page(cast.odd, "reports/?kind=spend", status=404)
    page(cast.lena, "reports/?kind=spend", status=403)


def test_the_file_says_what_the_page_says(cast: Cast) -> None:
    goods = buy(cast, 20)
    answer = as_actor(cast.tomas).get("/c/norden/reports/export/?kind=sales&by=customer")
    lines = answer.content.decode().lstrip("\N{ZERO WIDTH NO-BREAK SPACE}").splitlines()
    assert lines[0].startswith('Customer,"Value, EUR","Value, EUR, before",Orders')
    assert lines[1].startswith(f"Meridian Health Group,{goods / 100:.2f},,1,")
    assert lines[2].startswith(f"All,{goods / 100:.2f},")
    sheet = as_actor(cast.tomas).get("/c/norden/reports/export/?kind=sales&format=xlsx")
    assert sheet.content[:2] == b"PK"


def test_no_buyer_finds_costs_margins_or_authority(cast: Cast) -> None:
    Product.objects.filter(sku=GLOVES).update(cost_minor=61_739, cost_currency="EUR")
    say(ask(cast, (GLOVES, 100)), cast.mira, prices((GLOVES, 100, 700)))
    for kind in ("spend", "outcomes", "approvals", "rules", "budgets"):
        shown = page(cast.ines, f"reports/?kind={kind}&period=quarter")
        assert "617.39" not in shown
        assert "Margin" not in shown
    assert "Margin" in page(cast.odd, "reports/?kind=quotes&period=quarter")


def test_a_page_costs_the_same_for_more(cast: Cast) -> None:
    buy(cast, 20)
    few = queries_of(cast.ines, "reports/?kind=spend&by=cost_center")
    for pieces in range(21, 27):
        buy(cast, pieces)
    assert queries_of(cast.ines, "reports/?kind=spend&by=cost_center") == few
    assert few < 45


def test_a_view_of_a_report_can_be_kept(cast: Cast) -> None:
    shown = page(cast.ines, "reports/?kind=spend&by=unit")
    assert 'value="by=unit&amp;kind=spend"' in shown
