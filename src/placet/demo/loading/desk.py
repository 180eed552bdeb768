"""The merchant's desk on the day of loading, by what its people do there."""

from __future__ import annotations

from datetime import timedelta

from placet.catalog.actions.costs import CostValues, set_costs
from placet.companies.actions.give_customers import give_customers
from placet.companies.actions.views import save_view
from placet.companies.models import Limit
from placet.companies.organisation.limits import Bounds, set_limit
from placet.demo.loading.desk_customers import load_desk_customers
from placet.demo.loading.registry import Registry
from placet.demo.world import desk
from placet.demo.world.companies import MERIDIAN, NORDEN
from placet.demo.world.prices import PRICES
from placet.notices.actions.word_letters import word_letter
from placet.orders.actions import ask_about_order
from placet.orders.actions.expect_lines import expect_lines
from placet.orders.actions.ship_order import ship_order
from placet.orders.models import Order
from placet.quotes.actions import OfferValues, draft_quote, save_offer_draft, send_offer
from placet.quotes.actions.keep_template import TemplateValues, keep_template
from placet.quotes.drafting import DraftLine
from placet.rulebooks.actions import start_offer_rulebook


def load_desk(registry: Registry) -> None:
    """Who looks after whom, what has left, what is kept, and an offer that waits."""
    _ship_orders(registry)
    _bound_offers(registry)
    _keep(registry)
    _offer_too_much(registry)
    load_desk_customers(registry)
    _share_customers(registry)


def load_costs(registry: Registry) -> None:
    """What each product costs the merchant, as a share of its list price."""
    defaults = {key for key, row in registry.price_lists.items() if row.is_default}
    listed: dict[str, int] = {}
    for price in PRICES:
        if price.price_list in defaults and price.sku in registry.products:
            listed.setdefault(price.sku, price.unit_price_minor)
    costs = [
        CostValues(sku, minor * desk.COST_SHARES[place % len(desk.COST_SHARES)] // 100, "EUR")
        for place, (sku, minor) in enumerate(sorted(listed.items()))
        if place % desk.UNKNOWN_COST
    ]
    set_costs(costs, actor=registry.system(NORDEN), now=registry.setup)


def _ship_orders(registry: Registry) -> None:
    """Some of what the ERP took over has left, in part or whole; for one the buyer asks to stop."""
    orders = list(
        Order.objects.filter(
            company=registry.companies[MERIDIAN],
            status=Order.Status.EXPORTED,
            placed_at__lt=registry.now - timedelta(days=4),
        ).order_by("-placed_at", "-pk")[:8]
    )
    for shipping in desk.SHIPPINGS:
        if shipping.order < len(orders):
            _ship(registry, orders[shipping.order], shipping)
    number, reason = desk.ASKED_TO_CANCEL
    if number < len(orders):
        order = orders[number]
        buyer = next(key for key, row in registry.members.items() if row.pk == order.buyer_id)
        asked = registry.actor(buyer)
        ask_about_order(order, kind="cancel", reason=reason, actor=asked, now=registry.now)


def _ship(registry: Registry, order: Order, shipping: desk.Shipping) -> None:
    tomas = registry.actor("tomas")
    left = {
        line.number: max(1, line.quantity * shipping.share // 100) for line in order.lines.all()
    }
    ship_order(
        order,
        shipped_on=registry.day(-shipping.days_ago),
        quantities=left,
        carrier=shipping.carrier,
        actor=tomas,
        now=registry.now,
    )
    late = [line.number for line in order.lines.all() if line.shipped_quantity < line.quantity]
    if late and shipping.expected_days is not None:
        expected = registry.day(shipping.expected_days)
        days = dict.fromkeys(late, expected)
        expect_lines(order, days=days, actor=tomas, now=registry.now)


def _bound_offers(registry: Registry) -> None:
    """From now on an offer beyond its author's discount is released by somebody above."""
    erik = registry.actor("erik")
    start_offer_rulebook(actor=erik, now=registry.now)
    for key, basis_points in desk.DISCOUNTS.items():
        member = registry.members[key]
        found = Limit.objects.filter(member=member, use=Limit.Use.AUTHORITY).first()
        bounds = Bounds(
            "EUR",
            is_unlimited=True,
            order_minimum_minor=found.order_minimum_minor if found else None,
            order_maximum_minor=found.order_maximum_minor if found else None,
            discount_basis_points=basis_points,
        )
        system = registry.system(NORDEN)
        set_limit(member, use=Limit.Use.AUTHORITY, bounds=bounds, actor=system, now=registry.now)


def _keep(registry: Registry) -> None:
    """Views of lists that people keep, an offer that is often made, the words of a mail."""
    for member, name, list_name, query in desk.VIEWS:
        actor = registry.actor(member)
        save_view(name, list_name=list_name, query=query, actor=actor, now=registry.now)
    name, lines, terms, days = desk.TEMPLATE
    values = TemplateValues(_lines(lines), is_whole=False, terms=terms, valid_days=days)
    actor = registry.actor("signe")
    keep_template(name, currency="EUR", values=values, actor=actor, now=registry.now)
    words = desk.WORDS
    word_letter(
        words.letter,
        language=words.language,
        subject=words.subject,
        body=words.introduction,
        version=0,
        actor=registry.actor("erik"),
        now=registry.now,
    )


def _offer_too_much(registry: Registry) -> None:
    """Maja offers more than she may; the offer waits, and Lena sees nothing of it."""
    name, lines = desk.WAITING
    asked, now = OfferValues(lines=_lines(lines, is_priced=False)), registry.now
    lena, maja = registry.actor("lena"), registry.actor("maja")
    quote = draft_quote(name, values=asked, actor=lena, now=now)
    send_offer(quote, offer_number=0, actor=lena, now=now)
    quote.refresh_from_db()
    offered = OfferValues(lines=_lines(lines), valid_until=registry.day(14))
    save_offer_draft(quote, values=offered, actor=maja, now=now)
    seen = quote.offer_number
    send_offer(quote, offer_number=seen, actor=maja, now=now)


def _share_customers(registry: Registry) -> None:
    """Maja looks after two customers and sees no other."""
    companies = [registry.companies[key].pk for key in desk.MAJAS_CUSTOMERS]
    give_customers(
        registry.members["maja"],
        sees_all=False,
        company_ids=companies,
        actor=registry.actor("erik"),
        now=registry.now,
    )


def _lines(lines: tuple[tuple[str, int, int], ...], *, is_priced: bool = True) -> list[DraftLine]:
    return [
        DraftLine(number, sku, "", quantity, 0, price if is_priced else None)
        for number, (sku, quantity, price) in enumerate(lines, 1)
    ]
