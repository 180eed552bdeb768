"""Every refusal as ``application/problem+json`` (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja.errors import ValidationError

from placet.api.call import ApiRequest
from placet.api.plans import show_stored_plan
from placet.api.schemas.posting import show_posted_plan
from placet.api.schemas.rulebook import show_findings
from placet.api.validation_words import words_of
from placet.core.errors import Conflict, InvalidInput, PlacetError, RateLimited
from placet.plans.checks import FindingDescription
from placet.policy.reading import Fault
from placet.requisitions.errors import StaleRevision

CONTENT_TYPE: Final = "application/problem+json"
MOST_FAULTS: Final = 100
TITLES: Final[Mapping[int, str | Promise]] = {
    400: gettext_lazy("This request lacks something"),
    401: gettext_lazy("Who are you?"),
    403: gettext_lazy("This is not allowed"),
    404: gettext_lazy("There is no such thing"),
    405: gettext_lazy("This cannot be done here"),
    409: gettext_lazy("Things have moved on"),
    412: gettext_lazy("Another version is current"),
    413: gettext_lazy("This is too large"),
    415: gettext_lazy("This is not JSON"),
    422: gettext_lazy("This cannot be accepted"),
    428: gettext_lazy("Say which version you saw"),
    429: gettext_lazy("Too many requests"),
    500: gettext_lazy("This is our mistake"),
    503: gettext_lazy("Too busy at this moment"),
}


class Unauthenticated(PlacetError):
    """Nobody is named: the API key is missing or is not written as it should be."""

    code = "key_missing"
    status = 401


class MethodNotAllowed(PlacetError):
    """The address exists; what was asked of it does not."""

    code = "method_not_allowed"
    status = 405


class NotJson(PlacetError):
    """A body of another content type."""

    code = "not_json"
    status = 415


class TooLarge(PlacetError):
    """A body over the limit of the installation."""

    code = "too_large"
    status = 413


class VersionMismatch(PlacetError):
    """``If-Match`` names another version than the current one; ``version`` is the current one."""

    code = "version_mismatch"
    status = 412


class VersionRequired(PlacetError):
    """A change without ``If-Match``."""

    code = "version_required"
    status = 428


class Busy(PlacetError):
    """The database is busy with others; the same request may succeed in a second."""

    code = "busy"
    status = 503


class OurMistake(PlacetError):
    """Something that we did not think of. The log has it under the request's id."""

    code = "internal_error"
    status = 500


class Quicker(Conflict):
    """Two requests wanted the same place at the same moment; this one came second."""

    code = "somebody_was_quicker"


def problem(error: PlacetError, request: ApiRequest) -> HttpResponse:
    """The answer for an error of the domain."""
    content: dict[str, Any] = {
        "type": f"urn:placet:problem:{_code(error)}",
        "title": str(TITLES.get(error.status, TITLES[400])),
        "status": error.status,
        "code": _code(error),
        "detail": error.detail or str(TITLES.get(error.status, "")),
        "request_id": request.request_id,
    }
    if isinstance(error, InvalidInput):
        content["errors"] = _faults(error)
    facts = {
        **_facts(error),
        **_difference(error),
        **_plan(error, request),
        **_shop_plan(error),
        **_findings(error, content),
    }
    answer = HttpResponse(
        json.dumps({**facts, **content}, ensure_ascii=False),
        status=error.status,
        content_type=CONTENT_TYPE,
    )
    if isinstance(error, RateLimited):
        answer["Retry-After"] = str(error.retry_after)
    if isinstance(error, Busy):
        answer["Retry-After"] = "1"
    if error.status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="placet"'
    return answer


def validation_problem(error: ValidationError, request: ApiRequest) -> HttpResponse:
    """The answer for values that do not fit the types of an operation, each with its place."""
    found = [
        {"pointer": _pointer(item["loc"]), "code": item["type"], "detail": words_of(item)}
        for item in error.errors
    ]
    content = {
        "type": "urn:placet:problem:invalid",
        "title": str(TITLES[422]),
        "status": 422,
        "code": "invalid",
        "detail": _("Some values do not fit."),
        "request_id": request.request_id,
        "errors": found,
    }
    return HttpResponse(
        json.dumps(content, ensure_ascii=False), status=422, content_type=CONTENT_TYPE
    )


def _code(error: PlacetError) -> str:
    """An invalid value has its own code in ``errors``; as a whole the request is invalid."""
    return InvalidInput.code if isinstance(error, InvalidInput) else error.code


def _facts(error: PlacetError) -> dict[str, Any]:
    """What the error knows beside its sentence: plain values, and lists of them."""
    return {name: value for name, value in error.facts.items() if _is_plain(value)}


def _is_plain(value: object) -> bool:
    """Whether JSON can say it as it is."""
    if isinstance(value, list | tuple):
        return all(isinstance(one, str | int) for one in value)
    return value is None or isinstance(value, str | int | bool)


def _difference(error: PlacetError) -> dict[str, str]:
    """Where to read what changed since the revision that the caller saw."""
    if not isinstance(error, StaleRevision) or "requisition_id" not in error.facts:
        return {}
    facts = error.facts
    address = f"/api/v1/requisitions/{facts['requisition_id']}/revisions"
    at = f"{facts['current_revision']}/difference?from={facts['seen_revision']}"
    return {"difference": f"{address}/{at}"}


def _faults(error: InvalidInput) -> list[dict[str, str]]:
    """The value that does not fit; a text of rules names all its faults at once."""
    pointer = error.path if error.path.startswith("/") else f"/{error.path}"
    first = {"pointer": pointer, "code": error.code, "detail": error.detail}
    faults: Sequence[Fault] = error.facts.get("faults", ())
    if not faults:
        return [first]
    before = pointer.removesuffix(faults[0].pointer)
    before = "" if before == pointer and faults[0].pointer else before
    return [
        {"pointer": f"{before}{fault.pointer}", "code": fault.code, "detail": fault.detail}
        for fault in faults[:MOST_FAULTS]
    ]


def _findings(error: PlacetError, content: dict[str, Any]) -> dict[str, Any]:
    """What the checks found in a text that cannot be published: all of it, and where it stands."""
    found: Sequence[FindingDescription] = error.facts.get("findings", ())
    if not found:
        return {}
    content["errors"] = [
        {"pointer": one.pointer, "code": one.code, "detail": f"{one.sentence} {one.way_out}"}
        for one in found
        if one.severity == "block"
    ]
    return {"findings": [one.model_dump(mode="json") for one in show_findings(found)]}


def _plan(error: PlacetError, request: ApiRequest) -> dict[str, Any]:
    """The plan that an error carries, as ``GET carts/{id}/plan`` shows it."""
    stored = error.facts.get("plan")
    if stored is None:
        return {}
    confirmed = str(error.facts.get("plan_hash", ""))
    shown = show_stored_plan(stored, actor=request.actor, now=request.now, plan_hash=confirmed)
    return {"plan": shown.model_dump(mode="json")}


def _shop_plan(error: PlacetError) -> dict[str, Any]:
    """The plan as the shop is told it that posted the purchase."""
    told = error.facts.get("shop_plan")
    return {} if told is None else {"plan": show_posted_plan(told, None).model_dump(mode="json")}


def _pointer(location: Iterable[str | int]) -> str:
    """A JSON pointer into the body, or ``/query/limit`` and the like for the other places."""
    source, *rest = location
    if source == "body":
        rest = rest[1:]
        return "".join(f"/{_escaped(part)}" for part in rest) or "/"
    return "".join(f"/{_escaped(part)}" for part in (source, *rest[-1:]))


def _escaped(part: str | int) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")
