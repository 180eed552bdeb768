"""The form of PO numbers: that of the unit, else of the nearest unit above, else the company's."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.companies.models import Company, Unit
from placet.core.errors import InvalidInput
from placet.policy.patterns import BadPattern, compile_pattern, matches

LONGEST_FORM = 100
LONGEST_NUMBER = 60


class PoForm(NamedTuple):
    """A pattern, and an example of it for people; both empty where every number will do."""

    pattern: str
    hint: str

    @property
    def example(self) -> str:
        """What people are shown."""
        return self.hint or self.pattern


def po_form_of(company: Company, unit: Unit) -> PoForm:
    """What a PO number of this unit looks like; no query where the unit says so itself."""
    if unit.po_pattern:
        return PoForm(unit.po_pattern, unit.po_hint)
    above = unit.path.strip("/").split("/")[:-1]
    rows = Unit.objects.filter(company_id=company.pk, pk__in=above).exclude(po_pattern="")
    found = max(rows, key=lambda one: len(one.path), default=None)
    if found is not None:
        return PoForm(found.po_pattern, found.po_hint)
    return PoForm(company.po_pattern, company.po_hint)


def checked_po_number(number: str, form: PoForm) -> str:
    """The number without blanks around it; empty is none.

    Raises ``InvalidInput``: ``po_format`` for another form, ``po_pattern`` where the form itself
    cannot be read, which is a mistake of the company's admin.
    """
    wanted = number.strip()
    if len(wanted) > LONGEST_NUMBER or not wanted.isprintable():
        raise InvalidInput("po_number", "length", _("A PO number has 60 characters at most."))
    if not wanted or not form.pattern:
        return wanted
    try:
        fits = matches(form.pattern, wanted)
    except BadPattern as error:
        raise InvalidInput(
            "po_number", "po_pattern", _("Your company's form of PO numbers cannot be read.")
        ) from error
    if not fits:
        raise InvalidInput(
            "po_number",
            "po_format",
            _("A PO number of your company looks like this: %(hint)s.") % {"hint": form.example},
        )
    return wanted


def check_form(pattern: str, hint: str) -> None:
    """Raises ``InvalidInput`` for a form that nobody could follow."""
    if len(pattern) > LONGEST_FORM or len(hint) > LONGEST_FORM:
        raise InvalidInput("po_pattern", "too_long", _("This is too long."))
    try:
        compile_pattern(pattern)
    except BadPattern as error:
        raise InvalidInput("po_pattern", "pattern", _("This pattern cannot be read.")) from error
