"""A member's two limits: what they may order, and what they may release."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from placet.companies.models import Limit, Member
from placet.companies.permissions import LIMIT_MANAGE, can_do, can_favour
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput, NotFound
from placet.requisitions.actions import clear_limit, set_limit
from placet.web.access import require_anywhere
from placet.web.limits.forms import LimitForm, form_for, initial_of
from placet.web.members.reach import get_kept_member, is_household
from placet.web.refused import show_refusal
from placet.web.shell import PageRequest, company_page, company_url


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def limit_edit(request: PageRequest, member_id: str, use: str) -> HttpResponse:
    """Set one of a member's limits as a whole."""
    member = _member(request.actor, member_id, use)
    limit = Limit.objects.filter(member=member, use=use).first()
    currency = limit.currency if limit else request.actor.currency
    posted = request.POST if request.method == "POST" else None
    form = _form_of(member, use)(
        posted, member=member, limit=limit, currency=currency, initial=initial_of(limit)
    )
    if posted is not None and form.is_valid() and _set(request, member, use, form):
        messages.success(request, _("The limit is set. It holds from the next purchase on."))
        return redirect(company_url(request.actor, "member", member.pk))
    context = {
        "member": member,
        "form": form,
        "limit": limit,
        "use": use,
        "is_household": is_household(request.actor),
    }
    return render(request, "web/limits/edit.html", context, status=422 if form.errors else 200)


@require_POST
@company_page
def limit_clear(request: PageRequest, member_id: str, use: str) -> HttpResponse:
    """Take one of a member's limits away."""
    member = _member(request.actor, member_id, use)
    try:
        clear_limit(member, use=use, actor=request.actor, now=request.now)
        messages.success(request, _("The limit is taken away."))
    except Conflict as error:
        messages.error(request, error.detail)
    return redirect(company_url(request.actor, "member", member.pk))


def _member(actor: Actor, member_id: str, use: str) -> Member:
    """The member, if their limits are the actor's to set."""
    require_anywhere(actor, LIMIT_MANAGE)
    member = get_kept_member(actor, member_id)
    _form_of(member, use)
    refuse(can_favour(actor, member))
    refuse(can_do(actor, LIMIT_MANAGE, member.unit.path), permission=LIMIT_MANAGE)
    return member


def _form_of(member: Member, use: str) -> type[LimitForm]:
    form = form_for(member, use)
    if form is None:
        raise NotFound(_("There is no such limit."))
    return form


def _set(request: PageRequest, member: Member, use: str, form: LimitForm) -> bool:
    try:
        set_limit(
            member,
            use=use,
            bounds=form.bounds,
            version=form.cleaned_data["version"],
            actor=request.actor,
            now=request.now,
        )
    except (Conflict, InvalidInput) as error:
        show_refusal(
            form,
            error,
            order_minimum_minor="order_minimum",
            order_maximum_minor="order_maximum",
            period_spend_minor="period_spend",
            discount_basis_points="discount",
            margin_basis_points="margin",
        )
        return False
    return True
