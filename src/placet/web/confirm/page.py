"""What a mail link opens: the facts and one button, or the sentence that says why not."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.companies.models import Company, Member
from placet.companies.queries import get_actor
from placet.core.actor import Actor, Channel
from placet.core.errors import Forbidden, NotFound
from placet.core.formats import instant_text
from placet.notices.differences import Changes, tell_difference
from placet.notices.letter import Recipient
from placet.orders.content import read_content
from placet.requisitions.differences import difference
from placet.requisitions.links import find_link, needs_no_sign_in
from placet.requisitions.models import Decision, DecisionLink, Requisition, Step, StepAssignment
from placet.requisitions.queries import get_step
from placet.web.inbox.page import DecisionPage, read_decision


class Refused(NamedTuple):
    """Why a link decides nothing; ``state`` is stable, ``sentence`` says what to do."""

    state: str
    title: str
    sentence: str


class Confirmation(NamedTuple):
    """The page of a link; ``page`` is there where the person may see the purchase.

    ``changes`` is what became of the content since the mail, where that has ended the link.
    """

    link: DecisionLink
    actor: Actor | None
    person: str
    company: str
    refused: Refused | None
    page: DecisionPage | None
    changes: Changes | None

    @property
    def may_decide(self) -> bool:
        """Whether the page carries the buttons."""
        return self.refused is None and self.page is not None

    @property
    def is_asked_again(self) -> bool:
        """Whether the person is asked about the content as it is now, by another link."""
        return self.changes is not None and self.page is not None and self.page.refusal is None


def read_confirmation(token: str, *, user_id: str, now: datetime) -> Confirmation:
    """What the link means for whoever opened it; raises ``NotFound`` for what we did not sign.

    The same checks run before the page and before its answer, and the gate runs its own again.
    """
    link = find_link(token)
    member = Member.objects.select_related("user", "company").get(pk=link.member_id)
    refused = _refused_unseen(link, member, user_id, now)
    actor = None if refused else _actor_of(member, is_signed_in=user_id == member.user_id)
    if not refused and actor is None:
        refused = _not_a_member(member)
    page = _page(actor, link, now) if actor else None
    if page and actor and not refused:
        refused = _refused_seen(link, page, actor, now)
    changes = _changes(link, page, actor) if refused and refused.state == "stale" else None
    name, slug = member.user.name, member.company.slug
    return Confirmation(link, actor, name, slug, refused, page, changes)


def _refused_unseen(
    link: DecisionLink, member: Member, user_id: str, now: datetime
) -> Refused | None:
    """Refusals for people of whom we do not know who they are: they are told no facts."""
    requisition = link.revision.requisition
    company = member.company
    name = member.user.name
    if link.expires_at <= now:
        return Refused(
            "expired",
            _("This link has expired"),
            _("A link decides for 14 days. Sign in and decide in your inbox."),
        )
    if company.mail_decisions == Company.MailDecisions.OFF:
        return Refused(
            "off",
            _("Decisions by mail are switched off"),
            _("%(company)s decides in the portal. Sign in and open your inbox.")
            % {"company": company.name},
        )
    # The page of an old link tells what became of the purchase, so the larger amount counts.
    told = [one.total_minor for one in (link.revision, requisition.revision) if one is not None]
    # The link of an approver in the hands of the buyer would approve what is the buyer's own: a
    # session that we know to be another person's is refused whatever the amount.
    without = needs_no_sign_in(company, total_minor=max(told), currency=requisition.currency)
    if user_id == member.user_id or (not user_id and without):
        return None
    if user_id:
        sentence = _("You are signed in as somebody else, and a forwarded mail gives no right.")
    else:
        sentence = _("%(company)s asks for it before anybody decides. You come back here at once.")
    title = _("Sign in as %(person)s") % {"person": name}
    return Refused("sign_in", title, sentence % {"company": company.name})


def _actor_of(member: Member, *, is_signed_in: bool) -> Actor | None:
    """The person of the link; the evidence says whether the link alone spoke for them."""
    channel: Channel = "mail" if is_signed_in else "mail_link"
    try:
        return get_actor(user_id=member.user_id, company_slug=member.company.slug, channel=channel)
    except (NotFound, Forbidden):
        return None


def _not_a_member(member: Member) -> Refused:
    return Refused(
        "not_a_member",
        _("You are not asked any more"),
        _("%(person)s is not an active member of %(company)s.")
        % {"person": member.user.name, "company": member.company.name},
    )


def _page(actor: Actor, link: DecisionLink, now: datetime) -> DecisionPage | None:
    try:
        return read_decision(actor, get_step(actor, link.step_id), now=now)
    except NotFound:
        return None


def _refused_seen(
    link: DecisionLink, page: DecisionPage, actor: Actor, now: datetime
) -> Refused | None:
    """Refusals for the person of the link, who may know how it went on."""
    requisition = page.shown.requisition
    if link.revision_id != requisition.revision_id:
        return Refused(
            "stale",
            _("The content has changed since this mail"),
            _("This link is for revision %(n)d, and decides nothing any more.")
            % {"n": link.revision.number},
        )
    answered = _own_answer(link)
    if answered is not None:
        return Refused("used", _("You have answered this"), _answered(answered, actor))
    if requisition.status != Requisition.Status.PENDING:
        return Refused("ended", _("This is decided"), page.shown.timeline.sentence)
    step = Step.objects.get(pk=link.step_id)
    if step.status != Step.Status.PENDING:
        return Refused("step_ended", _("This is decided"), _step_ended(page, actor))
    asked = StepAssignment.objects.filter(step=step, member_id=link.member_id, is_open=True)
    if not asked.exists():
        return Refused(
            "not_asked",
            _("You are not asked any more"),
            _("Somebody else answers this step now. Nothing is left for you to do."),
        )
    return None


def _changes(link: DecisionLink, page: DecisionPage | None, actor: Actor | None) -> Changes | None:
    """From the content of the mail to the one that stands now, as this person may read it."""
    if page is None or actor is None:
        return None
    found = difference(read_content(link.revision.content), page.shown.content)
    since = _("Changed since the mail about revision %(n)d") % {"n": link.revision.number}
    return Changes(since, tell_difference(found, Recipient(actor=actor, address="")))


def _own_answer(link: DecisionLink) -> Decision | None:
    """What the person of the link said at its step and did not take back."""
    answers = (
        Decision.objects.filter(step_id=link.step_id, member_id=link.member_id)
        .select_related("outcome")
        .order_by("-created_at", "-id")
    )
    for answer in answers:
        if getattr(getattr(answer, "outcome", None), "kind", "") != "retracted":
            return answer
    return None


def _answered(answer: Decision, actor: Actor) -> str:
    when = instant_text(answer.created_at, actor.language, actor.time_zone)
    if answer.kind == Decision.Kind.REJECT:
        return _("You rejected it on %(when)s. A link works once.") % {"when": when}
    if answer.kind == Decision.Kind.REQUEST_CHANGES:
        return _("You asked for changes on %(when)s. A link works once.") % {"when": when}
    return _("You approved it on %(when)s. A link works once.") % {"when": when}


def _step_ended(page: DecisionPage, actor: Actor) -> str:
    last = page.last_answer
    if last is None:
        return page.shown.timeline.sentence
    when = instant_text(last.created_at, actor.language, actor.time_zone)
    if last.kind == Decision.Kind.REJECT:
        sentence = _("%(person)s rejected this on %(when)s.")
    elif last.kind == Decision.Kind.REQUEST_CHANGES:
        sentence = _("%(person)s asked for changes on %(when)s.")
    else:
        sentence = _("%(person)s approved this on %(when)s.")
    return sentence % {"person": last.member.user.name, "when": when}
