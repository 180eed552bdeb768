"""What each permission means, in a sentence, and the groups in which people look for them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from placet.companies import permissions as p
from placet.companies.permissions import KNOWN_PERMISSIONS, PERMISSIONS, can_pass_on
from placet.companies.refusals import Refusal
from placet.core.actor import Actor

SENTENCES: Final[Mapping[str, str | Promise]] = {
    p.ORDER_SUBMIT: _("Fill carts and send them on: as an order, or to those who approve."),
    p.ORDER_APPROVE: _("Be asked by rules, stand in where nobody else is left, take stuck steps."),
    p.PURCHASE_VIEW_ALL: _("Read the requisitions and orders of others, and export them."),
    p.PRICE_VIEW: _("Read the prices that were agreed with the supplier."),
    p.BUDGET_VIEW: _("Read what is left of the budgets that their purchases draw on."),
    p.BUDGET_MANAGE: _("Set up budgets, raise, lower and move them. Not their own."),
    p.MEMBER_MANAGE: _("Invite people, change, deactivate and give them roles. Not themselves."),
    p.ROLE_MANAGE: _("Say what a role allows. Not one that they hold themselves."),
    p.LIMIT_MANAGE: _("Say what people may order and release. Not they themselves."),
    p.UNIT_MANAGE: _("Add, rename, move and close units, and name their heads."),
    p.ADDRESS_MANAGE: _("Keep ship-tos, bill-tos, cost centres and what a purchase has to name."),
    p.RULE_MANAGE: _("Write, try and publish the rules that say who approves."),
    p.COMPANY_MANAGE: _("Change the company's settings, and look after approvals that wait."),
    p.KEY_MANAGE: _("Let programs in, with no more than their own rights."),
    p.WEBHOOK_MANAGE: _("Have events delivered to other systems, and send them again."),
    p.AUDIT_VIEW: _("Read who did what and when, check the chain and export it."),
    p.ORDER_PROCESS: _("Take over orders of customers, or say why not."),
    p.CUSTOMER_VIEW: _("Read who buys here, and on which terms."),
    p.CATALOG_MANAGE: _("Write products, prices and exchange rates."),
    p.CREDIT_MANAGE: _("Say how far a customer may owe, and enter payments."),
    p.QUOTE_MANAGE: _("Answer requests for quotes, and make offers."),
    p.ORDER_ON_BEHALF: _("Order for customers who allow it. Their own people still approve."),
    p.ORDER_FROM_SHOP: _(
        "Let a shop of your own send in what customers’ people want to buy there."
    ),
}
GROUPS: Final[tuple[tuple[str | Promise, tuple[str, ...]], ...]] = (
    (_("Purchases"), (p.ORDER_SUBMIT, p.ORDER_APPROVE, p.PURCHASE_VIEW_ALL, p.PRICE_VIEW)),
    (_("Money"), (p.BUDGET_VIEW, p.BUDGET_MANAGE, p.LIMIT_MANAGE)),
    (_("People"), (p.MEMBER_MANAGE, p.ROLE_MANAGE, p.UNIT_MANAGE)),
    (_("Company"), (p.RULE_MANAGE, p.ADDRESS_MANAGE, p.COMPANY_MANAGE, p.AUDIT_VIEW)),
    (_("Programs"), (p.KEY_MANAGE, p.WEBHOOK_MANAGE)),
    (
        _("Store"),
        (
            *(p.ORDER_PROCESS, p.CUSTOMER_VIEW, p.CATALOG_MANAGE, p.CREDIT_MANAGE),
            *(p.QUOTE_MANAGE, p.ORDER_ON_BEHALF, p.ORDER_FROM_SHOP),
        ),
    ),
)


class Offer(NamedTuple):
    """A permission in a form; ``refusal`` is why this person cannot give or take it."""

    key: str
    label: str | Promise
    sentence: str | Promise
    is_chosen: bool
    refusal: Refusal | None


class OfferGroup(NamedTuple):
    """Permissions under one heading."""

    heading: str | Promise
    offers: list[Offer]


def group_permissions(kind: str, chosen: Collection[str]) -> list[OfferGroup]:
    """All permissions of a company of this kind, with those that are chosen."""
    return _groups(kind, chosen, None)


def offer_permissions(actor: Actor, chosen: Collection[str]) -> list[OfferGroup]:
    """As ``group_permissions``, with what the actor may not pass on."""
    return _groups(actor.company_kind, chosen, actor)


def _groups(kind: str, chosen: Collection[str], actor: Actor | None) -> list[OfferGroup]:
    known = KNOWN_PERMISSIONS[kind]
    listed = {key for _heading, keys in GROUPS for key in keys}
    # A permission that is younger than this table is there too, at the end.
    rest = tuple(key for key in PERMISSIONS if key not in listed)
    found = []
    for heading, keys in (*GROUPS, (_("More"), rest)):
        offers = [
            Offer(
                key,
                PERMISSIONS[key],
                SENTENCES.get(key, ""),
                key in chosen,
                can_pass_on(actor, [key], "") if actor else None,
            )
            for key in keys
            if key in known
        ]
        if offers:
            found.append(OfferGroup(heading, offers))
    return found
