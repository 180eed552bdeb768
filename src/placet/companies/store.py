"""How the merchant presents itself: one row, or the product's own look where nothing was said."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from placet.companies.models import Company, Store
from placet.companies.permissions import COMPANY_MANAGE, can_do
from placet.companies.queries import get_merchant
from placet.companies.refusals import Refusal
from placet.core.actor import Actor
from placet.core.contrast import ENOUGH, Oklch, contrast
from placet.core.errors import NotFound

HUE: Final = 264
"""The product's own accent."""
PAPER, NIGHT = Oklch(1, 0, 0), Oklch(0.207, 0.010, HUE)
WHITE: Final = Oklch(0.995, 0, 0)
PAIRS: Final = (
    (Oklch(0.470, 0.190, 0), PAPER),
    (Oklch(0.765, 0.115, 0), NIGHT),
    (Oklch(0.480, 0.195, 0), WHITE),
    (Oklch(0.545, 0.185, 0), WHITE),
)
"""Where the accent meets text, in the light and the dark look: the tokens of the style sheet."""


def get_store() -> Store:
    """The store's settings; an unsaved row with what holds without any. Raises ``NotFound``."""
    rows = Store.objects.filter(company__kind=Company.Kind.MERCHANT).select_related("company")
    return rows.first() or Store(company=get_merchant(), version=0)


def weakest_contrast(hue: int) -> float:
    """The least contrast that an accent of this hue has anywhere."""
    return min(contrast(colour._replace(hue=hue), ground) for colour, ground in PAIRS)


def nearest_readable_hue(hue: int) -> int:
    """The hue closest to this one whose text can be read everywhere; itself where it can."""
    by_distance = sorted(
        range(360), key=lambda other: min((other - hue) % 360, (hue - other) % 360)
    )
    return next(other for other in by_distance if weakest_contrast(other) >= ENOUGH)


def list_contact_lines() -> list[str]:
    """What stands at the foot of mails and papers: who it is, whom to ask, the imprint's lines."""
    try:
        store = get_store()
    except NotFound:
        return []
    ask = " · ".join(one for one in (store.support_email, store.support_phone) if one)
    name = f"{store.company.name} · {ask}" if ask else ""
    return [line.strip() for line in (name, *store.imprint.splitlines()) if line.strip()]


def can_change_store(actor: Actor) -> Refusal | None:
    """Whether the actor may say how the store presents itself."""
    if not actor.is_merchant and not actor.is_system:
        return Refusal("merchant_only", _("The store’s settings are the supplier’s."))
    return can_do(actor, COMPANY_MANAGE)
