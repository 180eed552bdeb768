"""The company's own places, as tabs: which of them this member may open."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from placet.companies.permissions import ADDRESS_MANAGE, COMPANY_MANAGE
from placet.core.actor import Actor


class Tab(NamedTuple):
    """A place as one member sees it."""

    url: str
    label: str | Promise
    is_current: bool


PLACES: Final[tuple[tuple[str, str | Promise, str, tuple[str, ...]], ...]] = (
    ("company", _("Settings"), COMPANY_MANAGE, ("business", "household", "merchant")),
    ("store_settings", _("Store"), COMPANY_MANAGE, ("merchant",)),
    ("mail_words", _("Words of mails"), COMPANY_MANAGE, ("merchant",)),
    ("working_time", _("Working time"), COMPANY_MANAGE, ("business", "household", "merchant")),
    ("addresses", _("Addresses"), ADDRESS_MANAGE, ("business", "household")),
    ("cost_centers", _("Cost centres"), ADDRESS_MANAGE, ("business",)),
    ("references", _("Reference fields"), ADDRESS_MANAGE, ("business",)),
    ("categories", _("Category owners"), COMPANY_MANAGE, ("business",)),
    ("assortments", _("Assortments"), COMPANY_MANAGE, ("business", "household")),
)
"""Name, label, the permission that opens it, and the kinds of company that have it."""


def list_tabs(actor: Actor, current: str) -> list[Tab]:
    """The tabs; none where there is only one."""
    found = [
        Tab(reverse(name, args=[actor.company_slug]), label, name == current)
        for name, label, permission, kinds in PLACES
        if actor.company_kind in kinds and actor.holds_anywhere(permission)
    ]
    return found if len(found) > 1 else []
