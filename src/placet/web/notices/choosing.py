"""A member chooses where they hear of what, or ends the daily mail from a link in one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from placet.companies.queries import get_actor, get_member
from placet.core.errors import Forbidden, NotFound
from placet.notices.actions import choose_notifications, stop_digest
from placet.notices.mornings import next_morning
from placet.notices.preferences import wanted_of
from placet.notices.topics import topics_of
from placet.notices.unsubscribing import find_subscriber
from placet.web.notices.forms import NotificationsForm
from placet.web.shell import PageRequest, company_page, company_url


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def notifications(request: PageRequest) -> HttpResponse:
    """The matrix of one's own; a POST keeps it, or sets it back to what everybody begins with."""
    actor, now = request.actor, request.now
    member = get_member(actor, actor.member_id)
    posted = request.POST if request.method == "POST" else None
    form = NotificationsForm(posted, actor=actor, wanted=wanted_of(member.pk))
    if posted is not None and form.is_valid():
        usual = {topic.key: topic.default for topic in topics_of(actor)}
        wanted = usual if "usual" in posted else form.wanted
        choose_notifications(member, wanted=wanted, actor=actor, now=now)
        messages.success(request, _("It is kept: this is what you are told from now on."))
        return redirect(company_url(actor, "notifications"))
    context = {"form": form, "member": member, "morning": next_morning(member, now)}
    return render(request, "web/notices/choosing.html", context)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def no_daily_mail(request: HttpRequest, token: str) -> HttpResponse:
    """One press ends the daily mail, without a sign-in; mail programs press it by themselves.

    The token alone says who it is, so no cookie is looked at and none could be misused.
    """
    member = find_subscriber(token)
    try:
        slug = member.company.slug
        actor = get_actor(user_id=member.user_id, company_slug=slug, channel="mail")
    except (NotFound, Forbidden):
        actor = None
    is_done = request.method == "POST"
    if is_done and actor:
        now = request.now  # type: ignore[attr-defined]
        stop_digest(member, actor=actor, now=now)
    with translation.override(member.language):
        context = {"member": member, "is_done": is_done}
        response = render(request, "web/notices/no_daily_mail.html", context)
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
