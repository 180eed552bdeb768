"""The company's own references on a purchase: checked against its fields, at every channel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from placet.companies.models import ReferenceField
from placet.core.errors import InvalidInput
from placet.policy.patterns import BadPattern, matches

LONGEST = 200


def checked_references(
    fields: Iterable[ReferenceField], given: Mapping[str, str], *, is_complete: bool
) -> dict[str, str]:
    """The values by key, without those of fields that do not exist any more.

    Raises ``InvalidInput`` (``references/<key>``) for a value that a list or a pattern does not
    know and, where the purchase ``is_complete``, for a required one that is missing.
    """
    found: dict[str, str] = {}
    for field in fields:
        value = given.get(field.key, "").strip()
        path = f"references/{field.key}"
        if not value:
            if is_complete and field.is_required:
                raise InvalidInput(
                    path, "required", _("“%(field)s” is needed.") % {"field": field.name}
                )
            continue
        if len(value) > LONGEST:
            raise InvalidInput(path, "too_long", _("This is too long."))
        if field.kind == ReferenceField.Kind.LIST and value not in field.choices:
            raise InvalidInput(
                path,
                "choice",
                _("“%(field)s” is one of: %(choices)s.")
                % {"field": field.name, "choices": ", ".join(field.choices)},
            )
        if field.kind == ReferenceField.Kind.PATTERN and not _fits(field.pattern, value):
            raise InvalidInput(
                path,
                "pattern",
                _("“%(field)s” looks like this: %(hint)s.")
                % {"field": field.name, "hint": field.hint or field.pattern},
            )
        found[field.key] = value
    return found


def _fits(pattern: str, value: str) -> bool:
    """Whether the whole value follows the pattern; one that cannot be read is followed by none."""
    try:
        return matches(pattern, value)
    except BadPattern:
        return False
