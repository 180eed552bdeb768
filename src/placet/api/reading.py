"""Reading JSON that a stranger sent: what is not plain JSON, once, is a 422 with the reason."""

from __future__ import annotations

import json
import re
from typing import Any, Final, NoReturn

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser

from placet.api.errors import NotJson
from placet.api.files import is_form, is_yaml, read_form, read_yaml
from placet.core.errors import InvalidInput

DEEPEST: Final = 32
LARGEST_INTEGER: Final = 10**15
# No text of ours holds these, and PostgreSQL cannot store them.
UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")


class MalformedBody(InvalidInput):
    """The body cannot be read as one plain JSON object."""

    def __init__(self, detail: str) -> None:
        super().__init__("/", "malformed_json", detail)


class StrictParser(Parser):
    """Bodies are JSON objects in UTF-8 without duplicate keys, NaN, depth or unstorable text.

    No body at all stands for an empty object: where nothing needs to be said, nothing is sent.
    """

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The object; raises ``NotJson`` and ``MalformedBody``."""
        if is_form(request):
            return read_form(request)
        if not request.body:
            return {}
        if is_yaml(request):
            return read_yaml(request)
        if request.content_type != "application/json":
            raise NotJson(_("Send the body as Content-Type: application/json."))
        return read_object(request.body)


def read_object(body: bytes) -> dict[str, Any]:
    """The one plain JSON object in these bytes; raises ``MalformedBody``."""
    try:
        found = json.loads(
            body.decode(),
            object_pairs_hook=_without_duplicates,
            parse_constant=_refuse_constant,
            parse_float=_plain_float,
        )
    except RecursionError:
        raise MalformedBody(_("The body is nested too deeply.")) from None
    except ValueError:
        raise MalformedBody(_("The body is not JSON in UTF-8.")) from None
    if not isinstance(found, dict):
        raise MalformedBody(_("The body must be a JSON object."))
    _check(found)
    return found


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise MalformedBody(_("A key appears twice in one object."))
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise MalformedBody(_("%(name)s is not JSON.") % {"name": name})


def _plain_float(text: str) -> float:
    """Amounts and quantities are whole numbers; a number that overflows is no number at all."""
    if len(text) > 40 or abs(float(text)) > LARGEST_INTEGER:
        raise MalformedBody(_("A number in the body is too large."))
    return float(text)


def _check(body: dict[str, Any]) -> None:
    """Walk the values without recursion: depth, size of integers, text that can be stored."""
    waiting: list[tuple[Any, int]] = [(body, 1)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEEPEST:
            raise MalformedBody(_("The body is nested too deeply."))
        if isinstance(value, dict):
            waiting.extend((item, depth + 1) for pair in value.items() for item in pair)
        elif isinstance(value, list):
            waiting.extend((item, depth + 1) for item in value)
        elif isinstance(value, str):
            if UNSTORABLE.search(value):
                raise MalformedBody(_("A text in the body holds NUL or half a character."))
        elif isinstance(value, int) and abs(value) > LARGEST_INTEGER:
            raise MalformedBody(_("A number in the body is too large."))
