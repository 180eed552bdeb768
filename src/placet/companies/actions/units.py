"""The tree of a company: its units, and who heads them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.changing import update_row
from placet.companies.models import Company, Unit
from placet.companies.permissions import UNIT_MANAGE, require
from placet.companies.po_forms import PoForm, check_form
from placet.companies.refusals import refuse_foreign
from placet.core import ids
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record

DEEPEST = 12
ANY_FORM = PoForm("", "")


@transaction
def add_unit(
    company: Company,
    *,
    name: str,
    actor: Actor,
    now: datetime,
    parent: Unit | None = None,
    code: str = "",
    po_form: PoForm = ANY_FORM,
) -> Unit:
    """Add a division, branch or department below ``parent``, by default below the root."""
    above = parent or Unit.objects.get(company=company, parent__isnull=True)
    refuse_foreign(actor, company.id, above.company_id)
    require(actor, UNIT_MANAGE, above.path)
    if above.company_id != company.id or above.closed_at is not None:
        raise InvalidInput("parent", "foreign", _("The unit above is of another company."))
    if above.path.count("/") >= DEEPEST:
        raise InvalidInput("parent", "too_deep", _("The tree has twelve levels at most."))
    _check_names(company.id, name, code)
    check_form(*po_form)
    unit_id = ids.new_id("unt")
    unit = Unit.objects.create(
        id=unit_id,
        created_at=now,
        company=company,
        parent=above,
        path=f"{above.path}{unit_id}/",
        name=name,
        code=code,
        po_pattern=po_form.pattern,
        po_hint=po_form.hint,
    )
    record(
        "unit.added",
        unit.id,
        actor=actor,
        now=now,
        company_id=company.id,
        parent=above.id,
        private={"name": name},
    )
    return unit


@transaction
def change_unit(
    unit: Unit,
    *,
    name: str,
    code: str,
    po_form: PoForm | None = None,
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> Unit:
    """Give a unit another name or code; raises ``Conflict`` where another has the code.

    ``po_form`` is the form of its PO numbers, and of those below it that have none of their own;
    without it the form stays.
    """
    refuse_foreign(actor, unit.company_id)
    require(actor, UNIT_MANAGE, unit.path)
    _check_names(unit.company_id, name, code, besides=unit.pk)
    form = po_form if po_form is not None else PoForm(unit.po_pattern, unit.po_hint)
    check_form(*form)
    texts = {"po_pattern": form.pattern, "po_hint": form.hint}
    update_row(unit, version, name=name.strip(), code=code, **texts)
    record(
        "unit.changed",
        unit.id,
        actor=actor,
        now=now,
        company_id=unit.company_id,
        code=code,
        private={"name": unit.name},
    )
    return unit


def _check_names(company_id: str, name: str, code: str, besides: str = "") -> None:
    if not name.strip() or len(name) > 120:
        raise InvalidInput("name", "required", _("A unit has a name of at most 120 characters."))
    if len(code) > 40:
        raise InvalidInput("code", "too_long", _("A code has at most 40 characters."))
    taken = Unit.objects.filter(company_id=company_id, code=code, closed_at=None)
    if code and taken.exclude(pk=besides).exists():
        raise Conflict(_("There is a unit %(code)s already.") % {"code": code})
