"""The OpenAPI document: ninja's, with what the door adds to every operation."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from placet.api import idempotency, versions
from placet.api.auth import MEMBER_HEADER, KeyScheme
from placet.api.call import ApiRequest
from placet.api.deprecation import mark_deprecated
from placet.api.errors import CONTENT_TYPE, problem, validation_problem
from placet.api.examples import PROBLEMS, add_examples
from placet.api.reading import StrictParser
from placet.api.schemas.base import Problem
from placet.core.errors import PlacetError

PREFIX: Final = "/api/v1/"
PARAMETER: Final = re.compile(r"\{([^}]*)\}")
TITLE: Final = "Placet"
ABOUT: Final = (
    "Carts, requisitions, decisions, orders. Errors are problem+json with a stable `code`; unknown "
    "values of enumerations must be tolerated. docs/api/README.md walks the whole road."
)


class PlacetApi(NinjaAPI):
    """Ninja with our errors, our parser, and our names in the description."""

    _described: dict[str, OpenAPISchema] | None = None

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the view, unique in the API."""
        return operation.view_func.__name__

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The document, with problems and headers at every operation.

        Written once a process, which takes seconds: the operations are the code's and stay.
        """
        prefix = path_prefix or PREFIX
        if self._described is None or prefix not in self._described:
            schema = super().get_openapi_schema(path_prefix=prefix, path_params=path_params)
            self._described = {**(self._described or {}), prefix: _completed(schema)}
        return self._described[prefix]


def _completed(schema: OpenAPISchema) -> OpenAPISchema:
    """With the problem that every operation may answer, and what the door takes."""
    schema["components"]["schemas"]["Problem"] = Problem.model_json_schema(
        ref_template="#/components/schemas/{model}"
    )
    nested = schema["components"]["schemas"]["Problem"].pop("$defs", {})
    schema["components"]["schemas"].update(nested)
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            _complete(path, method, operation)
            add_examples(operation, method, path)
            mark_deprecated(operation)
    schema["components"]["examples"] = dict(PROBLEMS)
    return schema


def make_api() -> PlacetApi:
    """The API without routers yet; its own pages of documentation are off, for privacy's sake."""
    api = PlacetApi(
        title=TITLE,
        version="1",
        description=ABOUT,
        openapi_url=None,
        docs_url=None,
        auth=KeyScheme(),
        parser=StrictParser(),
        urls_namespace="api",
    )
    api.add_exception_handler(PlacetError, _refused)
    api.add_exception_handler(ValidationError, _unfit)
    api.add_exception_handler(HttpError, _unread)
    api.add_exception_handler(Exception, _unexpected)
    return api


def describe_api(api: PlacetApi) -> str:
    """The document as text, the same for the same code."""
    return json.dumps(api.get_openapi_schema(), indent=1, ensure_ascii=False) + "\n"


def list_operations(api: NinjaAPI) -> dict[str, dict[str, str]]:
    """The name of what each address does, by method; addresses as Django writes them."""
    found: dict[str, dict[str, str]] = {}
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            address = PARAMETER.sub(r"<\1>", f"{prefix}{path}").lstrip("/")
            names = found.setdefault(address, {})
            for operation in view.operations:
                names.update(dict.fromkeys(operation.methods, operation.view_func.__name__))
    return found


def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    call: ApiRequest = request  # type: ignore[assignment]
    return problem(error, call)


def _unfit(request: HttpRequest, error: Any) -> HttpResponse:
    call: ApiRequest = request  # type: ignore[assignment]
    return validation_problem(error, call)


def _unread(request: HttpRequest, error: Any) -> HttpResponse:
    """Ninja hides why a body could not be read behind an error of its own."""
    raise error.__cause__ or error


def _unexpected(request: HttpRequest, error: Any) -> HttpResponse:
    """The door knows which of these are worth another try and which are our mistake."""
    raise error


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    parameters = operation.setdefault("parameters", [])
    parameters.append(_header(MEMBER_HEADER, "the member for whom the key acts", required=False))
    if method == "post":
        required = bool(idempotency.REQUIRED.search(path))
        parameters.append(_header(idempotency.HEADER, "what is sent twice happens once", required))
    if method == "post" and path.endswith("/imports"):
        operation["requestBody"]["content"]["multipart/form-data"] = {"schema": FORM}
    if method in {"patch", "put", "delete"}:
        parameters.append(_header(versions.HEADER, "the ETag that was seen", required=True))
    operation["responses"]["default"] = {
        "description": "What went wrong",
        "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


FORM: Final = {
    "type": "object",
    "required": ["kind", "file"],
    "properties": {
        "kind": {"type": "string", "description": "what the rows are, as in the JSON body"},
        "dry_run": {"type": "boolean", "default": False},
        "columns": {"type": "string", "description": "a JSON object, as in the JSON body"},
        "file": {"type": "string", "format": "binary", "description": "CSV or XLSX"},
    },
}
"""What an import may be sent as instead of JSON: a file of up to 100,000 rows."""


def _header(name: str, description: str, required: bool) -> dict[str, Any]:
    return {
        "in": "header",
        "name": name,
        "description": description,
        "required": required,
        "schema": {"type": "string"},
    }
