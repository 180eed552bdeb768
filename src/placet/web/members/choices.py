"""What can be chosen in the forms about members: units, people and roles that are the actor's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from zoneinfo import available_timezones

from django import forms

from placet.companies.models import Member, Role, Unit
from placet.companies.permissions import MEMBER_MANAGE, can_grant_role
from placet.companies.queries import list_roles
from placet.core.actor import Actor
from placet.web.members.reach import list_kept_members

Choice = tuple[str, str]
SPACE: Final = "\N{NO-BREAK SPACE}" * 3
NOBODY_YET: Final = "usr_"
"""Stands for a user who is made only when the form is sent: nobody is that."""


def set_choices(form: forms.Form, name: str, choices: Sequence[Choice]) -> None:
    """Let a field of the form offer these."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def unit_choices(units: Iterable[Unit]) -> list[Choice]:
    """Units by their place in the tree, each as far in as it lies below the highest of them."""
    found = list(units)
    highest = min((unit.path.count("/") for unit in found), default=0)
    return [(unit.pk, SPACE * (unit.path.count("/") - highest) + unit.name) for unit in found]


def people_choices(actor: Actor, *besides: str, current: Member | None = None) -> list[Choice]:
    """Active members whom the actor keeps, without the actor: nobody favours themselves.

    ``current`` is who it is now, and stays to be chosen wherever they belong.
    """
    without = {*besides, actor.member_id}
    people = [one for one in list_kept_members(actor) if one.pk not in without]
    if current is not None and current.pk not in {one.pk for one in people}:
        people.insert(0, current)
    return [(one.pk, f"{one.user.name}, {one.unit.name}") for one in people]


def list_grantable_roles(actor: Actor, user_id: str = NOBODY_YET) -> list[Role]:
    """The roles that the actor may give this user for some part of the company."""
    paths = actor.paths_of(MEMBER_MANAGE)
    return [
        role
        for role in list_roles(actor)
        if any(
            can_grant_role(actor, role, user_id=user_id, unit_path=path) is None for path in paths
        )
    ]


def zone_choices(current: str) -> list[Choice]:
    """The time zones of places, with the current one wherever it is from."""
    names = {name for name in available_timezones() if "/" in name and name[:4] != "Etc/"}
    return [(name, name.replace("_", " ")) for name in sorted({*names, current})]
