"""What is wrong with a value that does not fit its type, in the caller's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# By the type of the fault; each may use the bounds that were broken.
WORDS: Final[Mapping[str, str | Promise]] = {
    "missing": _("This is needed."),
    "extra_forbidden": _("There is no such field."),
    "none_required": _("Leave this empty."),
    "string_type": _("Write a text."),
    "string_too_short": _("At least %(min_length)s characters."),
    "string_too_long": _("At most %(max_length)s characters."),
    "string_pattern_mismatch": _("It has the form %(pattern)s."),
    "int_type": _("Write a whole number."),
    "int_parsing": _("Write a whole number."),
    "int_from_float": _("Write a whole number."),
    "greater_than": _("More than %(gt)s."),
    "greater_than_equal": _("At least %(ge)s."),
    "less_than": _("Less than %(lt)s."),
    "less_than_equal": _("At most %(le)s."),
    "bool_type": _("Either true or false."),
    "bool_parsing": _("Either true or false."),
    "list_type": _("Send a list."),
    "dict_type": _("Send an object."),
    "model_type": _("Send an object."),
    "model_attributes_type": _("Send an object."),
    "too_short": _("At least %(min_length)s of them."),
    "too_long": _("At most %(max_length)s of them."),
    "literal_error": _("One of: %(expected)s."),
    "enum": _("One of: %(expected)s."),
    "date_type": _("Write a day as 2026-12-31."),
    "date_parsing": _("Write a day as 2026-12-31."),
    "date_from_datetime_parsing": _("Write a day as 2026-12-31."),
    "datetime_type": _("Write an instant as 2026-12-31T09:00:00Z."),
    "datetime_parsing": _("Write an instant as 2026-12-31T09:00:00Z."),
    "datetime_from_date_parsing": _("Write an instant as 2026-12-31T09:00:00Z."),
    "timezone_aware": _("Write an instant as 2026-12-31T09:00:00Z."),
    "time_parsing": _("Write a time as 09:00."),
    "decimal_parsing": _("Write a number."),
    "decimal_type": _("Write a number."),
}


def words_of(fault: Mapping[str, Any]) -> str:
    """The sentence for a fault of a type; what we have no word for stays as it was raised."""
    sentence = WORDS.get(str(fault["type"]))
    if sentence is None:
        return str(fault["msg"])
    try:
        return str(sentence) % dict(fault.get("ctx") or {})
    except KeyError:
        return str(fault["msg"])
