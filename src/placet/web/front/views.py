"""The first page: whoever is signed in goes to their company, everybody else signs in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from placet.companies.queries import list_memberships


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """To the home of the only company, to a choice where there are several, or to the sign-in."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    memberships = list_memberships(str(request.user.pk))
    if len(memberships) == 1:
        return redirect("home", memberships[0].company.slug)
    return render(request, "web/front/choose.html", {"memberships": memberships})
