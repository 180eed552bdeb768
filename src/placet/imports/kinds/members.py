"""Members: found by their e-mail address, invited when they are new."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from placet.companies.models import Member, Role, RoleGrant, Unit
from placet.companies.organisation import role_grants
from placet.companies.permissions import MEMBER_MANAGE
from placet.companies.validity import check_settings
from placet.imports.columns import Column
from placet.imports.ground import Ground
from placet.imports.kinds.depending import refuse_used, unchanged_since
from placet.imports.kinds.kind import Cells, ChangedSince, Kind, Made, Warned
from placet.imports.kinds.sight import within_paths
from placet.imports.values import read_list
from placet.requisitions.actions import (
    change_member,
    deactivate_member,
    invite_member,
    reactivate_member,
    revoke_role,
)
from placet.requisitions.actions.invite_members import Invitation
from placet.requisitions.actions.reassign_steps import reassign_all
from placet.requisitions.affected import list_undecided

AT: Final = "@"
COLUMNS = (
    Column(
        "email",
        _("E-mail"),
        "",
        True,
        254,
        ("mail", "email address", "adres e-mail", "adres email"),
        "lena@example.com",
    ),
    Column(
        "name",
        _("Name"),
        "",
        True,
        120,
        ("full name", "imię i nazwisko", "nazwisko", "nazwa"),
        "Lena Vogt",
    ),
    Column(
        "unit",
        _("Unit"),
        _("Its code, its name, or the names from the top down with “ / ” between"),
        True,
        600,
        ("department", "jednostka", "dział"),
        "ICU",
    ),
    Column(
        "roles",
        _("Roles"),
        _("Separated by semicolons; “approver@ICU” is for a unit and below"),
        False,
        1_000,
        ("role", "rola"),
        "buyer; approver@ICU",
    ),
    Column(
        "manager",
        _("Manager"),
        _("E-mail address of a member"),
        False,
        254,
        ("manager email", "supervisor", "przełożony", "kierownik"),
        "rashid@example.com",
    ),
    Column("title", _("Title"), "", False, 120, ("job title", "stanowisko"), "Ward manager"),
    Column("language", _("Language"), "", False, 8, ("język",), "en"),
    Column("time_zone", _("Time zone"), "", False, 60, ("strefa czasowa",), "Europe/Berlin"),
    Column(
        "external_id",
        _("Your own id"),
        "",
        False,
        100,
        ("external id", "employee id", "numer pracownika", "id"),
        "10442",
    ),
)
TEXTS: Final = ("title", "language", "time_zone", "external_id")
MADE_WITH_A_MEMBER: Final = ("RoleGrant",)

Places = set[tuple[Role, Unit | None]]


def write_row(cells: Cells, ground: Ground) -> Made:
    """Invite whoever is new; change what differs of a member who is there."""
    unit = ground.unit("unit", cells["unit"])
    manager = ground.member("manager", cells["manager"]) if cells.get("manager") else None
    places = {_place(entry, ground) for entry in read_list(cells.get("roles", ""))}
    check_settings({"time_zone": cells["time_zone"]} if cells.get("time_zone") else {})
    found = ground.find_member(cells["email"])
    ground.forget_member(cells["email"])
    if found is None:
        return _invited(cells, unit, manager, places, ground)
    return _changed(found, cells, unit, manager, places, ground)


def _invited(
    cells: Cells, unit: Unit, manager: Member | None, places: Places, ground: Ground
) -> Made:
    texts: dict[str, Any] = {name: cells.get(name, "") for name in TEXTS}
    invitation = Invitation(
        email=cells["email"], name=cells["name"], unit=unit, manager=manager, **texts
    )
    member = invite_member(ground.company, invitation=invitation, **ground.at)
    _grant(member, places, ground)
    return Made("added", member.pk, member.version)


def _changed(
    found: Member,
    cells: Cells,
    unit: Unit,
    manager: Member | None,
    places: Places,
    ground: Ground,
) -> Made:
    before: dict[str, Any] = {}
    if found.status != Member.Status.ACTIVE:
        reactivate_member(found, **ground.at)
        before["was_deactivated"] = True
    changes = _changes(found, cells, unit, manager)
    if changes:
        before["columns"] = {
            "unit": found.unit_id,
            "manager": found.manager_id,
            **{name: getattr(found, name) for name in TEXTS},
        }
        change_member(found, **changes, **ground.at)
    held = {(one.role, one.unit) for one in _grants(found)}
    if places and places != held:
        before["granted"] = _as_ids(places - held)
        before["revoked"] = _as_ids(held - places)
        for role, where in held - places:
            revoke_role(found, role=role, unit=where, **ground.at)
        _grant(found, places - held, ground)
    warnings: tuple[Warned, ...] = ()
    if cells["name"] != found.user.name:
        warnings = (Warned("name", gettext("They keep the name that they have.")),)
    return Made("changed" if before else "unchanged", found.pk, found.version, before, warnings)


def _changes(found: Member, cells: Cells, unit: Unit, manager: Member | None) -> dict[str, Any]:
    changes: dict[str, Any] = {
        name: cells[name]
        for name in TEXTS
        if cells.get(name) and cells[name] != getattr(found, name)
    }
    if unit.pk != found.unit_id:
        changes["unit"] = unit
    if manager is not None and manager.pk != found.manager_id:
        changes["manager"] = manager
    return changes


def _place(entry: str, ground: Ground) -> tuple[Role, Unit | None]:
    key, _sign, unit = entry.partition(AT)
    where = ground.unit("roles", unit.strip()) if unit.strip() else None
    return ground.role("roles", key.strip()), where


def _grants(member: Member) -> list[RoleGrant]:
    return list(member.role_grants.select_related("role", "unit"))


def _as_ids(places: Places) -> list[list[str]]:
    return sorted([role.pk, unit.pk if unit else ""] for role, unit in places)


def _grant(member: Member, places: Places, ground: Ground) -> None:
    """Give roles; open steps follow all of them at once, in ``finish``."""
    for role, unit in sorted(places, key=lambda place: place[0].key):
        role_grants.grant_role(member, role=role, unit=unit, actor=ground.actor, now=ground.now)
        ground.is_restaffed = False


def finish(ground: Ground) -> None:
    """Ask whoever got a role at the open steps that ask for it."""
    if not ground.is_restaffed:
        open_ones = list_undecided(ground.company)
        reassign_all(open_ones, cause="role_granted", actor=ground.actor, now=ground.now)


def take_back(made: Made, ground: Ground) -> None:
    """End the memberships that were added; give back what was changed."""
    member = Member.objects.select_related("user", "unit").get(pk=made.id, company=ground.company)
    unchanged_since(member, made)
    before = made.before
    for place in before.get("granted", ()):
        revoke_role(member, **_of_ids(place), **ground.at)
    for place in before.get("revoked", ()):
        role_grants.grant_role(member, **_of_ids(place), **ground.at)
        ground.is_restaffed = False
    if "columns" in before:
        columns = dict(before["columns"])
        columns["unit"] = Unit.objects.get(pk=columns["unit"])
        columns["manager"] = Member.objects.filter(pk=columns["manager"]).first()
        change_member(member, **columns, **ground.at)
    if made.did == "added" or before.get("was_deactivated"):
        if made.did == "added" and member.user.last_login is not None:
            came = member.user.last_login
            if member.invited_at is not None and came > member.invited_at:
                raise ChangedSince(gettext("They have come in already."))
        refuse_used(member, MADE_WITH_A_MEMBER if made.did == "added" else ("RoleGrant", "Limit"))
        deactivate_member(member, **ground.at)


def _of_ids(place: list[str]) -> dict[str, Any]:
    role_id, unit_id = place
    return {
        "role": Role.objects.get(pk=role_id),
        "unit": Unit.objects.filter(pk=unit_id).first(),
    }


def export_rows(ground: Ground) -> Iterator[dict[str, str]]:
    """The active members of those parts of the company that the actor keeps, by name."""
    rows = Member.objects.filter(company=ground.company, status=Member.Status.ACTIVE)
    near = rows.select_related("user", "unit", "manager__user")
    for member in near.prefetch_related("role_grants__role", "role_grants__unit").order_by(
        "user__name", "id"
    ):
        if within_paths(ground.actor, MEMBER_MANAGE, member.unit):
            yield {
                "email": member.user.email,
                "name": member.user.name,
                "unit": ground.name_of(member.unit),
                "roles": "; ".join(
                    sorted(_written(one, ground) for one in member.role_grants.all())
                ),
                "manager": _address_of(member.manager),
                **{name: getattr(member, name) for name in TEXTS},
            }


def _address_of(manager: Member | None) -> str:
    """Only an active manager can be named again."""
    return manager.user.email if manager and manager.status == Member.Status.ACTIVE else ""


def _written(grant: RoleGrant, ground: Ground) -> str:
    return f"{grant.role.key}{AT}{ground.name_of(grant.unit)}" if grant.unit else grant.role.key


KIND = Kind(
    "members",
    _("Members"),
    MEMBER_MANAGE,
    COLUMNS,
    lambda cells: cells["email"],
    lambda cells: cells.get("manager", ""),
    write_row,
    take_back,
    export_rows,
    finish,
)
