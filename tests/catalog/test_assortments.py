"""Assortments are kept by admins for their people and by the merchant for a customer."""

from typing import Any

import pytest

from placet.carts.actions import add_line, create_cart, paste_lines
from placet.carts.pricing import price_cart
from placet.catalog.actions import (
    AssortmentValues,
    Audience,
    Naming,
    change_assortment,
    close_assortment,
    create_assortment,
)
from placet.catalog.kept import get_assortment, list_assortments
from placet.catalog.models import Assortment
from placet.catalog.queries import get_product
from placet.companies.changing import ChangedMeanwhile
from placet.companies.models import Company, Member, Role, Unit
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.events.models import Event
from tests.cast import Cast

pytestmark = pytest.mark.django_db
OFFICE = AssortmentValues("No office goods", "deny", Naming(["office/"], ["GLV-L"]))


def meridian() -> Company:
    return Company.objects.get(slug="meridian")


def make(cast: Cast, actor: Actor, values: AssortmentValues = OFFICE) -> Assortment:
    return create_assortment(meridian(), values=values, actor=actor, now=cast.now)


def test_an_admin_keeps_goods_back_from_a_unit(cast: Cast) -> None:
    icu = Unit.objects.get(code="icu")
    made = make(cast, cast.ines, OFFICE._replace(audience=Audience(unit=icu)))
    assert (made.side, made.effect, made.unit_id) == ("buyer", "deny", icu.pk)
    cart = create_cart("Ward", actor=cast.lena, now=cast.now)
    for sku in ("PEN-B", "GLV-L"):
        with pytest.raises(InvalidInput) as refused:
            add_line(cart, sku=sku, quantity=1, actor=cast.lena, now=cast.now)
        assert refused.value.code == "not_allowed"
        assert "Ines Keller" in refused.value.detail, "whom to ask"
    with pytest.raises(NotFound):
        get_product(cast.lena, "PEN-B", now=cast.now)
    report = paste_lines(cart, text="GLV-M 2\nPEN-B 1", actor=cast.lena, now=cast.now)
    assert [row.outcome for row in report.rows] == ["ok", "not_allowed"]
    assert "Ines Keller" in report.rows[1].detail
    assert "GLV-L" not in report.rows[1].detail
    close_assortment(made, actor=cast.ines, now=cast.now)
    add_line(cart, sku="PEN-B", quantity=1, actor=cast.lena, now=cast.now)


def test_the_owner_of_the_cart_counts_whoever_fills_it(cast: Cast) -> None:
    cart = create_cart("Ward", actor=cast.lena, now=cast.now)
    lena = Member.objects.get(pk=cast.member["lena"])
    add_line(cart, sku="PEN-B", quantity=1, actor=cast.lena, now=cast.now)
    make(cast, cast.ines, OFFICE._replace(audience=Audience(member=lena)))
    priced = price_cart(cart, now=cast.now)
    assert (priced.unsellable, priced.not_allowed) == (("PEN-B",), ("PEN-B",))
    mine = create_cart("Mine", actor=cast.pavel, now=cast.now)
    add_line(mine, sku="PEN-B", quantity=1, actor=cast.pavel, now=cast.now)
    assert price_cart(mine, now=cast.now).unsellable == ()


def test_what_the_merchant_holds_back_is_simply_not_there(cast: Cast) -> None:
    made = make(cast, cast.mira)
    assert made.side == "merchant"
    cart = create_cart("Ward", actor=cast.lena, now=cast.now)
    with pytest.raises(InvalidInput) as refused:
        add_line(cart, sku="PEN-B", quantity=1, actor=cast.lena, now=cast.now)
    assert refused.value.code == "unknown"
    report = paste_lines(cart, text="PEN-B 1", actor=cast.lena, now=cast.now)
    assert [row.outcome for row in report.rows] == ["not_for_sale"]
    assert list(list_assortments(cast.ines, meridian())) == []
    with pytest.raises(NotFound):
        get_assortment(cast.ines, made.pk)
    event = Event.objects.get(subject=made.pk)
    assert event.company_id == cast.company["norden"], "the customer's trail does not tell"


def test_the_merchant_sees_nothing_of_a_company_s_own(cast: Cast) -> None:
    made = make(cast, cast.ines)
    assert list(list_assortments(cast.mira, meridian())) == []
    for act in (
        lambda: get_assortment(cast.mira, made.pk),
        lambda: close_assortment(made, actor=cast.mira, now=cast.now),
    ):
        with pytest.raises(NotFound):
            act()


def test_it_is_stated_anew_as_a_whole(cast: Cast) -> None:
    made = make(cast, cast.ines)
    values = AssortmentValues("Gloves alone", "allow", Naming(["consumables/gloves/"]))
    change_assortment(made, values=values, version=1, actor=cast.ines, now=cast.now)
    found = get_assortment(cast.ines, made.pk)
    assert [entry.category.path for entry in found.entries.all()] == ["consumables/gloves/"]
    assert (found.name, found.effect, found.version) == ("Gloves alone", "allow", 2)
    with pytest.raises(ChangedMeanwhile):
        change_assortment(made, values=OFFICE, version=1, actor=cast.ines, now=cast.now)
    close_assortment(made, actor=cast.ines, now=cast.now)
    for act in (
        lambda: close_assortment(made, actor=cast.ines, now=cast.now),
        lambda: change_assortment(made, values=OFFICE, actor=cast.ines, now=cast.now),
    ):
        with pytest.raises(Conflict):
            act()
    kinds = Event.objects.filter(subject=made.pk).order_by("seq").values_list("type", flat=True)
    assert list(kinds) == ["assortment.created", "assortment.changed", "assortment.closed"]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"effect": "hide"}, "effect"),
        ({"name": " "}, "name"),
        ({"naming": Naming()}, "categories"),
        ({"naming": Naming(["office"])}, "categories"),
        ({"naming": Naming((), ["NOPE"])}, "products"),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, changes: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        make(cast, cast.ines, OFFICE._replace(**changes))
    assert refused.value.path == path
    assert not Assortment.objects.exists()


def test_who_it_is_for_is_one_thing_of_the_company(cast: Cast) -> None:
    theirs = Unit.objects.get(company__slug="kowalski")
    icu = Unit.objects.get(code="icu")
    buyer = Role.objects.get(pk=cast.role["meridian/buyer"])
    for actor, audience in (
        (cast.ines, Audience(unit=theirs)),
        (cast.ines, Audience(unit=icu, role=buyer)),
        (cast.mira, Audience(unit=icu)),
    ):
        with pytest.raises(InvalidInput):
            make(cast, actor, OFFICE._replace(audience=audience))


@pytest.mark.parametrize("who", ["lena", "rashid", "aron", "tomas"])
def test_nobody_else_keeps_them(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        make(cast, getattr(cast, who))


@pytest.mark.parametrize("who", ["jan", "ola", "minjun"])
def test_to_outsiders_there_is_no_such_company(cast: Cast, who: str) -> None:
    with pytest.raises(NotFound):
        make(cast, getattr(cast, who))
