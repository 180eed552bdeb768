"""What a purchase of the past cost: its own unit prices, with the shipping and tax of today."""

from __future__ import annotations

from collections.abc import Iterable

from placet.carts.models import Cart
from placet.carts.pricing import Ground, PricedCart, Split, WantedLine, price_on
from placet.catalog.assortments import Allowed
from placet.catalog.models import Product, StoreTerms
from placet.catalog.prices import PriceTiers, Tier
from placet.catalog.taxes import load_tax_rates
from placet.demo.world.history.play import PastLine, Purchase
from placet.demo.world.prices import price_at

EVERYTHING = Allowed()


class Pricer:
    """Prices purchases of the past by the product's own arithmetic, without a query each."""

    def __init__(self, products: dict[str, Product], countries: dict[str, str]) -> None:
        self._products = products
        self._countries = countries
        self._terms = StoreTerms.objects.get(currency="EUR")
        self._rates = load_tax_rates(products.values())

    @property
    def hold_days(self) -> int:
        """For how long the merchant holds a price."""
        return self._terms.price_hold_days

    def price_purchase(self, purchase: Purchase, cart: Cart) -> PricedCart:
        """The priced cart of a purchase, each line one allocation to the cart's own place."""
        lines = [self._wanted(line, cart) for line in purchase.lines]
        ground = Ground(
            prices=dict(self._prices(purchase.lines)),
            terms=self._terms,
            promotions=(),
            rates=self._rates,
            countries=self._countries,
        )
        return price_on(ground, cart.currency, lines, allowed=EVERYTHING)

    def _wanted(self, line: PastLine, cart: Cart) -> WantedLine:
        whole = Split(line.quantity, cart.ship_to_id or "", cart.cost_center_id or "", None)
        product = self._products[line.sku]
        return WantedLine(product, line.quantity, (whole,), cart.owner_id)

    def _prices(self, lines: Iterable[PastLine]) -> Iterable[tuple[str, PriceTiers]]:
        """What was paid then, beside the list price of today."""
        for line in lines:
            paid = Tier(1, line.unit_price_minor)
            listed = Tier(1, price_at("list", line.sku, line.quantity))
            yield self._products[line.sku].pk, PriceTiers((paid,), (listed,))
