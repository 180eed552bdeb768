"""A customer's own approvers as the merchant sets them: asked for, agreed to, published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from placet.companies.models import Company, Member
from placet.companies.permissions import RULE_MANAGE
from placet.companies.refusals import refuse
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.plans.checks import FindingDescription
from placet.plans.set_approvers import (
    check_approvers,
    list_candidates,
    read_approvers,
    set_approvers,
)
from placet.policy.tier_rules import TierRule, list_boundaries, people_at
from placet.rulebooks.actions import ask_to_keep, hand_back_rules
from placet.rulebooks.models import Rulebook
from placet.rulebooks.permissions import can_manage_rulebook
from placet.rulebooks.queries import find_draft, get_main_rulebook
from placet.web.access import require_anywhere
from placet.web.attempt import attempt
from placet.web.customers.approvers_form import ApproversForm, AskForm
from placet.web.customers.page import get_customer
from placet.web.refused import show_refusal
from placet.web.shell import PageRequest, company_page, company_url


class Boundary(NamedTuple):
    """Whom an order over an amount asks, one group of names a step."""

    amount_minor: int
    steps: list[str]


class Preview(NamedTuple):
    """What the tiers would do, and what the check says about them."""

    boundaries: list[Boundary]
    findings: list[FindingDescription]

    @property
    def is_publishable(self) -> bool:
        """Whether nothing would leave orders stuck."""
        return all(finding.severity != "block" for finding in self.findings)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def customer_approvers(request: PageRequest, customer_id: str) -> HttpResponse:
    """The tiers of a customer whose rules the merchant keeps; else who keeps them, and asking."""
    rulebook = _rulebook(request, customer_id)
    refusal = can_manage_rulebook(request.actor, rulebook)
    if refusal is not None:
        refuse(refusal if request.method == "POST" else None)
        return _shown_to_others(request, rulebook, AskForm())
    people = list_candidates(rulebook.company)
    posted = request.POST if request.method == "POST" else None
    form = ApproversForm(
        posted,
        currency=rulebook.company.currency,
        people=people,
        in_force=read_approvers(rulebook),
    )
    if posted is not None and posted.get("do") == "more":
        return _shown(request, rulebook, _again(request, rulebook, people), None, 200)
    if posted is not None and posted.get("do") == "publish" and _publish(request, rulebook, form):
        return redirect(company_url(request.actor, "customer_approvers", customer_id))
    preview = _preview(request, rulebook, form, people)
    return _shown(request, rulebook, form, preview, 422 if form.is_bound and form.errors else 200)


@require_POST
@company_page
def customer_rules_ask(request: PageRequest, customer_id: str) -> HttpResponse:
    """Ask the customer to let the merchant keep its rules."""
    rulebook = _rulebook(request, customer_id)
    form = AskForm(request.POST)
    asked = attempt(
        form,
        lambda: ask_to_keep(
            rulebook.company, **form.cleaned_data, actor=request.actor, now=request.now
        ),
    )
    if asked is None:
        return _shown_to_others(request, rulebook, form, 422)
    messages.success(request, _("Asked. Their company admins answer under Approval rules."))
    return redirect(company_url(request.actor, "customer_approvers", customer_id))


@require_POST
@company_page
def customer_rules_hand_back(request: PageRequest, customer_id: str) -> HttpResponse:
    """Keep the rules no longer, or take the question back."""
    rulebook = _rulebook(request, customer_id)
    try:
        hand_back_rules(rulebook.company, actor=request.actor, now=request.now)
        messages.success(request, _("They keep their rules themselves. What holds stays in force."))
    except Conflict as error:
        messages.error(request, error.detail)
    return redirect(company_url(request.actor, "customer_approvers", customer_id))


def _rulebook(request: PageRequest, customer_id: str) -> Rulebook:
    """The customer's main rulebook; for buyers none of this is there."""
    if not request.actor.is_merchant:
        raise NotFound
    require_anywhere(request.actor, RULE_MANAGE)
    company = get_customer(request.actor, customer_id)
    if company.kind == Company.Kind.HOUSEHOLD:
        raise NotFound(_("A family keeps its own rules."))
    return get_main_rulebook(request.actor, company)


def _publish(request: PageRequest, rulebook: Rulebook, form: ApproversForm) -> bool:
    if not form.is_valid():
        return False
    try:
        version = set_approvers(
            rulebook,
            rule=form.rule,
            keeps_others=form.keeps_others,
            based_on=form.cleaned_data["based_on"],
            note=form.cleaned_data["note"],
            actor=request.actor,
            now=request.now,
        )
    except (InvalidInput, Conflict, Forbidden) as error:
        show_refusal(form, error)
        return False
    if version is None:
        messages.success(request, _("Kept as a draft: somebody else publishes it."))
    else:
        said = _("Version %(number)d holds from now on. What waits keeps its rules.")
        messages.success(request, said % {"number": version.number})
    return True


def _preview(
    request: PageRequest, rulebook: Rulebook, form: ApproversForm, people: Sequence[Member]
) -> Preview | None:
    """What was typed would do this; without anything typed, what holds does."""
    if form.is_bound and (form.errors or not form.is_valid()):
        return None
    in_force = read_approvers(rulebook)
    rule = form.rule if form.is_bound else in_force.rule
    if rule is None:
        return None
    names = {member.pk: member.user.name for member in people}
    findings: list[FindingDescription] = []
    if form.is_bound:
        try:
            findings = check_approvers(
                rulebook,
                rule,
                keeps_others=form.keeps_others,
                actor=request.actor,
                now=request.now,
            )
        except InvalidInput as error:
            show_refusal(form, error)
            return None
    return Preview(_boundaries(rule, names), findings)


def _boundaries(rule: TierRule, names: dict[str, str]) -> list[Boundary]:
    return [
        Boundary(amount, [_either(tier.members, names) for tier in people_at(rule, amount)])
        for amount in list_boundaries(rule.tiers)
    ]


def _either(members: Sequence[str], names: dict[str, str]) -> str:
    """One of these people, as a sentence names them."""
    known = [names.get(member, _("somebody who left")) for member in members]
    said = known[0]
    for name in known[1:]:
        said = _("%(first)s or %(second)s") % {"first": said, "second": name}
    return said


def _again(request: PageRequest, rulebook: Rulebook, people: Sequence[Member]) -> ApproversForm:
    """The same rows and one more, with what was typed and without complaints."""
    in_force = read_approvers(rulebook)
    currency = rulebook.company.currency
    sent = ApproversForm(request.POST, currency=currency, people=people, in_force=in_force)
    typed = {name: request.POST.get(name, "") for name in sent.fields} | {"rows": sent.count}
    form = ApproversForm(typed, currency=currency, people=people, in_force=in_force)
    form.is_bound = False
    form.initial = typed
    return form


def _shown(
    request: PageRequest,
    rulebook: Rulebook,
    form: ApproversForm,
    preview: Preview | None,
    status: int,
) -> HttpResponse:
    context: dict[str, Any] = {
        "company": rulebook.company,
        "rulebook": rulebook,
        "form": form,
        "preview": preview,
        "is_tried": form.is_bound and preview is not None,
        "in_force": read_approvers(rulebook),
        "draft": find_draft(rulebook),
    }
    return render(request, "web/customers/approvers.html", context, status=status)


def _shown_to_others(
    request: PageRequest, rulebook: Rulebook, form: AskForm, status: int = 200
) -> HttpResponse:
    context = {"company": rulebook.company, "rulebook": rulebook, "form": form}
    return render(request, "web/customers/ask_keeping.html", context, status=status)
