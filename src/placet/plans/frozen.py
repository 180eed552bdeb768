"""A purchase as it was frozen: for comparing it with another one, and for planning it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from placet.carts.models import Cart
from placet.carts.pricing import PricedAllocation, PricedCart, PricedDiscount, PricedLine
from placet.catalog.models import Product
from placet.companies.models import Company, Member, Unit
from placet.orders.content import Content, ContentLine
from placet.plans.quoted import cart_quoted, quote_terms
from placet.plans.stated import stated_products
from placet.policy import facts
from placet.policy.adding_up import Shipment
from placet.policy.totals import TaxAtRate


def purchase_of_content(content: Content) -> facts.Purchase:
    """A frozen purchase as the engine sees it, from its bytes alone.

    What products are like today (brand, tags) is of no account and left empty.
    """
    codes = {mark.id: mark.code for mark in content.cost_centers}
    return facts.Purchase(
        currency=content.currency,
        lines=tuple(_line(line, codes) for line in content.lines),
        goods_minor=content.goods_minor,
        shipping_minor=content.shipping_minor,
        tax_minor=content.tax_minor,
        total_minor=content.total_minor,
        bill_to=content.bill_to.id if content.bill_to else "",
        terms=content.terms,
        references=content.references,
        justification=content.justification,
        source=content.source,
        requested_on=day_of(content.requested_on),
        quote=quote_terms(content.quote),
    )


def day_of(written: str) -> date | None:
    """A date as it stands in a content; nothing where it is empty."""
    return date.fromisoformat(written) if written else None


def _line(line: ContentLine, codes: Mapping[str, str]) -> facts.Line:
    return facts.Line(
        number=line.number,
        sku=line.sku,
        name=line.name,
        category=line.category.strip("/"),
        brand="",
        supplier="",
        tags=frozenset(),
        quantity=line.quantity,
        unit_price_minor=line.unit_price_minor,
        price_quantity=line.price_quantity,
        total_minor=line.total_minor,
        last_price_minor=line.last_paid_minor,
        list_price_minor=line.list_price_minor,
        restricted=False,
        first_time=line.last_paid_minor is None,
        allocations=tuple(
            facts.Allocation(
                quantity=part.quantity,
                ship_to=part.ship_to,
                cost_centre=codes.get(part.cost_center, ""),
                need_by_on=day_of(part.need_by_on),
                goods_minor=part.goods_minor,
                shipping_minor=part.shipping_minor,
                tax_minor=part.tax_minor,
            )
            for part in line.allocations
        ),
    )


def cart_of_content(content: Content) -> Cart:
    """What a frozen purchase says above its lines, as a cart that is never saved."""
    owner = Member.objects.select_related("user", "unit").get(pk=content.requester)
    references = dict(content.references)
    po_number = references.pop("po", "")
    moment = owner.created_at
    company = Company.objects.get(pk=content.company)
    # What was agreed for this purchase stays, whatever is offered for the next ones.
    company.offered_terms = [*company.offered_terms, content.terms]
    return Cart(
        created_at=moment,
        changed_at=moment,
        company=company,
        terms=content.terms,
        unit=Unit.objects.get(pk=content.unit),
        owner=owner,
        name=content.name,
        currency=content.currency,
        po_number=po_number,
        references=references,
        justification=content.justification,
        requested_on=day_of(content.requested_on),
        ship_to_id=main_ship_to(content) or None,
        cost_center_id=main_cost_center(content) or None,
        bill_to_id=content.bill_to.id if content.bill_to else None,
        quoted=cart_quoted(content),
    )


def main_ship_to(content: Content) -> str:
    """Where most pieces go; of equals the first one named."""
    return _main(
        (part.ship_to, part.quantity) for line in content.lines for part in line.allocations
    )


def main_cost_center(content: Content) -> str:
    """The cost centre of most pieces; of equals the first one named."""
    return _main(
        (part.cost_center, part.quantity) for line in content.lines for part in line.allocations
    )


def _main(places: Iterable[tuple[str, int]]) -> str:
    pieces: dict[str, int] = {}
    for place, quantity in places:
        if place:
            pieces[place] = pieces.get(place, 0) + quantity
    return max(pieces, key=lambda place: pieces[place], default="")


def priced_as_frozen(content: Content, threads: Mapping[int, str]) -> PricedCart:
    """The prices of a frozen purchase, to the cent, for planning the same content again.

    ``threads`` are the conversations of its lines, by number.
    """
    found = Product.objects.select_related("category").in_bulk(
        [line.product for line in content.lines if line.product]
    )
    stated = stated_products(content)
    return PricedCart(
        currency=content.currency,
        lines=tuple(
            _priced_line(
                line,
                stated[line.number] if line.number in stated else found[line.product],
                threads.get(line.number, ""),
                content.requester,
            )
            for line in content.lines
        ),
        goods_minor=content.goods_minor,
        shipping_minor=content.shipping_minor,
        discount_minor=content.discount_minor,
        tax_minor=content.tax_minor,
        total_minor=content.total_minor,
        minimum_order_minor=0,
        free_shipping_from_minor=None,
        unsellable=(),
        shipments=tuple(Shipment(*one) for one in content.shipments),
        discounts=tuple(PricedDiscount(*one) for one in content.discounts),
        taxes=tuple(TaxAtRate(*one) for one in content.taxes),
        is_stated=bool(stated),
    )


def _priced_line(
    line: ContentLine, product: Product, thread_id: str, added_by_id: str
) -> PricedLine:
    return PricedLine(
        line_id="",
        number=line.number,
        product=product,
        quantity=line.quantity,
        unit_price_minor=line.unit_price_minor,
        list_price_minor=line.list_price_minor,
        price_quantity=line.price_quantity,
        total_minor=line.total_minor,
        tax_minor=line.tax_minor,
        allocations=tuple(
            PricedAllocation(
                quantity=part.quantity,
                ship_to_id=part.ship_to,
                cost_center_id=part.cost_center,
                need_by_on=day_of(part.need_by_on),
                goods_minor=part.goods_minor,
                shipping_minor=part.shipping_minor,
                tax_minor=part.tax_minor,
                tax_basis_points=part.tax_basis_points,
            )
            for part in line.allocations
        ),
        added_by_id=added_by_id,
        thread_id=thread_id,
        replaces_sku="",
        note=line.note,
        discount_minor=line.discount_minor,
        references=line.references,
    )
