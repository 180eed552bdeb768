"""Who keeps a rulebook, whether a second person publishes, and whether rules above hold too."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.rulebooks.models import Rulebook
from placet.rulebooks.permissions import can_change_inheritance, can_change_rulebook
from placet.rulebooks.reach import lock_rulebook


@transaction
def change_rulebook(
    rulebook: Rulebook,
    *,
    version: int,
    name: str | None = None,
    kept_by: str | None = None,
    needs_second_person: bool | None = None,
    inherits: bool | None = None,
    actor: Actor,
    now: datetime,
) -> Rulebook:
    """Change how a rulebook is kept, never what it says; what is left out stays as it is.

    Only the company decides who keeps its rules; only somebody who manages the rules of the unit
    above cuts a unit off from them. Raises ``Conflict`` when it changed since it was read.
    """
    locked = lock_rulebook(actor, rulebook.pk)
    wanted: dict[str, Any] = {
        "name": name,
        "kept_by": kept_by,
        "needs_second_person": needs_second_person,
        "inherits": inherits,
    }
    changes: dict[str, Any] = {
        field: value
        for field, value in wanted.items()
        if value is not None and value != getattr(locked, field)
    }
    if set(changes) - {"inherits"}:
        refuse(can_change_rulebook(actor, locked))
    if "inherits" in changes:
        refuse(can_change_inheritance(actor, locked))
    _check(locked, changes)
    if locked.version != version:
        raise Conflict(_("These settings changed since you opened them."), current=locked.version)
    if changes:
        Rulebook.objects.filter(pk=locked.pk).update(**changes, version=locked.version + 1)
        said = {field: value for field, value in changes.items() if field != "name"}
        record(
            "rulebook.changed",
            locked.id,
            actor=actor,
            now=now,
            company_id=locked.company_id,
            rulebook=locked.id,
            private=None,
            changed=sorted(changes),
            **said,
        )
    locked.refresh_from_db()
    return locked


def _check(rulebook: Rulebook, changes: dict[str, Any]) -> None:
    name = changes.get("name")
    if isinstance(name, str) and not 0 < len(name.strip()) <= 120:
        raise InvalidInput("name", "out_of_range", _("A name has 1 to 120 characters."))
    kept_by = changes.get("kept_by")
    if kept_by is None:
        return
    if kept_by not in Rulebook.KeptBy.values:
        raise InvalidInput("kept_by", "unknown_choice", _("The company, the merchant, or both."))
    if rulebook.side == Rulebook.Side.MERCHANT:
        raise InvalidInput("kept_by", "wrong_side", _("The supplier keeps its own rules."))
