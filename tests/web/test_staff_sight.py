"""Whoever of the merchant's staff sees other customers finds nothing of Meridian, anywhere.

Everything in the world of the rights matrix is Meridian's. Runa works on orders and quotes for
Kowalski alone: each address and each operation is asked as her, with Meridian's things in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import transaction
from django.test import Client

from placet.companies.actions import add_member, create_api_key, grant_role
from placet.companies.actions.give_customers import give_customers
from placet.companies.models import Company, Member, Role, Unit, User
from placet.companies.queries import get_actor
from placet.core.actor import Actor
from placet.orders.queries import list_orders
from placet.orders.talking import list_suppliers_side
from placet.quotes.queries import list_quotes
from placet.quotes.talking import list_quotes_desk
from tests.api.caller import Caller, own_key_of
from tests.cast import Cast, load_cast
from tests.cast_people import system_of
from tests.web.rights.routes import list_operations, list_pages
from tests.web.rights.trying import COMPANY_OF, Ground, try_operation, try_page
from tests.web.test_leakage import BEARERS, IDS, _answers, _mark, _pages, mark_of

STAFF = {
    "runa": ("sales_rep", "merchant_orders"),
    "siri": ("sales_rep",),
    "kaja": ("catalog_keeper",),
    "torg": ("store_manager", "owner"),
}
"""Runa and Torg see Kowalski alone; Torg was the owner before."""
NARROW = ("runa", "torg")
OF_NO_CUSTOMER = ("guest_", "shared_", "template_")
"""What anybody may who holds a link, and the wordings that the desk keeps for its offers."""


@pytest.fixture
def cast(tried: Ground) -> Cast:
    return load_cast()


@pytest.fixture
def staffed(cast: Cast, tried: Ground) -> Iterator[Ground]:
    with transaction.atomic():
        yield with_staff(cast, tried)
        transaction.set_rollback(True)
    for name in STAFF:
        COMPANY_OF.pop(name, None)


def with_staff(cast: Cast, ground: Ground) -> Ground:
    """The ground with four more people of the merchant, their sessions and keys."""
    norden = Company.objects.get(slug="norden")
    sessions, callers = dict(ground.sessions), dict(ground.callers)
    for name, roles in STAFF.items():
        actor = _hired(cast, norden, name, roles)
        browser = Client()
        browser.force_login(User.objects.get(pk=actor.user_id))
        sessions[name] = browser.cookies["sessionid"].value
        callers[name] = own_key_of(actor)
        COMPANY_OF[name] = "norden"
    return replace(ground, sessions=sessions, callers=callers)


def _hired(cast: Cast, norden: Company, name: str, roles: tuple[str, ...]) -> Actor:
    system = system_of(norden)
    member = add_member(
        norden,
        email=f"{name}@norden.example",
        name=name.title(),
        unit=Unit.objects.get(company=norden),
        actor=system,
        now=cast.now,
    )
    for key in roles:
        role = Role.objects.get(company=norden, key=key)
        grant_role(member, role=role, actor=system, now=cast.now)
    if name in NARROW:
        kowalski = [cast.company["kowalski"]]
        give_customers(member, sees_all=False, company_ids=kowalski, actor=system, now=cast.now)
    return get_actor(user_id=member.user_id, company_slug="norden", channel="web")


def test_nothing_of_another_customer_is_told(staffed: Ground) -> None:
    meridian = Company.objects.get(slug="meridian")
    ids, mark = _mark(meridian), mark_of("meridian").strip().encode()
    told = []
    for address, answer in [*_pages(staffed, "runa"), *_answers(staffed, "runa")]:
        asked_for = set(IDS.findall(address.encode()))
        leaked = (set(IDS.findall(answer)) & ids) - asked_for
        leaked |= {mark} & ({mark} if mark in answer else set())
        if leaked:
            told.append((address, sorted(leaked)))
    assert told == []


def test_the_others_of_the_desk_are_told(staffed: Ground) -> None:
    """Otherwise the test above would prove nothing."""
    meridian = Company.objects.get(slug="meridian")
    ids = _mark(meridian)
    for person, least in (("tomas", 10), ("siri", 3)):
        pages = [*_pages(staffed, person), *_answers(staffed, person)]
        assert sum(bool(set(IDS.findall(answer)) & ids) for _at, answer in pages) > least


def test_nothing_of_another_customer_is_changed(staffed: Ground) -> None:
    done = []
    for route in list_pages():
        named = [name for name in route.parameters if name != "company"]
        if _is_known(staffed, route.name, named) and not route.address.startswith(BEARERS):
            done += [(route.name, said) for said in try_page(staffed, route, "POST", "runa")]
    for operation in list_operations():
        if operation.method != "GET" and _is_known(staffed, operation.name, operation.parameters):
            done += [(operation.name, said) for said in try_operation(staffed, operation, "runa")]
    changed = {name for name, said in done if said < "400" and said != "back"}
    of_customers = {
        name for name in changed if not name.startswith(OF_NO_CUSTOMER) and "template" not in name
    }
    assert sorted(of_customers) == []


def test_the_owner_who_sees_some_customers_keeps_nothing_that_concerns_the_store(
    cast: Cast, staffed: Ground
) -> None:
    torg = _actor("torg")
    assert torg.customer_ids == {cast.company["kowalski"]}
    for permission in ("member.manage", "audit.view", "webhook.manage", "key.manage"):
        assert not torg.holds_anywhere(permission)
    assert torg.holds("order.process")


def test_a_key_sees_no_more_than_whoever_made_it(cast: Cast, staffed: Ground) -> None:
    """A key of the company that somebody made before their customers were given to them."""
    norden = Company.objects.get(slug="norden")
    key, secret = create_api_key(
        norden, name="ERP", scopes=["order.process", "customer.view"], actor=cast.odd, now=cast.now
    )
    caller = Caller(secret)
    assert caller.get("/orders").json["data"]
    Member.objects.filter(pk=key.created_by_id).update(sees_all_customers=False)
    assert caller.get("/orders").json["data"] == []
    assert [one["slug"] for one in caller.get("/companies").json["data"]] == ["norden"]


def test_only_who_sees_a_customer_is_told_of_it(cast: Cast, staffed: Ground) -> None:
    order = list_orders(cast.tomas).filter(company_id=cast.company["meridian"]).first()
    quote = list_quotes(cast.mira).filter(company_id=cast.company["meridian"]).first()
    assert order is not None
    assert quote is not None
    runa, siri = _actor("runa").member_id, _actor("siri").member_id
    assert runa not in list_suppliers_side(order)
    assert cast.member["tomas"] in list_suppliers_side(order)
    assert runa not in list_quotes_desk(quote)
    assert siri in list_quotes_desk(quote)


def _is_known(ground: Ground, name: str, parameters: list[str]) -> bool:
    """Whether it is about a thing; what nobody named fails in the matrix of rights."""
    known = ground.world.values
    return bool(parameters) and all(f"{name}.{one}" in known or one in known for one in parameters)


def _actor(name: str) -> Actor:
    user = User.objects.get(email=f"{name}@norden.example")
    return get_actor(user_id=user.pk, company_slug="norden", channel="web")
