"""What a shop is told of a plan: the verdict, how many approve, and the merchant's own reasons.

Never who approves, which rule asks, what is left of a budget, or how far a limit is: the member
reads that in Placet, signed in.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Literal, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placet.companies.models import Company, Member
from placet.companies.queries import list_reference_fields
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.plans.describe import describe_plan
from placet.policy.codec import from_json
from placet.policy.plan import Plan
from placet.requisitions.actions.order_on_behalf import OWN_MATTERS, NotForStaff
from placet.requisitions.errors import PlanChanged
from placet.requisitions.own_matters import sentence_own_matter

Verdict = Literal["blocked", "approval", "checked", "free"]


class ShopOutlook(NamedTuple):
    """What sending it in now would mean; ``plan_hash`` is what that names.

    ``approvals`` are the buyer's side, ``checks`` the merchant's own, in sentences; ``reasons``
    are the merchant's own rules that stand in the way. ``warnings`` is how many the member has to
    have read, ``needs_justification`` that they have to say why.
    """

    verdict: Verdict
    sentence: str
    plan_hash: str
    approvals: int = 0
    checks: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    warnings: int = 0
    needs_justification: bool = False


class ShopPlanChanged(Conflict):
    """What it needs, or what it is, has changed since the shop showed it; carries the new one."""

    code = "plan_changed"


def tell_shop(
    plan: Plan, plan_hash: str, company: Company, *, actor: Actor, now: datetime
) -> ShopOutlook:
    """The plan of a purchase of a member of this company, in the merchant's words."""
    told = describe_plan(
        plan._replace(blocked=tuple(one for one in plan.blocked if one.reason.side == "merchant")),
        company_id=company.pk,
        reader_is_merchant=True,
        language=actor.language,
        time_zone=company.time_zone,
        now=now,
    )
    approvals = sum(1 for step in plan.steps if step.side == "buyer")
    checks = tuple(
        reason.sentence for step in told.steps if step.side == "merchant" for reason in step.reasons
    )
    verdict, sentence = _verdict(plan, approvals, company)
    return ShopOutlook(
        verdict=verdict,
        sentence=sentence,
        plan_hash="" if verdict == "blocked" else plan_hash,
        approvals=approvals,
        checks=checks,
        reasons=tuple(block.sentence for block in told.blocked),
        warnings=sum(1 for one in plan.warnings if one.reason.side == "buyer"),
        needs_justification=plan.justification_required,
    )


def tell_own_matter() -> ShopOutlook:
    """It cannot be ordered, and why is the customer's own matter."""
    return ShopOutlook("blocked", sentence_own_matter(), "")


def _verdict(plan: Plan, approvals: int, company: Company) -> tuple[Verdict, str]:
    customer = {"company": company.name, "n": approvals}
    if plan.outcome == "blocked":
        is_ours = all(block.reason.side == "merchant" for block in plan.blocked)
        said = _("Our own rules do not let it through.") if is_ours else sentence_own_matter()
        return "blocked", said
    if approvals:
        sentence = ngettext(
            "%(company)s approves it first: %(n)d approval.",
            "%(company)s approves it first: %(n)d approvals.",
            approvals,
        )
        return "approval", sentence % customer
    if plan.steps:
        sentence = _("%(company)s needs no approval; our own people check it first.")
        return "checked", sentence % customer
    sentence = _("It can be placed: %(company)s needs no approval for it.")
    return "free", sentence % customer


@contextmanager
def in_words_for(actor: Actor, member: Member, now: datetime) -> Iterator[None]:
    """Refusals as a shop reads them: without any word that is the customer's own.

    Whoever orders for themselves reads them as they are.
    """
    try:
        yield
    except PlanChanged as error:
        if not actor.is_merchant:
            raise
        plan, plan_hash = from_json(Plan, error.facts["plan"]), str(error.facts["plan_hash"])
        outlook = tell_shop(plan, plan_hash, member.company, actor=actor, now=now)
        raise ShopPlanChanged(
            error.detail, plan_hash=outlook.plan_hash, shop_plan=outlook
        ) from error
    except OWN_MATTERS as error:
        if not actor.is_merchant:
            raise
        raise NotForStaff(sentence_own_matter()) from error
    except InvalidInput as error:
        if actor.is_merchant and _is_own(member, error.path):
            raise NotForStaff(sentence_own_matter()) from error
        raise


def _is_own(member: Member, path: str) -> bool:
    """Whether a fault lies in a reference that the company keeps to itself."""
    if "references/" not in path:
        return False
    key = path.rpartition("references/")[2]
    mine = list_reference_fields(member.company_id).filter(key=key, is_for_supplier=False)
    return bool(mine.exists())
