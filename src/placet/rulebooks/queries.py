"""Which rulebooks hold for a unit, and a company's rulebooks for its people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from placet.companies.models import Company
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.rulebooks.models import Rulebook, RulebookDraft, RulebookVersion, VersionOrigin


def list_versions_in_force(company_id: str, unit_ids: Sequence[str]) -> list[RulebookVersion]:
    """The published versions about purchases of a unit: ``unit_ids`` are its path from the root.

    The company's own come first, from the root down; the merchant's rules close the list. A unit
    whose rulebook does not inherit hides those of the units above it.
    """
    versions = list(
        RulebookVersion.objects.filter(
            Q(rulebook__company_id=company_id) | Q(rulebook__side=Rulebook.Side.MERCHANT),
            Q(rulebook__unit=None) | Q(rulebook__unit_id__in=list(unit_ids)),
            rulebook__subject=Rulebook.Subject.PURCHASE,
            pk__in=Rulebook.objects.exclude(published=None).values("published_id"),
        ).select_related("rulebook")
    )
    merchant = [v for v in versions if v.rulebook.side == Rulebook.Side.MERCHANT]
    own = [v for v in versions if v.rulebook.side == Rulebook.Side.BUYER]
    depth = {unit_id: index + 1 for index, unit_id in enumerate(unit_ids)}
    own.sort(key=lambda version: depth.get(version.rulebook.unit_id or "", 0))
    start = max((i for i, v in enumerate(own) if not v.rulebook.inherits), default=0)
    return own[start:] + sorted(merchant, key=lambda version: version.rulebook_id)


def list_offer_versions() -> list[RulebookVersion]:
    """The published rules about what the merchant's staff offer; without any, nothing is asked."""
    return list(
        RulebookVersion.objects.filter(
            rulebook__side=Rulebook.Side.MERCHANT,
            rulebook__subject=Rulebook.Subject.OFFER,
            pk__in=Rulebook.objects.exclude(published=None).values("published_id"),
        ).select_related("rulebook")
    )


def list_versions(references: Sequence[tuple[str, int, str]]) -> list[RulebookVersion]:
    """The versions that a plan was made with (rulebook, number, hash), in the plan's order."""
    wanted = Q(pk=None)
    for rulebook_id, number, _hash in references:
        wanted |= Q(rulebook_id=rulebook_id, number=number)
    rows = RulebookVersion.objects.filter(wanted).select_related("rulebook")
    found = {(row.rulebook_id, row.number): row for row in rows}
    named = [(rulebook_id, number) for rulebook_id, number, _hash in references]
    return [found[name] for name in named if name in found]


def list_rulebooks(actor: Actor) -> QuerySet[Rulebook]:
    """The rulebooks of the actor's company, with what is published."""
    return (
        Rulebook.objects.filter(company_id=actor.company_id)
        .select_related("published", "unit", "asked_by__user")
        .order_by("side", "name", "id")
    )


def list_kept_rulebooks(actor: Actor) -> QuerySet[Rulebook]:
    """The customers' rulebooks that the merchant keeps for them, or with them."""
    kept = Rulebook.objects.filter(side=Rulebook.Side.BUYER).exclude(
        kept_by=Rulebook.KeptBy.COMPANY
    )
    return (
        (kept if actor.is_merchant else kept.none())
        .select_related("company", "published", "unit")
        .order_by("company__name", "name", "id")
    )


def get_rulebook(actor: Actor, rulebook_id: str) -> Rulebook:
    """A rulebook of the actor's company, or one that the merchant keeps for a customer."""
    found = (
        list_rulebooks(actor).filter(pk=rulebook_id).first()
        or list_kept_rulebooks(actor).filter(pk=rulebook_id).first()
    )
    if found is None:
        raise NotFound(_("There is no such rulebook."))
    return found


def get_main_rulebook(actor: Actor, company: Company) -> Rulebook:
    """The rulebook of a whole customer, for the merchant who asks who keeps it.

    Its text is read only through ``get_rulebook``. Raises ``NotFound`` for everybody else.
    """
    found = Rulebook.objects.filter(
        company=company, side=Rulebook.Side.BUYER, subject=Rulebook.Subject.PURCHASE, unit=None
    ).select_related("company", "published", "asked_by__user")
    rulebook = found.first() if actor.is_merchant or actor.is_system else None
    if rulebook is None:
        raise NotFound(_("There is no such rulebook."))
    return rulebook


def get_draft(actor: Actor, rulebook_id: str) -> RulebookDraft:
    """The open draft of a rulebook, with who edited it last; ``NotFound`` where there is none."""
    found = find_draft(get_rulebook(actor, rulebook_id))
    if found is None:
        raise NotFound(_("This rulebook has no draft."))
    return found


def find_draft(rulebook: Rulebook) -> RulebookDraft | None:
    """The open draft of a rulebook that the caller reached already."""
    return (
        RulebookDraft.objects.filter(rulebook=rulebook)
        .select_related("edited_by__user", "based_on")
        .first()
    )


def get_version(actor: Actor, rulebook_id: str, number: int) -> RulebookVersion:
    """One published version; ``NotFound`` where the rulebook never had it."""
    found = (
        get_rulebook(actor, rulebook_id)
        .versions.filter(number=number)
        .select_related("rulebook", "published_by__user", "origin__edited_by__user")
        .first()
    )
    if found is None:
        raise NotFound(_("This rulebook has no such version."))
    return found


def list_examples(stored: RulebookDraft | RulebookVersion) -> list[dict[str, Any]]:
    """The examples of a draft or of a version, as documents."""
    if isinstance(stored, RulebookDraft):
        return list(json.loads(stored.examples))
    origin = VersionOrigin.objects.filter(version=stored).first()
    return list(json.loads(origin.examples)) if origin else []
