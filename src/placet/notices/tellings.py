"""What the table of who is told what is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

Payload = Mapping[str, Any]


class Telling(NamedTuple):
    """That one member is told about one thing; ``link_id`` is the decision link of the mail.

    Somebody who is no member has an ``address`` instead: who applied and was declined.
    """

    member_id: str
    kind: str
    subject_ref: str
    link_id: str = ""
    address: str = ""
