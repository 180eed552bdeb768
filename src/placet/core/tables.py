"""Every table of a room in one step of its first migration.

Django describes all related tables anew after each single step: for a new database that was nearly
all of its half minute. Here the room's tables are described once, and made as they end up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateTables(Operation):
    """Makes the tables of ``steps`` as they are after the last of them.

    ``steps`` are a room's first operations: models, fields, indexes and constraints, nothing that
    moves rows.
    """

    reversible = True

    def __init__(self, steps: Sequence[Operation]) -> None:
        self.steps = list(steps)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """All steps, without a description of the world between them."""
        state.__dict__.pop("apps", None)
        for step in self.steps:
            step.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Make each table with what it has at the end."""
        for name in self._models():
            model = to_state.apps.get_model(app_label, name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Remove them, the last first."""
        for name in reversed(self._models()):
            model = from_state.apps.get_model(app_label, name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.delete_model(model)

    def describe(self) -> str:
        """What ``migrate --plan`` prints."""
        return f"Create the tables of {', '.join(self._models())}"

    def _models(self) -> list[str]:
        return [step.name for step in self.steps if isinstance(step, CreateModel)]
