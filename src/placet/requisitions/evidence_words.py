"""The evidence in words, the same on the page and on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.requisitions.evidence import CarryOverEvidence
from placet.requisitions.models import (
    Decision,
    DecisionOutcome,
    Referral,
    Revision,
    RevisionOrigin,
    Step,
)

Cause = RevisionOrigin.Cause
LAPSED: Final[Mapping[str, str | Promise]] = {
    "company_suspended": gettext_lazy("Does not count: the supplier had suspended the company."),
    "changes_requested": gettext_lazy("Does not count: changes had been requested before."),
    "requisition_ended": gettext_lazy("Does not count: the purchase had ended before."),
    "revision_replaced": gettext_lazy("Does not count: another revision took its place."),
    "content_differs": gettext_lazy("Does not count: it was about another content."),
    "step_ended": gettext_lazy("Does not count: others had completed the step before."),
    "author": gettext_lazy("Does not count: this person shaped the content."),
    "member_deactivated": gettext_lazy("Does not count: this person had left before."),
    "delegation_ended": gettext_lazy("Does not count: the delegation had ended."),
    "not_asked_any_more": gettext_lazy("Does not count: somebody else was asked by then."),
}
STATES: Final[Mapping[Step.Status, str | Promise]] = {
    Step.Status.WAITING: gettext_lazy("Not asked yet"),
    Step.Status.PENDING: gettext_lazy("Asked"),
    Step.Status.APPROVED: gettext_lazy("Approved"),
    Step.Status.REJECTED: gettext_lazy("Rejected"),
    Step.Status.VOID: gettext_lazy("No longer asked"),
}
CHANNELS: Final[Mapping[str, str | Promise]] = {
    "web": gettext_lazy("in the portal"),
    "api": gettext_lazy("by the API"),
    "mail": gettext_lazy("from the mail, signed in"),
    "mail_link": gettext_lazy("from the mail, without sign-in"),
    "import": gettext_lazy("by an import"),
    "schedule": gettext_lazy("by a schedule"),
    "system": gettext_lazy("by the timetable"),
}


def answer_word(decision: Decision) -> str:
    """What was said."""
    if decision.kind == Decision.Kind.REJECT:
        return _("Rejected")
    if decision.kind == Decision.Kind.REQUEST_CHANGES:
        return _("Requested changes")
    return _("Approved")


def state_word(step: Step) -> str:
    """Where a step stands."""
    return str(STATES[Step.Status(step.status)])


def fate_of(decision: Decision) -> str:
    """What became of an answer in a sentence; nothing where it counts."""
    outcome: DecisionOutcome | None = getattr(decision, "outcome", None)
    if outcome is None:
        return _("Takes effect in a few seconds.")
    if outcome.kind == DecisionOutcome.Kind.RETRACTED:
        return _("Taken back before it took effect.")
    if outcome.kind == DecisionOutcome.Kind.LAPSED:
        return str(LAPSED.get(outcome.reason, _("Does not count.")))
    return ""


def channel_word(decision: Decision) -> str:
    """By which way it came in, and how sure it is who did it."""
    return str(CHANNELS.get(decision.channel, decision.channel))


def carried_sentence(one: CarryOverEvidence, *, who: str) -> str:
    """The proof of an approval that was carried over."""
    row = one.row
    values = {
        "who": who,
        "n": row.decision.revision.number,
        "step": row.step.position,
        "m": row.step.revision.number,
    }
    if one.fault:
        return (
            _(
                "%(who)s approved revision %(n)d, which must not count at step %(step)d of "
                "revision %(m)d: the rule does not confirm it."
            )
            % values
        )
    former = row.decision.revision.requisition
    if former.pk != row.step.requisition_id:
        said = _(
            "%(who)s approved %(number)s with what that covers later. It counts at step %(step)d "
            "of revision %(m)d: compared again just now, this purchase lies within it."
        )
        return said % {**values, "number": former.number}
    return (
        _(
            "%(who)s approved revision %(n)d. It counts at step %(step)d of revision %(m)d: "
            "compared again just now, nothing that its reasons read got worse."
        )
        % values
    )


def referral_sentence(referral: Referral) -> str:
    """Who asked whom to decide instead, or as well."""
    values = {"who": referral.member.user.name, "to": referral.to.user.name}
    if referral.kind == Referral.Kind.ADDED:
        return _("%(who)s added %(to)s as an approver.") % values
    return _("%(who)s forwarded the question to %(to)s.") % values


def cause_sentence(revision: Revision) -> str:
    """How a revision came to be."""
    origin: RevisionOrigin | None = getattr(revision, "origin", None)
    who = {"who": revision.submitted_by.user.name}
    if origin is None:
        return _("%(who)s submitted it.") % who
    if origin.cause == Cause.REDUCED and origin.decision:
        return _("%(who)s approved less of it.") % {"who": origin.decision.member.user.name}
    if origin.cause == Cause.SUGGESTED and origin.suggestion:
        return _("%(who)s took over what %(by)s suggested.") % {
            **who,
            "by": origin.suggestion.member.user.name,
        }
    if origin.cause == Cause.REPLANNED:
        return _("It was planned again by the rules of that day.")
    if origin.cause == Cause.MOVED:
        return _("Prices had moved when it was to be ordered.")
    return _("%(who)s edited it and resubmitted it.") % who
