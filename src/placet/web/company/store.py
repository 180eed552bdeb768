"""How the store presents itself: a form for the owner, one page and one colour for everybody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from placet.companies.actions.change_store import change_store
from placet.companies.models import Store
from placet.companies.refusals import refuse
from placet.companies.store import can_change_store, get_store
from placet.core.errors import NotFound
from placet.web.attempt import attempt, status_of
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.working_hours import list_days

FRESH_FOR = 60
"""Seconds for which a browser keeps the colour without asking."""


class StoreForm(forms.Form):
    """What the store says of itself; ``version`` is 0 before it said anything."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    support_email = forms.EmailField(
        max_length=254, required=False, label=gettext_lazy("E-mail for questions")
    )
    support_phone = forms.CharField(
        max_length=40, required=False, label=gettext_lazy("Telephone for questions")
    )
    imprint = forms.CharField(
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        label=gettext_lazy("Imprint"),
        help_text=gettext_lazy(
            "Who you are in the words of the law: on the contact page, in mails and on papers."
        ),
    )
    accent_hue = forms.IntegerField(
        min_value=0,
        max_value=359,
        required=False,
        label=gettext_lazy("Accent colour, in degrees"),
        help_text=gettext_lazy(
            "0 is pink, 30 red, 90 yellow, 140 green, 240 blue, 300 violet. Empty: ours. "
            "A colour in which text is hard to read is refused."
        ),
    )
    quote_valid_days = forms.IntegerField(
        min_value=1,
        max_value=365,
        label=gettext_lazy("Days for which a quote holds"),
        help_text=gettext_lazy("What a new offer starts with."),
    )

    def __init__(self, posted: Any = None, *, store: Store) -> None:
        super().__init__(posted, initial={name: getattr(store, name) for name in self.base_fields})


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def store_settings(request: PageRequest) -> HttpResponse:
    """Contact, imprint, colour, how long quotes hold; and where the other settings are."""
    if not request.actor.is_merchant:
        raise NotFound
    refuse(can_change_store(request.actor))
    store = get_store()
    form = StoreForm(request.POST if request.method == "POST" else None, store=store)
    changed = attempt(
        form, lambda: change_store(**form.cleaned_data, actor=request.actor, now=request.now)
    )
    if changed is not None:
        messages.success(request, _("Saved. Pages, mails and papers say it from now on."))
        return redirect(company_url(request.actor, "store_settings"))
    context = {"form": form, "store": store}
    return render(request, "web/company/store.html", context, status=status_of(form))


@require_GET
def contact(request: HttpRequest) -> HttpResponse:
    """Who runs this store and whom to ask: for everybody, signed in or not."""
    store = _store()
    context = {"store": store, "opening": _opening(store) if store else ""}
    return render(request, "web/front/contact.html", context)


@require_GET
def store_style(request: HttpRequest) -> HttpResponse:
    """The accent that the store chose, as a style sheet; empty where it chose none."""
    store = _store()
    hue = store.accent_hue if store else None
    tag = quote_etag(f"hue-{hue}")
    if request.headers.get("If-None-Match") == tag:
        answer = HttpResponse(status=304)
    else:
        text = "" if hue is None else f":root {{ --hue: {hue}; }}\n"
        answer = HttpResponse(text, content_type="text/css; charset=utf-8")
    answer["ETag"] = tag
    answer["Cache-Control"] = f"public, max-age={FRESH_FOR}"
    return answer


def _opening(store: Store) -> str:
    """Days and hours in the merchant's zone; a row of days is told by its ends."""
    company, names = store.company, dict(list_days())
    days = sorted(company.working_days)
    is_row = len(days) > 2 and days[-1] - days[0] == len(days) - 1
    told = (
        _("%(first)s to %(last)s") % {"first": names[days[0]], "last": names[days[-1]]}
        if is_row
        else ", ".join(names[day] for day in days)
    )
    return _("%(days)s, %(start)s to %(end)s (%(zone)s)") % {
        "days": told,
        "start": f"{company.work_starts:%H:%M}",
        "end": f"{company.work_ends:%H:%M}",
        "zone": company.time_zone.replace("_", " "),
    }


def _store() -> Store | None:
    """Nothing before the installation is set up."""
    try:
        return get_store()
    except NotFound:
        return None
