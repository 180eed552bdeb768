"""The version of a row as ``ETag``, and ``If-Match`` on what changes or removes it."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from placet.api.call import ApiRequest
from placet.api.errors import VersionMismatch, VersionRequired

HEADER: Final = "If-Match"


def tag(request: ApiRequest, version: int) -> None:
    """Send this version with the answer."""
    request.answer_headers["ETag"] = f'"{version}"'


def require_version(request: ApiRequest, current: int) -> None:
    """Let the change pass only when the caller saw the current version.

    Raises ``VersionRequired`` (428) without ``If-Match`` and ``VersionMismatch`` (412) for another.
    """
    sent = request.headers.get(HEADER)
    if sent is None:
        raise VersionRequired(_("Send the ETag that you saw as If-Match."))
    seen = {part.strip().removeprefix("W/").strip('"') for part in sent.split(",")}
    if "*" not in seen and str(current) not in seen:
        raise VersionMismatch(
            _("Somebody changed this meanwhile. Get it again and decide anew."), version=current
        )
