"""The companies that buy here, as the merchant may know them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from placet.companies.actions import create_company
from placet.companies.models import Company
from placet.core.actor import system_actor
from placet.orders.models import Order
from placet.web.customers import page as page_of_counts
from tests.cast import Cast
from tests.web.orders.test_desk import ordered
from tests.web.pages import page, queries_of


def test_the_list_by_name_with_states(db: None, cast: Cast) -> None:
    text = page(cast.tomas, "customers/")
    order = [text.index(f">{name}<") for name in (
        "Kowalski Sp. z o.o.", "Meridian Health Group", "Stahl Works", "The Park family",
    )]  # fmt: skip
    assert order == sorted(order)
    assert "Norden Supply" not in text.split("<table")[1]
    assert "Stahl Works" in page(cast.tomas, "customers/?state=suspended")
    assert "Meridian" not in page(cast.tomas, "customers/?state=suspended").split("<table")[1]
    assert "Kowalski" in page(cast.tomas, "customers/?q=kowal")
    assert "No company matches" in page(cast.tomas, "customers/?q=nobody")


def test_a_company_without_what_is_its_own(db: None, cast: Cast) -> None:
    text = page(cast.tomas, f"customers/{cast.company['meridian']}/")
    assert "Meridian Health Group" in text
    assert "ICU dock" in text
    assert "30 days net" in text
    for private in ("ICU consumables Q4", "25,000", "4410", "Meridian's rules", "Company admin"):
        assert private not in text


def test_for_a_buyer_there_are_no_other_companies(db: None, cast: Cast) -> None:
    page(cast.ines, "customers/", status=404)
    page(cast.ines, f"customers/{cast.company['kowalski']}/", status=404)
    page(cast.tomas, f"customers/{cast.company['norden']}/", status=404)
    page(cast.tomas, f"customers/?after={cast.company['norden']}", status=404)


def test_more_companies_cost_no_more_queries_and_are_all_there(db: None, cast: Cast) -> None:
    before = queries_of(cast.tomas, "customers/")
    nobody = system_actor("", "", "merchant", "EUR")
    for number in range(60):
        create_company(
            f"Clinic {number:02}",
            slug=f"clinic-{number:02}",
            kind="business",
            currency="EUR",
            actor=nobody,
            now=cast.now,
        )
    # A second page costs one more: the whole is counted then.
    assert queries_of(cast.tomas, "customers/") <= before + 1
    first = page(cast.tomas, "customers/")
    after = first.split("after=")[1].split('"')[0]
    both = first + page(cast.tomas, f"customers/?after={after}")
    names = Company.objects.exclude(kind="merchant").values_list("name", flat=True)
    assert [both.count(f">{name}</a>") for name in names] == [1] * len(names)


def test_orders_are_counted_to_a_thousand_and_for_whom_they_are_told(
    db: None, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, last = ordered(cast, "Week 1"), ordered(cast, "Week 2")
    Order.objects.filter(pk=last.pk).update(placed_at=cast.now + timedelta(hours=1))
    companies = [first.company_id, cast.company["kowalski"]]
    moment = cast.now + timedelta(hours=1)
    counted = page_of_counts._count_for_each
    assert counted(cast.tomas, companies) == {
        companies[0]: (2, moment, 0),
        companies[1]: (0, None, 0),
    }
    monkeypatch.setattr(page_of_counts, "MOST_COUNTED", 0)
    assert counted(cast.tomas, companies)[companies[0]][0] == 1
    nobody = replace(cast.tomas, grants=frozenset())
    assert set(counted(nobody, companies).values()) == {(0, None, 0)}
