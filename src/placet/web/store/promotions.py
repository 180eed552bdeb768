"""Promotions: the list with what each does, a new one, changing and ending one."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placet.catalog.actions import change_promotion, create_promotion, end_promotion
from placet.catalog.kept import get_promotion, list_promotions
from placet.catalog.models import Promotion
from placet.companies.queries import get_merchant_day
from placet.core.errors import Conflict
from placet.web.attempt import attempt, status_of
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.store.promotion_form import PromotionForm, list_rivals, sentence_of
from placet.web.store.tabs import kept_tabs, require_keeper

MOST_SHOWN = 200
STATES = ("now", "coming", "over")


@require_GET
@company_page
def promotions(request: PageRequest) -> HttpResponse:
    """What is taken off now, what will be, and what is over."""
    tabs = kept_tabs(request, "promotions")
    today = get_merchant_day(request.now)
    state = request.GET.get("state", "now")
    found = [
        (one, sentence_of(one))
        for one in list_promotions(request.actor)[:MOST_SHOWN]
        if _state_of(one, today) == state
    ]
    context = {**tabs, "rows": found, "state": state if state in STATES else "now"}
    return render(request, "web/store/promotions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def promotion_new(request: PageRequest) -> HttpResponse:
    """One more."""
    require_keeper(request)
    form = PromotionForm(request.POST if request.method == "POST" else None, actor=request.actor)
    made = attempt(
        form,
        lambda: create_promotion(
            form.cleaned_data["key"], values=form.values, actor=request.actor, now=request.now
        ),
    )
    if made is None:
        return render(request, "web/store/promotion.html", {"form": form}, status=status_of(form))
    messages.success(request, sentence_of(made))
    return redirect(company_url(request.actor, "promotion", made.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def promotion(request: PageRequest, promotion_id: str) -> HttpResponse:
    """All of it, what it does in a sentence, and what holds beside it."""
    require_keeper(request)
    found = get_promotion(request.actor, promotion_id)
    posted = request.POST if request.method == "POST" else None
    form = PromotionForm(posted, actor=request.actor, promotion=found)
    if attempt(form, lambda: _change(request, found, form)):
        messages.success(request, _("It holds like this from now on. What was submitted stays."))
        return redirect(company_url(request.actor, "promotion", found.pk))
    others = list(list_promotions(request.actor)[:MOST_SHOWN])
    rivals = list_rivals(found, others, today=get_merchant_day(request.now))
    context = {
        "form": form,
        "promotion": found,
        "sentence": sentence_of(found),
        "rivals": [(one, sentence_of(one)) for one in rivals],
    }
    return render(request, "web/store/promotion.html", context, status=status_of(form))


@require_POST
@company_page
def promotion_end(request: PageRequest, promotion_id: str) -> HttpResponse:
    """Nothing is taken off any more."""
    require_keeper(request)
    found = get_promotion(request.actor, promotion_id)
    try:
        end_promotion(found, actor=request.actor, now=request.now)
        messages.success(request, _("%(name)s has ended.") % {"name": found.name})
    except Conflict as error:
        messages.error(request, error.detail)
    return redirect(company_url(request.actor, "promotions"))


def _change(request: PageRequest, found: Promotion, form: PromotionForm) -> Promotion:
    return change_promotion(
        found,
        values=form.values,
        version=form.cleaned_data["version"],
        actor=request.actor,
        now=request.now,
    )


def _state_of(one: Promotion, today: date) -> str:
    if one.ended_at is not None or (one.valid_until is not None and one.valid_until < today):
        return "over"
    return "coming" if one.valid_from is not None and one.valid_from > today else "now"
