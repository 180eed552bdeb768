"""A company's policy of second factors, enforced at the door of its pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from placet.companies.models import Company, Member
from placet.companies.permissions import ORDER_APPROVE, PERMISSIONS
from placet.core.actor import Actor

DECIDES: Final = frozenset(
    {ORDER_APPROVE, *(key for key in PERMISSIONS if key.endswith(".manage"))}
)
"""Whoever holds one of these releases money or changes who does."""

FACTORS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def find_missing_factor(actor: Actor, memberships: Sequence[Member]) -> str:
    """The policy that this member does not meet yet; empty for everybody else.

    The policies were read with the memberships: only where one holds is anything looked up.
    """
    policy = next(
        (one.company.second_factor for one in memberships if one.company_id == actor.company_id),
        Company.SecondFactor.OPTIONAL,
    )
    if not _is_meant(policy, actor):
        return ""
    has_one = Authenticator.objects.filter(user_id=actor.user_id, type__in=FACTORS).exists()
    return "" if has_one else policy


def send_to_security(request: HttpRequest, policy: str) -> HttpResponse:
    """To the page where a second factor is set up, with the reason."""
    company: str = request.actor.company_name  # type: ignore[attr-defined]
    if policy == Company.SecondFactor.EVERYBODY:
        said = _("%(company)s asks all its members for a second factor. Switch one on here.")
    else:
        said = _(
            "%(company)s asks whoever approves or manages for a second factor. Switch one on here."
        )
    if not _is_said(request):
        messages.warning(request, said % {"company": company})
    if getattr(request, "htmx", None):
        # Inside a page a redirect would be shown where the answer belongs.
        return HttpResponse(headers={"HX-Redirect": reverse("mfa_index")})
    return redirect("mfa_index")


def _is_meant(policy: str, actor: Actor) -> bool:
    if policy == Company.SecondFactor.EVERYBODY:
        return True
    if policy != Company.SecondFactor.DECIDERS:
        return False
    return any(grant.permission in DECIDES for grant in actor.grants)


def _is_said(request: HttpRequest) -> bool:
    """Whether the reason waits to be shown already: several requests of one page say it once."""
    return len(messages.get_messages(request)) > 0
