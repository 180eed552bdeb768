"""Documents about who else has a cart."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from placet.api.schemas.base import Answer, Named, Person, person
from placet.carts import models


class CartGrant(Answer):
    """What a member, or everybody of a unit and below it, may do with a cart not theirs."""

    object: Literal["cart_grant"] = "cart_grant"
    id: str
    created_at: datetime
    member: Person | None
    unit: Named | None
    level: str


def show_grants(grants: Iterable[models.CartGrant]) -> list[CartGrant]:
    """Grants with whom they name loaded."""
    return [
        CartGrant(
            id=grant.id,
            created_at=grant.created_at,
            member=None if grant.unit_id else person(grant.member),
            unit=Named(id=grant.unit.id, name=grant.unit.name) if grant.unit_id else None,
            level=grant.level,
        )
        for grant in grants
    ]
