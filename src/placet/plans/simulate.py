"""The simulator: what would happen to a purchase, rule by rule, under a draft or what holds."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from placet.carts.models import Cart
from placet.carts.permissions import can_view_cart
from placet.carts.pricing import PricedCart, price_cart
from placet.companies.models import Member, Unit
from placet.companies.permissions import RULE_MANAGE, can_do
from placet.companies.queries import get_member
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.plans.checks import in_its_place
from placet.plans.facts import load_cart_facts, load_units
from placet.plans.planner import CannotBePlanned, CartPlan, compile_rulebooks
from placet.plans.rule_results import RuleResult, results_of
from placet.plans.typed_purchase import TypedPurchase, make_cart
from placet.plans.ways_out import WaysOut, load_ways_out
from placet.policy import facts
from placet.policy.hint import near_misses
from placet.policy.plan import NearMiss, Plan
from placet.policy.planning import make_plan
from placet.policy.rulebook import CompiledRulebook, UnreadableRulebook
from placet.rulebooks.documents import compile_document
from placet.rulebooks.models import Rulebook
from placet.rulebooks.permissions import can_manage_rulebook

Books = tuple[CompiledRulebook | UnreadableRulebook, ...]


class Simulation(NamedTuple):
    """The plan, what is not needed, and every rule with what it found.

    ``rules`` is empty for those who do not manage rules: they are told their plan, not the rules.
    ``ways`` out are those of the actor: they are told for one's own products, not for others'.
    """

    plan: Plan
    near_misses: tuple[NearMiss, ...]
    ways: WaysOut | None
    rules: tuple[RuleResult, ...]
    facts: facts.Facts
    rulebooks: Books


def simulate(
    actor: Actor,
    *,
    member_id: str,
    cart: Cart | None = None,
    purchase: TypedPurchase | None = None,
    rulebook: Rulebook | None = None,
    document: Mapping[str, Any] | None = None,
    now: datetime,
) -> Simulation:
    """What this purchase would need if the member submitted it now. Nothing is stored.

    A cart (as if it were the member's) or a typed purchase; with ``document``, the text stands in
    the place of what ``rulebook`` has published. Everybody may try for themselves; for others, and
    with a draft, one must manage rules. Raises ``NotFound``, ``Forbidden``, ``InvalidInput``.
    """
    member = get_member(actor, member_id)
    if member.status != Member.Status.ACTIVE or not member.user.is_active:
        raise InvalidInput("member", "deactivated", _("Whoever has left orders nothing."))
    may_see_rules = can_do(actor, RULE_MANAGE, member.unit.path) is None
    if member.pk != actor.member_id:
        refuse(can_do(actor, RULE_MANAGE, member.unit.path))
    subject, priced = _subject(actor, member, cart, purchase, now=now)
    units = load_units(member.company_id, member.unit.path)
    books = compile_rulebooks(member.company_id, units)
    if document is not None:
        books = _with_draft(actor, books, units, rulebook, document)
    planned = _plan(subject, priced, units, books, purchase, now=now)
    rules: tuple[RuleResult, ...] = ()
    if may_see_rules:
        company, language = member.company_id, actor.language
        rules = results_of(books, planned.facts, company_id=company, language=language)
    is_own = member.pk == actor.member_id
    return Simulation(
        plan=planned.plan,
        near_misses=near_misses(books, planned.facts),
        ways=load_ways_out(subject, planned, actor=actor, now=now)
        if is_own and _has_prices(priced, purchase)
        else None,
        rules=rules,
        facts=planned.facts,
        rulebooks=books,
    )


def _plan(
    subject: Cart,
    priced: PricedCart,
    units: Sequence[Unit],
    books: Books,
    purchase: TypedPurchase | None,
    *,
    now: datetime,
) -> CartPlan:
    """The plan with its facts, as of a cart that is submitted now."""
    authors = frozenset({subject.owner.user_id})
    reads = [book.reads for book in books if isinstance(book, CompiledRulebook)]
    loaded = load_cart_facts(subject, priced, units, reads, authors=authors, counted=None, now=now)
    known = loaded.facts
    if purchase is not None:
        known = known._replace(purchase=known.purchase._replace(source=purchase.source))
    try:
        plan = make_plan(books, known)
    except facts.MissingFact as error:
        raise CannotBePlanned(_("Your company has no approval rules in force.")) from error
    return CartPlan(plan, known, priced, books, authors, loaded.last_paid, 0, plan.hash)


def _has_prices(priced: PricedCart, purchase: TypedPurchase | None) -> bool:
    """Whether every line is a product at its price: an amount alone has no fewer units."""
    typed = purchase.lines if purchase else ()
    return bool(priced.lines) and all(line.sku and line.amount_minor is None for line in typed)


def _subject(
    actor: Actor,
    member: Member,
    cart: Cart | None,
    purchase: TypedPurchase | None,
    *,
    now: datetime,
) -> tuple[Cart, PricedCart]:
    """The cart as the member's own, or the typed purchase as one; neither is saved."""
    if (cart is None) == (purchase is None):
        raise InvalidInput("purchase", "missing", _("A cart or a purchase, one of the two."))
    if purchase is not None:
        return make_cart(member, purchase, now=now)
    assert cart is not None
    refuse(can_view_cart(actor, cart))
    subject = copy.copy(cart)
    subject.owner, subject.unit = member, member.unit
    priced = price_cart(cart, now=now)
    if not priced.lines:
        raise InvalidInput("cart", "empty", _("There is nothing in this cart yet."))
    return subject, priced


def _with_draft(
    actor: Actor,
    books: Books,
    units: Sequence[Unit],
    rulebook: Rulebook | None,
    document: Mapping[str, Any],
) -> Books:
    """The rulebooks with the draft in its place; one that holds elsewhere changes nothing."""
    if rulebook is None:
        raise InvalidInput("rulebook", "missing", _("Whose draft it is."))
    refuse(can_manage_rulebook(actor, rulebook))
    compile_document(document, side=rulebook.side)
    draft = in_its_place(rulebook, document)
    if any(book.rulebook == rulebook.pk for book in books):
        return tuple(draft if book.rulebook == rulebook.pk else book for book in books)
    holds_here = rulebook.unit_id is None or rulebook.unit_id in {unit.pk for unit in units}
    return (*books, draft) if holds_here and rulebook.published_id is None else books
