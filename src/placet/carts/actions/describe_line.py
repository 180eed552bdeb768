"""What a line says beside its quantity: the company's own fields of lines, and a note."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from placet.carts.actions.describe_cart import KEEP, Keep
from placet.carts.changing import begin_change, claim_line
from placet.carts.models import CartLine
from placet.companies.queries import list_line_fields
from placet.companies.references import checked_references
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record

LONGEST_NOTE = 400


@transaction
def describe_line(
    line: CartLine,
    *,
    references: Mapping[str, str] | Keep = KEEP,
    note: str | Keep = KEEP,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> CartLine:
    """Change what a line says; an empty value takes one away, and what is not named stays.

    Raises ``InvalidInput`` (``references/<key>``) for what a list or a pattern does not know, and
    ``Conflict`` when the line has moved on from ``version``.
    """
    cart = line.cart
    begin_change(cart, actor=actor, now=now)
    claim_line(line, version)
    changes: dict[str, Any] = {}
    if not isinstance(references, Keep):
        wanted = {**line.references, **references}
        fields = list_line_fields(cart.company_id)
        changes["references"] = checked_references(fields, wanted, is_complete=False)
    if not isinstance(note, Keep):
        changes["note"] = _checked_note(note)
    CartLine.objects.filter(pk=line.pk).update(**changes)
    line.refresh_from_db(fields=["references", "note", "version"])
    record(
        "cart.line_described",
        cart.id,
        actor=actor,
        now=now,
        company_id=cart.company_id,
        line=line.id,
        changed=sorted(changes),
    )
    return line


def _checked_note(note: str) -> str:
    wanted = " ".join(note.split())
    if len(wanted) > LONGEST_NOTE or not wanted.isprintable():
        raise InvalidInput("note", "length", _("A note has 400 characters at most."))
    return wanted
