"""How the merchant presents itself: whom to ask, what the law wants said, and its colour."""

from __future__ import annotations

from datetime import datetime
from typing import Final, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from placet.companies.changing import update_row
from placet.companies.holding import hold_actor
from placet.companies.models import Store
from placet.companies.refusals import refuse
from placet.companies.store import can_change_store, get_store, nearest_readable_hue
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record

LONGEST: Final = {"support_phone": 40, "imprint": 1_000}
MOST_VALID_DAYS: Final = 365


class StoreChanges(TypedDict, total=False):
    """What may be said; what is left out stays. ``accent_hue`` in degrees, ``None`` for ours."""

    support_email: str
    support_phone: str
    imprint: str
    accent_hue: int | None
    quote_valid_days: int


@transaction
def change_store(
    *, actor: Actor, now: datetime, version: int | None = None, **changes: Unpack[StoreChanges]
) -> Store:
    """Change what the store says of itself; pages, mails and papers say it from now on.

    ``version`` is 0 before anything was said. Raises ``InvalidInput``, also for a colour that
    cannot be read, and ``ChangedMeanwhile``.
    """
    refuse(can_change_store(actor))
    hold_actor(actor)
    _check(changes)
    store = get_store()
    if store.version == 0:
        # Two who say something first meet in one row, and the second has seen another version.
        Store.objects.get_or_create(
            company_id=store.company_id, defaults={"created_at": now, "version": 0}
        )
        store = get_store()
    update_row(store, version, **changes)
    record(
        "store.changed",
        store.pk,
        actor=actor,
        now=now,
        company_id=store.company_id,
        fields=sorted(changes),
        accent_hue=store.accent_hue,
        quote_valid_days=store.quote_valid_days,
    )
    return store


def _check(changes: StoreChanges) -> None:
    for name, longest in LONGEST.items():
        if len(str(changes.get(name, ""))) > longest:
            raise InvalidInput(name, "too_long", _("This is too long."))
    phone = changes.get("support_phone", "")
    if not set(phone) <= set("+0123456789 ()/.-"):
        raise InvalidInput("support_phone", "phone", _("Digits, spaces and a + only."))
    email = changes.get("support_email", "")
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            raise InvalidInput(
                "support_email", "email", _("This is not an e-mail address.")
            ) from error
    if not 1 <= changes.get("quote_valid_days", 30) <= MOST_VALID_DAYS:
        raise InvalidInput("quote_valid_days", "range", _("From 1 to 365 days."))
    _check_hue(changes.get("accent_hue"))


def _check_hue(hue: int | None) -> None:
    if hue is None:
        return
    if not 0 <= hue < 360:
        raise InvalidInput("accent_hue", "range", _("A hue is from 0 to 359 degrees."))
    nearest = nearest_readable_hue(hue)
    if nearest != hue:
        raise InvalidInput(
            "accent_hue",
            "contrast",
            _("Text in this colour is too hard to read. The nearest that works is %(hue)d.")
            % {"hue": nearest},
        )
