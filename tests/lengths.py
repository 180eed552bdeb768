"""SQLite keeps a text of any length; PostgreSQL refuses it. The tests refuse it everywhere."""

from __future__ import annotations

from typing import Any

from django.db import models


class TooLong(AssertionError):
    """A text longer than its column was about to be written."""


def refuse_long_texts() -> None:
    """From here on every insert and update looks at the length of what it writes."""
    written = models.CharField.get_db_prep_save

    def get_db_prep_save(self: models.CharField[Any], value: Any, connection: Any) -> Any:
        most = self.max_length
        if isinstance(value, str) and most is not None and len(value) > most:
            raise TooLong(f"{self}: {len(value)} characters, at most {most}")
        return written(self, value, connection)

    models.CharField.get_db_prep_save = get_db_prep_save  # type: ignore[method-assign]
