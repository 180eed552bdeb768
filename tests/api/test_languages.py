"""Refusals in the language of whoever the key acts for; before that is known, of the program."""

from __future__ import annotations

import pytest
from django.test import Client

from placet.companies.models import Member
from tests.api.caller import Caller
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_polish(cast: Cast, lena: Caller) -> Caller:
    """Lena has chosen Polish."""
    Member.objects.filter(pk=cast.member["lena"]).update(language="pl")
    return lena


def test_a_refusal_is_in_the_members_language(in_polish: Caller) -> None:
    answer = in_polish.get("/carts/cart_9")
    assert (answer.status, answer.json["code"]) == (404, "not_found")
    assert answer.json["title"] == "Nie ma czegoś takiego"
    assert answer.json["detail"].startswith("Nie ma takiego koszyka")


@pytest.mark.parametrize(
    ("body", "english", "polish"),
    [
        ({}, "This is needed.", "To jest wymagane."),
        ({"name": 7}, "Write a text.", "Wpisz tekst."),
        ({"name": "x" * 999}, "At most 200 characters.", "Najwyżej 200 znaków."),
        ({"name": "Week", "colour": "red"}, "There is no such field.", "Nie ma takiego pola."),
    ],
)
def test_a_value_that_does_not_fit_is_explained_in_it(
    lena: Caller, cast: Cast, body: dict[str, object], english: str, polish: str
) -> None:
    assert lena.post("/carts", body).json["errors"][0]["detail"] == english
    Member.objects.filter(pk=cast.member["lena"]).update(language="pl")
    assert lena.post("/carts", body).json["errors"][0]["detail"] == polish


def test_a_stranger_is_refused_in_the_language_of_the_program(cast: Cast) -> None:
    asked = Client().get("/api/v1/carts", headers={"accept-language": "pl"})
    assert (asked.status_code, asked.json()["title"]) == (401, "Kim jesteś?")
