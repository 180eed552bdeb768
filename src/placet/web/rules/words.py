"""The words of the rules' pages: effects, settings, who keeps what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Mapping[str, str | Promise]

BADGES: Final[Mapping[str, tuple[str, str]]] = {
    "block": ("blocked", "ban"),
    "auto_approve": ("approved", "check"),
    "require": ("accent", "users"),
    "warn": ("warn", "triangle-alert"),
    "notify": ("info", "bell"),
}

EFFECTS: Final[Words] = {
    "block": _("Block"),
    "auto_approve": _("Allow"),
    "require": _("Require"),
    "warn": _("Warn"),
    "notify": _("Notify"),
}

BASES: Final[Words] = {
    "goods": _("goods without shipping and tax"),
    "with_shipping": _("goods with shipping, without tax"),
    "gross": _("goods with shipping and tax"),
}

LOOSENED: Final[Words] = {
    "beneficiary": _("The person an order is for may approve it"),
    "author": _("Whoever added or changed lines may approve, but never the requester"),
}

SETTINGS: Final[Words] = {
    "default": _("What holds when no rule says otherwise"),
    "amount_basis": _("Which amounts count"),
    "may_approve": _("Who may approve although they took part"),
    "limit_approvers": _("Who approves over a limit"),
    "budget_approvers": _("Who approves over a budget"),
    "credit_approvers": _("Who approves over the credit limit"),
    "side": _("Whose rules these are"),
    "format": _("The format of the text"),
}

KEEPERS: Final[Words] = {
    "company": _("The company"),
    "merchant": _("The supplier"),
    "both": _("Both, the company and the supplier"),
}


def basis_words(basis: str) -> str:
    """Which amounts count, as part of a sentence."""
    return str(BASES[basis])
