"""The company's own settings on their page."""

from __future__ import annotations

from typing import Any

import pytest

from placet.companies.models import Company
from placet.core.actor import Actor
from tests.cast import Cast
from tests.web.pages import as_actor, page

pytestmark = pytest.mark.django_db

WISH = {
    "version": "1",
    "name": "Meridian Health",
    "tax_number": "DE298450113",
    "language": "en",
    "time_zone": "Europe/Warsaw",
    "fiscal_year_month": "4",
    "po_pattern": r"PR-\d{5}",
    "po_hint": "PR-88121",
    "mail_decisions": "up_to",
    "mail_decisions_up_to_minor": "1200.50",
    "second_factor": "optional",
}


def send(actor: Actor, **changes: Any) -> Any:
    """What comes back after saving."""
    company = Company.objects.get(pk=actor.company_id)
    wish = {**WISH, "version": str(company.version), **changes}
    return as_actor(actor).post(f"/c/{actor.company_slug}/company/", wish)


def test_what_is_set_is_kept_and_shown_again(cast: Cast) -> None:
    assert send(cast.ines).status_code == 302
    company = Company.objects.get(slug="meridian")
    assert (company.name, company.time_zone) == ("Meridian Health", "Europe/Warsaw")
    assert (company.fiscal_year_month, company.po_hint) == (4, "PR-88121")
    assert (company.mail_decisions, company.mail_decisions_up_to_minor) == ("up_to", 120_050)
    shown = page(cast.ines, "company/")
    assert 'value="1,200.50"' in shown or 'value="1200.50"' in shown
    assert "30 days net" in shown


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("name", " "),
        ("time_zone", "Mars/Olympus"),
        ("fiscal_year_month", "13"),
        ("fiscal_year_month", "zero"),
        ("mail_decisions_up_to_minor", "-1"),
        ("mail_decisions_up_to_minor", ""),
        ("po_pattern", "(a+)+"),
        ("second_factor", "nobody"),
        ("language", "xx"),
        ("version", "x"),
    ],
)
def test_what_cannot_be_comes_back_with_what_was_typed(cast: Cast, name: str, typed: str) -> None:
    answer = send(cast.ines, **{name: typed, "tax_number": "DE1-typed"})
    assert answer.status_code == 422
    assert "DE1-typed" in answer.content.decode()
    assert Company.objects.get(slug="meridian").name == "Meridian Health Group"


def test_two_admins_at_once_do_not_overwrite_each_other(cast: Cast) -> None:
    seen = str(Company.objects.get(slug="meridian").version)
    assert send(cast.ines).status_code == 302
    late = send(cast.ines, version=seen, name="Another name")
    assert late.status_code == 422
    assert "Somebody changed this meanwhile" in late.content.decode()
    assert Company.objects.get(slug="meridian").name == "Meridian Health"


def test_terms_and_currency_are_not_believed_from_a_form(cast: Cast) -> None:
    send(cast.ines, payment_terms="net_365", currency="USD", kind="merchant", status="suspended")
    company = Company.objects.get(slug="meridian")
    kept = (company.payment_terms, company.currency, company.kind, company.status)
    assert kept == ("net_30", "EUR", "business", "active")


def test_a_family_reads_fewer_words(cast: Cast) -> None:
    shown = page(cast.minjun, "company/")
    assert "Family settings" in shown
    for word in ("PO reference", "fiscal year", "tax number", "Cost centres"):
        assert word not in shown
    assert send(cast.minjun, name="The Parks").status_code == 302
    park = Company.objects.get(slug="park")
    assert (park.name, park.fiscal_year_month) == ("The Parks", 1)


def test_the_merchant_has_settings_too(cast: Cast) -> None:
    assert "Agreed with the supplier" not in page(cast.odd, "company/")
    assert send(cast.odd, name="Norden").status_code == 302


def test_an_owner_of_a_category_is_named_and_taken_away(cast: Cast) -> None:
    shown = page(cast.ines, "company/categories/")
    category = shown.split('<option value="cat_')[1].split('"')[0]
    wish = {"category": f"cat_{category}", "member": cast.member["helena"]}
    client = as_actor(cast.ines)
    assert client.post("/c/meridian/company/categories/", wish).status_code == 302
    table = page(cast.ines, "company/categories/").split("<aside")[1]
    shown = page(cast.ines, "company/categories/")
    assert "Helena Brandt</td>" in shown.replace("\n", "")
    assert table
    foreign = {**wish, "member": cast.member["ola"]}
    assert client.post("/c/meridian/company/categories/", foreign).status_code == 422
    client.post("/c/meridian/company/categories/", {**wish, "member": ""})
    assert "Nobody answers for a category yet" in page(cast.ines, "company/categories/")
