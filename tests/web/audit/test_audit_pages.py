"""The audit trail: sentences with people, private words, and a chain that tells of tampering."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from python_calamine import CalamineWorkbook

from placet.companies.actions import create_api_key, deactivate_member, set_absence
from placet.companies.models import Company, Member
from placet.core.actor import Actor
from placet.core.append_only import install_append_only
from placet.core.cells import defused
from placet.core.transaction import transaction
from placet.events.models import Event, EventPrivate
from placet.events.record import record
from placet.web.audit.sentences import SENTENCES
from tests.cast import Cast
from tests.house.source import code
from tests.web.pages import as_actor, page, queries_of


@transaction
def note(happened: str, subject: str, /, *, actor: Actor, cast: Cast, **values: object) -> None:
    """Something happened to this subject."""
    private = values.pop("private", None)
    record(happened, subject, actor=actor, now=cast.now, private=private, **values)  # type: ignore[arg-type]


def tamper(statement: str, *values: str) -> None:
    """Change rows that have a trigger, as somebody with access to the database would."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'events_%'"
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        else:
            # A table with checks that wait for the commit cannot be altered: they are made now.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE events_event DISABLE TRIGGER USER")
        cursor.execute(statement, values)
        if connection.vendor != "sqlite":
            cursor.execute("ALTER TABLE events_event ENABLE TRIGGER USER")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    install_append_only()


def test_what_happened_is_said_with_a_person(db: None, cast: Cast) -> None:
    pavel = Member.objects.get(pk=cast.member["pavel"])
    deactivate_member(pavel, actor=cast.ines, now=cast.now)
    text = page(cast.aron, "audit/")
    assert "Ines Keller deactivated Pavel Novák" in text
    assert "The chain is whole" in text


def test_a_decision_names_the_principal_and_the_channel(db: None, cast: Cast) -> None:
    by_mail = replace(cast.mei, channel="mail")
    rashid = cast.member["rashid"]
    private = {"reason": "Too many"}
    subject = "req_00000000000000000000000000"
    note(
        "decision.recorded", subject, actor=by_mail, cast=cast, kind="reject", principal=rashid,
        private=private,
    )  # fmt: skip
    text = page(cast.aron, "audit/")
    assert "Mei Tanaka rejected, for Rashid Haddad, by mail" in text
    assert "Too many" in text


def test_a_key_is_named_beside_its_member(db: None, cast: Cast) -> None:
    company = Company.objects.get(pk=cast.company["meridian"])
    key, _secret = create_api_key(
        company, name="ERP", scopes=["audit.view"], actor=cast.ines, now=cast.now
    )
    acting = replace(cast.lena, channel="api", person_user_id=key.id)
    note("cart.archived", "cart_0", actor=acting, cast=cast)
    text = page(cast.aron, "audit/")
    assert "the key “ERP” for Lena Vogt put the cart" in text
    assert "through the API" in text


def test_the_address_filters(db: None, cast: Cast) -> None:
    set_absence(
        Member.objects.get(pk=cast.member["rashid"]),
        starts_at=cast.now,
        ends_at=cast.now + timedelta(days=2),
        actor=cast.rashid,
        now=cast.now,
    )
    mine = page(cast.aron, f"audit/?person={cast.member['rashid']}")
    assert "set an absence of Rashid Haddad" in mine
    assert "added Lena Vogt" not in mine
    assert "added Lena Vogt" in page(cast.aron, "audit/?kind=member.added")
    assert "added Lena Vogt" in page(cast.aron, "audit/?kind=member")
    assert "No event matches these filters" in page(cast.aron, "audit/?until=2020-01-01")
    assert "added Lena Vogt" in page(cast.aron, "audit/?kind=member&since=2026-11-24")
    assert "added Lena Vogt" not in page(cast.aron, "audit/?kind=member&since=2026-11-25")


@pytest.mark.parametrize("column", ["payload", "actor_member", "type", "previous_hash"])
def test_a_changed_event_is_told(db: None, cast: Cast, column: str) -> None:
    event = Event.objects.filter(company_id=cast.company["meridian"]).order_by("-seq")[3]
    tamper(f"UPDATE events_event SET {column} = %s WHERE id = %s", '{"x":"y"}', event.id)
    text = page(cast.aron, "audit/")
    assert "tampered with" in text
    assert "does not match its hash" in text


def test_changed_private_words_are_told_and_erased_ones_are_not_a_fault(
    db: None, cast: Cast
) -> None:
    events = Event.objects.filter(company_id=cast.company["meridian"], type="member.added")
    changed, erased = events.order_by("-seq")[:2]
    EventPrivate.objects.filter(event=erased).delete()
    assert "Its private words were erased" in page(cast.aron, "audit/?kind=member")
    assert "The chain is whole" in page(cast.aron, "audit/?kind=member")
    EventPrivate.objects.filter(event=changed).update(payload='{"name":"Somebody else"}')
    assert "Its private words were changed" in page(cast.aron, "audit/?kind=member")


def test_a_missing_event_is_told(db: None, cast: Cast) -> None:
    note("cart.archived", "cart_1", actor=cast.lena, cast=cast)
    note("cart.archived", "cart_2", actor=cast.lena, cast=cast)
    gone = Event.objects.filter(company_id=cast.company["meridian"]).order_by("-seq")[1]
    for table in ("events_eventpending", "events_eventposition"):
        tamper(f"DELETE FROM {table} WHERE event_id = %s", gone.id)
    tamper("DELETE FROM events_event WHERE id = %s", gone.id)
    assert "does not follow the event before it" in page(cast.aron, "audit/")


def test_the_export_holds_everything_and_runs_nothing(db: None, cast: Cast) -> None:
    note(
        "cart.renamed", "cart_0", actor=cast.lena, cast=cast, private={"name": "=1+1"},
    )  # fmt: skip
    lines = list(csv.reader(io.StringIO(page(cast.aron, "audit/export/").lstrip("\ufeff"))))
    count = Event.objects.filter(company_id=cast.company["meridian"]).count()
    assert len(lines) == count + 1
    assert [int(line[0]) for line in lines[1:]] == list(range(count, 0, -1))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for line in lines for cell in line)
    filtered = page(cast.aron, "audit/export/?kind=member.added")
    assert "cart.renamed" not in filtered


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_cell_is_never_a_formula(cell: str) -> None:
    assert defused(cell) == f"'{cell}"
    assert defused(f"x{cell}") == f"x{cell}"


def test_other_companies_and_others_without_the_right_see_nothing(db: None, cast: Cast) -> None:
    assert "Lena Vogt" not in page(cast.jan, "audit/")
    assert "Lena Vogt" not in page(cast.odd, "audit/")
    page(cast.lena, "audit/", status=403)
    page(cast.lena, "audit/export/", status=403)
    strange = Event.objects.filter(company_id=cast.company["kowalski"]).first()
    assert strange is not None
    page(cast.aron, f"audit/?after={strange.id}", status=404)


def test_pages_follow_each_other_and_cost_the_same(db: None, cast: Cast) -> None:
    for number in range(60):
        note("cart.archived", f"cart_{number}", actor=cast.lena, cast=cast)
    before = queries_of(cast.aron, "audit/")
    for number in range(140):
        note("cart.archived", f"cart_{number}", actor=cast.lena, cast=cast)
    assert queries_of(cast.aron, "audit/") <= before
    query, seen = "", 0
    while True:
        text = page(cast.aron, f"audit/{query}")
        seen += text.count('<li id="evt_')
        if 'rel="next"' not in text:
            break
        query = text.split('rel="next" href="')[1].split('"')[0]
    assert seen == Event.objects.filter(company_id=cast.company["meridian"]).count()


def test_every_event_that_an_action_records_has_a_sentence() -> None:
    said = {name.partition(" ")[0] for name in SENTENCES}
    recorded = re.compile(r"""\brecord\(\s*"([a-z_]+\.[a-z_]+)""")
    found = {name for file in code() for name in recorded.findall(file.text)}
    assert len(found) > 40
    assert found - said == set()


def test_the_whole_chain_is_hashed_again_and_a_changed_event_is_found(db: None, cast: Cast) -> None:
    aron = as_actor(cast.aron)
    assert "The chain is whole" in aron.post("/c/meridian/audit/check/").content.decode()
    event = Event.objects.filter(company_id=cast.company["meridian"]).order_by("seq")[3]
    tamper("UPDATE events_event SET payload = %s WHERE id = %s", '{"x":"y"}', event.id)
    said = aron.post("/c/meridian/audit/check/").content.decode()
    assert "tampered with" in said
    assert event.pk in said
    other = as_actor(cast.jan).post("/c/kowalski/audit/check/").content.decode()
    assert event.pk not in other


def test_the_sheet_says_what_the_list_says_and_runs_nothing(db: None, cast: Cast) -> None:
    note("cart.archived", "cart_1", actor=cast.lena, cast=cast, private={"name": "=1+1"})
    answer = as_actor(cast.aron).get("/c/meridian/audit/export/?format=xlsx&kind=cart")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_index(0).to_python()
    told = Event.objects.filter(company_id=cast.company["meridian"], type__startswith="cart.")
    assert len(rows) == 1 + told.count()
    assert any("cart_1" in map(str, row) for row in rows)
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(answer.content)).read(
        "xl/worksheets/sheet1.xml"
    )


def test_events_are_found_by_the_way_they_came_and_by_what_they_are_about(
    db: None, cast: Cast
) -> None:
    note("cart.archived", "cart_1", actor=cast.lena, cast=cast, number="REQ-77")
    note("cart.archived", "cart_2", actor=cast.lena, cast=cast)
    for about in ("cart_1", "REQ-77"):
        found = page(cast.aron, f"audit/?about={about}")
        assert "cart_1" in found
        assert "cart_2" not in found
    assert "No event matches" in page(cast.aron, "audit/?about=cart_1&channel=mail")
    assert "No event matches" in page(cast.aron, "audit/?about=REQ-9999999")
