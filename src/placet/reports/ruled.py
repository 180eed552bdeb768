"""What each rule of a company was about: what it matched, and what was ordered of that."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Concat
from django.utils.translation import get_language, gettext_lazy

from placet.companies.permissions import PRICE_VIEW, PURCHASE_VIEW_ALL
from placet.orders.queries import find_cancelled_order
from placet.plans.describe_rules import describe_rulebooks
from placet.plans.models import RuleHit
from placet.policy.rulebook import InvalidRulebook, read_rulebook
from placet.policy.rulebook import Rulebook as RuleText
from placet.reports.groups import BY_TIME
from placet.reports.measures import grouped, key_of, whole, within
from placet.reports.reach import within_units
from placet.reports.values import Ask, Column, Grouping, Groups, Kind
from placet.requisitions.models import Requisition
from placet.rulebooks.models import Rulebook

BY_RULE: Final = Grouping("rule", gettext_lazy("Rule"), gettext_lazy("Rule"))
SEPARATOR: Final = "|"


def read_ruled(ask: Ask) -> Groups:
    """Purchases that each rule of the company's own rulebooks matched; one query.

    A purchase that two rules matched stands with both, so the sums of rules say more than there
    was. The sum of all counts each purchase once a rule.
    """
    bought = Requisition.objects.filter(pk=OuterRef("requisition_id"))
    mine = Requisition.objects.filter(within_units(ask.actor, "unit__path"), currency=ask.currency)
    rows = grouped(
        RuleHit.objects.filter(
            rulebook__company_id=ask.actor.company_id,
            rulebook__subject=Rulebook.Subject.PURCHASE,
            requisition_id__in=mine.values("pk"),
            **within("created_at", ask.days),
        ),
        ask,
        "created_at",
        rule=Concat(F("rulebook_id"), Value(SEPARATOR), F("rule")),
    ).annotate(
        total=Subquery(bought.values("total_minor")[:1]),
        status=Subquery(bought.values("status")[:1]),
        was_cancelled=find_cancelled_order("requisition_id"),
    )
    ordered = Q(status=Requisition.Status.ORDERED, was_cancelled=False)
    found = rows.values("by").annotate(
        spend=Sum("total", filter=ordered),
        ordered=Count("pk", filter=ordered),
        hits=Count("pk"),
    )
    return {
        key_of(row["by"]): {
            "spend": whole(row["spend"]),
            "hits": row["hits"],
            "ordered": row["ordered"],
        }
        for row in found.order_by()
    }


def name_ruled(ask: Ask, keys: list[str]) -> Mapping[str, str]:
    """The sentence of each rule as it is published now; of one that is gone, its id."""
    wanted = {key.partition(SEPARATOR)[0] for key in keys}
    rulebooks = list(
        Rulebook.objects.filter(company_id=ask.actor.company_id, pk__in=wanted).select_related(
            "published"
        )
    )
    described = _sentences(rulebooks, ask)
    return {key: described.get(key, key.partition(SEPARATOR)[2]) for key in keys}


def _sentences(rulebooks: list[Rulebook], ask: Ask) -> Mapping[str, str]:
    read = [(one.pk, book) for one in rulebooks if (book := _read(one))]
    described = describe_rulebooks(
        [book for _pk, book in read],
        company_id=ask.actor.company_id,
        language=get_language() or "en",
    )
    return {
        f"{pk}{SEPARATOR}{rule.id}": rule.name or rule.sentence
        for (pk, _read_book), book in zip(read, described, strict=True)
        for rule in book.rules
    }


def _read(rulebook: Rulebook) -> RuleText | None:
    """The published text, unless the engine cannot read it any more."""
    if rulebook.published is None:
        return None
    try:
        return read_rulebook(json.loads(rulebook.published.document))
    except (InvalidRulebook, ValueError):
        return None


RULED: Final = Kind(
    "rules",
    "buyer",
    gettext_lazy("Spend by rule"),
    gettext_lazy("Purchases that a rule matched by the day they were submitted."),
    (PURCHASE_VIEW_ALL, PRICE_VIEW),
    (BY_RULE, BY_TIME),
    (
        Column("spend", gettext_lazy("Ordered for"), "money"),
        Column("hits", gettext_lazy("Matched"), "count"),
        Column("ordered", gettext_lazy("Ordered"), "count"),
    ),
    read_ruled,
    name_ruled,
    note=gettext_lazy(
        "A purchase that several rules matched counts for each of them, also in the sum."
    ),
)
