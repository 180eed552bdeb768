"""The store's settings, and where everybody reads them."""

from __future__ import annotations

import pytest
from django.test import Client

from placet.companies.actions import change_store
from placet.companies.models import Company
from tests.cast import Cast
from tests.web.pages import as_actor, page

pytestmark = pytest.mark.django_db
SAID = {
    "version": "0",
    "support_email": "help@norden.example",
    "support_phone": "+49 30 1234",
    "imprint": "Norden Supply GmbH\nHRB 1234",
    "accent_hue": "20",
    "quote_valid_days": "21",
}


def test_the_owner_sets_it_and_strangers_read_it(cast: Cast) -> None:
    assert "has not said yet whom to ask" in Client().get("/contact/").content.decode()
    assert Client().get("/store.css").content == b""
    path = "/c/norden/company/store/"
    assert "company/store/" in page(cast.odd, "company/")
    answer = as_actor(cast.odd).post(path, SAID, follow=True).content.decode()
    assert "Pages, mails and papers say it from now on." in answer
    contact = Client().get("/contact/").content.decode()
    for said in ("help@norden.example", "+49 30 1234", "HRB 1234", "Monday to Friday, 09:00"):
        assert said in contact
    style = Client().get("/store.css")
    assert style.content == b":root { --hue: 20; }\n"
    assert style["Content-Type"].startswith("text/css")
    again = Client().get("/store.css", headers={"If-None-Match": style["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_every_page_leads_to_the_contact_and_wears_the_colour(cast: Cast) -> None:
    for text in (page(cast.lena, ""), Client().get("/account/login/").content.decode()):
        assert 'href="/contact/"' in text
        assert 'href="/store.css"' in text


def test_a_colour_that_cannot_be_read_comes_back_with_another(cast: Cast) -> None:
    answer = as_actor(cast.odd).post("/c/norden/company/store/", {**SAID, "accent_hue": "190"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "The nearest that works is" in text
    assert "HRB 1234" in text


def test_a_second_writer_is_told(cast: Cast) -> None:
    change_store(support_phone="1", actor=cast.odd, now=cast.now)
    answer = as_actor(cast.odd).post("/c/norden/company/store/", SAID)
    assert answer.status_code == 422
    assert "Somebody changed this meanwhile." in answer.content.decode()


def test_opening_days_that_are_no_row_are_listed(cast: Cast) -> None:
    change_store(support_phone="1", actor=cast.odd, now=cast.now)
    Company.objects.filter(kind="merchant").update(working_days=[1, 3, 6])
    assert "Monday, Wednesday, Saturday, 09:00" in Client().get("/contact/").content.decode()


def test_nobody_else_finds_the_page(cast: Cast) -> None:
    page(cast.mira, "company/store/", status=403)
    page(cast.ines, "company/store/", status=404)
