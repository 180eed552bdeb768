"""What one test leaves behind, another finds: the database that all share stays as it was copied.

Ordinary tests run in a transaction that is rolled back, and whoever commits uses a copy of their
own. A commit in the shared copy, or a test that ends in somebody else's copy, fails that test.
"""

from __future__ import annotations

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

_committed: list[str] = []


def watch_commits() -> None:
    """From here on every commit of this process is known by its database."""
    commit = BaseDatabaseWrapper._commit  # type: ignore[attr-defined]

    def watched(self: BaseDatabaseWrapper) -> None:
        commit(self)
        _committed.append(str(self.settings_dict["NAME"]))

    BaseDatabaseWrapper._commit = watched  # type: ignore[attr-defined]


def find_leak(shared: str, in_use: str) -> str:
    """What the test that just ended has done to ``shared``, or to the tests that follow it.

    ``in_use`` is the copy that tests of its module or session use now.
    """
    here = str(connection.settings_dict["NAME"])
    was_committed = shared in _committed
    _committed.clear()
    if was_committed:
        return f"it committed in the database that all tests share ({shared})"
    if here != in_use:
        return f"it leaves the tests that follow in {here}, and not in {in_use}"
    return ""
