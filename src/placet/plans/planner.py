"""Asking the engine: the plan of a cart, before and at the moment of submitting."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.budgets.actions.count_purchase import Counted
from placet.carts.models import Cart
from placet.carts.pricing import PricedCart
from placet.catalog.models import StoreTerms
from placet.companies.models import ApiKey, Member, Unit
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.plans.besides import Besides
from placet.plans.confirmation import confirmation_hash
from placet.plans.facts import load_cart_facts, load_units
from placet.policy import facts
from placet.policy.hint import near_misses
from placet.policy.plan import NearMiss, Plan, RulebookRef
from placet.policy.planning import make_plan
from placet.policy.rulebook import (
    CompiledRulebook,
    InvalidRulebook,
    UnreadableRulebook,
    compile_rulebook,
)
from placet.rulebooks.models import RulebookVersion
from placet.rulebooks.queries import (
    list_offer_versions,
    list_versions,
    list_versions_in_force,
)

HOLD_DAYS = 14


class CannotBePlanned(Conflict):
    """Something that every plan needs is not there: rules in force, or a requester who is."""

    code = "cannot_be_planned"


class CartPlan(NamedTuple):
    """A plan with what it was made from; ``authors`` are the users who shaped the content.

    ``hash`` is what a submission names: it binds this plan and this content.
    """

    plan: Plan
    facts: facts.Facts
    priced: PricedCart
    rulebooks: tuple[CompiledRulebook | UnreadableRulebook, ...]
    authors: frozenset[str]
    last_paid: Mapping[str, int]
    hold_days: int
    hash: str


def plan_cart(
    cart: Cart,
    priced: PricedCart,
    *,
    actor: Actor,
    now: datetime,
    counted: Mapping[str, Counted] | None = None,
    besides: Besides | None = None,
    is_authored: bool = True,
) -> CartPlan:
    """What this cart would need if ``actor`` submitted it now.

    ``counted`` are the requester's counters without this purchase, when it has been counted.
    ``besides`` is the requisition whose next revision this would be: its own reservations and
    counts are left out, and its rulebook versions and moment are kept. Whoever acts is an author of
    the content unless ``is_authored`` is false. Raises ``CannotBePlanned``.
    """
    units = load_units(cart.company_id, cart.unit.path)
    if besides is None or besides.rulebooks is None:
        rulebooks = compile_rulebooks(cart.company_id, units)
    else:
        rulebooks = compile_versions(besides.rulebooks, units)
    authors = _authors(cart, priced, actor) if is_authored else frozenset()
    authors |= besides.authors if besides else frozenset()
    try:
        loaded = load_cart_facts(
            cart,
            priced,
            units,
            [book.reads for book in rulebooks if isinstance(book, CompiledRulebook)],
            authors=authors,
            counted=counted,
            source=_source(cart, actor, besides),
            besides=besides,
            now=now,
        )
        plan = make_plan(rulebooks, loaded.facts)
    except facts.MissingFact as error:
        raise CannotBePlanned(_why_not(cart)) from error
    terms = StoreTerms.objects.filter(currency=priced.currency).first()
    return CartPlan(
        plan=plan,
        facts=loaded.facts,
        priced=priced,
        rulebooks=rulebooks,
        authors=authors,
        last_paid=loaded.last_paid,
        hold_days=terms.price_hold_days if terms else HOLD_DAYS,
        hash=confirmation_hash(plan, cart, priced),
    )


def _source(cart: Cart, actor: Actor, besides: Besides | None) -> str:
    """How the purchase came in; a later revision came in as the first one did."""
    if besides is not None:
        return besides.source
    if cart.quoted:
        return "quote"
    if cart.staff_id:
        return "on_behalf"
    return {"api": "api", "schedule": "standing"}.get(actor.channel, "cart")


def _why_not(cart: Cart) -> str:
    owner = cart.owner
    if owner.status != Member.Status.ACTIVE or not owner.user.is_active:
        return _("%(owner)s has left: nobody can order with this cart.") % {
            "owner": owner.user.name
        }
    return _("Your company has no approval rules in force. A company admin can help.")


def list_near_misses(planned: CartPlan) -> tuple[NearMiss, ...]:
    """The rules that did not match, the nearest first; computed when somebody looks."""
    return near_misses(planned.rulebooks, planned.facts)


def compile_rulebooks(
    company_id: str, units: Sequence[Unit]
) -> tuple[CompiledRulebook | UnreadableRulebook, ...]:
    """The rulebooks in force for a unit, compiled; an unreadable one blocks, never vanishes."""
    return _compiled(list_versions_in_force(company_id, [unit.id for unit in units]), units)


def compile_offer_rulebooks() -> tuple[CompiledRulebook | UnreadableRulebook, ...]:
    """The merchant's rules in force about what its staff offer."""
    return _compiled(list_offer_versions(), [])


def compile_versions(
    references: Sequence[RulebookRef], units: Sequence[Unit]
) -> tuple[CompiledRulebook | UnreadableRulebook, ...]:
    """The versions that an earlier plan was made with, in its order."""
    return _compiled(list_versions(references), units)


def _compiled(
    versions: Sequence[RulebookVersion], units: Sequence[Unit]
) -> tuple[CompiledRulebook | UnreadableRulebook, ...]:
    paths = {unit.id: unit.path.strip("/") for unit in units}
    return tuple(
        _compile(version, paths.get(version.rulebook.unit_id or "", "")) for version in versions
    )


def _compile(version: RulebookVersion, unit_path: str) -> CompiledRulebook | UnreadableRulebook:
    try:
        return compile_rulebook(
            json.loads(version.document),
            rulebook=version.rulebook_id,
            version=version.number,
            unit_path=unit_path,
        )
    except (InvalidRulebook, ValueError):
        side = version.rulebook.side
        return UnreadableRulebook(version.rulebook_id, version.number, side)


def _authors(cart: Cart, priced: PricedCart, actor: Actor) -> frozenset[str]:
    """The users of the requester, the submitter, and of everybody who shaped the content."""
    members = {cart.owner_id, actor.member_id, *(line.added_by_id for line in priced.lines)}
    members |= {actor.staff_member_id, cart.staff_id or ""}
    if actor.person_user_id != actor.user_id:
        # Who made a key of the company could be the one who holds it.
        keys = ApiKey.objects.filter(pk=actor.person_user_id).exclude(created_by=None)
        members |= set(keys.values_list("created_by_id", flat=True))
    members |= set(cart.authors.values_list("member_id", flat=True))
    users = Member.objects.filter(pk__in=sorted(members)).values_list("user_id", flat=True)
    return frozenset(users) | ({actor.person_user_id} if actor.person_user_id else frozenset())
