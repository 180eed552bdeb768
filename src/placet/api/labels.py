"""``external_id`` and ``metadata`` of what a call makes or changes."""

from __future__ import annotations

from placet.api.call import ApiRequest
from placet.api.schemas.words import Labels
from placet.companies.actions.labels import Labelled, label_resource


def label(request: ApiRequest, row: Labelled, body: Labels) -> None:
    """Write the labels that a body names, under the version of the row that was seen."""
    if body.external_id is None and body.metadata is None:
        return
    label_resource(
        row,
        external_id=body.external_id,
        metadata=body.metadata,
        version=row.version,
        actor=request.actor,
        now=request.now,
    )
