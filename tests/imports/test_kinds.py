"""Each kind: made, changed, left alone, taken back, and exported so that nothing changes."""

from __future__ import annotations

import pytest

from placet.budgets.actions import create_budget
from placet.budgets.models import Budget
from placet.catalog.models import PartNumber
from placet.companies.actions import add_unit
from placet.companies.models import Address, Company, CostCenter, Member, Unit
from placet.companies.permissions import CATALOG_MANAGE
from placet.events.models import Event
from placet.imports.kinds import KINDS as ALL_KINDS
from tests.cast import Cast
from tests.imports.files import did, import_again, import_csv, report, undo

pytestmark = pytest.mark.django_db

# The merchant's own have stories of their own.
KINDS = [key for key in ALL_KINDS if ALL_KINDS[key].permission != CATALOG_MANAGE]

CENTERS = "code,name,unit,owner\n7001,Radiology,ICU,rashid@meridian.example\n7002,Lab,,\n"
PEOPLE = (
    "E-mail;Imię i nazwisko;Jednostka;Rola;Przełożony\n"
    "nele@meridian.example;Nele Adler;icu;buyer;boss@meridian.example\n"
    "boss@meridian.example;Bo Senior;icu;approver@icu;\n"
)
UNITS = "name,code,parent\nBed 2,B2,B1\nBed 1,B1,icu-4\n"
ADDRESSES = (
    "kind,name,street,postcode,city,country,unit,only_for\n"
    "ship_to,Ramp C,Am Klinikum 9,10115,Berlin,de,icu,lena@meridian.example\n"
    "faktura,Finance,Am Klinikum 1,10115,Berlin,DE,,\n"
)
BUDGETS = (
    "name;owner_kind;owner;amount;period;mode;starts_on;ends_on;responsible\n"
    "Gloves;cost_center;4410;1.234,50;month;block;;;rashid@meridian.example\n"
    'Move;company;;"12,000.00";once;warn;2026-12-01;2027-02-28;\n'
)
OWN = ("import.uploaded", "run.started", "run.finished")
FILES = {
    "members": (PEOPLE, 2),
    "units": (UNITS, 2),
    "addresses": (ADDRESSES, 2),
    "cost_centers": (CENTERS, 2),
    "budgets": (BUDGETS, 2),
    "part_numbers": ("SKU;Numer\nGLV-M;MAT 10-442\nPEN-B;0815\n", 2),
}


def _counts() -> dict[str, int]:
    """Everything that imports make and that is not over."""
    return {
        "members": Member.objects.filter(status="active").count(),
        "units": Unit.objects.filter(closed_at=None).count(),
        "addresses": Address.objects.filter(closed_at=None).count(),
        "cost_centers": CostCenter.objects.filter(closed_at=None).count(),
        "budgets": Budget.objects.filter(closed_at=None).count(),
        "part_numbers": PartNumber.objects.count(),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_rows_are_tried_then_written_once_and_taken_back(kind: str, cast: Cast) -> None:
    text, rows = FILES[kind]
    before = _counts()
    events = Event.objects.exclude(type__in=OWN).count()
    tried = import_csv(kind, text, cast.ines, is_dry_run=True)
    assert did(tried) == (rows, 0, 0, 0), report(tried)
    assert _counts() == before
    assert Event.objects.exclude(type__in=OWN).count() == events
    written = import_csv(kind, text, cast.ines)
    assert did(written) == (rows, 0, 0, 0)
    assert _counts() == before | {kind: before[kind] + rows}
    again = import_csv(kind, text, cast.ines)
    assert did(again) == (0, 0, rows, 0), report(again)
    assert _counts() == before | {kind: before[kind] + rows}
    back = undo(written, cast.ines)
    assert back.result["is_undone"], report(back)
    assert _counts() == before
    once_more = import_csv(kind, text, cast.ines)
    assert did(once_more)[3] == 0, report(once_more)
    assert _counts() == before | {kind: before[kind] + rows}


@pytest.mark.parametrize("kind", KINDS)
def test_an_export_imports_again_and_changes_nothing(kind: str, cast: Cast) -> None:
    import_csv(kind, FILES[kind][0], cast.ines)
    again = import_again(kind, cast.ines)
    added, changed, unchanged, errors = did(again)
    assert (added, changed, errors) == (0, 0, 0), report(again)
    assert unchanged >= FILES[kind][1]


def test_a_manager_of_the_same_file_goes_first(cast: Cast) -> None:
    run = import_csv("members", PEOPLE, cast.ines)
    assert [row for row, _status, _why in report(run)] == [2, 3]
    nele = Member.objects.get(user__email="nele@meridian.example")
    assert nele.manager is not None
    assert nele.manager.user.email == "boss@meridian.example"
    assert [grant.role.key for grant in nele.role_grants.all()] == ["buyer"]
    assert Event.objects.filter(type="member.invited", channel="import").count() == 2


def test_a_changed_row_changes_what_it_names_and_is_given_back(cast: Cast) -> None:
    center = CostCenter.objects.get(pk=cast.cost_center["meridian/4410"])
    owner, name = center.owner_id, center.name
    run = import_csv(
        "cost_centers", "code,name,owner\n4410,New name,mei@meridian.example", cast.ines
    )
    assert did(run) == (0, 1, 0, 0), report(run)
    center.refresh_from_db()
    assert (center.name, center.owner_id) == ("New name", cast.member["mei"])
    assert undo(run, cast.ines).result["is_undone"]
    center.refresh_from_db()
    assert (center.name, center.owner_id) == (name, owner)


def test_what_is_used_by_now_prevents_the_undo_and_is_named(cast: Cast) -> None:
    run = import_csv("cost_centers", CENTERS, cast.ines)
    used = CostCenter.objects.get(code="7001")
    create_budget(
        name="Radiology",
        owner_kind="cost_center",
        owner_ref=used.pk,
        responsible_id=None,
        currency="EUR",
        amount_minor=100,
        period="month",
        actor=cast.ines,
        now=cast.now,
    )
    back = undo(run, cast.ines)
    assert back.result == {"kind": "cost_centers", "rows": 2, "errors": 1, "is_undone": False}
    assert report(back) == [(2, "error", "It is used by: budgets.")]
    assert CostCenter.objects.filter(code__in=("7001", "7002"), closed_at=None).count() == 2


def test_a_unit_in_which_something_grew_is_not_taken_back(cast: Cast) -> None:
    run = import_csv("units", UNITS, cast.ines)
    meridian = Company.objects.get(pk=cast.company["meridian"])
    bed = Unit.objects.get(code="B2")
    add_unit(meridian, name="Shelf", parent=bed, actor=cast.ines, now=cast.now)
    back = undo(run, cast.ines)
    assert not back.result["is_undone"]
    assert (2, "error", "It is used by: units.") in report(back)
