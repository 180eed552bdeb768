"""Publishing rules: a version is checked, written once, and never changes again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from placet.companies.models import Unit
from placet.core.actor import Actor
from placet.core.errors import Forbidden, InvalidInput
from placet.core.transaction import transaction
from placet.events.canonical import canonical_bytes, sha256
from placet.events.record import record
from placet.policy.rulebook import InvalidRulebook, compile_rulebook
from placet.policy.starters import simple_organisation
from placet.rulebooks.models import Rulebook, RulebookVersion

MANAGE = "rule.manage"


@transaction
def create_rulebook(
    *,
    actor: Actor,
    now: datetime,
    name: str,
    side: str = Rulebook.Side.BUYER,
    unit: Unit | None = None,
) -> Rulebook:
    """An empty place for rules: of the company, or of a unit and all below it."""
    _require_manager(actor, unit)
    if (side == Rulebook.Side.MERCHANT) != actor.is_merchant:
        raise Forbidden(_("The supplier's rules are the supplier's alone."))
    if unit is not None and unit.company_id != actor.company_id:
        raise Forbidden(_("This unit belongs to another company."))
    rulebook = Rulebook.objects.create(
        created_at=now, company_id=actor.company_id, name=name, side=side, unit=unit
    )
    record("rulebook.created", rulebook.id, actor=actor, now=now, rulebook=rulebook.id)
    return rulebook


@transaction
def publish_rulebook(
    rulebook: Rulebook,
    document: Mapping[str, Any],
    *,
    note: str = "",
    actor: Actor,
    now: datetime,
) -> RulebookVersion:
    """Make a document the next version of a rulebook; running requisitions keep theirs.

    Raises ``InvalidInput`` with the JSON pointer of the first fault when it is no rulebook.
    """
    locked = Rulebook.objects.select_for_update().get(pk=rulebook.pk, company_id=actor.company_id)
    _require_manager(actor, locked.unit)
    _check(document, locked.side)
    written = canonical_bytes(document)
    last = locked.versions.aggregate(last=Max("number"))["last"] or 0
    version = RulebookVersion.objects.create(
        created_at=now,
        rulebook=locked,
        number=last + 1,
        document=written.decode(),
        hash=sha256(written),
        published_by_id=actor.member_id or None,
        note=note[:400],
    )
    Rulebook.objects.filter(pk=locked.pk).update(published=version, version=locked.version + 1)
    rulebook.published = version
    record(
        "rulebook.published",
        rulebook.id,
        actor=actor,
        now=now,
        rulebook=rulebook.id,
        version=version.number,
        hash=version.hash,
    )
    return version


def _check(document: Mapping[str, Any], side: str) -> None:
    try:
        compiled = compile_rulebook(document)
    except InvalidRulebook as error:
        fault = error.faults[0]
        raise InvalidInput(
            f"document{fault.pointer}", fault.code, fault.detail, faults=error.faults
        ) from error
    if compiled.side != side:
        raise InvalidInput("document/side", "wrong_side", _("These are the other side's rules."))


def _require_manager(actor: Actor, unit: Unit | None) -> None:
    path = unit.path if unit else ""
    if not (actor.is_system or actor.holds(MANAGE, unit_path=path)):
        raise Forbidden(_("Only somebody who manages rules may do this; ask a company admin."))


@transaction
def start_rulebook(*, actor: Actor, now: datetime) -> Rulebook:
    """What every buying company begins with: *Simple organisation*, published as version 1."""
    rulebook = create_rulebook(name=_("Simple organisation"), actor=actor, now=now)
    publish_rulebook(rulebook, simple_organisation(), actor=actor, now=now)
    return rulebook
