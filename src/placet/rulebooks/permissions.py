"""Who keeps a rulebook: the company, the merchant for it, or both; and who else must publish."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.companies.models import ApiKey, Company
from placet.companies.permissions import COMPANY_MANAGE, RULE_MANAGE, can_do
from placet.companies.refusals import Refusal
from placet.core.actor import Actor
from placet.rulebooks.models import Rulebook, RulebookDraft


def can_manage_rulebook(actor: Actor, rulebook: Rulebook) -> Refusal | None:
    """Whether the actor may write drafts of this rulebook and publish them.

    The company's people need the permission for the rulebook's unit, the merchant's for the store.
    """
    if actor.is_system:
        return None
    if rulebook.company_id == actor.company_id:
        if rulebook.kept_by == Rulebook.KeptBy.MERCHANT and not actor.is_merchant:
            return Refusal(
                "kept_by_merchant", _("The supplier keeps these rules for your company.")
            )
        return can_do(actor, RULE_MANAGE, rulebook.unit.path if rulebook.unit else "")
    if not actor.is_merchant or rulebook.kept_by == Rulebook.KeptBy.COMPANY:
        return Refusal("kept_by_company", _("The company keeps these rules itself."))
    return can_do(actor, RULE_MANAGE)


def can_publish_draft(actor: Actor, rulebook: Rulebook, draft: RulebookDraft) -> Refusal | None:
    """Whether the actor may make this draft the rules that hold."""
    return can_manage_rulebook(actor, rulebook) or can_publish_text_of(
        actor, rulebook, draft.edited_by.user_id if draft.edited_by else ""
    )


def can_publish_text_of(actor: Actor, rulebook: Rulebook, editor_user: str) -> Refusal | None:
    """Whether the actor may publish what this human wrote: the second person is another human."""
    if actor.is_system or not rulebook.needs_second_person:
        return None
    if editor_user and editor_user not in {actor.user_id, actor.person_user_id, _maker(actor)}:
        return None
    return Refusal(
        "second_person",
        _(
            "You wrote the last change of this draft. Somebody else who manages rules "
            "publishes it: ask a colleague."
        ),
    )


def _maker(actor: Actor) -> str:
    """The user who made the key through which the actor acts; empty for people."""
    if actor.person_user_id == actor.user_id:
        return ""
    made = ApiKey.objects.filter(pk=actor.person_user_id).values_list("created_by__user", flat=True)
    return made.first() or ""


def can_change_rulebook(actor: Actor, rulebook: Rulebook) -> Refusal | None:
    """Whether the actor may say who keeps the rulebook and how it is published: its own company."""
    if actor.is_system:
        return None
    if rulebook.company_id != actor.company_id:
        return Refusal("kept_by_company", _("Only the company itself decides who keeps its rules."))
    return can_do(actor, COMPANY_MANAGE)


def can_change_inheritance(actor: Actor, rulebook: Rulebook) -> Refusal | None:
    """Whether the actor may cut a unit off from the rules above it: an admin of the unit above."""
    if actor.is_system:
        return None
    if rulebook.company_id != actor.company_id:
        return Refusal(
            "kept_by_company", _("Only the company itself decides what its units inherit.")
        )
    parent = rulebook.unit.parent if rulebook.unit else None
    return can_do(actor, RULE_MANAGE, parent.path if parent else "")


def can_ask_to_keep(actor: Actor, rulebook: Rulebook) -> Refusal | None:
    """Whether the actor may ask the company to let the merchant keep these rules."""
    if not actor.is_merchant or rulebook.side != Rulebook.Side.BUYER:
        return Refusal("merchant_only", _("Only the supplier asks to keep a customer’s rules."))
    if rulebook.company.kind == Company.Kind.HOUSEHOLD:
        return Refusal("household", _("A family keeps its own rules."))
    return can_do(actor, RULE_MANAGE)
