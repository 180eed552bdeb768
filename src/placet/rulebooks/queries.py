"""Which rulebooks hold for a unit, and a company's rulebooks for its people."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.rulebooks.models import Rulebook, RulebookVersion


def list_versions_in_force(company_id: str, unit_ids: Sequence[str]) -> list[RulebookVersion]:
    """The published versions that hold for a unit: ``unit_ids`` are its path from the root.

    The company's own come first, from the root down; the merchant's rules close the list. A unit
    whose rulebook does not inherit hides those of the units above it.
    """
    versions = list(
        RulebookVersion.objects.filter(
            Q(rulebook__company_id=company_id) | Q(rulebook__side=Rulebook.Side.MERCHANT),
            Q(rulebook__unit=None) | Q(rulebook__unit_id__in=list(unit_ids)),
            pk__in=Rulebook.objects.exclude(published=None).values("published_id"),
        ).select_related("rulebook")
    )
    merchant = [v for v in versions if v.rulebook.side == Rulebook.Side.MERCHANT]
    own = [v for v in versions if v.rulebook.side == Rulebook.Side.BUYER]
    depth = {unit_id: index + 1 for index, unit_id in enumerate(unit_ids)}
    own.sort(key=lambda version: depth.get(version.rulebook.unit_id or "", 0))
    start = max((i for i, v in enumerate(own) if not v.rulebook.inherits), default=0)
    return own[start:] + sorted(merchant, key=lambda version: version.rulebook_id)


def list_rulebooks(actor: Actor) -> QuerySet[Rulebook]:
    """The rulebooks of the actor's company, with what is published."""
    return (
        Rulebook.objects.filter(company_id=actor.company_id)
        .select_related("published", "unit")
        .order_by("side", "name", "id")
    )


def get_rulebook(actor: Actor, rulebook_id: str) -> Rulebook:
    """One rulebook of the actor's company."""
    found = list_rulebooks(actor).filter(pk=rulebook_id).first()
    if found is None:
        raise NotFound("There is no such rulebook.")
    return found
