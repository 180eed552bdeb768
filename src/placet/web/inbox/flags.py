"""What to look at before deciding, as the badges of a row: the signs of requisitions, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from placet.core.actor import Actor
from placet.policy.variations import is_similar
from placet.requisitions.attention import DEARER, FIRST, list_signs
from placet.requisitions.models import RevisionLine, StepAssignment
from placet.web import formats
from placet.web.budgets.page import BudgetState

LOOKS = (
    ("none", gettext_lazy("Nothing to look at")),
    ("changed", gettext_lazy("Changed since you looked")),
    ("over", gettext_lazy("Over budget")),
    ("dearer", gettext_lazy("Dearer than before")),
    ("first", gettext_lazy("First time bought")),
    ("again", gettext_lazy("Asked for lately")),
    ("question", gettext_lazy("Question open")),
)


class Flag(NamedTuple):
    """Something to look at; ``number`` is the other requisition that it names, or nothing."""

    state: str
    label: str
    icon: str
    number: str = ""


class _Counts(NamedTuple):
    lines: int
    first: int
    dearer: int


def list_flags(
    actor: Actor,
    rows: Sequence[StepAssignment],
    budgets: Mapping[str, Sequence[BudgetState]],
) -> Mapping[str, tuple[Flag, ...]]:
    """The flags of each row by its step, in five queries at most; ``budgets`` are by revision."""
    signs = list_signs(actor, rows)
    revisions = {row.step_id: row.step.revision_id for row in rows}
    counts = _count_lines(
        [revisions[step] for step, held in signs.items() if held["first"] or held["dearer"]]
    )
    others = _name_others(
        {revisions[step]: str(held["other"]) for step, held in signs.items() if held["other"]}
    )
    return {
        step: (
            *_of_content(held, counts.get(revisions[step])),
            *(flag for budget in budgets.get(revisions[step], ()) for flag in _of_budget(budget)),
            *others.get(revisions[step], ()),
            *_of_question(held),
        )
        for step, held in signs.items()
    }


def _of_content(held: Mapping[str, object], counts: _Counts | None) -> list[Flag]:
    flags = []
    if held["changed"]:
        flags.append(Flag("accent", _("Changed since you looked"), "pencil"))
    if counts is None:
        return flags
    if counts.dearer:
        dearer = ngettext("%(n)d line dearer", "%(n)d lines dearer", counts.dearer)
        flags.append(Flag("warn", dearer % {"n": counts.dearer}, "trending-up"))
    if counts.first and counts.first < counts.lines:
        new = ngettext("%(n)d line new to us", "%(n)d lines new to us", counts.first)
        flags.append(Flag("info", new % {"n": counts.first}, "sparkles"))
    elif counts.first:
        flags.append(Flag("info", _("First time bought"), "sparkles"))
    return flags


def _of_budget(budget: BudgetState) -> list[Flag]:
    if not budget.over_minor:
        return []
    amount = formats.money(budget.over_minor, budget.currency)
    return [Flag("blocked", _("%(amount)s over budget") % {"amount": amount}, "gauge")]


def _of_question(held: Mapping[str, object]) -> list[Flag]:
    return [Flag("info", _("Question open"), "message-square")] if held.get("question") else []


def _count_lines(revision_ids: Sequence[str]) -> Mapping[str, _Counts]:
    """By revision: lines, costly lines that are new to the company, lines much dearer."""
    if not revision_ids:
        return {}
    found = (
        RevisionLine.objects.filter(revision_id__in=revision_ids)
        .values_list("revision_id")
        .annotate(
            lines=Count("id"),
            first=Count("id", filter=FIRST),
            dearer=Count("id", filter=DEARER),
        )
    )
    return {revision: _Counts(*counts) for revision, *counts in found}


def _name_others(pairs: Mapping[str, str]) -> Mapping[str, tuple[Flag, ...]]:
    """By revision: what was asked for shortly before, as a double or as a part of a split."""
    if not pairs:
        return {}
    bought: dict[str, dict[str, int]] = {}
    numbers: dict[str, str] = {}
    lines = RevisionLine.objects.filter(revision_id__in={*pairs, *pairs.values()}).values_list(
        "revision_id", "revision__requisition__number", "product_id", "sku", "quantity"
    )
    for revision, number, product, sku, quantity in lines:
        bought.setdefault(revision, {})[product or sku] = quantity
        numbers[revision] = number
    return {
        mine: (_flag_of_other(bought[mine], bought[other], numbers[other]),)
        for mine, other in pairs.items()
    }


def _flag_of_other(mine: Mapping[str, int], other: Mapping[str, int], number: str) -> Flag:
    same = sum(other.get(product) == quantity for product, quantity in mine.items())
    if is_similar(same, len(mine)):
        return Flag("warn", _("Like %(number)s") % {"number": number}, "copy", number)
    return Flag("warn", _("Also in %(number)s") % {"number": number}, "split", number)
