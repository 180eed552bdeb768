"""Two doors for strangers: apply as a company, sign up as a household.

Whatever is typed, the answer is the same: nobody learns whether an address is known here. Who
lets them in is the mail to that address, and for a company the merchant.
"""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from placet.companies.models import Company
from placet.companies.queries import get_merchant
from placet.core.actor import Actor, system_actor
from placet.core.errors import RateLimited
from placet.requisitions.actions import apply_for_company, sign_up_household
from placet.web.applications.forms import ApplyForm, SignUpForm
from placet.web.attempt import attempt, status_of

AN_HOUR = 3_600


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """A business says who it is; the merchant answers."""
    merchant = get_merchant()
    form = ApplyForm(_posted(request), time_zone=merchant.time_zone)
    if attempt(form, lambda: _apply(request, form, merchant), applicant_name="person"):
        return redirect(reverse("applied"))
    context = {"form": form, "merchant": merchant}
    return render(request, "web/applications/apply.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Somebody who shops for themselves, or for a family."""
    merchant = get_merchant()
    form = SignUpForm(_posted(request), time_zone=merchant.time_zone)
    if attempt(form, lambda: _sign_up(request, form, merchant), applicant_name="person"):
        return redirect(reverse("signed_up"))
    context = {"form": form, "merchant": merchant}
    return render(request, "web/applications/sign_up.html", context, status=status_of(form))


@require_GET
def applied(request: HttpRequest) -> HttpResponse:
    """What happens next, the same for everybody."""
    return render(request, "web/applications/applied.html", {"merchant": get_merchant()})


@require_GET
def signed_up(request: HttpRequest) -> HttpResponse:
    """Look into your mail, the same for everybody."""
    return render(request, "web/applications/signed_up.html")


def _posted(request: HttpRequest) -> object:
    return request.POST if request.method == "POST" else None


def _apply(request: HttpRequest, form: ApplyForm, merchant: Company) -> bool:
    said = form.cleaned_data
    _count(request, "apply", said["email"])
    apply_for_company(
        said["name"],
        applicant_name=said["person"],
        email=said["email"],
        tax_number=said["tax_number"],
        message=said["message"],
        language=_language(),
        time_zone=said["time_zone"],
        actor=_nobody(merchant),
        now=request.now,  # type: ignore[attr-defined]
    )
    return True


def _sign_up(request: HttpRequest, form: SignUpForm, merchant: Company) -> bool:
    said = form.cleaned_data
    _count(request, "sign_up", said["email"])
    sign_up_household(
        said["name"],
        person_name=said["person"],
        email=said["email"],
        language=_language(),
        time_zone=said["time_zone"],
        actor=_nobody(merchant),
        now=request.now,  # type: ignore[attr-defined]
    )
    return True


def _count(request: HttpRequest, action: str, email: str) -> None:
    """A few an hour from one place, and a few a day to one address; raises ``RateLimited``."""
    if not ratelimit.consume(request, action=action, key=email.strip().lower()):
        raise RateLimited(
            _("That is too often from here. Please try again in an hour."), retry_after=AN_HOUR
        )


def _language() -> str:
    return get_language() or "en"


def _nobody(merchant: Company) -> Actor:
    """A stranger acts as nobody: nothing that they send gives them a right."""
    return system_actor(merchant.pk, merchant.slug, merchant.kind, merchant.currency)
