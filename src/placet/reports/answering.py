"""How long approvals took, what was answered, and how often an earlier answer still counted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Count, F, Q
from django.utils.translation import get_language, gettext_lazy

from placet.companies.permissions import PURCHASE_VIEW_ALL
from placet.core.formats import money_text
from placet.plans.names import load_names
from placet.policy.codec import from_json
from placet.policy.explain import Speaker
from placet.policy.plan import Label
from placet.reports.groups import BY_TIME, names_of_members
from placet.reports.measures import grouped, key_of, lasted, part, read_ranks, within
from placet.reports.reach import within_units
from placet.reports.values import Ask, Column, Grouping, Groups, Kind
from placet.requisitions.models import CarryOver, Decision, DecisionOutcome

BY_STEP: Final = Grouping("step", gettext_lazy("Step"), gettext_lazy("Step"))
BY_APPROVER: Final = Grouping("approver", gettext_lazy("Approver"), gettext_lazy("Approver"))


def read_answering(ask: Ask) -> Groups:
    """Answers that took effect, with their times; four queries.

    A time is that of the clock, from the opening of the step to the answer. What the supplier's
    people answered is not in it.
    """
    decisions = grouped(
        Decision.objects.filter(
            within_units(ask.actor, "step__requisition__unit__path", _company("step")),
            step__side="buyer",
            outcome__kind=DecisionOutcome.Kind.APPLIED,
            **within("created_at", ask.days),
        ),
        ask,
        "created_at",
        step=F("step__label"),
        approver=F("member_id"),
    )
    times = read_ranks(decisions.annotate(took=lasted("step__opened_at", "created_at")), "took")
    carried = _read_carried(ask)
    found = decisions.values("by").annotate(
        answers=Count("pk"),
        approved=Count("pk", filter=Q(kind=Decision.Kind.APPROVE)),
        rejected=Count("pk", filter=Q(kind=Decision.Kind.REJECT)),
        returned=Count("pk", filter=Q(kind=Decision.Kind.REQUEST_CHANGES)),
    )
    groups: dict[str, dict[str, Any]] = {_key(row.pop("by")): dict(row) for row in found.order_by()}
    for key in carried:
        groups.setdefault(key, {"answers": 0, "approved": 0, "rejected": 0, "returned": 0})
    for key, row in groups.items():
        row["carried"] = carried.get(key, 0)
        row["carried_share"] = part(row["carried"], row["carried"] + row["answers"])
        row["median"], row["slow"] = times.get(key, [None, None])
    return groups


def _read_carried(ask: Ask) -> dict[str, int]:
    rows = grouped(
        CarryOver.objects.filter(
            within_units(ask.actor, "step__requisition__unit__path", _company("step")),
            step__side="buyer",
            **within("created_at", ask.days),
        ),
        ask,
        "created_at",
        step=F("step__label"),
        approver=F("decision__member_id"),
    )
    return {_key(by): n for by, n in rows.values_list("by").annotate(n=Count("pk")).order_by()}


def _company(before: str) -> str:
    return f"{before}__requisition__company_id"


def _key(by: Any) -> str:
    """A label is a list of JSON; as a key it is its text."""
    return json.dumps(by) if isinstance(by, list) else key_of(by)


def name_answering(ask: Ask, keys: list[str]) -> Mapping[str, str]:
    """Steps by what they are called, approvers by name."""
    if ask.by == BY_APPROVER.key:
        return names_of_members(keys, "")
    labels = {key: from_json(Label, json.loads(key)) for key in keys if key.startswith("[")}
    names = load_names(ask.actor.company_id, [], labels.values())
    speaker = Speaker(get_language() or "en", names=names, money=money_text)
    return {key: speaker.label(label) for key, label in labels.items()}


ANSWERING: Final = Kind(
    "approvals",
    "buyer",
    gettext_lazy("Approval times"),
    gettext_lazy("Answers of your people by the day they gave them; times run by the clock."),
    (PURCHASE_VIEW_ALL,),
    (BY_STEP, BY_APPROVER, BY_TIME),
    (
        Column("answers", gettext_lazy("Answers"), "count"),
        Column("median", gettext_lazy("Half within"), "hours", False),
        Column("slow", gettext_lazy("9 of 10 within"), "hours", False),
        Column("approved", gettext_lazy("Approved"), "count"),
        Column("rejected", gettext_lazy("Rejected"), "count"),
        Column("returned", gettext_lazy("Changes requested"), "count"),
        Column("carried", gettext_lazy("Carried over"), "count"),
        Column("carried_share", gettext_lazy("Carried-over share"), "share"),
    ),
    read_answering,
    name_answering,
    is_in_currency=False,
)
