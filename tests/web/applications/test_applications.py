"""Two doors for strangers, and what the merchant does with who knocks."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from placet.companies.models import Company, CompanyApplication, Member, User
from placet.core.actor import Actor
from tests.cast import Cast
from tests.web.pages import as_actor, page

pytestmark = pytest.mark.django_db

APPLY = {
    "name": "Falk Dental",
    "person": "Nora Falk",
    "email": "nora@falk.example",
    "tax_number": "DE1",
    "time_zone": "Europe/Berlin",
    "message": "Gloves, mostly.",
}
SIGN_UP = {
    "name": "The Falks",
    "person": "Nora Falk",
    "email": "nora@falk.example",
    "time_zone": "Europe/Berlin",
}


@pytest.fixture(autouse=True)
def _no_counts_of_others() -> None:
    cache.clear()


def send(actor: Actor, path: str, **wish: Any) -> Any:
    """What the merchant's page answers."""
    return as_actor(actor).post(f"/c/{actor.company_slug}/customers/{path}", wish)


def applied(cast: Cast) -> CompanyApplication:
    """Nora's application, sent through the public page."""
    assert Client().post("/apply/", APPLY).status_code == 302
    return CompanyApplication.objects.get()


def test_a_company_applies_and_is_accepted(cast: Cast) -> None:
    application = applied(cast)
    assert not Company.objects.filter(name="Falk Dental").exists()
    listed = page(cast.odd, "customers/applications/")
    assert "Falk Dental" in listed
    assert "Gloves, mostly." in listed
    assert 'value="falk-dental"' in page(cast.odd, f"customers/applications/{application.pk}/")
    wish = {"slug": "falk", "payment_terms": "net_14"}
    assert send(cast.odd, f"applications/{application.pk}/", **wish).status_code == 302
    company = Company.objects.get(slug="falk")
    assert (company.payment_terms, company.kind) == ("net_14", "business")
    nora = Member.objects.get(company=company)
    assert nora.user.email == "nora@falk.example"
    assert send(cast.odd, f"applications/{application.pk}/", **wish).status_code == 422


def test_declining_needs_a_reason_and_is_once(cast: Cast) -> None:
    application = applied(cast)
    path = f"applications/{application.pk}/decline/"
    assert send(cast.odd, path, answer=" ").status_code == 422
    assert send(cast.odd, path, answer="We sell in Norway alone.").status_code == 302
    assert send(cast.odd, path, answer="Again").status_code == 422
    shown = page(cast.odd, f"customers/applications/{application.pk}/")
    assert "We sell in Norway alone." in shown
    assert "Falk Dental" in page(cast.odd, "customers/applications/?state=declined")


def test_a_lone_shopper_is_a_household_of_one(cast: Cast) -> None:
    assert Client().post("/sign-up/", SIGN_UP).status_code == 302
    company = Company.objects.get(name="The Falks")
    assert company.kind == "household"
    nora = Member.objects.get(company=company)
    assert not nora.user.has_usable_password()


def test_nobody_learns_whether_an_address_is_known(cast: Cast) -> None:
    answers = []
    for email in ("lena@meridian.example", "stranger@nowhere.example"):
        for path, wish in (("/apply/", APPLY), ("/sign-up/", SIGN_UP)):
            answer = Client().post(path, {**wish, "email": email}, follow=True)
            answers.append((path, answer.status_code, answer.content))
    assert answers[:2] == answers[2:]
    lena = User.objects.get(email="lena@meridian.example")
    assert (lena.name, lena.pk) == ("Lena Vogt", cast.user["lena"])


def test_no_role_kind_or_company_is_believed(cast: Cast) -> None:
    more = {
        "kind": "merchant",
        "role": "owner",
        "company": cast.company["norden"],
        "status": "accepted",
        "currency": "USD",
        "payment_terms": "net_365",
    }
    assert Client().post("/apply/", {**APPLY, **more}).status_code == 302
    application = CompanyApplication.objects.get()
    said = (application.kind, application.status, application.company, application.currency)
    assert said == ("business", "waiting", None, "EUR")
    Client().post("/sign-up/", {**SIGN_UP, **more, "email": "x@falk.example"})
    company = Company.objects.get(name="The Falks")
    assert (company.kind, company.currency, company.payment_terms) == ("household", "EUR", "net_30")


@pytest.mark.parametrize("path", ["/apply/", "/sign-up/"])
@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("email", "nobody"),
        ("email", "a@b.example\nBcc: c@d.example"),
        ("name", ""),
        ("name", "Win at www.spam.example"),
        ("person", "https://spam.example/win"),
        ("time_zone", "Mars"),
        ("name", "x" * 121),
        ("person", "a\x00b"),
    ],
)
def test_what_cannot_be_comes_back_and_nothing_is_made(
    cast: Cast, path: str, name: str, typed: str
) -> None:
    before = Company.objects.count()
    answer = Client().post(path, {**APPLY, name: typed})
    assert answer.status_code == 422
    assert Company.objects.count() == before
    assert not CompanyApplication.objects.exists()


def test_too_often_to_one_address_or_from_one_place(cast: Cast) -> None:
    for number in range(5):
        answer = Client().post("/sign-up/", {**SIGN_UP, "name": f"Falks {number}"})
        assert answer.status_code == 302
    refused = Client().post("/sign-up/", SIGN_UP)
    assert refused.status_code == 429
    assert "too often" in refused.content.decode()
    for number in range(4):
        Client().post("/sign-up/", {**SIGN_UP, "email": f"n{number}@falk.example"})
    assert Client().post("/sign-up/", {**SIGN_UP, "email": "z@f.example"}).status_code == 429


def test_the_merchant_registers_a_customer_without_an_application(cast: Cast) -> None:
    wish = {
        **APPLY,
        "slug": "falk",
        "kind": "business",
        "payment_terms": "net_30",
        "currency": "eur",
        "language": "pl",
    }
    assert send(cast.odd, "new/", **wish).status_code == 302
    company = Company.objects.get(slug="falk")
    assert (company.currency, company.language, company.kind) == ("EUR", "pl", "business")
    again = send(cast.odd, "new/", **wish)
    assert again.status_code == 422
    assert "Falk Dental" in again.content.decode()
    assert send(cast.odd, "new/", **{**wish, "kind": "merchant"}).status_code == 422


def test_terms_and_suspension_are_the_owners(cast: Cast) -> None:
    kowalski = Company.objects.get(slug="kowalski")
    terms = {
        "name": kowalski.name,
        "external_id": "K-77",
        "tax_number": "PL 525",
        "payment_terms": "prepayment",
        "currency": "PLN",
        "version": str(kowalski.version),
    }
    assert send(cast.odd, f"{kowalski.pk}/terms/", **terms).status_code == 302
    assert send(cast.odd, f"{kowalski.pk}/terms/", **terms).status_code == 422
    assert "Suspend the company" in page(cast.odd, f"customers/{kowalski.pk}/")
    assert "Suspend the company" not in page(cast.tomas, f"customers/{kowalski.pk}/")
    assert send(cast.tomas, f"{kowalski.pk}/suspend/").status_code == 403
    for unsure in ({}, {"name": kowalski.name}, {"reason": "Unpaid.", "name": "Kowalski"}):
        assert send(cast.odd, f"{kowalski.pk}/suspend/", **unsure).status_code == 302
        page(cast.ola, "carts/")
    sure = {"reason": "Unpaid since August.", "name": kowalski.name}
    assert send(cast.odd, f"{kowalski.pk}/suspend/", **sure).status_code == 302
    assert "Unpaid since August." in page(cast.odd, f"customers/{kowalski.pk}/")
    assert "Unpaid" not in page(cast.ola, "carts/", status=403)
    page(cast.ola, "carts/", status=403)
    assert "Suspended" in page(cast.odd, f"customers/{kowalski.pk}/")
    assert send(cast.odd, f"{kowalski.pk}/resume/").status_code == 302
    page(cast.ola, "carts/")
    kowalski.refresh_from_db()
    assert (kowalski.external_id, kowalski.tax_number) == ("K-77", "PL 525")
    assert (kowalski.suspended_reason, kowalski.suspended_at) == ("", None)
    assert (kowalski.payment_terms, kowalski.status) == ("prepayment", "active")


def test_for_buyers_there_is_none_of_it(cast: Cast) -> None:
    application = applied(cast)
    for path in ("applications/", f"applications/{application.pk}/", "new/"):
        page(cast.ines, f"customers/{path}", status=404)
        page(cast.tomas, f"customers/{path}", status=403)
    assert send(cast.ines, f"{cast.company['kowalski']}/suspend/").status_code == 404
    assert Company.objects.get(slug="kowalski").status == "active"
