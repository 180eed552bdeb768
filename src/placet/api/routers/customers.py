"""The merchant's word about a customer: who is in charge, and its approvers by amount."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.schemas.base import Answer, Identifier, Money, Wish
from placet.api.schemas.words import Amount
from placet.companies import models, queries
from placet.companies.actions.assign_reps import assign_reps
from placet.companies.refusals import refuse
from placet.core.errors import NotFound
from placet.plans.set_approvers import read_approvers, set_approvers
from placet.policy.tier_rules import MOST_TIERS, Tier, TierRule
from placet.rulebooks.actions import answer_keeping, ask_to_keep, hand_back_rules
from placet.rulebooks.models import Rulebook
from placet.rulebooks.permissions import can_manage_rulebook
from placet.rulebooks.queries import get_main_rulebook, get_rulebook

router = Router(tags=["companies"])
Reason = Annotated[str, StringConstraints(min_length=1, max_length=400)]


class Reps(Answer):
    """Who of the store is in charge of a customer."""

    object: Literal["reps"] = "reps"
    company: str
    members: list[str]


class RepsWish(Wish):
    """All of them, by their ids."""

    members: Annotated[list[Identifier], Field(max_length=100)]


class ApproverTier(Answer):
    """From this amount on (inclusive) any one of these members is asked."""

    starts_at: Money
    members: list[str]


class Approvers(Answer):
    """A customer's approvers by amount; no tiers where its rules have none, or say more."""

    object: Literal["approvers"] = "approvers"
    company: str
    kept_by: str
    version: int
    mode: str | None
    tiers: list[ApproverTier]
    other_rules: int


class ApproverTierWish(Wish):
    """An amount in minor units of the customer's currency, and who is asked from there on."""

    from_minor: Amount
    members: Annotated[list[Identifier], Field(min_length=1, max_length=10)]


class ApproversWish(Wish):
    """The tiers in rising order; `version` is the published version that was seen."""

    mode: Literal["final", "cumulative"]
    tiers: Annotated[list[ApproverTierWish], Field(min_length=1, max_length=MOST_TIERS)]
    version: Annotated[int, Field(ge=0, le=2**31 - 1)]
    keep_other_rules: bool = True
    note: Annotated[str, StringConstraints(max_length=400)] = ""


class KeepingQuestion(Wish):
    """The merchant alone, or both; the customer's admins read the reason."""

    keeper: Literal["merchant", "both"]
    reason: Reason


class KeepingAnswer(Wish):
    """Yes or no to what was asked; `version` is the rulebook's."""

    accepted: bool
    version: Annotated[int, Field(ge=0, le=2**31 - 1)]


class Keeping(Answer):
    """Who keeps a rulebook, and what the supplier asks, if it does."""

    object: Literal["keeping"] = "keeping"
    rulebook: str
    version: int
    kept_by: str
    asked_keeper: str
    asked_reason: str


@router.get("/companies/{company_id}/reps", response=Reps)
def list_company_reps(request: ApiRequest, company_id: str) -> Reps:
    """Who is in charge of a customer; for the supplier's staff who see it."""
    return _reps(_customer(request, company_id))


@router.put("/companies/{company_id}/reps", response=Reps)
def set_company_reps(request: ApiRequest, company_id: str, body: RepsWish) -> Reps:
    """Put a customer in the charge of these and of nobody else."""
    company = _customer(request, company_id)
    assign_reps(company, member_ids=body.members, actor=request.actor, now=request.now)
    return _reps(company)


@router.get("/companies/{company_id}/approvers", response=Approvers)
def get_approvers(request: ApiRequest, company_id: str) -> Approvers:
    """A customer's approvers by amount, for the supplier while it keeps the rules."""
    return _approvers(_kept(request, company_id))


@router.put("/companies/{company_id}/approvers", response=Approvers)
def put_approvers(request: ApiRequest, company_id: str, body: ApproversWish) -> Approvers:
    """Publish the customer's approvers by amount, as the next version of its rules."""
    rulebook = _kept(request, company_id)
    tiers = tuple(Tier(one.from_minor, tuple(one.members)) for one in body.tiers)
    set_approvers(
        rulebook,
        rule=TierRule(body.mode, rulebook.company.currency, tiers),
        keeps_others=body.keep_other_rules,
        based_on=body.version,
        note=body.note,
        actor=request.actor,
        now=request.now,
    )
    return _approvers(_kept(request, company_id))


@router.post("/companies/{company_id}/keeping_requests", response={201: Keeping})
def request_keeping(request: ApiRequest, company_id: str, body: KeepingQuestion) -> Status[Keeping]:
    """Ask a customer to let the supplier keep its rules; its admins answer."""
    company = _customer(request, company_id)
    rulebook = ask_to_keep(
        company, keeper=body.keeper, reason=body.reason, actor=request.actor, now=request.now
    )
    return Status(201, _keeping(rulebook))


@router.post("/companies/{company_id}/keeping_ends", response={201: Keeping})
def end_keeping(request: ApiRequest, company_id: str) -> Status[Keeping]:
    """Hand a customer's rules back, or take the question back."""
    company = _customer(request, company_id)
    rulebook = hand_back_rules(company, actor=request.actor, now=request.now)
    return Status(201, _keeping(rulebook))


@router.post("/rulebooks/{rulebook_id}/keeping_answers", response={201: Keeping})
def answer_keeping_request(
    request: ApiRequest, rulebook_id: str, body: KeepingAnswer
) -> Status[Keeping]:
    """Let the supplier keep these rules as it asked, or not."""
    rulebook = answer_keeping(
        get_rulebook(request.actor, rulebook_id),
        version=body.version,
        is_accepted=body.accepted,
        actor=request.actor,
        now=request.now,
    )
    return Status(201, _keeping(rulebook))


def _customer(request: ApiRequest, company_id: str) -> models.Company:
    """A customer, for the supplier's staff who see it; to everybody else there is none."""
    found = queries.list_companies(request.actor).filter(pk=company_id).first()
    if found is None:
        raise NotFound
    return found


def _kept(request: ApiRequest, company_id: str) -> Rulebook:
    rulebook = get_main_rulebook(request.actor, _customer(request, company_id))
    refuse(can_manage_rulebook(request.actor, rulebook))
    return rulebook


def _reps(company: models.Company) -> Reps:
    rows = models.CustomerRep.objects.filter(company=company).order_by("member_id")
    return Reps(company=company.pk, members=list(rows.values_list("member_id", flat=True)))


def _approvers(rulebook: Rulebook) -> Approvers:
    found = read_approvers(rulebook)
    tiers = found.rule.tiers if found.rule else ()
    currency = found.rule.currency if found.rule else rulebook.company.currency
    return Approvers(
        company=rulebook.company_id,
        kept_by=rulebook.kept_by,
        version=found.number,
        mode=found.rule.mode if found.rule else None,
        tiers=[
            ApproverTier(
                starts_at=Money(amount_minor=tier.from_minor, currency=currency),
                members=list(tier.members),
            )
            for tier in tiers
        ],
        other_rules=found.other_count,
    )


def _keeping(rulebook: Rulebook) -> Keeping:
    return Keeping(
        rulebook=rulebook.pk,
        version=rulebook.version,
        kept_by=rulebook.kept_by,
        asked_keeper=rulebook.asked_keeper,
        asked_reason=rulebook.asked_reason,
    )
