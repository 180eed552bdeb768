"""What every change of a list begins with: one guarded update, which also orders the waiting."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from placet.carts.lists.permissions import ARCHIVED, can_edit_list
from placet.carts.models import PurchaseList, PurchaseListLine
from placet.carts.quantities import LARGEST
from placet.companies.holding import hold_actor
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput


def begin_list_change(
    wanted: PurchaseList, *, actor: Actor, now: datetime, version: int | None = None
) -> None:
    """Claim the list for a change; ``version`` is what the actor saw, where that matters.

    Raises ``NotFound`` and ``Forbidden`` for those who may not, ``Conflict`` when somebody else
    changed it or put it away meanwhile.
    """
    refuse_foreign(actor, wanted.company_id)
    hold_actor(actor)
    refusal = can_edit_list(actor, wanted)
    if refusal is not None and refusal.code == ARCHIVED:
        raise Conflict(refusal.sentence, version=wanted.version)
    refuse(refusal)
    touch_list(wanted, now=now, version=version)


def touch_list(
    wanted: PurchaseList, *, now: datetime, version: int | None = None, is_archived: bool = False
) -> None:
    """Raise the version of a list in the state that was read; raises ``Conflict``."""
    seen = PurchaseList.objects.filter(pk=wanted.pk, archived_at__isnull=not is_archived)
    if version is not None:
        seen = seen.filter(version=version)
    if not seen.update(version=F("version") + 1, changed_at=now):
        current = PurchaseList.objects.get(pk=wanted.pk)
        raise Conflict(
            _("Somebody changed this list meanwhile. Please look again."), version=current.version
        )
    wanted.refresh_from_db(fields=["version", "changed_at"])
    getattr(wanted, "_prefetched_objects_cache", {}).pop("grants", None)


def claim_list_line(line: PurchaseListLine, version: int | None) -> None:
    """Raise the version of a line of a claimed list; raises ``Conflict`` when it moved on."""
    seen = PurchaseListLine.objects.filter(pk=line.pk)
    if version is not None:
        seen = seen.filter(version=version)
    if not seen.update(version=F("version") + 1):
        raise Conflict(_("Somebody changed or removed this line meanwhile. Please look again."))
    line.refresh_from_db(fields=["version", "quantity", "par_quantity", "note", "position"])


def checked_list_name(name: str) -> str:
    """The name as it is kept; raises ``InvalidInput``."""
    wanted = " ".join(name.split())
    if not 1 <= len(wanted) <= 120 or not wanted.isprintable():
        raise InvalidInput("name", "length", _("A list has a name of 1 to 120 characters."))
    return wanted


def checked_text(path: str, text: str, longest: int) -> str:
    """A note as it is kept; raises ``InvalidInput`` on its path."""
    wanted = text.strip()
    if len(wanted) > longest or "\x00" in wanted:
        raise InvalidInput(path, "length", _("At most %(most)d characters.") % {"most": longest})
    return wanted


def checked_quantities(quantity: int, par_quantity: int | None) -> None:
    """Raise ``InvalidInput`` for quantities that nobody orders or keeps."""
    for path, value in (("quantity", quantity), ("par_quantity", par_quantity)):
        if value is not None and not 1 <= value <= LARGEST:
            raise InvalidInput(
                path, "range", _("Between %(least)d and %(most)d.") % {"least": 1, "most": LARGEST}
            )
