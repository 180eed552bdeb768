"""What the rules say to one order of each product of a page: the engine is asked, nothing copied.

Each product is planned as a cart of its own with the smallest quantity of it, to where the actor's
cart goes that was changed last. The facts are loaded once for all of them, and nothing is kept:
rules, budgets and prices are those of this moment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple, TypeVar

from django.utils.translation import gettext as _

from placet.carts.actions.create_cart import blank_cart
from placet.carts.models import Cart
from placet.carts.pricing import (
    Ground,
    PricedCart,
    Split,
    WantedLine,
    load_ground,
    price_on,
)
from placet.carts.quantities import nearest_quantity
from placet.catalog.assortments import Allowed
from placet.catalog.models import Product
from placet.companies.models import Address, CostCenter
from placet.companies.permissions import ORDER_SUBMIT
from placet.companies.queries import list_addresses, list_cost_centers
from placet.core.actor import Actor
from placet.core.formats import money_text
from placet.plans.describe import label_of
from placet.plans.facts import load_cart_facts, load_units
from placet.plans.names import load_names
from placet.plans.planner import compile_rulebooks
from placet.plans.purchase import purchase_of_cart
from placet.plans.windows import load_baskets
from placet.policy import facts
from placet.policy.explain import Speaker
from placet.policy.plan import Outcome, Plan
from placet.policy.planning import make_plan
from placet.policy.rulebook import CompiledRulebook
from placet.policy.variations import Baskets

KEPT: Final = ("ship_to_id", "bill_to_id", "cost_center_id", "po_number", "references")
Choice = TypeVar("Choice", Address, CostCenter)


class Chip(NamedTuple):
    """What one order of a product would need. ``who`` are the approvals of the actor's company.

    ``sentences`` say why: the rule's own words where it is not allowed, else the reasons.
    """

    outcome: Outcome
    who: tuple[str, ...]
    sentences: tuple[str, ...]


def list_chips(
    actor: Actor, products: Sequence[Product], *, allowed: Allowed, now: datetime
) -> Mapping[str, Chip]:
    """The chip of each product by its id; none where nothing stands in the way of ordering it.

    For members who submit purchases; a fixed number of queries, however many products.
    """
    plans = plan_products(actor, products, allowed=allowed, now=now)
    told = {key: plan for key, plan in plans.items() if _is_told(plan)}
    if not told:
        return {}
    speaker = _speaker(actor, told.values())
    return {key: _chip(plan, speaker) for key, plan in told.items()}


def plan_products(
    actor: Actor, products: Sequence[Product], *, allowed: Allowed, now: datetime
) -> dict[str, Plan]:
    """The plan of the smallest order of each product by its id, as if the actor submitted it now.

    Nothing where no plan can be made: without rules in force, or for somebody who buys nothing.
    """
    if not (products and actor.member_id and actor.holds_anywhere(ORDER_SUBMIT)):
        return {}
    cart = cart_to_come(actor, now=now)
    lines = [_line(cart, product) for product in products]
    ground = load_ground(cart.company_id, cart.currency, lines, now)
    everything = price_on(ground, cart.currency, lines, allowed=allowed)
    try:
        return _planned(actor, cart, lines, ground, everything, allowed, now)
    except facts.MissingFact:
        return {}


def cart_to_come(actor: Actor, *, now: datetime) -> Cart:
    """A cart such as the actor would fill, saved nowhere.

    It says what their last open cart says; where that says nothing, the ship-to and the cost centre
    of the nearest unit are taken: that nobody has chosen yet is no matter of a product.
    """
    cart = blank_cart(_("New cart"), actor=actor, now=now)
    mine = Cart.objects.filter(
        owner_id=actor.member_id, status=Cart.Status.OPEN, revises="", staff=None
    )
    last = mine.order_by("-changed_at", "-id").first()
    for name in KEPT if last is not None else ():
        if getattr(last, name):
            setattr(cart, name, getattr(last, name))
    if not cart.ship_to_id:
        cart.ship_to = _nearest(actor, list_addresses(actor, Address.Kind.SHIP_TO))
    if not cart.cost_center_id:
        cart.cost_center = _nearest(actor, list_cost_centers(actor))
    return cart


def _nearest(actor: Actor, choices: Iterable[Choice]) -> Choice | None:
    """That of the actor's own unit before one of the units above it, and these before others."""
    found = sorted(choices, key=lambda one: -actor.unit_path.find(one.unit_id or "?"))
    return found[0] if found else None


def _planned(
    actor: Actor,
    cart: Cart,
    lines: Sequence[WantedLine],
    ground: Ground,
    everything: PricedCart,
    allowed: Allowed,
    now: datetime,
) -> dict[str, Plan]:
    units = load_units(cart.company_id, cart.unit.path)
    books = compile_rulebooks(cart.company_id, units)
    reads = [book.reads for book in books if isinstance(book, CompiledRulebook)]
    loaded = load_cart_facts(
        cart,
        everything,
        units,
        reads,
        authors=frozenset({actor.user_id, actor.person_user_id} - {""}),
        counted=None,
        now=now,
    )
    wide = loaded.facts
    baskets = load_baskets(
        cart.company_id,
        cart.unit.path,
        cart.currency,
        [line.product.sku for line in lines],
        wide.history.totals,
        now=now,
    )
    if baskets is None:
        return {}
    codes = {cart.cost_center_id or "": cart.cost_center.code if cart.cost_center else ""}
    plans = {}
    for line in lines:
        alone = price_on(ground, cart.currency, [line], allowed=allowed)
        purchase = purchase_of_cart(
            cart, alone, last_paid=loaded.last_paid, cost_center_codes=codes
        )
        plans[line.product.pk] = make_plan(books, _narrowed(wide, purchase, baskets))
    return plans


def _line(cart: Cart, product: Product) -> WantedLine:
    quantity = nearest_quantity(product, 1)
    part = Split(quantity, cart.ship_to_id or "", cart.cost_center_id or "", None)
    return WantedLine(product, quantity, (part,), added_by_id=cart.owner_id)


def _narrowed(wide: facts.Facts, purchase: facts.Purchase, baskets: Baskets) -> facts.Facts:
    """The facts of all products together as they are for one: its budgets and its history."""
    line = purchase.lines[0]
    budgets = tuple(
        budget
        for budget in wide.budgets
        if budget.kind != "category" or f"{line.category}/".startswith(f"{budget.key}/")
    )
    similar = {
        ("similar_orders", days): sum(line.sku in basket for basket in found)
        for days, found in baskets.items()
    }
    history = wide.history._replace(
        totals={**wide.history.totals, **similar},
        first_categories=wide.history.first_categories & {line.category},
    )
    return wide._replace(purchase=purchase, budgets=budgets, history=history)


def _speaker(actor: Actor, made: Collection[Plan]) -> Speaker:
    """Words for everything that the plans mention; one query a kind."""
    reasons = [reason for plan in made for step in plan.steps for reason in step.reasons]
    reasons += [block.reason for plan in made for block in plan.blocked]
    labels = [label_of(step) for plan in made for step in plan.steps]
    names = load_names(actor.company_id, reasons, labels)
    return Speaker(actor.language, names=names, money=money_text)


def _chip(plan: Plan, speaker: Speaker) -> Chip:
    """The company's own approvals, those for the product's own sake before those for its price.

    What the supplier checks is told with the plan of the cart; here it would stand on everything.
    """
    if plan.outcome == "blocked":
        said = [
            speaker.text(block.message)
            or (
                speaker.reason(block.reason)
                if block.reason.side == "buyer"
                else _("The other side does not take this order.")
            )
            for block in plan.blocked
        ]
        return Chip(plan.outcome, (), tuple(dict.fromkeys(said)))
    mine = [step for step in plan.steps if step.side == "buyer"]
    mine.sort(key=lambda step: not step.lines)
    reasons = [speaker.reason(reason) for step in mine for reason in step.reasons]
    who = [speaker.label(label_of(step)) for step in mine]
    return Chip(plan.outcome, tuple(dict.fromkeys(who)), tuple(dict.fromkeys(reasons)))


def _is_told(plan: Plan) -> bool:
    return plan.outcome == "blocked" or any(step.side == "buyer" for step in plan.steps)
