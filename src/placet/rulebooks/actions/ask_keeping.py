"""The merchant asks to keep a customer's rules; the customer answers, and either side ends it.

Who decides over a company's purchases is the company's own affair. So nothing that the merchant
does makes it the keeper: it asks with a reason, and whoever manages the company accepts or
declines. What the company gave it may take back at any time, and the merchant may hand it back.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from placet.companies.holding import hold_actor
from placet.companies.models import Company
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.rulebooks.models import Rulebook
from placet.rulebooks.permissions import (
    can_ask_to_keep,
    can_change_rulebook,
    can_manage_rulebook,
)
from placet.rulebooks.queries import get_main_rulebook
from placet.rulebooks.reach import lock_rulebook

LONGEST_REASON: Final = 400
NOTHING_ASKED: Final[dict[str, Any]] = {
    "asked_keeper": "",
    "asked_reason": "",
    "asked_by": None,
    "asked_at": None,
}


class NothingAsked(Conflict):
    """The question was answered or taken back meanwhile."""

    code = "nothing_asked"


@transaction
def ask_to_keep(
    company: Company, *, keeper: str, reason: str, actor: Actor, now: datetime
) -> Rulebook:
    """Ask a customer to let the merchant keep its rules, alone or with it; a later one replaces it.

    Raises ``InvalidInput`` without a reason, ``Conflict`` where the merchant is that keeper.
    """
    rulebook = get_main_rulebook(actor, company)
    refuse(can_ask_to_keep(actor, rulebook))
    hold_actor(actor)
    if keeper not in (Rulebook.KeptBy.MERCHANT, Rulebook.KeptBy.BOTH):
        raise InvalidInput("keeper", "choice", _("Alone, or together with the company."))
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise InvalidInput("reason", "required", _("Say why, in at most 400 characters."))
    locked = Rulebook.objects.select_for_update().get(pk=rulebook.pk)
    if locked.kept_by == keeper:
        raise Conflict(_("It is kept so already."))
    return _write(
        locked,
        "rulebook.keeping_asked",
        {
            "asked_keeper": keeper,
            "asked_reason": reason.strip(),
            "asked_by_id": actor.member_id or None,
            "asked_at": now,
        },
        actor=actor,
        now=now,
        private={"reason": reason.strip()},
        keeper=keeper,
    )


@transaction
def answer_keeping(
    rulebook: Rulebook, *, version: int, is_accepted: bool, actor: Actor, now: datetime
) -> Rulebook:
    """Let the merchant keep the rules as it asked, or not; whoever manages the company does.

    Raises ``NothingAsked``, ``Conflict`` for a question that changed, and ``Forbidden``.
    """
    locked = lock_rulebook(actor, rulebook.pk)
    refuse(can_change_rulebook(actor, locked))
    hold_actor(actor)
    if not locked.asked_keeper:
        raise NothingAsked(_("Nobody asks any more."))
    if locked.version != version:
        raise Conflict(_("This changed since you opened it. Look at it again."))
    keeper = locked.asked_keeper if is_accepted else locked.kept_by
    return _write(
        locked,
        "rulebook.keeping_answered",
        {**NOTHING_ASKED, "kept_by": keeper},
        actor=actor,
        now=now,
        accepted=is_accepted,
        kept_by=keeper,
        asked_by=locked.asked_by_id or "",
    )


@transaction
def hand_back_rules(company: Company, *, actor: Actor, now: datetime) -> Rulebook:
    """The merchant keeps a customer's rules no longer, or takes its question back.

    What is published stays in force; a draft stays for the company. Raises ``Conflict`` where there
    is nothing to hand back.
    """
    rulebook = get_main_rulebook(actor, company)
    refuse(can_ask_to_keep(actor, rulebook))
    hold_actor(actor)
    locked = Rulebook.objects.select_for_update().get(pk=rulebook.pk)
    if locked.kept_by == Rulebook.KeptBy.COMPANY and not locked.asked_keeper:
        raise Conflict(_("The company keeps these rules itself."))
    if not locked.asked_keeper:
        refuse(can_manage_rulebook(actor, locked))
    keeper = locked.kept_by if locked.asked_keeper else str(Rulebook.KeptBy.COMPANY)
    return _write(
        locked,
        "rulebook.keeping_ended",
        {**NOTHING_ASKED, "kept_by": keeper},
        actor=actor,
        now=now,
        kept_by=keeper,
    )


def _write(
    locked: Rulebook,
    event: str,
    changes: dict[str, Any],
    *,
    actor: Actor,
    now: datetime,
    private: dict[str, str] | None = None,
    **said: Any,
) -> Rulebook:
    Rulebook.objects.filter(pk=locked.pk).update(**changes, version=locked.version + 1)
    record(
        event,
        locked.id,
        actor=actor,
        now=now,
        company_id=locked.company_id,
        rulebook=locked.id,
        private=private,
        **said,
    )
    locked.refresh_from_db()
    return locked
