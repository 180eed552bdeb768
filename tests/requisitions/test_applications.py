"""A company applies and is let in, or not; a lone shopper is a household of one and orders."""

from __future__ import annotations

import pytest

from placet.carts.actions import add_line, create_cart, describe_cart
from placet.companies.actions import add_address, change_company
from placet.companies.changing import ChangedMeanwhile
from placet.companies.models import Company, CompanyApplication, Member
from placet.companies.queries import get_actor
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.jobs.verify import verify
from placet.requisitions.actions import (
    accept_application,
    apply_for_company,
    decline_application,
    sign_up_household,
)
from tests.cast import Cast
from tests.cast_people import system_of
from tests.notices.conftest import PostOffice, post
from tests.requisitions.road import GLOVES, fill_cart, submit

__all__ = ["post"]
pytestmark = pytest.mark.django_db


def somebody(cast: Cast) -> Actor:
    """Whoever stands at the public door: they are nobody yet."""
    return system_of(Company.objects.get(slug="norden"))


def application(cast: Cast, email: str = "greta@lindqvist.example") -> CompanyApplication:
    return apply_for_company(
        "Lindqvist & Co",
        applicant_name="Greta Lindqvist",
        email=email,
        actor=somebody(cast),
        now=cast.now,
    )


def accept(one: CompanyApplication, actor: Actor, cast: Cast) -> Company:
    return accept_application(
        one, slug="lindqvist", payment_terms="net_14", actor=actor, now=cast.now
    )


def orders_freely(actor: Actor, cast: Cast) -> str:
    company = Company.objects.get(pk=actor.company_id)
    address = add_address(
        company, kind="ship_to", name="Home", street="Weg 1", postcode="1", city="Berlin",
        country="DE", actor=actor, now=cast.now,
    )  # fmt: skip
    cart = create_cart("First", actor=actor, now=cast.now)
    add_line(cart, sku=GLOVES, quantity=1, actor=actor, now=cast.now)
    cart = describe_cart(cart, ship_to_id=address.id, actor=actor, now=cast.now)
    return submit(cart, actor=actor, now=cast.now).status


def test_who_is_let_in_runs_the_company_and_orders(cast: Cast, post: PostOffice) -> None:
    one = application(cast)
    assert not Company.objects.filter(name="Lindqvist & Co").exists(), "nothing before the answer"
    company = accept(one, cast.odd, cast)
    assert (company.payment_terms, company.kind) == ("net_14", "business")
    (mail,) = post.work()
    assert mail.to == ["greta@lindqvist.example"]
    greta = Member.objects.get(company=company)
    actor = get_actor(user_id=greta.user_id, company_slug="lindqvist", channel="web")
    assert orders_freely(actor, cast) == "ordered"
    with pytest.raises(Conflict):
        accept(one, cast.odd, cast)
    assert verify() == []


def test_a_second_application_from_the_same_address_changes_the_first(cast: Cast) -> None:
    first, second = application(cast), application(cast)
    assert first.pk == second.pk
    decline_application(first, answer="Not in your country.", actor=cast.odd, now=cast.now)
    assert application(cast).pk != first.pk
    with pytest.raises(Conflict):
        accept(first, cast.odd, cast)


def test_only_the_merchants_owner_answers(cast: Cast) -> None:
    one = application(cast)
    for stranger in (cast.ines, cast.tomas):
        with pytest.raises(Forbidden):
            accept(one, stranger, cast)
        with pytest.raises(Forbidden):
            decline_application(one, answer="No", actor=stranger, now=cast.now)
    with pytest.raises(InvalidInput):
        decline_application(one, answer=" ", actor=cast.odd, now=cast.now)
    with pytest.raises(InvalidInput):
        application(cast, email="nobody")


def test_a_lone_shopper_is_a_household_of_one(cast: Cast, post: PostOffice) -> None:
    for number, slug in ((1, "the-winters"), (2, "the-winters-2")):
        company = sign_up_household(
            "The Winters",
            person_name="Ada Winter",
            email=f"ada{number}@winter.example",
            actor=somebody(cast),
            now=cast.now,
        )
        assert (company.slug, company.kind) == (slug, "household")
        ada = Member.objects.get(company=company)
        actor = get_actor(user_id=ada.user_id, company_slug=slug, channel="web")
        assert orders_freely(actor, cast) == "ordered"
    assert len(post.work()) == 2 + 2


def test_an_admin_changes_the_settings_and_the_merchant_the_terms(cast: Cast) -> None:
    meridian = Company.objects.get(slug="meridian")
    seen = meridian.version
    change_company(
        meridian, name="Meridian", fiscal_year_month=4, version=seen, actor=cast.ines, now=cast.now
    )
    with pytest.raises(ChangedMeanwhile):
        change_company(meridian, name="M", version=seen, actor=cast.ines, now=cast.now)
    with pytest.raises(Forbidden):
        change_company(meridian, payment_terms="net_90", actor=cast.ines, now=cast.now)
    change_company(meridian, payment_terms="net_60", actor=cast.odd, now=cast.now)
    change_company(meridian, currency="PLN", actor=cast.odd, now=cast.now)
    change_company(meridian, currency="EUR", actor=cast.odd, now=cast.now)
    submit(fill_cart(cast, (GLOVES, 1)), actor=cast.lena, now=cast.now)
    with pytest.raises(Conflict):
        change_company(meridian, currency="PLN", actor=cast.odd, now=cast.now)
    for wrong in ({"time_zone": "Mars/Base"}, {"fiscal_year_month": 13}, {"name": " "}):
        with pytest.raises(InvalidInput):
            change_company(meridian, actor=cast.ines, now=cast.now, **wrong)  # type: ignore[arg-type]
    with pytest.raises(Forbidden):
        change_company(meridian, name="X", actor=cast.lena, now=cast.now)
    with pytest.raises(NotFound):
        change_company(meridian, name="X", actor=cast.jan, now=cast.now)
