"""Ship-tos and bill-tos: found by kind, name, unit and member."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from placet.companies.actions import add_address, change_address, close_address, share_address
from placet.companies.models import Address, Member, Unit
from placet.companies.permissions import ADDRESS_MANAGE
from placet.core.errors import InvalidInput
from placet.imports.columns import Column
from placet.imports.ground import Ground
from placet.imports.kinds.depending import refuse_used, unchanged_since
from placet.imports.kinds.kind import Cells, Kind, Made, nothing_above
from placet.imports.kinds.sight import within_paths
from placet.imports.values import read_choice, read_list

KINDS: Final[dict[str, tuple[str, ...]]] = {
    Address.Kind.SHIP_TO: ("ship to", "delivery", "dostawa", "wysyłka"),
    Address.Kind.BILL_TO: ("bill to", "invoice", "faktura"),
}
COLUMNS = (
    Column("kind", _("Kind"), _("ship_to or bill_to"), True, 20, ("type", "rodzaj"), "ship_to"),
    Column("name", _("Name"), "", True, 120, ("nazwa",), "Main store"),
    Column("street", _("Street"), "", True, 200, ("address", "ulica", "adres"), "Am Klinikum 1"),
    Column(
        "postcode", _("Postcode"), "", True, 20, ("zip", "postal code", "kod pocztowy"), "10115"
    ),
    Column("city", _("City"), "", True, 100, ("town", "miasto", "miejscowość"), "Berlin"),
    Column("country", _("Country"), _("Two letters, such as DE"), True, 2, ("kraj",), "DE"),
    Column("unit", _("Unit"), _("Code of the unit; blank: everybody"), False, 600,
           ("jednostka", "dział"), "ICU"),
    Column("member", _("Member"), _("E-mail address of a member"), False, 254,
           ("osoba", "member email"), ""),
    Column("delivery_note", _("Delivery note"), "", False, 200,
           ("note", "uwagi", "uwagi dla dostawcy"), "Ramp B"),
    Column("only_for", _("Only for"), _("E-mail addresses, separated by semicolons"), False, 2_000,
           ("tylko dla",), ""),
)  # fmt: skip
TEXTS: Final = ("street", "postcode", "city", "country", "delivery_note")


def key_of(cells: Cells) -> str:
    """What makes two rows the same address."""
    return "|".join(cells.get(name, "") for name in ("kind", "name", "unit", "member", "street"))


def write_row(cells: Cells, ground: Ground) -> Made:
    """Add an address, or change what differs of the one with this name at this place."""
    kind = read_choice("kind", cells["kind"], KINDS)
    unit = ground.unit("unit", cells["unit"]) if cells.get("unit") else None
    member = ground.member("member", cells["member"]) if cells.get("member") else None
    chosen = [ground.member("only_for", one) for one in read_list(cells.get("only_for", ""))]
    texts: dict[str, Any] = {name: cells.get(name, "") for name in TEXTS}
    texts["country"] = texts["country"].upper()
    found = _found(kind, cells["name"], unit, member, texts, ground)
    if found is None:
        made = add_address(
            ground.company,
            kind=kind,
            name=cells["name"],
            unit=unit,
            member=member,
            **texts,
            **ground.at,
        )
        if chosen:
            share_address(made, members=chosen, **ground.at)
        return Made("added", made.pk, made.version)
    changes: dict[str, Any] = {
        name: text for name, text in texts.items() if text and text != getattr(found, name)
    }
    shared = sorted(found.grants.values_list("member_id", flat=True))
    before: dict[str, Any] = {name: getattr(found, name) for name in TEXTS} | {"shared": shared}
    is_shared_anew = bool(chosen) and sorted(one.pk for one in chosen) != shared
    if not changes and not is_shared_anew:
        return Made("unchanged", found.pk, found.version)
    if changes:
        change_address(found, **changes, **ground.at)
    if is_shared_anew:
        share_address(found, members=chosen, **ground.at)
    return Made("changed", found.pk, found.version, before)


def _found(
    kind: str,
    name: str,
    unit: Unit | None,
    member: Member | None,
    texts: dict[str, Any],
    ground: Ground,
) -> Address | None:
    """The address that a row is about: the one that says the same, else the only one so called."""
    there = Address.objects.filter(company=ground.company, kind=kind, name=name, closed_at=None)
    near = list(there.filter(unit=unit, member=member).exclude(pk__in=ground.touched))
    for address in near:
        if all(getattr(address, column) == text for column, text in texts.items() if text):
            return address
    if len(near) > 1:
        raise InvalidInput(
            "name", "several", gettext("Several addresses here have this name: rename them first.")
        )
    return near[0] if near else None


def take_back(made: Made, ground: Ground) -> None:
    """Close what was added; give back what was changed."""
    address = Address.objects.get(pk=made.id, company=ground.company)
    unchanged_since(address, made)
    if made.did == "added":
        refuse_used(address, ("AddressGrant",))
        close_address(address, **ground.at)
        return
    before: dict[str, Any] = dict(made.before)
    shared = list(before.pop("shared"))
    change_address(address, **before, **ground.at)
    if sorted(address.grants.values_list("member_id", flat=True)) != shared:
        share_address(address, members=list(Member.objects.filter(pk__in=shared)), **ground.at)


def export_rows(ground: Ground) -> Iterator[dict[str, str]]:
    """The open addresses of those parts of the company that the actor keeps."""
    rows = Address.objects.filter(company=ground.company, closed_at=None)
    near = rows.select_related("unit", "member__user").prefetch_related("grants__member__user")
    for address in near.order_by("kind", "name", "id"):
        if within_paths(ground.actor, ADDRESS_MANAGE, address.unit):
            emails = sorted(one.member.user.email for one in address.grants.all())
            yield {
                "kind": address.kind,
                "name": address.name,
                **{name: getattr(address, name) for name in TEXTS},
                "unit": ground.name_of(address.unit),
                "member": address.member.user.email if address.member else "",
                "only_for": "; ".join(emails),
            }


KIND = Kind(
    "addresses",
    _("Addresses"),
    ADDRESS_MANAGE,
    COLUMNS,
    key_of,
    nothing_above,
    write_row,
    take_back,
    export_rows,
)
