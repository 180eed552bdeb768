"""API keys of one's own: they act as their member, and they alone may decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from placet.companies.actions import create_personal_key, revoke_api_key
from placet.companies.models import ApiKey
from placet.companies.permissions import PERMISSIONS
from placet.core.actor import Actor
from placet.core.errors import Conflict, NotFound
from placet.web.shell import PageRequest, company_page, company_url


class OwnKey(forms.Form):
    """A name, and which of one's own rights the key has."""

    name = forms.CharField(
        max_length=120,
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("Which program of yours uses it."),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = sorted({grant.permission for grant in actor.grants} & set(PERMISSIONS))
        field = self.fields["scopes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(key, PERMISSIONS[key]) for key in held]
        field.initial = held


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def own_keys(request: PageRequest) -> HttpResponse:
    """One's own keys; the answer to a POST is the only page that ever holds the secret."""
    actor = request.actor
    form = OwnKey(request.POST if request.method == "POST" else None, actor=actor)
    if request.method == "POST" and form.is_valid():
        key, secret = create_personal_key(
            form.cleaned_data["name"],
            scopes=form.cleaned_data["scopes"],
            actor=actor,
            now=request.now,
        )
        return render(request, "web/settings/own_key.html", {"key": key, "secret": secret})
    context = {"form": form, "keys": _working_keys(actor)}
    return render(
        request, "web/settings/own_keys.html", context, status=422 if form.errors else 200
    )


@require_POST
@company_page
def own_key_revoke(request: PageRequest, key_id: str) -> HttpResponse:
    """End one of one's own keys at once."""
    key = next((one for one in _working_keys(request.actor) if one.pk == key_id), None)
    if key is None:
        raise NotFound(_("You have no such key."))
    try:
        revoke_api_key(key, actor=request.actor, now=request.now)
        messages.success(request, _("“%(key)s” is revoked.") % {"key": key.name})
    except Conflict as error:
        messages.error(request, error.detail)
    return redirect(company_url(request.actor, "own_keys"))


def _working_keys(actor: Actor) -> list[ApiKey]:
    mine = ApiKey.objects.filter(member_id=actor.member_id, company_id=actor.company_id)
    return list(mine.filter(revoked_at__isnull=True).order_by("-created_at", "-pk"))
