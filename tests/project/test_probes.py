"""A supervisor learns whether the process answers and is ready, and nothing of anybody."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from placet.core.append_only import install_append_only
from placet.core.clock import real_now
from placet.jobs.restoring.pulse import hold
from placet.project.operating import probes


def broken() -> bool:
    raise OSError("the password of the database is secret")


def test_a_process_is_alive_without_any_database(client: Client) -> None:
    answer = client.get("/livez/")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert client.post("/livez/").status_code == 405


@pytest.mark.django_db
def test_it_is_ready_when_everything_is_there(client: Client) -> None:
    answer = client.get("/readyz/")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ready",
        "checks": {"database": "ok", "migrations": "ok", "triggers": "ok"},
        "held": False,
    }


@pytest.mark.django_db
def test_a_held_installation_says_so_and_is_still_sent_requests(client: Client) -> None:
    hold(because="A backup was restored.", now=real_now())
    answer = client.get("/readyz/")
    assert (answer.status_code, answer.json()["held"]) == (200, True)


@pytest.mark.django_db
def test_a_trigger_that_is_missing_takes_it_out_of_service(client: Client) -> None:
    with connection.cursor() as cursor:
        on = " ON events_event" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER append_only_events_event_delete{on}")
    answer = client.get("/readyz/")
    assert answer.status_code == 503
    assert answer.json()["checks"]["triggers"] == "failed"
    install_append_only()
    assert client.get("/readyz/").status_code == 200


@pytest.mark.parametrize("name", probes.CHECKS)
@pytest.mark.django_db
def test_a_failed_check_says_its_name_alone(
    client: Client, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setitem(probes.CHECKS, name, broken)
    answer = client.get("/readyz/")
    assert answer.status_code == 503
    assert answer.json()["checks"][name] == "failed"
    assert "secret" not in answer.content.decode()


@pytest.mark.django_db
def test_a_migration_of_another_version_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('orders', '0999_of_tomorrow', CURRENT_TIMESTAMP)"
        )
    monkeypatch.setattr(probes, "_migrated", set())
    assert probes.is_migrated()


@pytest.mark.django_db
def test_a_missing_migration_is_asked_for_until_it_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(probes, "_migrated", set())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET app = 'elsewhere' WHERE app = 'orders'")
    assert not probes.is_migrated()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET app = 'orders' WHERE app = 'elsewhere'")
    assert probes.is_migrated()
    with CaptureQueriesContext(connection) as captured:
        assert probes.is_migrated()
    assert not captured.captured_queries
