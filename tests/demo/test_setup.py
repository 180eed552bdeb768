"""A real installation: once, without asking, from nothing."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from placet.catalog.models import PriceList, StoreTerms
from placet.companies.models import Company, Member, Role, User
from placet.companies.queries import get_actor
from placet.jobs.management.commands.setup import PASSWORD_VARIABLE, basis_points
from placet.jobs.verify import verify
from tests.cast import Cast

PASSWORD = "correct horse battery staple"
ANSWERS = {
    "name": "Norden Supply",
    "currency": "eur",
    "tax": "19",
    "time_zone": "Europe/Berlin",
    "admin_name": "Erik Norden",
    "admin_email": "Erik@Norden.example",
    "no_input": True,
}


def set_up(**changes: object) -> str:
    """Run the command without questions; returns what it said."""
    said = io.StringIO()
    call_command("setup", **{**ANSWERS, **changes}, stdout=said)
    return said.getvalue()


@pytest.fixture
def with_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, PASSWORD)


@pytest.mark.usefixtures("empty_db", "with_password")
class TestFromNothing:
    """Every story begins with empty tables."""

    def test_there_is_a_merchant_with_terms_prices_and_an_owner(self) -> None:
        said = set_up()
        company = Company.objects.get()
        assert (company.kind, company.slug, company.currency) == (
            "merchant",
            "norden-supply",
            "EUR",
        )
        assert StoreTerms.objects.get(currency="EUR").shipping_tax_basis_points == 1900
        assert PriceList.objects.get().is_default
        assert Role.objects.filter(company=company, is_builtin=True).count() == 5
        owner = Member.objects.get()
        actor = get_actor(user_id=owner.user_id, company_slug=company.slug, channel="web")
        assert actor.holds("member.manage")
        assert actor.holds("company.manage")
        assert "Norden Supply is set up" in said
        assert PASSWORD not in said
        assert verify() == []

    def test_the_owner_signs_in_with_the_password(self) -> None:
        set_up()
        assert Client().login(email="erik@norden.example", password=PASSWORD)

    def test_a_second_time_is_refused_and_changes_nothing(self) -> None:
        set_up()
        with pytest.raises(CommandError, match="set up already"):
            set_up(name="Another", admin_email="other@norden.example")
        assert User.objects.count() == 1

    def test_without_a_password_one_is_made_and_shown_once(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv(PASSWORD_VARIABLE)
        said = set_up()
        shown = next(line for line in said.splitlines() if "shown this once" in line)
        assert Client().login(email="erik@norden.example", password=shown.split(": ")[1])

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"name": ""}, "--name is missing"),
            ({"admin_email": ""}, "--admin-email is missing"),
            ({"admin_email": "nobody"}, "email"),
            ({"currency": "EURO"}, "currency"),
            ({"tax": "lots"}, "--tax"),
            ({"tax": "101"}, "tax"),
            ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ],
    )
    def test_what_cannot_be_leaves_nothing_behind(self, changes: dict[str, str], says: str) -> None:
        with pytest.raises(CommandError, match=says):
            set_up(**changes)
        assert not Company.objects.exists()
        assert not User.objects.exists()

    def test_a_weak_password_leaves_nothing_behind(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(PASSWORD_VARIABLE, "12345")
        with pytest.raises(CommandError, match="password"):
            set_up()
        assert not Company.objects.exists()


@pytest.mark.django_db
def test_an_installation_that_has_a_merchant_is_refused(cast: Cast) -> None:
    with pytest.raises(CommandError, match="set up already"):
        set_up()


@pytest.mark.parametrize(
    ("text", "expected"), [("19", 1900), ("7.7", 770), ("7,75 %", 775), ("0", 0), ("100", 10_000)]
)
def test_percentages_as_people_write_them(text: str, expected: int) -> None:
    assert basis_points(text) == expected


@pytest.mark.parametrize("text", ["", "x", "-1", "1.234", "1e2", "²", "1000"])
def test_what_is_no_percentage(text: str) -> None:
    with pytest.raises(CommandError):
        basis_points(text)
