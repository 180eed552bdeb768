"""Every address of the installation, read from the URLconf itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, get_resolver

from placet.api.urls import api

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
API = "api/v1/"


class Route(NamedTuple):
    """A named address with the names of what it takes."""

    name: str
    address: str
    parameters: tuple[str, ...]

    @property
    def is_company_page(self) -> bool:
        """Whether it lies below ``/c/<company>/``."""
        return self.address.startswith("c/")


class Operation(NamedTuple):
    """An operation of the API; its path is written behind the API's root."""

    method: str
    name: str
    path: str

    @property
    def parameters(self) -> list[str]:
        """The names of what its path takes."""
        return re.findall(r"\{(\w+)\}", self.path)


def list_pages() -> list[Route]:
    """Everything but the API."""
    return [route for route in _walk(get_resolver().url_patterns) if not _is_api(route)]


def list_api_addresses() -> set[str]:
    """The addresses of the API in the URLconf, as the OpenAPI document writes them."""
    return {
        "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.address)
        for route in _walk(get_resolver().url_patterns)
        if _is_api(route)
    }


def list_operations() -> list[Operation]:
    """Every operation that the API describes."""
    paths = api.get_openapi_schema()["paths"]
    return [
        Operation(method.upper(), described["operationId"], path.removeprefix(f"/{API}"))
        for path, operations in paths.items()
        for method, described in operations.items()
    ]


def _is_api(route: Route) -> bool:
    return route.address.startswith(API)


def _walk(patterns: list[Any], before: str = "") -> Iterator[Route]:
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            named = re.findall(r"<(?:\w+:)?(\w+)>", address)
            yield Route(pattern.name or address, address, tuple(named))
        else:
            yield from _walk(pattern.url_patterns, address)
