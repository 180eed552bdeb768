"""Two questions of a supervisor: does this process answer, and should it be sent requests.

Neither says anything of anybody: which check failed, and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from placet.core.append_only import missing_triggers
from placet.jobs.restoring.pulse import find_hold


@never_cache
@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """The process answers; it asks nothing of anybody else, so a sick database kills no process."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """Whether everything is there that a request needs: 200, or 503 with the checks that failed."""
    found = {name: _passes(check) for name, check in CHECKS.items()}
    is_ready = all(found.values())
    body = {
        "status": "ready" if is_ready else "not_ready",
        "checks": {name: "ok" if passed else "failed" for name, passed in found.items()},
        # Pages and calls are answered all the same, so it is no reason to send this process nobody.
        "held": _passes(is_held),
    }
    return JsonResponse(body, status=200 if is_ready else 503)


def _passes(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:
        return False


def answers() -> bool:
    """Whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


_migrated: set[str] = set()


def is_migrated() -> bool:
    """Whether every migration of this version was applied; more than those are no fault.

    Reading all migrations takes long, and none is taken back below a running process: once they
    are there, it is not asked again for this database.
    """
    database = str(connection.settings_dict["NAME"])
    if database not in _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _migrated.add(database)
    return True


def is_append_only() -> bool:
    """Whether the triggers stand that keep history from being changed."""
    return not missing_triggers()


def is_held() -> bool:
    """Whether nothing leaves, since the database was restored and nobody has looked."""
    return find_hold() is not None


CHECKS: Final[Mapping[str, Callable[[], bool]]] = {
    "database": answers,
    "migrations": is_migrated,
    "triggers": is_append_only,
}
