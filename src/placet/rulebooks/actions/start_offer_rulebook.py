"""The merchant's rules about what its staff may offer begin with their own authority."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.permissions import RULE_MANAGE, require
from placet.core.actor import Actor
from placet.core.errors import Forbidden
from placet.core.transaction import transaction
from placet.events.record import record
from placet.policy.starters import offers_within_authority
from placet.rulebooks.actions.publish_rulebook import publish_rulebook
from placet.rulebooks.errors import RulebookExists
from placet.rulebooks.models import Rulebook


@transaction
def start_offer_rulebook(*, actor: Actor, now: datetime) -> Rulebook:
    """From now on an offer beyond its author's authority is released by somebody whose covers it.

    Raises ``Forbidden`` for anybody but the merchant's people who manage rules, and
    ``RulebookExists`` where such rules hold already.
    """
    require(actor, RULE_MANAGE)
    if not actor.is_merchant:
        raise Forbidden(_("The supplier's rules are the supplier's alone."))
    rulebook, is_new = Rulebook.objects.get_or_create(
        company_id=actor.company_id,
        side=Rulebook.Side.MERCHANT,
        subject=Rulebook.Subject.OFFER,
        unit=None,
        defaults={"created_at": now, "name": _("What staff may offer")},
    )
    if not is_new:
        raise RulebookExists(_("There is a rulebook here already."), rulebook=rulebook.pk)
    record("rulebook.created", rulebook.id, actor=actor, now=now, rulebook=rulebook.id)
    publish_rulebook(rulebook, document=offers_within_authority(), actor=actor, now=now)
    return rulebook
