"""The store itself: whom to ask, its imprint and colour, how long its quotes hold."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Router
from pydantic import Field

from placet.api.call import ApiRequest
from placet.api.schemas.base import Answer, Wish
from placet.api.schemas.words import LongText, Text, wished
from placet.api.versions import require_version, tag
from placet.companies.actions import change_store
from placet.companies.refusals import refuse
from placet.companies.store import can_change_store, get_store

router = Router(tags=["store"])


class StoreShown(Answer):
    """What the store says of itself; `accent_hue` in degrees, null for the product's own."""

    object: Literal["store"] = "store"
    name: str
    support_email: str
    support_phone: str
    imprint: str
    accent_hue: int | None
    quote_valid_days: int


class StoreChange(Wish):
    """What is named is changed."""

    support_email: Text | None = None
    support_phone: Annotated[str, Field(max_length=40)] | None = None
    imprint: LongText | None = None
    accent_hue: Annotated[int, Field(ge=0, le=359)] | None = None
    quote_valid_days: Annotated[int, Field(ge=1, le=365)] | None = None


@router.get("/store", response=StoreShown)
def read_store(request: ApiRequest) -> StoreShown:
    """Who runs this store and whom to ask; for everybody who has a key."""
    return _show(request)


@router.patch("/store", response=StoreShown)
def change_store_settings(request: ApiRequest, body: StoreChange) -> StoreShown:
    """Say something else; the owner's alone. Needs If-Match, `"0"` before anything was said."""
    refuse(can_change_store(request.actor))
    store = get_store()
    require_version(request, store.version)
    changes = wished(body)
    # Only a colour can be taken back; of everything else null says nothing.
    kept = {name: one for name, one in changes.items() if one is not None or name == "accent_hue"}
    if kept:
        change_store(**kept, version=store.version, actor=request.actor, now=request.now)
    return _show(request)


def _show(request: ApiRequest) -> StoreShown:
    store = get_store()
    tag(request, store.version)
    return StoreShown(
        name=store.company.name,
        support_email=store.support_email,
        support_phone=store.support_phone,
        imprint=store.imprint,
        accent_hue=store.accent_hue,
        quote_valid_days=store.quote_valid_days,
    )
