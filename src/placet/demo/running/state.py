"""The demo's database: made on the first start, kept after that, started afresh when asked."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from placet.companies.models import Company
from placet.core.clock import real_now
from placet.demo.loading.connections import follow_port
from placet.demo.models import DemoClock
from placet.demo.running.environment import CannotStart
from placet.demo.world.scale import Scale
from placet.jobs.restoring.pulse import forget_beat
from placet.jobs.skip import skip_outbox
from placet.notices.recent import show_recent


def remove_state() -> None:
    """Delete the demo's database and queue; refuses what is not a demo."""
    if connection.vendor != "sqlite":
        raise CannotStart(
            "RESET starts a demo on SQLite afresh. This one is on PostgreSQL: drop the database."
        )
    database = Path(connection.settings_dict["NAME"])
    if not database.exists():
        return
    if "companies_company" in connection.introspection.table_names():
        _refuse_real_installation()
    connection.close()
    for path in (database, Path(settings.PLACET_QUEUE)):
        for suffix in ("", "-wal", "-shm", "-journal"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
    forget_beat()


def prepare_state(seed: int, scale: Scale) -> bool:
    """Migrate, and load the world where there is none; returns whether it was loaded now."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    is_fresh = not Company.objects.exists()
    if is_fresh:
        # A start that keeps its data has no use for the world.
        from placet.demo.loading.world import load_world

        load_world(now=real_now(), seed=seed, scale=scale)
    _refuse_real_installation()
    if not DemoClock.objects.exists():
        # History is told to nobody by mail; what happened last stands below the bells. A start
        # that was cut off before the last of these lines comes here again.
        skip_outbox()
        show_recent(since=real_now() - timedelta(days=3), now=real_now())
        DemoClock.objects.create(pk=1)
    follow_port()
    return is_fresh


def _refuse_real_installation() -> None:
    """A database with companies that are not the demo's belongs to somebody."""
    known = Company.objects.filter(slug="meridian", tax_number="DE298450113").exists()
    if Company.objects.exists() and not known:
        raise CannotStart(
            "This database holds a real installation. The demo needs one of its own: "
            "unset PLACET_STATE and PLACET_DATABASE_URL."
        )
