"""Budgets: found by your own id, else by name and owner among the running ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final, cast

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from placet.budgets.actions import adjust_budget, change_budget, close_budget, create_budget
from placet.budgets.models import Budget
from placet.budgets.permissions import can_manage_budget
from placet.catalog.models import Category
from placet.companies.models import CostCenter, Member
from placet.companies.permissions import BUDGET_MANAGE
from placet.core.errors import InvalidInput
from placet.imports.columns import Column
from placet.imports.ground import Ground
from placet.imports.kinds.budget_owners import OWNERS, owner_ref, owner_text
from placet.imports.kinds.depending import unchanged_since
from placet.imports.kinds.kind import Cells, ChangedSince, Kind, Made, Warned, nothing_above
from placet.imports.values import (
    last_day_of,
    read_amount,
    read_choice,
    read_day,
    read_list,
    show_amount,
    start_of,
)

PERIODS: Final = {
    "once": ("jednorazowy",),
    "week": ("weekly", "tydzień"),
    "month": ("monthly", "miesiąc"),
    "quarter": ("quarterly", "kwartał"),
    "year": ("yearly", "rok"),
}
MODES: Final = {"warn": ("ostrzega",), "approve": ("pyta",), "block": ("blokuje",)}
BASES: Final = {"net": ("netto",), "with_shipping": ("z dostawą",), "gross": ("brutto",)}
ROLLOVERS: Final = {"none": ("nie",), "left": ("reszta",), "all": ("wszystko",)}
CHOICES: Final = {"mode": MODES, "basis": BASES, "rollover": ROLLOVERS}
COLUMNS = (
    Column("name", _("Name"), "", True, 120, ("budget", "nazwa", "budżet"), "ICU supplies"),
    Column("owner_kind", _("For"), _("company, unit, member, cost_center or category"), True, 20,
           ("owner kind", "rodzaj właściciela"), "cost_center"),
    Column("owner", _("Owner"), _("Code of the unit or cost centre, e-mail address, or category"),
           False, 400, ("właściciel",), "4410"),
    Column("amount", _("Amount"), _("What each period begins with"), True, 40, ("kwota",),
           "12000.00"),
    Column("currency", _("Currency"), _("Blank: that of the company"), False, 3, ("waluta",),
           "EUR"),
    Column("period", _("Period"), _("once, week, month, quarter or year"), True, 20, ("okres",),
           "month"),
    Column("starts_on", _("First day"), _("For budgets of once"), False, 10,
           ("start", "pierwszy dzień", "od"), ""),
    Column("ends_on", _("Last day"), _("For budgets of once"), False, 10,
           ("end", "ostatni dzień", "do"), ""),
    Column("mode", _("When it is used up"), _("warn, approve or block"), False, 20, ("tryb",),
           "approve"),
    Column("basis", _("Counts"), _("net, with_shipping or gross"), False, 20, ("podstawa",), "net"),
    Column("rollover", _("Carries over"), _("none, left or all"), False, 20, ("przeniesienie",),
           "none"),
    Column("responsible", _("Responsible"), _("E-mail address of a member"), False, 254,
           ("odpowiedzialny",), "rashid@example.com"),
    Column("alerts", _("Alerts at percent"), "", False, 60, ("alert percents", "progi"),
           "80, 100"),
    Column("external_id", _("Your own id"), "", False, 100, ("external id", "id"), ""),
)  # fmt: skip


def key_of(cells: Cells) -> str:
    """Your own id, else name and owner."""
    own = cells.get("external_id", "")
    return (
        f"id:{own}"
        if own
        else "|".join(cells.get(name, "") for name in ("name", "owner_kind", "owner"))
    )


def write_row(cells: Cells, ground: Ground) -> Made:
    """Create a budget, or change what differs of the running one."""
    kind = read_choice("owner_kind", cells["owner_kind"], OWNERS)
    ref = owner_ref(kind, cells.get("owner", ""), ground)
    currency = (cells.get("currency") or ground.company.currency).upper()
    amount = read_amount("amount", cells["amount"], currency)
    period = read_choice("period", cells["period"], PERIODS)
    given = _given(cells, ground)
    found = _found(cells, kind, ref, ground)
    if found is not None:
        stays = (found.currency, found.period, found.owner_kind, found.owner_ref)
        if stays != (currency, period, kind, ref):
            raise InvalidInput(
                "name", "fixed", gettext("Owner, currency and period of a budget stay as they are.")
            )
        return _changed(found, cells["name"], amount, given, ground)
    made = create_budget(
        name=cells["name"],
        owner_kind=kind,
        owner_ref=ref,
        amount_minor=amount,
        currency=currency,
        period=period,
        **{"responsible_id": None, **given},
        **_stretch(cells, period, ground),
        actor=ground.actor,
        now=ground.now,
    )
    return Made("added", made.pk, made.version)


def _given(cells: Cells, ground: Ground) -> dict[str, Any]:
    """What the optional cells say; a blank one says nothing."""
    given: dict[str, Any] = {
        name: read_choice(name, cells[name], words)
        for name, words in CHOICES.items()
        if cells.get(name)
    }
    if cells.get("responsible"):
        given["responsible_id"] = ground.member("responsible", cells["responsible"]).pk
    if cells.get("alerts"):
        parts = read_list(cells["alerts"])
        if not all(part.isascii() and part.isdecimal() and len(part) < 5 for part in parts):
            raise InvalidInput("alerts", "number", gettext("Write percents such as 80, 100."))
        given["alert_percents"] = sorted({int(part) for part in parts})
    if cells.get("external_id"):
        given["external_id"] = cells["external_id"]
    return given


def _stretch(cells: Cells, period: str, ground: Ground) -> dict[str, Any]:
    if period != Budget.Period.ONCE:
        return {}
    for name in ("starts_on", "ends_on"):
        if not cells.get(name):
            raise InvalidInput(name, "required", gettext("A budget of once has both days."))
    last = read_day("ends_on", cells["ends_on"])
    if last.year > 9000:
        raise InvalidInput("ends_on", "day", gettext("Write a day as 2026-12-31."))
    return {
        "starts_at": start_of(read_day("starts_on", cells["starts_on"]), ground.zone),
        "ends_at": start_of(last + timedelta(days=1), ground.zone),
    }


def _running(ground: Ground) -> Any:
    """The newest periods of the company's open budgets."""
    return Budget.objects.filter(
        company=ground.company, account=Budget.Account.BUDGET, is_latest=True, closed_at=None
    )


def _found(cells: Cells, kind: str, ref: str, ground: Ground) -> Budget | None:
    same = Q(name=cells["name"], owner_kind=kind, owner_ref=ref)
    if cells.get("external_id"):
        own = _running(ground).filter(external_id=cells["external_id"]).first()
        if own is not None:
            return cast(Budget, own)
    near = list(_running(ground).filter(same).exclude(pk__in=ground.touched).order_by("id")[:2])
    if len(near) > 1:
        raise InvalidInput(
            "name", "several", gettext("Several budgets of this owner have this name.")
        )
    return near[0] if near else None


def _changed(found: Budget, name: str, amount: int, given: dict[str, Any], ground: Ground) -> Made:
    """Change what differs; the amount of a recurring one is that of the periods to come."""
    is_once = found.period == Budget.Period.ONCE
    wanted = {"name": name, **given} | ({} if is_once else {"base_minor": amount})
    changes = {key: value for key, value in wanted.items() if getattr(found, key) != value}
    before: dict[str, Any] = {key: getattr(found, key) for key in changes}
    raised = amount - found.amount_minor if is_once else 0
    if not changes and not raised:
        return Made("unchanged", found.pk, found.version)
    if changes:
        change_budget(found.pk, version=None, **changes, **ground.at)
    if raised:
        before["raised"] = raised
        adjust_budget(found.pk, change_minor=raised, reason=gettext("Import"), **ground.at)
    found.refresh_from_db()
    warnings: tuple[Warned, ...] = ()
    if "base_minor" in changes:
        sentence = gettext("The new amount holds from the next period on.")
        warnings = (Warned("amount", sentence),)
    return Made("changed", found.pk, found.version, before, warnings)


def take_back(made: Made, ground: Ground) -> None:
    """Close what was added; give back what was changed."""
    budget = Budget.objects.get(pk=made.id, company=ground.company)
    unchanged_since(budget, made)
    if made.did == "added":
        if budget.used_minor or budget.reservations.exists():
            raise ChangedSince(gettext("Purchases have drawn on it."))
        close_budget(budget.pk, **ground.at)
        return
    before: dict[str, Any] = dict(made.before)
    raised = before.pop("raised", 0)
    if before:
        change_budget(budget.pk, version=None, **before, **ground.at)
    if raised:
        adjust_budget(
            budget.pk, change_minor=-raised, reason=gettext("Import taken back"), **ground.at
        )


def export_rows(ground: Ground) -> Iterator[dict[str, str]]:
    """The running budgets that the actor keeps and whose owner is still there, by name."""
    centers = dict(CostCenter.objects.filter(company=ground.company).values_list("id", "code"))
    members = Member.objects.filter(company=ground.company).select_related("user")
    emails = {member.pk: member.user.email for member in members}
    paths = dict(Category.objects.values_list("id", "path"))
    for budget in _running(ground).select_related("responsible__user").order_by("name", "id"):
        if can_manage_budget(ground.actor, budget) is not None:
            continue
        is_once = budget.period == Budget.Period.ONCE
        if is_once and budget.ends_at <= ground.now:
            continue
        minor = budget.amount_minor if is_once else budget.base_minor
        first, last = budget.starts_at.astimezone(ground.zone), budget.ends_at
        yield {
            "name": budget.name,
            "owner_kind": budget.owner_kind,
            "owner": owner_text(budget, ground, centers, emails, paths),
            "amount": show_amount(minor, budget.currency),
            "currency": budget.currency,
            "period": budget.period,
            "starts_on": first.date().isoformat() if is_once else "",
            "ends_on": last_day_of(last, ground.zone).isoformat() if is_once else "",
            "mode": budget.mode,
            "basis": budget.basis,
            "rollover": budget.rollover,
            "responsible": emails.get(budget.responsible_id, ""),
            "alerts": ", ".join(map(str, budget.alert_percents)),
            "external_id": budget.external_id,
        }


KIND = Kind(
    "budgets",
    _("Budgets"),
    BUDGET_MANAGE,
    COLUMNS,
    key_of,
    nothing_above,
    write_row,
    take_back,
    export_rows,
)
