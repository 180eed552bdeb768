"""Files through the API: rulebooks as the YAML that git keeps, and answers that are no JSON."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from placet.api.call import ApiRequest
from placet.core.errors import InvalidInput
from placet.rulebooks.files import write_file

YAML: Final = "application/yaml"
TAKES_YAML: Final = re.compile(r"/rulebooks/(check|[^/]+/draft)$")


TAKES_FORM: Final = re.compile(r"/imports$")
LARGEST_FIELD: Final = 10_000


def is_form(request: HttpRequest) -> bool:
    """Whether the body is a form with a file, at an address that takes one."""
    return request.content_type == "multipart/form-data" and bool(TAKES_FORM.search(request.path))


def open_form(request: HttpRequest) -> None:
    """Read a form before anybody asks for its bytes: large files go to disk, never into memory."""
    if is_form(request):
        assert request.POST is not None
        request._body = b"form"


def read_form(request: HttpRequest) -> dict[str, Any]:
    """The fields of a form as the operation's own body; its file stays where it is.

    ``true`` and ``false`` are truths, and what begins with a brace is a JSON object.
    """
    if "file" not in request.FILES:
        raise InvalidInput("file", "required", _("Send the file in the field “file”."))
    found: dict[str, Any] = {}
    for name, text in request.POST.items():
        typed = str(text)[:LARGEST_FIELD]
        found[name] = {"true": True, "false": False}.get(typed, typed)
        if typed.startswith("{"):
            found[name] = _object(name, typed)
    return found


def _object(name: str, text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise InvalidInput(name, "format", _("This field is no JSON object.")) from None
    return found if isinstance(found, dict) else {}


def sent_file(request: ApiRequest) -> Any:
    """The file of a form, or nothing."""
    return request.FILES.get("file") if is_form(request) else None


def file_answer(content_type: str) -> dict[str, Any]:
    """What the description says of an operation that answers with a file."""
    schema = (
        {"type": "string"} if "json" in content_type else {"type": "string", "format": "binary"}
    )
    content = {content_type: {"schema": schema}}
    return {"responses": {200: {"description": "OK", "content": content}}}


def is_yaml(request: HttpRequest) -> bool:
    """Whether the body is a rulebook's file, at an address that takes one."""
    sent = request.content_type in (YAML, "application/x-yaml", "text/yaml")
    return sent and bool(TAKES_YAML.search(request.path))


def read_yaml(request: HttpRequest) -> dict[str, Any]:
    """The body as the field ``yaml`` of the operation's own body."""
    try:
        return {"yaml": request.body.decode()}
    except UnicodeDecodeError:
        raise InvalidInput("/", "not_utf8", _("The file is not UTF-8.")) from None


def wants_yaml(request: ApiRequest) -> bool:
    """Whether the caller asked for the file rather than for JSON."""
    accepted = request.headers.get("Accept", "").split(",")
    return any(part.split(";")[0].strip() == YAML for part in accepted)


def yaml_answer(document: dict[str, Any], examples: list[dict[str, Any]]) -> HttpResponse:
    """The file, with a name to save it under."""
    answer = HttpResponse(write_file(document, examples), content_type=f"{YAML}; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="rulebook.yaml"'
    return answer
