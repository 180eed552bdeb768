"""Files of conversations on their way in and out."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from placet.core.errors import InvalidInput
from placet.threads.files import LARGEST_FILE, MOST_FILES, NewFile, safe_name
from placet.threads.models import Attachment

MOST_BYTES: Final = 30_000_000
"""What one request may carry in files: nothing beyond it is even read."""


class Cap(FileUploadHandler):
    """Ends the reading of a request whose files are larger than anything that is taken here."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.read = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count and pass on."""
        self.read += len(raw_data)
        if self.read > MOST_BYTES:
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The file is somebody else's to keep."""


def read_uploads(request: HttpRequest) -> list[NewFile]:
    """The files of a comment's form; raises ``InvalidInput`` before it reads too much of them."""
    sent = [one for one in request.FILES.getlist("files") if isinstance(one, UploadedFile)]
    if len(sent) > MOST_FILES:
        raise InvalidInput(
            "files",
            "too_many",
            _("A comment has at most %(most)d files.") % {"most": MOST_FILES},
        )
    for number, one in enumerate(sent):
        if (one.size or 0) > LARGEST_FILE:
            raise InvalidInput(
                f"files/{number}",
                "too_large",
                _("%(name)s is larger than 5 MB.") % {"name": safe_name(one.name or "")},
            )
    return [NewFile(one.name or "", one.read()) for one in sent]


def send_file(file: Attachment) -> HttpResponse:
    """The file to be saved, never to be shown or run as a page of ours."""
    answer = HttpResponse(bytes(file.content), content_type=file.content_type)
    answer.headers["Content-Disposition"] = (
        f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
