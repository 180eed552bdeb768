"""Documents about rulebooks: read-only here, they are published on screen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from placet.api.schemas.base import Answer, Resourceful, frame
from placet.rulebooks import models


class Rulebook(Resourceful):
    """A company's approval rules for its whole tree, or for a unit and below."""

    object: Literal["rulebook"] = "rulebook"
    name: str
    side: str
    kept_by: str
    unit: str | None
    inherits: bool
    published_version: int | None


class RulebookVersion(Answer):
    """A published text of a rulebook; it never changes."""

    object: Literal["rulebook_version"] = "rulebook_version"
    id: str
    created_at: datetime
    rulebook: str
    number: int
    hash: str
    note: str
    document: dict[str, Any]


def show_rulebooks(rulebooks: Sequence[models.Rulebook]) -> list[Rulebook]:
    """Rulebooks with what is published loaded."""
    return [
        Rulebook(
            **frame(rulebook),
            name=rulebook.name,
            side=rulebook.side,
            kept_by=rulebook.kept_by,
            unit=rulebook.unit_id,
            inherits=rulebook.inherits,
            published_version=rulebook.published.number if rulebook.published else None,
        )
        for rulebook in rulebooks
    ]


def show_versions(versions: Sequence[models.RulebookVersion]) -> list[RulebookVersion]:
    """Versions with their rules."""
    return [
        RulebookVersion(
            id=version.id,
            created_at=version.created_at,
            rulebook=version.rulebook_id,
            number=version.number,
            hash=version.hash,
            note=version.note,
            document=json.loads(version.document),
        )
        for version in versions
    ]
