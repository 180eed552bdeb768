"""The set-up of a new company: what is done is looked up, and it goes away by itself."""

from __future__ import annotations

import pytest

from placet.companies.models import Company, Member
from placet.companies.queries import get_actor
from placet.core.actor import system_actor
from placet.requisitions.actions.register_company import Founder, register_company
from placet.web.checklist.page import find_unfinished, read_checklist
from tests.cast import Cast
from tests.web.pages import as_actor, page

pytestmark = pytest.mark.django_db


def undone(company: str, cast: Cast) -> set[str]:
    """The places of what is left, for the founder of a company."""
    founder = Member.objects.get(company__slug=company, user__name="Nora Falk")
    actor = get_actor(user_id=founder.user_id, company_slug=company, channel="web")
    found = read_checklist(actor)
    assert found is not None
    return {item.task.place for item in found.items if not item.is_done}


def found(cast: Cast, kind: str) -> Company:
    """A company that has just begun."""
    return register_company(
        "Falk",
        slug="falk",
        kind=kind,
        currency="EUR",
        founder=Founder("Nora Falk", "nora@falk.example"),
        actor=system_actor("", "", "merchant", "EUR"),
        now=cast.now,
    )


def test_a_new_company_has_everything_ahead_and_each_thing_goes_when_it_is_there(
    cast: Cast,
) -> None:
    company = found(cast, "business")
    places = {"members", "units", "addresses", "cost_centers", "rules", "budgets"}
    assert undone("falk", cast) == places
    nora = Member.objects.get(company=company)
    client = as_actor(get_actor(user_id=nora.user_id, company_slug="falk", channel="web"))
    assert "0 of 7 done" in client.get("/c/falk/").content.decode()
    wish = {"kind": "ship_to", "name": "Here", "street": "A 1", "postcode": "1", "city": "B"}
    client.post("/c/falk/addresses/new/", {**wish, "country": "DE", "place": "company:"})
    client.post("/c/falk/cost-centers/new/", {"code": "1", "name": "All", "place": "company:"})
    assert undone("falk", cast) == places - {"addresses", "cost_centers"}
    assert "2 of 7 done" in client.get("/c/falk/set-up/").content.decode()


def test_a_household_has_less_to_do(cast: Cast) -> None:
    found(cast, "household")
    assert undone("falk", cast) == {"members", "addresses", "rules"}


def test_what_is_set_up_is_not_shown_at_home(cast: Cast) -> None:
    kept = read_checklist(cast.ines)
    assert kept is not None
    left = {item.task.place for item in kept.items if not item.is_done}
    assert (find_unfinished(cast.ines) is None) == (not left)
    assert find_unfinished(cast.lena) is None
    assert find_unfinished(cast.odd) is None
    assert "Set up</h2>" not in page(cast.lena, "")
    page(cast.lena, "set-up/", status=403)
    page(cast.odd, "set-up/", status=404)
