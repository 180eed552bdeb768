"""What becomes of approvals with the next revision, in words: kept, reset and why, new, gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.core.actor import Actor
from placet.core.formats import money_text
from placet.orders.content import Content, read_content
from placet.plans.describe import StepDescription, describe_reasons
from placet.policy.plan import Finding
from placet.requisitions.carrying import AUTHOR, Carried, Kept, Reset
from placet.requisitions.models import Decision


class Fate(NamedTuple):
    """One approval or step: ``fate`` is ``kept``, ``reset``, ``new`` or ``gone``.

    ``text`` goes on after ``who`` and makes a sentence with it. ``code`` says why it is reset, as
    ``carrying.Reset`` does.
    """

    fate: str
    who: str
    text: str
    decision: str = ""
    step: str = ""
    code: str = ""


RESET: Final[Mapping[str, str | Promise]] = {
    "currency_changed": gettext_lazy("decides again: it is in another currency now."),
    "company_changed": gettext_lazy("decides again: another company buys it now."),
    "unit_changed": gettext_lazy("decides again: another unit buys it now."),
    "terms_changed": gettext_lazy("decides again: the terms of payment are others now."),
    "step_gone": gettext_lazy("is no longer needed: no rule asks for this approval now."),
    "not_eligible": gettext_lazy("is not asked any more: the rules name somebody else now."),
    "rule_changed": gettext_lazy("decides again: the rule is another version now."),
    AUTHOR: gettext_lazy("shaped the content since and cannot approve it; somebody else is asked."),
}
"""Why an approval counts no more; ``got_worse`` and ``new_reason`` say what they found instead."""


def list_fates(
    carried: Carried,
    described: Mapping[str, StepDescription],
    content: Content,
    *,
    reader: Actor,
) -> tuple[Fate, ...]:
    """Kept first, then reset, then new; each once.

    ``described`` are the steps of the new plan by key, for the same reader, ``content`` is the new
    one. The supplier's people keep their names towards the customer.
    """
    rows = (
        *(_kept(one, content, reader) for one in carried.kept),
        *(_reset(one, content, reader) for one in carried.reset),
        *_new(carried, described),
    )
    # Whoever counts at several steps is told once.
    return tuple({(one.fate, one.who, one.text): one for one in rows}.values())


def _kept(kept: Kept, content: Content, reader: Actor) -> Fate:
    decision = kept.decision
    before = read_content(decision.revision.content)
    if before.net_minor == content.net_minor:
        said = _("approved this in revision %(n)d.")
    else:
        said = _("approved %(before)s in revision %(n)d; this is %(after)s.")
    values = {
        "n": decision.revision.number,
        "before": money_text(before.net_minor, before.currency, reader.language),
        "after": money_text(content.net_minor, content.currency, reader.language),
    }
    who = _who(decision, reader)
    return Fate("kept", who, said % values, decision.pk, kept.step)


def _reset(reset: Reset, content: Content, reader: Actor) -> Fate:
    decision = reset.decision
    fate = "gone" if reset.code == "step_gone" else "reset"
    known = RESET.get(reset.code)
    text = str(known) if known else _what_got_worse(reset, content, reader)
    return Fate(fate, _who(decision, reader), text, decision.pk, reset.step.key, reset.code)


def _what_got_worse(reset: Reset, content: Content, reader: Actor) -> str:
    revision = reset.decision.revision
    values = {"n": revision.number, "reason": "", "before": "", "after": ""}
    if reset.code == "new_reason":
        return _("decides again: the rules have a reason more to ask.")
    before = read_content(revision.content)
    if before.net_minor < content.net_minor:
        values["before"] = money_text(before.net_minor, before.currency, reader.language)
        values["after"] = money_text(content.net_minor, content.currency, reader.language)
        return _("decides again: approved %(before)s in revision %(n)d, and this is %(after)s.") % (
            values
        )
    values["reason"] = _reason_of(reset, reset.finding, content, reader)
    if not values["reason"]:
        return _(
            "decides again: a line is more, dearer or goes elsewhere than in revision %(n)d."
        ) % (values)
    return _("decides again: “%(reason)s” is not what it was in revision %(n)d.") % values


def _reason_of(reset: Reset, finding: Finding | None, content: Content, reader: Actor) -> str:
    """The sentence of the rule that asked; nothing where it asks about every order."""
    is_own = (reset.step.side == "merchant") == reader.is_merchant
    if finding is None or not is_own:
        return ""
    for reason in reset.step.reasons:
        if any(one.field == finding.field for one in reason.findings):
            said = describe_reasons([reason], company_id=content.company, language=reader.language)
            return said[0].sentence
    return ""


def _new(carried: Carried, described: Mapping[str, StepDescription]) -> Iterator[Fate]:
    for key in carried.new:
        step = described.get(key)
        if step is None:
            continue
        who = f"{step.who}, {step.detail}" if step.detail else step.who
        reason = step.reasons[0].sentence if step.reasons else ""
        if reason:
            text = _("is asked: %(reason)s.") % {"reason": reason[:1].lower() + reason[1:]}
        else:
            text = _("is asked now.")
        yield Fate("new", who, text, step=key)


def _who(decision: Decision, reader: Actor) -> str:
    if decision.step.side == "merchant" and not reader.is_merchant:
        return _("The supplier")
    name: str = decision.member.user.name
    return name
