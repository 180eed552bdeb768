"""A place for rules, and the rules that every company starts with."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.models import Unit
from placet.companies.permissions import RULE_MANAGE, require
from placet.core.actor import Actor
from placet.core.errors import Forbidden
from placet.core.transaction import transaction
from placet.events.record import record
from placet.policy.starters import simple_organisation
from placet.rulebooks.actions.publish_rulebook import publish_rulebook
from placet.rulebooks.errors import RulebookExists
from placet.rulebooks.models import Rulebook


@transaction
def create_rulebook(
    *,
    actor: Actor,
    now: datetime,
    name: str,
    side: str = Rulebook.Side.BUYER,
    unit: Unit | None = None,
) -> Rulebook:
    """An empty place for rules: of the company, or of a unit and all below it.

    Raises ``RulebookExists`` where this side has its place there already.
    """
    require(actor, RULE_MANAGE, unit.path if unit else "")
    if (side == Rulebook.Side.MERCHANT) != actor.is_merchant:
        raise Forbidden(_("The supplier's rules are the supplier's alone."))
    if unit is not None and unit.company_id != actor.company_id:
        raise Forbidden(_("This unit belongs to another company."))
    rulebook, is_new = Rulebook.objects.get_or_create(
        company_id=actor.company_id,
        side=side,
        subject=Rulebook.Subject.PURCHASE,
        unit=unit,
        defaults={"created_at": now, "name": name},
    )
    if not is_new:
        raise RulebookExists(_("There is a rulebook here already."), rulebook=rulebook.pk)
    record("rulebook.created", rulebook.id, actor=actor, now=now, rulebook=rulebook.id)
    return rulebook


@transaction
def start_rulebook(*, actor: Actor, now: datetime) -> Rulebook:
    """What every buying company begins with: *Simple organisation*, published as version 1."""
    rulebook = create_rulebook(name=_("Simple organisation"), actor=actor, now=now)
    publish_rulebook(rulebook, document=simple_organisation(), actor=actor, now=now)
    return rulebook
