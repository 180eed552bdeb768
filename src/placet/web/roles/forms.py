"""What a role is called and allows, as check boxes in groups."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from placet.companies.models import Role
from placet.companies.queries import list_roles
from placet.core.actor import Actor
from placet.web.members.choices import set_choices
from placet.web.roles.words import offer_permissions

LONGEST_KEY = 50


class RoleForm(forms.Form):
    """A role; what the actor cannot pass on stays as it was, whatever is sent."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    name = forms.CharField(
        max_length=120, label=_("Name"), help_text=_("Rules and people know the role by it.")
    )
    permissions = forms.MultipleChoiceField(required=False, label=_("What it allows"))

    def __init__(
        self,
        posted: QueryDict | None,
        *,
        actor: Actor,
        before: Collection[str] = (),
        **options: Any,
    ) -> None:
        super().__init__(posted, **options)
        chosen = posted.getlist("permissions") if posted is not None else before
        self.groups = offer_permissions(actor, chosen)
        offers = [one for group in self.groups for one in group.offers]
        set_choices(self, "permissions", [(one.key, str(one.label)) for one in offers])
        self.kept = frozenset(one.key for one in offers if one.refusal) & frozenset(before)
        self.closed = frozenset(one.key for one in offers if one.refusal)

    @property
    def chosen(self) -> list[str]:
        """The permissions that the role shall allow."""
        return sorted((set(self.cleaned_data["permissions"]) - self.closed) | self.kept)


def free_key(actor: Actor, name: str) -> str:
    """The key that rules select a new role by: its name in small letters, once in the company."""
    wanted = slugify(name)[:LONGEST_KEY].strip("-_") or "role"
    taken = set(list_roles(actor).values_list("key", flat=True))
    number, key = 1, wanted
    while key in taken:
        number += 1
        key = f"{wanted}-{number}"
    return key


def initial_of(role: Role) -> dict[str, Any]:
    """What the form of an existing role begins with."""
    return {"version": role.version, "name": role.name}
