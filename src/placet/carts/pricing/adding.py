"""From wanted lines to a priced cart: prices, promotions, delivery and tax are looked up once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from placet.carts.models import Cart
from placet.carts.pricing.lines import gross_of, priced_line
from placet.carts.pricing.values import PricedCart, PricedDiscount, PricedLine
from placet.carts.pricing.wanted import WantedLine, kept_lines, still_held, wanted_of_cart
from placet.catalog.assortments import Allowed, SideAllowed, allowed_products
from placet.catalog.models import Product, StoreTerms
from placet.catalog.prices import PriceTiers, list_prices_for
from placet.catalog.promotions_now import list_promotions_for
from placet.catalog.queries import find_store_terms
from placet.catalog.taxes import TaxRates, load_tax_rates
from placet.companies.models import Address
from placet.policy.adding_up import Delivery, Item, Portion, Sums, add_up
from placet.policy.promotions import Promotion, free_shipping_from, next_promotion


class Ground(NamedTuple):
    """All that is looked up for pricing; prices and promotions by what they are for."""

    prices: Mapping[str, PriceTiers]
    terms: StoreTerms
    promotions: tuple[Promotion, ...]
    rates: TaxRates
    countries: Mapping[str, str]


def price_cart(cart: Cart, *, now: datetime) -> PricedCart:
    """Price every line at the company's own price, with discounts, shipping and tax shared out.

    A line whose price is held for its quantity keeps it while that lasts; promotions are looked up
    anew as long as the cart lives. A held price promises the price, never that there is any: a
    product that has left the sale cannot be ordered.
    """
    wanted = wanted_of_cart(cart)
    allowed = allowed_products(cart.company_id, cart.owner_id)
    kept = kept_lines(wanted) if cart.revises else frozenset()
    return price_lines(
        cart.company_id,
        cart.currency,
        wanted,
        allowed=allowed,
        kept=kept,
        is_negotiated=bool(cart.quoted),
        now=now,
    )


def price_lines(
    company_id: str,
    currency: str,
    wanted: Sequence[WantedLine],
    *,
    allowed: Allowed,
    kept: Collection[str] = (),
    is_negotiated: bool = False,
    now: datetime,
) -> PricedCart:
    """Price these lines for a company, as ``price_cart`` does those of a cart.

    ``allowed`` is what the requester may order; ``kept`` are ids of products that stay anyway.
    What was negotiated has no promotion beside it, and what the merchant offered it also sells.
    """
    lines = still_held(wanted, now)
    ground = load_ground(company_id, currency, lines, now)
    if is_negotiated:
        ground = ground._replace(promotions=())
        allowed = allowed._replace(merchant=SideAllowed())
    return price_on(ground, currency, lines, allowed=allowed, kept=kept)


def price_on(
    ground: Ground,
    currency: str,
    lines: Sequence[WantedLine],
    *,
    allowed: Allowed,
    kept: Collection[str] = (),
) -> PricedCart:
    """Price lines by what was looked up for them, without a query of its own."""
    terms = ground.terms
    delivery = Delivery(
        terms.shipping_fee_minor, terms.free_shipping_from_minor, terms.shipping_tax_basis_points
    )
    sums = add_up([_item(line, ground) for line in lines], delivery, ground.promotions)
    return PricedCart(
        currency=currency,
        lines=_priced_lines(lines, sums, ground),
        goods_minor=sums.goods_minor,
        shipping_minor=sums.shipping_minor,
        discount_minor=sums.discount_minor,
        tax_minor=sums.tax_minor,
        total_minor=sums.total_minor,
        minimum_order_minor=terms.minimum_order_minor,
        free_shipping_from_minor=free_shipping_from(
            terms.free_shipping_from_minor, ground.promotions
        ),
        unsellable=tuple(
            line.product.sku
            for line in lines
            if not _is_for_sale(line, ground.prices)
            or not (line.product.pk in kept or allowed.permits(line.product))
        ),
        not_allowed=tuple(
            line.product.sku
            for line in lines
            if line.product.pk not in kept
            and _is_for_sale(line, ground.prices)
            and allowed.merchant.permits(line.product)
            and not allowed.company.permits(line.product)
        ),
        shipments=sums.shipments,
        discounts=_discounts(sums),
        taxes=sums.taxes,
        next_promotion=next_promotion(sums.reduced.before_order_minor, ground.promotions),
    )


def load_ground(
    company_id: str, currency: str, lines: Sequence[WantedLine], now: datetime
) -> Ground:
    """Look up what these lines are priced by; a fixed number of queries."""
    products = [line.product for line in lines]
    places = {part.ship_to_id for line in lines for part in line.splits}
    rates = load_tax_rates(products)
    return Ground(
        prices=list_prices_for(company_id, currency, [product.pk for product in products], now),
        terms=find_store_terms(currency) or StoreTerms(currency=currency),
        promotions=list_promotions_for(company_id, currency, now) if lines else (),
        rates=rates,
        countries=_countries(company_id, places) if rates.by_class else {},
    )


def _countries(company_id: str, places: Collection[str]) -> Mapping[str, str]:
    rows = Address.objects.filter(company_id=company_id, pk__in=sorted(places))
    return dict(rows.values_list("pk", "country"))


def _item(line: WantedLine, ground: Ground) -> Item:
    return Item(
        sku=line.product.sku,
        category=line.product.category.path.strip("/"),
        goods_minor=gross_of(line, ground.prices.get(line.product.pk)),
        portions=tuple(
            Portion(
                part.quantity,
                part.ship_to_id,
                ground.rates.rate_of(line.product, ground.countries.get(part.ship_to_id, "")),
            )
            for part in line.splits
        ),
    )


def _priced_lines(
    lines: Sequence[WantedLine], sums: Sums, ground: Ground
) -> tuple[PricedLine, ...]:
    return tuple(
        priced_line(
            line,
            number,
            ground.prices.get(line.product.pk),
            _item(line, ground),
            found,
            ground.promotions,
        )
        for number, (line, found) in enumerate(zip(lines, sums.items, strict=True), 1)
    )


def _discounts(sums: Sums) -> tuple[PricedDiscount, ...]:
    return tuple(
        PricedDiscount(one.promotion.key, one.promotion.name, one.promotion.kind, one.amount_minor)
        for one in sums.taken
    )


def _is_for_sale(line: WantedLine, prices: Mapping[str, PriceTiers]) -> bool:
    is_priced = line.held is not None or line.product.pk in prices
    return is_priced and line.product.status == Product.Status.ACTIVE
