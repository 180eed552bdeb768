"""A refusal of an action, shown beside the field that it is about."""

from __future__ import annotations

from django import forms

from placet.core.errors import PlacetError


def show_refusal(form: forms.Form, error: PlacetError, **fields: str) -> None:
    """Put the error's sentence on its field; ``fields`` says which field stands for which path.

    What belongs to no field of the form stands above the form.
    """
    path = str(getattr(error, "path", "")).partition("/")[0]
    name = fields.get(path, path)
    form.add_error(name if name in form.fields else None, error.detail or error.code)
