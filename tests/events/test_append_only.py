"""Append-only tables refuse to change, on both databases, also after a migration."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models

from placet.core.append_only import append_only_tables, install_append_only, missing_triggers
from placet.core.transaction import transaction
from placet.events.models import Event
from tests.cast import Cast
from tests.ground import Ground


@transaction
def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_tables_that_hold_facts_are_append_only() -> None:
    assert set(append_only_tables()) >= {
        *("events_event", "events_eventposition", "budgets_ledgerentry"),
        *("requisitions_revision", "requisitions_decision", "rulebooks_rulebookversion"),
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events_event SET payload = '{}'",
        "UPDATE events_event SET seq = seq",
        "DELETE FROM events_event",
        "UPDATE budgets_ledgerentry SET amount_minor = 1",
        "DELETE FROM budgets_ledgerentry",
    ],
)
def test_rows_neither_change_nor_go(cast: Cast, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        run(statement)


@pytest.mark.django_db
def test_the_orm_is_no_way_around(cast: Cast) -> None:
    event = Event.objects.filter(company_id=cast.company["park"]).latest("seq")
    event.payload = "{}"
    with pytest.raises(DatabaseError, match="append-only"):
        transaction(event.save)()


@pytest.mark.django_db
def test_a_table_is_not_emptied_at_once(cast: Cast) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL knows TRUNCATE")
    for table in append_only_tables():
        with pytest.raises(DatabaseError, match="append-only"):
            run(f'TRUNCATE "{table}" CASCADE')


@contextmanager
def rebuilding() -> Iterator[None]:
    """A migration that alters a table; SQLite makes a new one and drops the old."""
    field = models.CharField(max_length=61)
    field.set_attributes_from_name("type")
    with connection.schema_editor() as editor:
        editor.alter_field(Event, Event._meta.get_field("type"), field, strict=False)
    yield


def test_triggers_are_there_again_after_a_migration_rebuilds_the_table(
    committed_db: Ground, cast: Cast
) -> None:
    with rebuilding():
        lost = missing_triggers()
    if connection.vendor == "sqlite":
        assert lost == ["events_event"], "SQLite drops triggers with the old table"
    call_command("migrate", verbosity=0, interactive=False)
    assert missing_triggers() == []
    with pytest.raises(DatabaseError, match="append-only"):
        run("DELETE FROM events_event")


def test_a_missing_trigger_is_noticed_and_mended(committed_db: Ground, cast: Cast) -> None:
    drop = "DROP TRIGGER append_only_events_event_delete"
    run(drop + (" ON events_event" if connection.vendor == "postgresql" else ""))
    assert missing_triggers() == ["events_event"]
    install_append_only()
    install_append_only()
    assert missing_triggers() == []
