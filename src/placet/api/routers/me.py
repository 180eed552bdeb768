"""Who one is."""

from __future__ import annotations

from ninja import Router

from placet.api.call import ApiRequest
from placet.api.schemas.company import Me, show_me

router = Router(tags=["me"])


@router.get("/me", response=Me)
def get_me(request: ApiRequest) -> Me:
    """Who the key acts as, and what that allows."""
    return show_me(request)
