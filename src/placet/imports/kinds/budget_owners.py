"""For whom a budget is, as a file writes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from placet.budgets.models import Budget
from placet.catalog.models import Category
from placet.core.errors import InvalidInput
from placet.imports.ground import Ground

Owner = Budget.OwnerKind
OWNERS: Final = {
    Owner.COMPANY.value: ("firma",),
    Owner.UNIT.value: ("jednostka", "dział"),
    Owner.MEMBER.value: ("osoba", "użytkownik"),
    Owner.COST_CENTER.value: ("cost centre", "mpk"),
    Owner.CATEGORY.value: ("kategoria",),
}


def owner_ref(kind: str, text: str, ground: Ground) -> str:
    """The id of the owner that a cell names; raises ``InvalidInput``."""
    if kind == Owner.COMPANY:
        return ground.company.pk
    if not text:
        raise InvalidInput("owner", "required", _("Say whose budget it is."))
    if kind == Owner.UNIT:
        return ground.unit("owner", text).pk
    if kind == Owner.MEMBER:
        return ground.member("owner", text).pk
    if kind == Owner.COST_CENTER:
        center = ground.find_cost_center(text)
        if center is not None and center.closed_at is None:
            return center.pk
    else:
        path = Category.objects.filter(path=text.rstrip("/") + "/").first()
        if path is not None:
            return path.pk
    raise InvalidInput("owner", "unknown", _("There is no “%(name)s”.") % {"name": text})


def owner_text(
    budget: Budget,
    ground: Ground,
    centers: Mapping[str, str],
    emails: Mapping[str, str],
    paths: Mapping[str, str],
) -> str:
    """How a file names the owner."""
    if budget.owner_kind == Owner.UNIT:
        return ground.name_of(ground.units.get(budget.owner_ref))
    named = {Owner.MEMBER: emails, Owner.COST_CENTER: centers, Owner.CATEGORY: paths}
    found = named.get(Owner(budget.owner_kind))
    return found.get(budget.owner_ref, "") if found else ""
