"""One attempt: the request that leaves, what came back, and both in a form that can be kept.

Nothing here touches the database, since attempts run beside each other in threads.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from placet.webhooks.addresses import RefusedAddress, resolve_target
from placet.webhooks.causes import Cause, cause_of_answer, cause_of_name
from placet.webhooks.connection import Answer, NoAnswer, post_body
from placet.webhooks.models import Delivery, Endpoint
from placet.webhooks.signing import PREFIX, signed_headers

LONGEST_ERROR = 400
LONGEST_ANSWER = 4_096
MOST_HEADERS = 40
LONGEST_HEADER = 500
NEVER_KEPT = frozenset({"set-cookie", "authorization", "proxy-authorization", "cookie"})
"""What a receiver may say about itself that is none of our log's business."""
SHOWN_CONTROLS = "\n\t"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one attempt came to: the receiver's status, and the code of what went wrong.

    ``sent`` are the headers that left, ``headers`` and ``answer`` what came back, as text without
    control characters and without our secrets; ``milliseconds`` is how long it took.
    """

    status: int | None
    error: str
    sent: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    answer: str = ""
    milliseconds: int = 0

    @property
    def is_delivered(self) -> bool:
        """Only 2xx counts; a redirect is a refusal like any other."""
        return self.status is not None and 200 <= self.status < 300


def attempt_delivery(delivery: Delivery, now: datetime) -> Outcome:
    """Post the message, signed at ``now`` (real time), and say what came back."""
    endpoint = delivery.endpoint
    body = delivery.body.encode()
    secrets = secrets_of(endpoint, now)
    sent = {
        **signed_headers(delivery.event_id, body, secrets, now=now),
        "Content-Type": "application/json",
        "User-Agent": "Placet-Webhooks",
    }
    began = time.monotonic()
    try:
        target = resolve_target(endpoint.url)
        sent["Host"] = target.host_header
        answer = post_body(target, body, sent)
    except RefusedAddress:
        cause = Cause.ADDRESS_REFUSED
    except NoAnswer as error:
        cause = error.cause
    except (OSError, UnicodeError) as error:
        cause = cause_of_name(error)
    else:
        return _answered(answer, sent, secrets, _since(began))
    return Outcome(None, cause, sent, milliseconds=_since(began))


def secrets_of(endpoint: Endpoint, now: datetime) -> Sequence[str]:
    """The secrets that sign at this moment: the current one, and the one that is being replaced."""
    until = endpoint.previous_secret_until
    if endpoint.previous_secret and until is not None and now < until:
        return (endpoint.secret, endpoint.previous_secret)
    return (endpoint.secret,)


def as_text(received: bytes | str, most: int) -> str:
    """What somebody else wrote as text that can be stored and shown: nothing in it acts.

    Bytes that are no UTF-8, control characters and those that turn the direction of writing are
    spelled out (``\\\\x00``, ``\\\\u202e``).
    """
    text = received if isinstance(received, str) else received.decode("utf-8", "backslashreplace")
    text = text[:most].replace("\r\n", "\n")
    return "".join(_spelled(letter) for letter in text)[:most]


def _spelled(letter: str) -> str:
    if letter in SHOWN_CONTROLS or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Cn"):
        return letter
    return letter.encode("unicode_escape", "surrogatepass").decode("ascii")


def _answered(
    answer: Answer, sent: Mapping[str, str], secrets: Sequence[str], milliseconds: int
) -> Outcome:
    headers = {
        as_text(name, LONGEST_HEADER): _without(secrets, as_text(value, LONGEST_HEADER))
        for name, value in _kept(answer.headers)
    }
    text = _without(secrets, as_text(answer.beginning, LONGEST_ANSWER))
    error = cause_of_answer(answer.status)
    return Outcome(answer.status, error, sent, headers, text[:LONGEST_ANSWER], milliseconds)


def _kept(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [one for one in headers if one[0].lower() not in NEVER_KEPT][:MOST_HEADERS]


def _without(secrets: Sequence[str], text: str) -> str:
    """The text without our secrets: a receiver that prints all it knows must not fill our log."""
    for secret in secrets:
        bare = re.escape(secret.removeprefix(PREFIX))
        text = re.sub(f"({PREFIX})?{bare}", f"{PREFIX}…", text)
    return text


def _since(began: float) -> int:
    return int((time.monotonic() - began) * 1_000)
