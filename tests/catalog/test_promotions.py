"""Promotions and tax classes as the merchant keeps them; a product changed as it was seen."""

from typing import Any

import pytest

from placet.catalog.actions import (
    Naming,
    PromotionValues,
    change_product,
    change_promotion,
    change_tax_class,
    create_promotion,
    create_tax_class,
    end_promotion,
)
from placet.catalog.models import Product, Promotion, TaxClass
from placet.catalog.product_values import values_of
from placet.companies.changing import ChangedMeanwhile
from placet.companies.models import Company
from placet.core.errors import Conflict, Forbidden, InvalidInput
from tests.cast import Cast

pytestmark = pytest.mark.django_db
GLOVES = PromotionValues(
    "Gloves week",
    "line_percent",
    "EUR",
    basis_points=1000,
    from_quantity=5,
    amount_minor=777,
    naming=Naming(["consumables/gloves/"], ["PEN-B"]),
)


def make(cast: Cast, values: PromotionValues = GLOVES, key: str = "gloves") -> Promotion:
    return create_promotion(key, values=values, actor=cast.mira, now=cast.now)


def test_a_promotion_is_made_changed_and_ended(cast: Cast) -> None:
    made = make(cast)
    assert (made.from_quantity, made.basis_points, made.amount_minor) == (5, 1000, 0)
    assert made.entries.count() == 2
    values = GLOVES._replace(
        kind="order_amount", amount_minor=500, from_goods_minor=10_000, naming=Naming()
    )
    change_promotion(made, values=values, version=1, actor=cast.mira, now=cast.now)
    assert (made.amount_minor, made.basis_points, made.entries.count()) == (500, 0, 0)
    with pytest.raises(ChangedMeanwhile):
        change_promotion(made, values=values, version=1, actor=cast.mira, now=cast.now)
    end_promotion(made, actor=cast.mira, now=cast.now)
    assert made.ended_at == cast.now
    for act in (
        lambda: end_promotion(made, actor=cast.mira, now=cast.now),
        lambda: change_promotion(made, values=values, actor=cast.mira, now=cast.now),
        lambda: make(cast),
    ):
        with pytest.raises(Conflict):
            act()


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"kind": "gift"}, "kind"),
        ({"currency": "euro"}, "currency"),
        ({"basis_points": 0}, "basis_points"),
        ({"basis_points": 10_001}, "basis_points"),
        ({"from_quantity": 0}, "from_quantity"),
        ({"from_goods_minor": -1}, "from_goods_minor"),
        ({"kind": "order_amount", "amount_minor": 0, "naming": Naming()}, "amount_minor"),
        ({"kind": "order_percent"}, "categories"),
        ({"naming": Naming(["gloves/"])}, "categories"),
        ({"name": ""}, "name"),
    ],
)
def test_what_takes_nothing_off_is_refused(cast: Cast, changes: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        make(cast, GLOVES._replace(**changes))
    assert refused.value.path == path


def test_a_promotion_for_a_company_is_in_its_currency(cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        make(cast, GLOVES._replace(company=Company.objects.get(slug="kowalski")))


def test_a_tax_class_has_a_rate_for_everywhere_else(cast: Cast) -> None:
    doing: dict[str, Any] = {"actor": cast.mira, "now": cast.now}
    made = create_tax_class("reduced", name="Reduced", rates={"": 500, "DE": 700}, **doing)
    change_tax_class(made, name="Reduced", rates={"": 600}, version=1, **doing)
    assert list(made.rates.values_list("country", "basis_points")) == [("", 600)]
    for rates in ({"DE": 700}, {"": 1, "Germany": 1}, {"": 10_001}, {"": -1}):
        with pytest.raises(InvalidInput):
            change_tax_class(made, name="Reduced", rates=rates, **doing)
    with pytest.raises(Conflict):
        create_tax_class("reduced", name="Again", rates={"": 0}, **doing)
    with pytest.raises(ChangedMeanwhile):
        change_tax_class(made, name="Reduced", rates={"": 600}, version=1, **doing)


def test_a_product_is_changed_as_it_was_seen(cast: Cast) -> None:
    product = Product.objects.get(sku="GLV-M")
    create_tax_class("none", name="None", rates={"": 0}, actor=cast.mira, now=cast.now)
    seen = product.version
    values = values_of(product)._replace(
        stock=3, tax_class="none", attributes={"Size": "M"}, tags=("nitrile",)
    )
    change_product(product, values=values, version=seen, actor=cast.mira, now=cast.now)
    product.refresh_from_db()
    assert values_of(product) == values
    assert product.tax_class == TaxClass.objects.get(key="none")
    with pytest.raises(ChangedMeanwhile):
        change_product(product, values=values, version=seen, actor=cast.mira, now=cast.now)
    for changes in ({"sku": "GLV-X"}, {"tax_class": "what"}, {"pack": "x" * 61}, {"tags": ("",)}):
        product.refresh_from_db()
        with pytest.raises(InvalidInput):
            change_product(
                product,
                values=values._replace(**changes),
                version=product.version,
                actor=cast.mira,
                now=cast.now,
            )


@pytest.mark.parametrize("who", ["tomas", "ines", "lena", "jan"])
def test_nobody_else_keeps_these(cast: Cast, who: str) -> None:
    made, actor = make(cast), getattr(cast, who)
    doing: dict[str, Any] = {"actor": actor, "now": cast.now}
    product = Product.objects.get(sku="GLV-M")
    for act in (
        lambda: create_promotion("x", values=GLOVES, **doing),
        lambda: change_promotion(made, values=GLOVES, **doing),
        lambda: end_promotion(made, **doing),
        lambda: create_tax_class("x", name="X", rates={"": 0}, **doing),
        lambda: change_product(product, values=values_of(product), version=1, **doing),
    ):
        with pytest.raises(Forbidden):
            act()
