"""The merchant's desk of customers: found by what is agreed, given into charge, taken in whole."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from placet.catalog.actions import agree_price_lists
from placet.catalog.models import CompanyPriceList, PriceList
from placet.companies.actions.assign_reps import assign_reps
from placet.companies.models import Company, CompanyApplication, CustomerRep, Member
from placet.companies.queries import get_actor
from placet.core.errors import Forbidden, InvalidInput
from placet.events.models import Event
from placet.requisitions.actions import apply_for_company
from tests.cast import Cast
from tests.web.pages import as_actor, page, queries_of

pytestmark = pytest.mark.django_db


def listed(cast: Cast, query: str) -> list[str]:
    """Names in the list with these filters, as the export has them."""
    text = page(cast.tomas, f"customers/export/?{query}").lstrip("\ufeff")
    return [row["Company"] for row in csv.DictReader(StringIO(text))]


def in_charge(cast: Cast, slug: str, *who: str) -> list[CustomerRep]:
    company = Company.objects.get(slug=slug)
    ids = [cast.member[one] for one in who]
    return assign_reps(company, member_ids=ids, actor=cast.odd, now=cast.now)


def test_customers_are_found_by_what_is_agreed(cast: Cast) -> None:
    in_charge(cast, "kowalski", "mira", "tomas")
    Company.objects.filter(slug="park").update(payment_terms="prepayment", external_id="P-9")
    meridian = PriceList.objects.get(key="meridian")
    everybody = {"Kowalski Sp. z o.o.", "Meridian Health Group", "Stahl Works", "The Park family"}
    assert set(listed(cast, "")) == everybody
    assert listed(cast, "kind=household") == ["The Park family"]
    assert listed(cast, "terms=prepayment") == ["The Park family"]
    assert listed(cast, "q=p-9") == ["The Park family"]
    assert listed(cast, "state=suspended") == ["Stahl Works"]
    assert listed(cast, f"rep={cast.member['mira']}") == ["Kowalski Sp. z o.o."]
    assert set(listed(cast, "rep=nobody")) == everybody - {"Kowalski Sp. z o.o."}
    assert listed(cast, f"prices={meridian.pk}") == ["Meridian Health Group"]
    assert "Meridian Health Group" not in listed(cast, "prices=default")
    assert listed(cast, f"pick={cast.company['park']}") == ["The Park family"]
    assert set(listed(cast, "kind=spaceship&rep=nobody%00".replace("%00", "x"))) == everybody


def test_the_list_tells_how_many_and_who_is_in_charge(cast: Cast) -> None:
    in_charge(cast, "kowalski", "mira", "tomas")
    text = page(cast.tomas, "customers/?kind=business")
    assert "Mira Dahl, Tomas Berg" in text
    states = text.split('class="seg"')[1].split("</nav>")[0]
    assert [part.split("<")[0] for part in states.split('muted">')[1:]] == ["4", "3", "1"]
    assert "No company matches" in page(cast.tomas, "customers/?terms=net_60")


def test_filters_and_charges_cost_no_more_queries_with_more_of_them(cast: Cast) -> None:
    path = "customers/?kind=business&rep=" + cast.member["mira"]
    in_charge(cast, "kowalski", "mira")
    before = queries_of(cast.tomas, path)
    for slug in ("meridian", "stahl", "park"):
        in_charge(cast, slug, "mira", "tomas")
    assert queries_of(cast.tomas, path) <= before


def test_a_desk_has_what_is_agreed_and_nothing_of_their_own(cast: Cast) -> None:
    in_charge(cast, "meridian", "mira")
    Company.objects.filter(slug="meridian").update(external_id="C-1")
    text = page(cast.odd, f"customers/{cast.company['meridian']}/")
    for said in ("C-1", "Mira Dahl", "Lena Vogt", "Ward manager", "/reps/", "/terms/"):
        assert said in text
    for private in ("ICU consumables Q4", "4410", "Company admin", "lena@", "Over 500"):
        assert private not in text


def test_who_is_in_charge_is_ticked(cast: Cast) -> None:
    path = f"/c/norden/customers/{cast.company['meridian']}/reps/"
    people = {"reps": [cast.member["mira"], cast.member["tomas"]]}
    assert as_actor(cast.odd).post(path, people).status_code == 302
    assert set(CustomerRep.objects.values_list("member", flat=True)) == set(people["reps"])
    assert as_actor(cast.odd).post(path, {}).status_code == 302
    assert not CustomerRep.objects.exists()
    kinds = Event.objects.filter(type="customer.reps_assigned")
    assert {event.company_id for event in kinds} == {cast.company["norden"]}
    stranger = as_actor(cast.odd).post(path, {"reps": [cast.member["lena"]]})
    assert stranger.status_code == 422
    page(cast.mira, f"customers/{cast.company['meridian']}/reps/", status=403)
    page(cast.ines, f"customers/{cast.company['meridian']}/reps/", status=404)


def test_a_charge_opens_the_customer_to_who_sees_only_their_own(cast: Cast) -> None:
    Member.objects.filter(pk=cast.member["tomas"]).update(sees_all_customers=False)
    who = {"user_id": cast.user["tomas"], "company_slug": "norden"}
    page(cast.tomas, f"customers/{cast.company['meridian']}/", status=404)
    in_charge(cast, "meridian", "tomas")
    assert get_actor(channel="web", **who).customer_ids == {cast.company["meridian"]}
    page(cast.tomas, f"customers/{cast.company['meridian']}/")
    assert listed(cast, "") == ["Meridian Health Group"]
    page(cast.tomas, f"customers/{cast.company['kowalski']}/", status=404)


@pytest.mark.parametrize("who", ["tomas", "mira", "ines", "jan"])
def test_nobody_puts_themselves_or_others_in_charge(cast: Cast, who: str) -> None:
    company = Company.objects.get(slug="kowalski")
    ids = [cast.member["mira"]]
    with pytest.raises(Forbidden):
        assign_reps(company, member_ids=ids, actor=cast.actors[who], now=cast.now)


def test_the_owner_gives_nobody_of_another_company_and_not_themselves(cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        in_charge(cast, "kowalski", "ines")
    with pytest.raises(Forbidden):
        in_charge(cast, "kowalski", "odd")


def lund(cast: Cast) -> CompanyApplication:
    return apply_for_company(
        "Lund Dental",
        applicant_name="Eva Lund",
        email="eva@lund.example",
        actor=cast.odd,
        now=cast.now,
    )


def test_an_application_is_accepted_with_prices_and_people(cast: Cast) -> None:
    application = lund(cast)
    assert "Applications" in page(cast.odd, "").split("<main")[0]
    assert "customers/applications" not in page(cast.mira, "").split("<main")[0]
    path = f"/c/norden/customers/applications/{application.pk}/"
    meridian = PriceList.objects.get(key="meridian")
    agreed = {
        "slug": "lund",
        "payment_terms": "net_14",
        "price_lists": [meridian.pk],
        "reps": [cast.member["mira"]],
    }
    assert as_actor(cast.odd).post(path, agreed).status_code == 302
    company = Company.objects.get(slug="lund")
    assert list(CompanyPriceList.objects.filter(company=company).values_list("price_list")) == [
        (meridian.pk,)
    ]
    assert CustomerRep.objects.get(company=company).member_id == cast.member["mira"]


def test_one_thing_that_cannot_be_takes_nothing_of_it_in(cast: Cast) -> None:
    application = lund(cast)
    path = f"/c/norden/customers/applications/{application.pk}/"
    agreed = {"slug": "lund", "payment_terms": "net_14", "reps": [cast.member["odd"]]}
    assert as_actor(cast.odd).post(path, agreed).status_code == 422
    application.refresh_from_db()
    assert (application.status, Company.objects.filter(slug="lund").count()) == ("waiting", 0)


def test_a_price_list_of_another_currency_is_no_choice(cast: Cast) -> None:
    application = lund(cast)
    zloty = PriceList.objects.create(
        created_at=cast.now, key="pl", name="Zloty prices", currency="PLN"
    )
    text = page(cast.odd, f"customers/applications/{application.pk}/")
    assert "Zloty prices" not in text
    with pytest.raises(InvalidInput):
        agree_price_lists(
            Company.objects.get(slug="meridian"),
            price_lists=[zloty],
            actor=cast.odd,
            now=cast.now,
        )
