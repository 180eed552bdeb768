"""Ending one session: a browser that was left signed in somewhere."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST


@require_POST
@login_required
def session_end(request: HttpRequest, session_id: int) -> HttpResponse:
    """End one of one's own sessions; whoever uses it is asked to sign in again."""
    session = get_object_or_404(UserSession, pk=session_id, user_id=request.user.pk)
    session.end()
    messages.success(request, _("That session has ended."))
    return redirect("usersessions_list")
