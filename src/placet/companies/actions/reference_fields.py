"""The company's own reference fields: what it wants to be told with each purchase."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db.models import F
from django.utils.translation import gettext as _

from placet.companies.changing import update_row
from placet.companies.models import Company, ReferenceField
from placet.companies.permissions import ADDRESS_MANAGE, require
from placet.companies.refusals import refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.policy.patterns import BadPattern, compile_pattern

KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
RESERVED: Final = frozenset({"po"})
MOST_FIELDS: Final = 20
MOST_CHOICES: Final = 500


class FieldShape(NamedTuple):
    """What a field asks for. ``choices`` are those of a list, ``pattern`` that of a pattern."""

    name: str
    kind: str = ReferenceField.Kind.TEXT
    choices: Sequence[str] = ()
    pattern: str = ""
    hint: str = ""
    is_required: bool = False
    is_for_supplier: bool = False
    is_per_line: bool = False
    position: int = 0


@transaction
def add_reference_field(
    company: Company, *, key: str, shape: FieldShape, actor: Actor, now: datetime
) -> ReferenceField:
    """Ask for one more thing with each purchase: a project is a list with the key ``project``.

    Rules and exports name it by its key, which stays. Raises ``Conflict`` when the key is taken.
    """
    refuse_foreign(actor, company.id)
    require(actor, ADDRESS_MANAGE)
    if not KEY.fullmatch(key) or key in RESERVED:
        raise InvalidInput("key", "key", _("A key is small letters, digits and underscores."))
    columns = _columns(shape)
    if ReferenceField.objects.filter(company=company, key=key).exists():
        raise Conflict(_("There is a field “%(key)s” already.") % {"key": key})
    if ReferenceField.objects.filter(company=company, closed_at=None).count() >= MOST_FIELDS:
        raise Conflict(_("A company has twenty fields at most."))
    field = ReferenceField.objects.create(created_at=now, company=company, key=key, **columns)
    _record("reference_field.added", field, actor=actor, now=now)
    return field


@transaction
def change_reference_field(
    field: ReferenceField,
    *,
    shape: FieldShape,
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> ReferenceField:
    """Change what a field asks for; what was submitted keeps what it says."""
    refuse_foreign(actor, field.company_id)
    require(actor, ADDRESS_MANAGE)
    update_row(field, version, **_columns(shape))
    _record("reference_field.changed", field, actor=actor, now=now)
    return field


@transaction
def close_reference_field(field: ReferenceField, *, actor: Actor, now: datetime) -> ReferenceField:
    """Ask for it no more; raises ``Conflict`` when it was closed already."""
    refuse_foreign(actor, field.company_id)
    require(actor, ADDRESS_MANAGE)
    open_one = ReferenceField.objects.filter(pk=field.pk, closed_at=None)
    if not open_one.update(closed_at=now, version=F("version") + 1):
        raise Conflict(_("This was closed already."))
    field.refresh_from_db()
    _record("reference_field.closed", field, actor=actor, now=now)
    return field


def _columns(shape: FieldShape) -> dict[str, Any]:
    """The checked columns of a field; a list has choices, a pattern can be read."""
    if not shape.name.strip() or len(shape.name) > 80:
        raise InvalidInput("name", "required", _("A field has a name of at most 80 characters."))
    if shape.kind not in ReferenceField.Kind.values:
        raise InvalidInput("kind", "choice", _("A field is a text, a list or a pattern."))
    if len(shape.hint) > 100 or len(shape.pattern) > 100:
        raise InvalidInput("pattern", "too_long", _("This is too long."))
    choices = list(dict.fromkeys(one.strip() for one in shape.choices if one.strip()))
    is_list = shape.kind == ReferenceField.Kind.LIST
    if (is_list and not 0 < len(choices) <= MOST_CHOICES) or any(len(one) > 200 for one in choices):
        raise InvalidInput("choices", "range", _("A list has one to 500 short choices."))
    if shape.kind == ReferenceField.Kind.PATTERN:
        _check_pattern(shape.pattern)
    if not 0 <= shape.position <= 1_000:
        raise InvalidInput("position", "range", _("A position is a small number."))
    return {**shape._asdict(), "name": shape.name.strip(), "choices": choices}


def _check_pattern(pattern: str) -> None:
    try:
        compile_pattern(pattern)
    except BadPattern as error:
        raise InvalidInput("pattern", "pattern", _("This pattern cannot be read.")) from error
    if not pattern:
        raise InvalidInput("pattern", "required", _("Say what it looks like."))


def _record(what: str, field: ReferenceField, *, actor: Actor, now: datetime) -> None:
    record(
        what,
        field.id,
        actor=actor,
        now=now,
        company_id=field.company_id,
        key=field.key,
        kind=field.kind,
        is_required=field.is_required,
        is_for_supplier=field.is_for_supplier,
        is_per_line=field.is_per_line,
        private={"name": field.name},
    )
