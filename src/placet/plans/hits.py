"""How often each rule matched: written with a revision, counted for the list of rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.db.models.functions import TruncDate

from placet.plans.models import RuleHit
from placet.policy.combining import applicable, matches_of
from placet.policy.facts import Facts, Side
from placet.policy.rulebook import CompiledRulebook, UnreadableRulebook
from placet.rulebooks.models import Rulebook

DAYS = 90
LONGEST_RULE = 200
SIDES: tuple[Side, ...] = ("buyer", "merchant")


class RuleHits(NamedTuple):
    """How many requisitions a rule matched, and on which days: the oldest day first."""

    total: int
    daily: tuple[int, ...]


def hits_of(
    rulebooks: Sequence[CompiledRulebook | UnreadableRulebook],
    facts: Facts,
    *,
    requisition_id: str,
    now: datetime,
) -> list[RuleHit]:
    """The rows of one purchase: every rule that matched, also those that were set aside."""
    return [
        RuleHit(
            created_at=now,
            rulebook_id=match.reason.rulebook,
            version=match.reason.version,
            rule=match.rule.id[:LONGEST_RULE],
            requisition_id=requisition_id,
        )
        for side in SIDES
        for match in matches_of(applicable(rulebooks, side, facts.organisation.units), facts)
    ]


def write_hits(
    rulebooks: Sequence[CompiledRulebook | UnreadableRulebook],
    facts: Facts,
    *,
    requisition_id: str,
    now: datetime,
) -> None:
    """Remember which rules matched; a rule that matched an earlier revision counts once."""
    RuleHit.objects.bulk_create(
        hits_of(rulebooks, facts, requisition_id=requisition_id, now=now), ignore_conflicts=True
    )


def list_hits(
    rulebook: Rulebook, *, time_zone: str, now: datetime, days: int = DAYS
) -> dict[str, RuleHits]:
    """By rule: requisitions that it matched in the last days, today included; one query.

    A rule that matched nothing is not in the answer.
    """
    found = list_hits_of([rulebook.pk], time_zone=time_zone, now=now, days=days)
    return found.get(rulebook.pk, {})


def list_hits_of(
    rulebook_ids: Sequence[str], *, time_zone: str, now: datetime, days: int = DAYS
) -> dict[str, dict[str, RuleHits]]:
    """The hits of several rulebooks, by rulebook and by rule; one query for all of them."""
    zone = ZoneInfo(time_zone)
    today = now.astimezone(zone).date()
    first = today - timedelta(days=days - 1)
    since = datetime.combine(first, datetime.min.time(), zone)
    rows = (
        RuleHit.objects.filter(rulebook__in=rulebook_ids, created_at__gte=since)
        .annotate(day=TruncDate("created_at", tzinfo=zone))
        .values_list("rulebook_id", "rule", "day")
        .annotate(count=Count("id"))
    )
    counted: dict[str, dict[str, dict[date, int]]] = {}
    for rulebook_id, rule, day, count in rows:
        counted.setdefault(rulebook_id, {}).setdefault(rule, {})[day] = count
    series = [first + timedelta(days=offset) for offset in range(days)]
    return {
        rulebook_id: {
            rule: RuleHits(sum(by_day.values()), tuple(by_day.get(day, 0) for day in series))
            for rule, by_day in by_rule.items()
        }
        for rulebook_id, by_rule in counted.items()
    }
