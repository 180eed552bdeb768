"""Who keeps what of the catalog."""

from __future__ import annotations

from placet.catalog.models import Assortment
from placet.companies.permissions import CATALOG_MANAGE, COMPANY_MANAGE, can_do
from placet.companies.refusals import Refusal, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import NotFound


def can_keep_assortments(actor: Actor, company_id: str, side: str) -> Refusal | None:
    """Whether the actor may see and change the assortments of this side for this company.

    Raises ``NotFound`` for the other side's, and for those of other companies: to the actor there
    are none.
    """
    if side == Assortment.Side.MERCHANT:
        if not actor.is_merchant and not actor.is_system:
            raise NotFound
        return can_do(actor, CATALOG_MANAGE)
    refuse_foreign(actor, company_id)
    return can_do(actor, COMPANY_MANAGE)
