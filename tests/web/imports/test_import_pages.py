"""An import on the pages: sent, mapped, tried, written, taken back; refused with a reason."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from placet.companies.models import CostCenter
from placet.jobs.timetable import RUNNERS
from placet.runs.models import Run
from placet.runs.work import work_run
from tests.cast import NOW, Cast
from tests.web.pages import as_actor, page

ADDRESS = "/c/meridian/imports/"
GOOD = "Kod;Nazwa;Jednostka\n7001;Radiologia;icu\n7002;Lab;\n"


def _sent(client: Client, text: str, kind: str = "cost_centers") -> str:
    """Send a file; the address of its columns."""
    file = SimpleUploadedFile("centres.csv", text.encode("utf-16"))
    answer = client.post(f"{ADDRESS}{kind}/new/", {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def _worked(client: Client, address: str, form: dict[str, str]) -> str:
    """Post, let a worker end what was started, and give the page's address."""
    answer = client.post(address, form)
    assert answer.status_code == 302, answer.content.decode()
    while work_run(RUNNERS, now=NOW, read_real=lambda: NOW):
        pass
    return str(answer["Location"])


def test_a_file_is_tried_imported_and_taken_back(db: None, cast: Cast) -> None:
    client = as_actor(cast.ines)
    columns = _sent(client, GOOD)
    shown = client.get(columns).content.decode()
    assert '<option value="0" selected>Kod</option>' in shown
    tried = _worked(client, columns, {"code": "0", "name": "1", "unit": "2", "owner": ""})
    text = client.get(tried).content.decode()
    assert "All rows fit." in text
    assert not CostCenter.objects.filter(code="7001").exists()
    written = _worked(client, f"{tried}write/", {})
    assert "Imported." in client.get(written).content.decode()
    assert CostCenter.objects.get(code="7001").unit_id == cast.unit["icu"]
    assert "Take the import back" in client.get(written).content.decode()
    _worked(client, f"{written}undo/", {})
    text = client.get(written).content.decode()
    assert "This import was taken back." in text
    assert "Take the import back" not in text
    assert not CostCenter.objects.filter(code="7001", closed_at=None).exists()
    assert "taken back" in page(cast.ines, "imports/")


def test_refused_rows_say_why_and_are_downloaded_to_be_mended(db: None, cast: Cast) -> None:
    client = as_actor(cast.ines)
    columns = _sent(client, "code,name,unit\n7001,Good,icu\n7002,=Bad,nowhere\n7001,Twice,\n")
    tried = _worked(client, columns, {"code": "0", "name": "1", "unit": "2"})
    text = client.get(tried).content.decode()
    assert "Nothing was imported." in text
    assert "There is no unit “nowhere”." in text
    assert "Row 2 is about the same." in text
    assert "Good" not in text
    assert "Good" in client.get(f"{tried}?state=all").content.decode()
    download = client.get(f"{tried}refused/").content.decode("utf-8-sig")
    assert download.splitlines() == [
        "code,name,unit,refused_because",
        "7002,'=Bad,nowhere,There is no unit “nowhere”.",
        "7001,Twice,,Row 2 is about the same.",
    ]
    # Written all the same, nothing goes in: all or nothing.
    written = _worked(client, f"{tried}write/", {})
    assert "Nothing was imported." in client.get(written).content.decode()
    assert not CostCenter.objects.filter(code="7001").exists()


def test_a_file_that_is_no_table_comes_back_with_the_reason(db: None, cast: Cast) -> None:
    client = as_actor(cast.ines)
    address = f"{ADDRESS}members/new/"
    for content, reason in (
        (b"", "This file is empty."),
        (b"email,name\n", "a header and no rows"),
        (b"PK\x03\x04", "damaged or protected"),
    ):
        answer = client.post(address, {"file": SimpleUploadedFile("x.csv", content)})
        assert answer.status_code == 422
        assert reason in answer.content.decode()
    answer = client.post(address, {})
    assert answer.status_code == 422
    assert "Choose a file, or paste rows." in answer.content.decode()
    answer = client.post(address, {"text": "email,name\na,b,c"})
    assert answer.status_code == 422
    assert "a,b,c" in answer.content.decode()


def test_a_required_column_has_to_be_chosen_and_none_twice(db: None, cast: Cast) -> None:
    client = as_actor(cast.ines)
    columns = _sent(client, GOOD)
    for form in ({"code": "0"}, {"code": "0", "name": "0"}, {"code": "0", "name": "9"}):
        answer = client.post(columns, form)
        assert answer.status_code == 422, form
    assert not Run.objects.filter(kind="import").exists()


def test_an_export_goes_in_again_unchanged(db: None, cast: Cast) -> None:
    client = as_actor(cast.ines)
    exported = client.get("/c/meridian/exports/members/").content.decode("utf-8-sig")
    columns = _sent(client, exported, "members")
    header = exported.splitlines()[0].split(",")
    form = {name: str(place) for place, name in enumerate(header)}
    tried = _worked(client, columns, form)
    assert "all of this is there already." in client.get(tried).content.decode()
    sheet = client.get("/c/meridian/exports/members/?format=xlsx")
    assert sheet.content.startswith(b"PK")
    template = client.get(f"{ADDRESS}members/template/").content.decode("utf-8-sig")
    assert template.split() == [",".join(header)]


def test_rights_are_those_of_the_actions(db: None, cast: Cast) -> None:
    assert as_actor(cast.lena).get(ADDRESS).status_code == 403
    assert as_actor(cast.lena).get("/c/meridian/exports/budgets/").status_code == 403
    assert as_actor(cast.ines).get(f"{ADDRESS}unicorns/new/").status_code == 404
    columns = _sent(as_actor(cast.ines), GOOD)
    assert as_actor(cast.jan).get(columns.replace("meridian", "kowalski")).status_code == 404
    # Nobody raises their own rights by a file.
    client = as_actor(cast.ines)
    own = "email,name,unit,roles\nines@meridian.example,Ines Keller,finance,buyer; company_admin\n"
    columns = _sent(client, own, "members")
    tried = _worked(client, columns, {"email": "0", "name": "1", "unit": "2", "roles": "3"})
    assert "Nobody changes their own roles." in client.get(tried).content.decode()
