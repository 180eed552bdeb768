"""What the merchant keeps, as tabs."""

from __future__ import annotations

from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from placet.companies.permissions import CATALOG_MANAGE, require
from placet.core.errors import NotFound
from placet.web.company.tabs import Tab
from placet.web.shell import PageRequest

PLACES: Final = (
    ("kept_products", _("Products")),
    ("price_lists", _("Price lists")),
    ("promotions", _("Promotions")),
    ("tax_classes", _("Tax classes")),
    ("store_terms", _("Terms of the store")),
)


def kept_tabs(request: PageRequest, current: str) -> dict[str, Any]:
    """The tabs as a template reads them, for those who keep the catalog.

    Raises ``NotFound`` for customers, to whom none of this is there, and ``Forbidden``.
    """
    require_keeper(request)
    company = request.actor.company_slug
    return {
        "tabs": [Tab(reverse(name, args=[company]), said, name == current) for name, said in PLACES]
    }


def require_keeper(request: PageRequest) -> None:
    """Let pass only whoever keeps the catalog; raises ``NotFound`` for customers."""
    if not request.actor.is_merchant:
        raise NotFound
    require(request.actor, CATALOG_MANAGE)
