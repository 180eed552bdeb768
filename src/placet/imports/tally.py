"""What an import did or would do, added up: rows, and for each column what was and will be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

SAMPLES: Final = 3
MOST_MESSAGES: Final = 12


class Tally:
    """Adds up rows of a report, one at a time, in memory that does not grow with them."""

    def __init__(self) -> None:
        self._did: Counter[str] = Counter()
        self._status: Counter[str] = Counter()
        self._fields: Counter[str] = Counter()
        self._samples: dict[str, list[list[Any]]] = {}
        self._refusals: Counter[tuple[str, str]] = Counter()
        self.rows = 0

    def add(self, row: Mapping[str, Any]) -> None:
        """One row as the run keeps it."""
        self.rows += 1
        self._did[row["did"]] += 1
        self._status[row["status"]] += 1
        for column, was, now in row.get("changes", ()):
            self._fields[column] += 1
            samples = self._samples.setdefault(column, [])
            if len(samples) < SAMPLES:
                samples.append([row["row"], row.get("name", ""), was, now])
        if row["status"] == "error":
            said = row["messages"][0]
            self._refusals[said["column"], said["detail"]] += 1

    @property
    def errors(self) -> int:
        """How many rows were refused."""
        return self._status["error"]

    def result(self) -> dict[str, Any]:
        """The sums as the result of a run."""
        return {
            "rows": self.rows,
            "added": self._did["added"],
            "changed": self._did["changed"],
            "unchanged": self._did["unchanged"],
            "warnings": self._status["warning"],
            "errors": self._status["error"],
            "fields": [
                {"column": column, "rows": count, "samples": self._samples[column]}
                for column, count in sorted(self._fields.items(), key=lambda one: (-one[1], one[0]))
            ],
            "refusals": [
                {"column": column, "detail": detail, "rows": count}
                for (column, detail), count in self._refusals.most_common(MOST_MESSAGES)
            ],
        }
