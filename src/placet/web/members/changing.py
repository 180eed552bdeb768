"""A member is changed: unit, manager, title, language, zone, and the id of another system."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from placet.companies.models import Member
from placet.companies.permissions import MEMBER_MANAGE, can_manage_member
from placet.companies.queries import get_member
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput
from placet.requisitions.actions import change_member
from placet.web.access import require_anywhere
from placet.web.members.choices import people_choices, set_choices, unit_choices, zone_choices
from placet.web.members.reach import get_kept_member, is_household, list_units_of
from placet.web.refused import show_refusal
from placet.web.shell import PageRequest, company_page, company_url

PLAIN = ("title", "language", "time_zone", "external_id")


class MemberForm(forms.Form):
    """A membership; ``version`` is the one that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    unit = forms.ChoiceField(label=gettext_lazy("Unit"))
    manager = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Manager"),
        help_text=gettext_lazy("Asked where a rule climbs from the buyer upwards."),
    )
    title = forms.CharField(max_length=120, required=False, label=gettext_lazy("Title"))
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"))
    external_id = forms.CharField(
        max_length=100,
        required=False,
        label=gettext_lazy("Id in your directory"),
        help_text=gettext_lazy("By which another system knows them."),
    )

    def __init__(self, *args: Any, actor: Actor, member: Member, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor, self.member = actor, member
        units = {unit.pk: unit for unit in list_units_of(actor, MEMBER_MANAGE)}
        units.setdefault(member.unit_id, member.unit)
        self.units = units
        set_choices(self, "unit", unit_choices(units.values()))
        people = people_choices(actor, member.pk, current=member.manager)
        set_choices(self, "manager", [("", _("Nobody")), *people])
        languages = [
            (code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES
        ]
        set_choices(self, "language", languages)
        set_choices(self, "time_zone", zone_choices(member.time_zone))
        if is_household(actor):
            for name in ("unit", "manager", "title", "external_id"):
                del self.fields[name]

    @property
    def changes(self) -> dict[str, Any]:
        """What is different from the row: what stays is not asked for again."""
        found, member = self.cleaned_data, self.member
        changes = {
            name: found[name]
            for name in PLAIN
            if name in found and found[name] != getattr(member, name)
        }
        if found.get("unit", member.unit_id) != member.unit_id:
            changes["unit"] = self.units[found["unit"]]
        wanted = found.get("manager", member.manager_id or "")
        if wanted != (member.manager_id or ""):
            changes["manager"] = get_member(self.actor, wanted) if wanted else None
        return changes


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def member_edit(request: PageRequest, member_id: str) -> HttpResponse:
    """Change a membership; nobody changes their own here."""
    require_anywhere(request.actor, MEMBER_MANAGE)
    member = get_kept_member(request.actor, member_id)
    refuse(can_manage_member(request.actor, member))
    posted = request.POST if request.method == "POST" else None
    form = MemberForm(posted, actor=request.actor, member=member, initial=_initial(member))
    if posted is not None and form.is_valid() and _change(request, form):
        return redirect(company_url(request.actor, "member", member.pk))
    context = {"form": form, "member": member, "is_household": is_household(request.actor)}
    return render(request, "web/members/edit.html", context, status=422 if form.errors else 200)


def _change(request: PageRequest, form: MemberForm) -> bool:
    changes = form.changes
    if not changes:
        messages.info(request, _("Nothing was changed."))
        return True
    try:
        change_member(
            form.member,
            version=form.cleaned_data["version"],
            actor=request.actor,
            now=request.now,
            **changes,
        )
    except (Conflict, Forbidden, InvalidInput) as error:
        show_refusal(form, error)
        return False
    messages.success(request, _("%(name)s is changed.") % {"name": form.member.user.name})
    return True


def _initial(member: Member) -> dict[str, Any]:
    return {
        "version": member.version,
        "unit": member.unit_id,
        "manager": member.manager_id or "",
        **{name: getattr(member, name) for name in PLAIN},
    }
