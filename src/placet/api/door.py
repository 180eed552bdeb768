"""The door of the API: every call passes here, in and out.

In: a request id, the clock, who calls, how often, one transaction around every change. Out: every
refusal as problem+json, whatever raised it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import UnreadablePostError
from django.utils import translation
from django.utils.translation import gettext as _

from placet.api.auth import identify
from placet.api.call import ApiRequest
from placet.api.deprecation import announce
from placet.api.errors import (
    CONTENT_TYPE,
    Busy,
    MethodNotAllowed,
    OurMistake,
    Quicker,
    TooLarge,
    problem,
)
from placet.api.files import open_form
from placet.api.idempotency import Claim, claim_key, remember, replay
from placet.api.rate import A_MINUTE, allowance_of, spend
from placet.api.request_log import log_call
from placet.core import clock, ids
from placet.core.errors import InvalidInput, NotFound, PlacetError
from placet.core.transaction import transaction

READS = frozenset({"GET", "HEAD", "OPTIONS"})
View = Callable[..., HttpResponseBase]
log = logging.getLogger("placet.api")


class _Undone(Exception):
    """Carries the refusal out of a transaction that must leave nothing behind."""

    def __init__(self, answer: HttpResponseBase) -> None:
        super().__init__(answer.status_code)
        self.answer = answer


def door(view: View, operations: Mapping[str, str] | None = None) -> View:
    """Let a view of the API be called through the door only.

    ``operations`` are the names of what the view does, by method.
    """

    @wraps(view)
    def handle(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        call: ApiRequest = request  # type: ignore[assignment]
        call.request_id = ids.new_id("call")
        call.now, call.began_at = clock.business_now(), clock.real_now()
        method, began = call.method or "", time.perf_counter()
        has_body = method != "HEAD"
        name = (operations or {}).get(method if has_body else "GET", "")
        answer = _answered(view, call, *args, **kwargs)
        took = int((time.perf_counter() - began) * 1000)
        log_call(call, answer, method=method, operation=name, milliseconds=took)
        answer["X-Request-Id"] = call.request_id
        answer["Cache-Control"] = "no-store"
        _tell_allowance(call, answer)
        announce(answer, name)
        if not has_body and isinstance(answer, HttpResponse):
            answer.content = b""
        return answer

    return handle


def nothing_here(request: HttpRequest, **_address: Any) -> HttpResponse:
    """The answer for addresses that do not exist."""
    raise NotFound(_("There is nothing at this address of the API."))


def _tell_allowance(call: ApiRequest, answer: HttpResponseBase) -> None:
    """How often this key may call, and what is left of it (the RateLimit fields of the IETF)."""
    key = getattr(call, "key", None)
    if key is not None:
        left, seconds = allowance_of(key.id)
        answer["RateLimit-Policy"] = f'"minute";q={A_MINUTE};w=60'
        answer["RateLimit"] = f'"minute";r={left};t={seconds}'


def _answered(view: View, call: ApiRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """The view's answer, or the problem that kept it from answering."""
    try:
        return _let_in(view, call, *args, **kwargs)
    except PlacetError as error:
        return problem(error, call)
    except RequestDataTooBig:
        return problem(TooLarge(_("The body is too large.")), call)
    except UnreadablePostError:
        return problem(InvalidInput("/", "cut_off", _("The body did not arrive whole.")), call)
    except OperationalError:
        log.warning("busy", exc_info=True, extra={"request_id": call.request_id})
        return problem(Busy(_("Please try again in a second.")), call)
    except IntegrityError:
        log.warning("lost a race", exc_info=True, extra={"request_id": call.request_id})
        return problem(Quicker(_("Somebody else was quicker. Please look again.")), call)
    except Exception:
        log.exception("mistake", extra={"request_id": call.request_id})
        mistake = OurMistake(_("Tell us the request's id and we can find out what happened."))
        return problem(mistake, call)


def _let_in(view: View, call: ApiRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    _refuse_nul(call)
    identify(call)
    spend(call.key.id)
    open_form(call)
    with translation.override(call.actor.language):
        try:
            if call.method in READS:
                return _ask(view, call, *args, **kwargs)
            return _ask_within_transaction(view, call, *args, **kwargs)
        except _Undone as undone:
            return undone.answer
        except PlacetError as error:
            return problem(error, call)


@transaction
def _ask_within_transaction(
    view: View, call: ApiRequest, *args: Any, **kwargs: Any
) -> HttpResponseBase:
    """The claim of the idempotency key, the effect and its events stand or fall together."""
    claim: Claim | None = claim_key(call) if call.method == "POST" else None
    if claim is not None and claim.is_answered:
        return replay(claim)
    answer = _ask(view, call, *args, **kwargs)
    if answer.status_code >= 400:
        raise _Undone(answer)
    if claim is not None and isinstance(answer, HttpResponse):
        remember(claim, answer)
    return answer


def _ask(view: View, call: ApiRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    call.answer_headers = {}
    if call.method == "HEAD":
        call.method = "GET"
    answer = view(call, *args, **kwargs)
    if answer.status_code == 405 and answer.headers.get("Content-Type") != CONTENT_TYPE:
        refusal = problem(MethodNotAllowed(_("Allowed here: %s") % answer["Allow"]), call)
        refusal["Allow"] = answer["Allow"]
        return refusal
    if answer.status_code < 400:
        for name, value in call.answer_headers.items():
            answer[name] = value
    return answer


def _refuse_nul(call: ApiRequest) -> None:
    """No id and no filter of ours holds NUL, and PostgreSQL cannot even look for it."""
    if "\x00" in call.path:
        raise NotFound(_("There is nothing at this address of the API."))
    for name, values in call.GET.lists():
        if any("\x00" in text for text in (name, *values)):
            raise InvalidInput("/query", "nul", _("A value in the address holds NUL."))
