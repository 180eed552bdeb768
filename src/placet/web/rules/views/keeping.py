"""Where rules are kept: a new rulebook, who keeps it, who else must publish, what is inherited."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from placet.companies.models import Company
from placet.companies.permissions import RULE_MANAGE
from placet.companies.refusals import refuse
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.rulebooks.actions import (
    answer_keeping,
    change_rulebook,
    create_rulebook,
    start_offer_rulebook,
)
from placet.rulebooks.models import Rulebook
from placet.rulebooks.permissions import can_change_inheritance, can_change_rulebook
from placet.rulebooks.queries import get_rulebook
from placet.web.access import require_anywhere
from placet.web.refused import show_refusal
from placet.web.rules.household import choose_rules
from placet.web.rules.keeping_form import KeepingForm, NewRulebookForm
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.typed_numbers import read_digits


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def rulebook_new(request: PageRequest) -> HttpResponse:
    """A place for rules of the company or of a unit and all below it.

    For the merchant, with ``subject=offer``, its rules about what staff may offer.
    """
    require_anywhere(request.actor, RULE_MANAGE)
    posted = request.POST if request.method == "POST" else None
    if posted is not None and posted.get("subject") == Rulebook.Subject.OFFER:
        begun = start_offer_rulebook(actor=request.actor, now=request.now)
        return redirect(company_url(request.actor, "rulebook", begun.pk))
    form = NewRulebookForm(posted, actor=request.actor)
    if posted is not None and form.is_valid():
        try:
            made = create_rulebook(
                name=form.cleaned_data["name"],
                side=form.side,
                unit=form.unit,
                actor=request.actor,
                now=request.now,
            )
            return redirect(company_url(request.actor, "rulebook_draft", made.pk))
        except (InvalidInput, Forbidden) as error:
            show_refusal(form, error)
    status = 422 if form.errors else 200
    return render(request, "web/rules/new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def rulebook_keeping(request: PageRequest, rulebook_id: str) -> HttpResponse:
    """Name, keeper, second person, inheritance: only what the actor may change is offered."""
    require_anywhere(request.actor, RULE_MANAGE)
    rulebook = get_rulebook(request.actor, rulebook_id)
    refusal = can_change_rulebook(request.actor, rulebook)
    inheritance = can_change_inheritance(request.actor, rulebook)
    if rulebook.unit is None or inheritance:
        refuse(refusal)
    posted = request.POST if request.method == "POST" else None
    form = KeepingForm(
        posted, rulebook=rulebook, may_change=refusal is None, may_cut=inheritance is None
    )
    status = 200
    if posted is not None:
        status = _keep(request, rulebook, form)
        if not status:
            return redirect(company_url(request.actor, "rulebook", rulebook_id))
    context = {"form": form, "rulebook": rulebook, "inheritance": inheritance}
    return render(request, "web/rules/keeping.html", context, status=status)


@require_POST
@company_page
def keeping_answer(request: PageRequest, rulebook_id: str) -> HttpResponse:
    """The supplier asked to keep these rules: yes or no."""
    require_anywhere(request.actor, RULE_MANAGE)
    rulebook = get_rulebook(request.actor, rulebook_id)
    is_accepted = request.POST.get("do") == "accept"
    try:
        answer_keeping(
            rulebook,
            version=read_digits(request.POST.get("version", ""), -1),
            is_accepted=is_accepted,
            actor=request.actor,
            now=request.now,
        )
        messages.success(
            request, _("Agreed.") if is_accepted else _("Declined. Nothing has changed.")
        )
    except Conflict as error:
        messages.error(request, error.detail)
    return redirect(company_url(request.actor, "rules"))


@require_POST
@company_page
def household_rules(request: PageRequest, rulebook_id: str) -> HttpResponse:
    """A parent's choice: the children always ask, ask over an amount, or never."""
    require_anywhere(request.actor, RULE_MANAGE)
    rulebook = get_rulebook(request.actor, rulebook_id)
    if request.actor.company_kind != Company.Kind.HOUSEHOLD:
        raise NotFound(_("These choices are for households."))
    try:
        choose_rules(rulebook, request.POST, actor=request.actor, now=request.now)
        messages.success(request, _("That holds from now on. What waits keeps its rules."))
    except (Conflict, InvalidInput) as error:
        messages.error(request, error.detail)
    return redirect(company_url(request.actor, "rules"))


def _keep(request: PageRequest, rulebook: Rulebook, form: KeepingForm) -> int:
    """Zero when it is kept, else the status with the refusal in the form."""
    if not form.is_valid():
        return 422
    try:
        change_rulebook(rulebook, **form.changes(), actor=request.actor, now=request.now)
    except Conflict as error:
        form.add_error(None, error.detail)
        form.take_version(get_rulebook(request.actor, rulebook.pk).version)
        return 409
    except (InvalidInput, Forbidden) as error:
        show_refusal(form, error)
        return 422
    messages.success(request, _("Saved."))
    return 0
