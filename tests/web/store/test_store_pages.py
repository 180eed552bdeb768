"""What the merchant keeps, on its pages: products, price lists, promotions, taxes, terms."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from placet.catalog.actions import PriceValues, set_prices
from placet.catalog.models import (
    CompanyPriceList,
    Price,
    PriceList,
    Product,
    Promotion,
    StoreTerms,
    TaxClass,
)
from placet.core.actor import Actor
from tests.cast import Cast
from tests.web.pages import as_actor, page, queries_of

pytestmark = pytest.mark.django_db
PRODUCT = {
    "sku": "NEW-1",
    "name": "Bandage",
    "category": "consumables/dressings/",
    "pack": "roll",
    "price_quantity": "1",
    "minimum_quantity": "1",
    "step_quantity": "1",
    "stock": "20",
    "lead_time_days": "2",
    "tags": "cotton, sterile",
    "attributes": "Width: 6 cm",
    "tax": "7",
}
PROMOTION = {
    "name": "Gloves week",
    "key": "gloves",
    "kind": "line_percent",
    "currency": "EUR",
    "basis_points": "12.5",
    "from_quantity": "5",
    "categories": ["consumables/gloves/"],
    "valid_until": "2026-12-24",
}
TERMS = {
    "currency": "EUR",
    "minimum_order_minor": "75.00",
    "shipping_fee_minor": "9.90",
    "shipping_tax_basis_points": "19",
    "price_hold_days": "30",
    "price_tolerance_basis_points": "2.5",
}


def send(actor: Actor, path: str, **wish: Any) -> Any:
    """What comes back."""
    return as_actor(actor).post(f"/c/{actor.company_slug}/{path}", wish)


def test_a_product_is_written_found_and_changed_as_it_was_seen(cast: Cast) -> None:
    assert send(cast.mira, "store/products/new/", **PRODUCT).status_code == 302
    made = Product.objects.get(sku="NEW-1")
    assert (made.tags, made.attributes) == (["cotton", "sterile"], {"Width": "6 cm"})
    assert (made.tax_basis_points, made.sells_beyond_stock) == (700, False)
    assert "NEW-1" in page(cast.mira, "store/products/?q=bandage")
    assert "GLV-OLD" in page(cast.mira, "store/products/?state=discontinued")
    again = send(cast.mira, "store/products/new/", **PRODUCT)
    assert again.status_code == 422
    assert "There is a product with this SKU already." in again.content.decode()
    wish = {**PRODUCT, "stock": "5", "version": str(made.version), "substitute": "GLV-M"}
    address = f"store/products/{made.pk}/"
    assert "Width: 6 cm" in page(cast.mira, address)
    assert send(cast.mira, address, **wish).status_code == 302
    made.refresh_from_db()
    assert (made.stock, made.substitute) == (5, Product.objects.get(sku="GLV-M"))
    stale = send(cast.mira, address, **wish)
    assert stale.status_code == 422
    assert 'value="5"' in stale.content.decode()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("sku", "a b"),
        ("category", "nowhere/"),
        ("attributes", "Width"),
        ("tax", "101"),
        ("stock", "many"),
        ("minimum_quantity", "0"),
        ("substitute", "NOPE"),
        ("tags", "x" * 61),
    ],
)
def test_a_product_that_cannot_be_comes_back(cast: Cast, name: str, typed: str) -> None:
    answer = send(cast.mira, "store/products/new/", **{**PRODUCT, name: typed})
    assert answer.status_code == 422
    assert 'value="Bandage"' in answer.content.decode()
    assert not Product.objects.filter(name="Bandage").exists()


def test_a_price_list_its_days_and_its_prices(cast: Cast) -> None:
    wish = {"name": "Winter", "key": "winter", "currency": "eur", "valid_from": "2026-12-01"}
    made = send(cast.mira, "store/price-lists/new/", **wish)
    found = PriceList.objects.get(key="winter")
    assert made["Location"].endswith(f"/store/price-lists/{found.pk}/")
    prices = f"store/price-lists/{found.pk}/prices/"
    tiers = {"sku": "GLV-M", "from_0": "1", "price_0": "7,50", "from_1": "20", "price_1": "7.00"}
    assert send(cast.mira, prices, **tiers, version="1").status_code == 302
    rows = Price.objects.filter(price_list=found).order_by("from_quantity")
    assert list(rows.values_list("from_quantity", "unit_price_minor")) == [(1, 750), (20, 700)]
    shown = page(cast.mira, f"store/price-lists/{found.pk}/?sku=GLV-M")
    assert 'value="7.50"' in shown
    assert send(cast.mira, prices, **tiers, version="1").status_code == 422, "changed since"
    for broken in ({"sku": "NOPE"}, {"from_1": "1"}, {"price_1": "a"}):
        assert send(cast.mira, prices, **{**tiers, **broken}, version="2").status_code == 422
    assert send(cast.mira, prices, sku="GLV-M", version="2").status_code == 302
    assert not rows.exists()
    wish = {"name": "Winter sale", "valid_until": "2026-11-30", "valid_from": "2026-12-01"}
    address = f"store/price-lists/{found.pk}/"
    assert send(cast.mira, address, **wish, version="3").status_code == 422
    assert send(cast.mira, address, name="Sale", version="3").status_code == 302
    assert "Sale" in page(cast.mira, "store/price-lists/")


def test_a_product_with_many_tiers_keeps_all_that_are_shown(cast: Cast) -> None:
    found = PriceList.objects.get(key="meridian")
    tiers = [PriceValues("GLV-M", 800 - start, start) for start in range(1, 10)]
    set_prices(found, prices=tiers, actor=cast.mira, now=cast.now)
    shown = page(cast.mira, f"store/price-lists/{found.pk}/?sku=GLV-M")
    typed = dict(re.findall(r'name="((?:from|price)_\d)" value="([^"]*)"', shown))
    assert len(typed) == 18
    sent = {"sku": "GLV-M", "version": str(found.version), **typed, "price_8": "7.00"}
    assert send(cast.mira, f"store/price-lists/{found.pk}/prices/", **sent).status_code == 302
    rows = Price.objects.filter(price_list=found, product__sku="GLV-M").order_by("from_quantity")
    prices = list(rows.values_list("unit_price_minor", flat=True))
    assert prices == [*(800 - start for start in range(1, 9)), 700]


def test_a_customer_pays_by_lists_in_an_order(cast: Cast) -> None:
    send(cast.mira, "store/price-lists/new/", name="Winter", key="winter", currency="EUR")
    winter, contract = PriceList.objects.get(key="winter"), PriceList.objects.get(key="meridian")
    meridian = cast.company["meridian"]
    address = f"customers/{meridian}/price-lists/"
    assert "Meridian contract" in page(cast.mira, address)
    wish = {f"place_{winter.pk}": "1", f"place_{contract.pk}": "2"}
    assert send(cast.mira, address, **wish).status_code == 302
    agreed = CompanyPriceList.objects.filter(company_id=meridian).order_by("position")
    assert [one.price_list for one in agreed] == [winter, contract]
    assert "Winter, Meridian contract" in page(cast.mira, f"customers/{meridian}/")
    assert send(cast.mira, address, **{f"place_{winter.pk}": "x"}).status_code == 422
    assert send(cast.mira, address).status_code == 302
    assert not agreed.all().exists()


def test_a_promotion_says_what_it_does_and_what_holds_beside_it(cast: Cast) -> None:
    assert send(cast.mira, "store/promotions/new/", **PROMOTION).status_code == 302
    made = Promotion.objects.get()
    assert (made.basis_points, made.valid_until) == (1250, date(2026, 12, 24))
    sentence = "12.5 % off Gloves, from 5 pieces of a product on."
    assert sentence in page(cast.mira, "store/promotions/")
    other = {**PROMOTION, "key": "all", "name": "Everything", "categories": []}
    send(cast.mira, "store/promotions/new/", **other)
    free = {"key": "free", "name": "Free", "kind": "free_shipping", "currency": "EUR"}
    send(cast.mira, "store/promotions/new/", **free)
    shown = page(cast.mira, f"store/promotions/{made.pk}/").partition("Holds beside it")[2]
    assert "Everything" in shown
    assert "Free" not in shown
    changed = {**PROMOTION, "basis_points": "10", "version": "1"}
    address = f"store/promotions/{made.pk}/"
    assert send(cast.mira, address, **changed).status_code == 302
    assert send(cast.mira, address, **changed).status_code == 422
    assert send(cast.mira, f"{address}end/").status_code == 302
    assert "Gloves week" in page(cast.mira, "store/promotions/?state=over")
    assert "Gloves week" not in page(cast.mira, "store/promotions/")


@pytest.mark.parametrize(
    ("name", "typed"),
    [("basis_points", ""), ("kind", "x"), ("company", "cmp_x"), ("products", "NOPE"), ("key", "A")],
)
def test_a_promotion_that_cannot_be_comes_back(cast: Cast, name: str, typed: str) -> None:
    answer = send(cast.mira, "store/promotions/new/", **{**PROMOTION, name: typed})
    assert answer.status_code == 422
    assert 'value="Gloves week"' in answer.content.decode()


def test_tax_classes_and_terms(cast: Cast) -> None:
    wish = {"name": "Reduced", "key": "reduced", "elsewhere": "5", "countries": "de 7\nPL 8 %"}
    assert send(cast.mira, "store/tax-classes/new/", **wish).status_code == 302
    made = TaxClass.objects.get()
    rates = dict(made.rates.values_list("country", "basis_points"))
    assert rates == {"": 500, "DE": 700, "PL": 800}
    assert "DE 7\N{NO-BREAK SPACE}%" in page(cast.mira, "store/tax-classes/")
    address = f"store/tax-classes/{made.pk}/"
    for countries in ("Germany 7", "DE", "DE 7\nde 8", "DE x"):
        broken = {**wish, "countries": countries, "version": "1"}
        assert send(cast.mira, address, **broken).status_code == 422
    assert send(cast.mira, address, **{**wish, "version": "1"}).status_code == 302
    assert send(cast.mira, "store/terms/", **TERMS).status_code == 302
    terms = StoreTerms.objects.get(currency="EUR")
    assert (terms.minimum_order_minor, terms.free_shipping_from_minor) == (7500, None)
    assert (terms.price_hold_days, terms.price_tolerance_basis_points) == (30, 250)
    assert 'value="75.00"' in page(cast.mira, "store/terms/")
    assert send(cast.mira, "store/terms/", **{**TERMS, "currency": "EU1"}).status_code == 422


def test_outsiders_find_nothing(cast: Cast) -> None:
    default = PriceList.objects.get(key="list-eur")
    glove = Product.objects.get(sku="GLV-M")
    for path in (
        "store/products/",
        f"store/products/{glove.pk}/",
        "store/price-lists/",
        f"store/price-lists/{default.pk}/",
        "store/promotions/",
        "store/tax-classes/",
        "store/terms/",
        f"customers/{cast.company['meridian']}/price-lists/",
    ):
        page(cast.ines, path, status=404)
        page(cast.tomas, path, status=403)


def test_more_of_everything_costs_no_more_queries(cast: Cast) -> None:
    default = PriceList.objects.get(key="list-eur")
    addresses = ("store/products/", f"store/price-lists/{default.pk}/", "store/promotions/")
    send(cast.mira, "store/promotions/new/", **{**PROMOTION, "products": "GLV-S"})
    before = [queries_of(cast.mira, address) for address in addresses]
    for number in range(5):
        send(cast.mira, "store/products/new/", **{**PRODUCT, "sku": f"NEW-{number}"})
        wish = {"sku": f"NEW-{number}", "from_0": "1", "price_0": "1.00"}
        send(cast.mira, f"store/price-lists/{default.pk}/prices/", **wish)
        send(cast.mira, "store/promotions/new/", **{**PROMOTION, "key": f"gloves-{number}"})
    assert Price.objects.filter(price_list=default, product__sku__startswith="NEW-").count() == 5
    assert [queries_of(cast.mira, address) for address in addresses] == before


def test_many_products_are_changed_at_once(cast: Cast) -> None:
    gloves = Product.objects.filter(sku__in=["GLV-M", "GLV-S"])
    ids = [one.pk for one in gloves]
    address = "store/products/change/"
    answer = send(cast.mira, address, **{"do-wish": "discontinue", "pick": ids, "q": "glove"})
    assert answer["Location"].endswith("store/products/?q=glove")
    assert {one.status for one in gloves.all()} == {"discontinued"}
    send(cast.mira, address, **{"do-wish": "on_sale", "do-all": "on", "state": "discontinued"})
    assert {one.status for one in gloves.all()} == {"active"}
    send(cast.mira, address, **{"do-wish": "stock", "do-stock": "3", "pick": ids})
    send(cast.mira, address, **{"do-wish": "category", "do-category": "office/", "pick": ids})
    found = Product.objects.select_related("category").get(sku="GLV-M")
    assert (found.stock, found.category.path) == (3, "office/")
    before = found.version
    for nothing in (
        {"do-wish": "stock", "pick": ids},
        {"do-wish": "category", "do-category": "nowhere/", "pick": ids},
        {"do-wish": "sell", "pick": ids},
        {"do-wish": "on_sale"},
        {"do-wish": "on_sale", "pick": ["prd_none", "é"]},
    ):
        assert send(cast.mira, address, **nothing).status_code == 302
    found.refresh_from_db()
    assert found.version == before
    assert send(cast.ines, address, **{"do-wish": "on_sale", "pick": ids}).status_code == 404
