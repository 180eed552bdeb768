"""What another system calls a thing, and notes of its own: ``external_id`` and ``metadata``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from placet.companies.changing import update_row
from placet.companies.holding import change_company_alone
from placet.companies.models import Address, Company, CostCenter, Member, ReferenceField, Role, Unit
from placet.companies.permissions import (
    ADDRESS_MANAGE,
    COMPANY_MANAGE,
    ROLE_MANAGE,
    UNIT_MANAGE,
    can_do,
    can_manage_member,
)
from placet.companies.refusals import Refusal, refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record

LONGEST_ID: Final = 100
LONGEST_KEY: Final = 40
LONGEST_TEXT: Final = 500
MOST_NOTES: Final = 50

Labelled = Company | Unit | Member | Role | Address | CostCenter | ReferenceField
NOUNS: Final[Mapping[type[Labelled], str]] = {
    Company: "company",
    Unit: "unit",
    Member: "member",
    Role: "role",
    Address: "address",
    CostCenter: "cost_center",
    ReferenceField: "reference_field",
}


class ExternalIdTaken(Conflict):
    """Another thing of the kind has this id of the other system; ``facts['id']`` is ours of it."""

    code = "external_id_taken"


@transaction
def label_resource(
    row: Labelled,
    *,
    actor: Actor,
    now: datetime,
    external_id: str | None = None,
    metadata: Mapping[str, str] | None = None,
    version: int | None = None,
) -> None:
    """Keep what another system calls a thing, and its notes about it; ``None`` leaves them.

    Whoever may change the thing may; a company is labelled by the merchant, whose customer it is.
    In a company an id names one thing of a kind. Raises ``InvalidInput``, ``ExternalIdTaken`` and
    ``ChangedMeanwhile``.
    """
    company_id = row.pk if isinstance(row, Company) else row.company_id
    if not isinstance(row, Company):
        refuse_foreign(actor, company_id)
    refuse(_can_label(actor, row))
    changes: dict[str, Any] = {}
    if external_id is not None:
        change_company_alone(company_id, actor=actor)
        changes["external_id"] = _checked_id(row, external_id.strip())
    if metadata is not None:
        changes["metadata"] = _checked_notes(metadata)
    if not changes:
        return
    update_row(row, version, **changes)
    record(
        f"{NOUNS[type(row)]}.changed",
        row.pk,
        actor=actor,
        now=now,
        company_id=company_id,
        fields=sorted(changes),
    )


def _can_label(actor: Actor, row: Labelled) -> Refusal | None:
    if isinstance(row, Company):
        if not actor.is_merchant and not actor.is_system:
            return Refusal("merchant_only", _("Only the supplier labels companies."))
        return can_do(actor, COMPANY_MANAGE)
    if isinstance(row, Member):
        return can_manage_member(actor, row)
    if isinstance(row, Unit):
        return can_do(actor, UNIT_MANAGE, row.path)
    if isinstance(row, Role):
        return can_do(actor, ROLE_MANAGE)
    unit = None if isinstance(row, ReferenceField) else row.unit
    return can_do(actor, ADDRESS_MANAGE, unit.path if unit else "")


def _checked_id(row: Labelled, external_id: str) -> str:
    if len(external_id) > LONGEST_ID:
        raise InvalidInput("external_id", "too_long", _("An id has at most 100 characters."))
    others: Any = type(row)._default_manager.exclude(pk=row.pk).filter(external_id=external_id)
    if not isinstance(row, Company):
        others = others.filter(company_id=row.company_id)
    taken = others.values_list("pk", flat=True).first() if external_id else None
    if taken is not None:
        raise ExternalIdTaken(_("Something else has this external id already."), id=taken)
    return external_id


def _checked_notes(metadata: Mapping[str, str]) -> dict[str, str]:
    if len(metadata) > MOST_NOTES:
        raise InvalidInput("metadata", "too_many", _("At most fifty notes."))
    for key, text in metadata.items():
        if not 0 < len(key) <= LONGEST_KEY or len(text) > LONGEST_TEXT:
            raise InvalidInput("metadata", "too_long", _("A note has a short name and text."))
    return dict(metadata)
