"""Files beside a comment: which may come in, by what they hold, and under which name.

The ending says what a file wants to be, and its content has to agree. Nothing that a browser would
run is taken: no HTML, no SVG, no macros, and nothing that is two kinds of file at once.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from placet.core.errors import InvalidInput
from placet.events.canonical import sha256

MOST_FILES: Final = 5
LARGEST_FILE: Final = 5_000_000
MOST_OF_A_COMPANY: Final = 2_000_000_000
"""Bytes that the conversations of one company may hold altogether."""
LONGEST_NAME: Final = 120
MOST_UNPACKED: Final = 200_000_000
MOST_PARTS: Final = 5_000

OFFICE: Final = "application/vnd.openxmlformats-officedocument."
TYPES: Final[Mapping[str, str]] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "txt": "text/plain",
    "csv": "text/csv",
    "xlsx": f"{OFFICE}spreadsheetml.sheet",
    "docx": f"{OFFICE}wordprocessingml.document",
}
"""Endings that are taken, with the type under which such a file is sent."""

ACCEPT: Final = ",".join(f".{ending}" for ending in TYPES)
_MAIN_PART: Final = {"xlsx": "xl/workbook.xml", "docx": "word/document.xml"}
_PNG_END: Final = b"\x00\x00\x00\x00IEND\xaeB`\x82"
_MARKUP: Final = (b"<script", b"<html", b"<svg", b"<!doctype", b"<iframe", b"<?xml", b"<?php")
_HEAD: Final = 1024
_TEXT_CONTROLS: Final = frozenset(b"\t\n\r\x0c\x1b")


class NewFile(NamedTuple):
    """A file as somebody sent it: the name is theirs."""

    name: str
    content: bytes


class CheckedFile(NamedTuple):
    """A file that is taken: a name that is safe to show and to save under, and its true type."""

    name: str
    content_type: str
    content: bytes
    sha256: str


def check_files(files: Sequence[NewFile]) -> list[CheckedFile]:
    """The files of one comment, checked; raises ``InvalidInput`` for the first that is refused."""
    if len(files) > MOST_FILES:
        raise InvalidInput(
            "files",
            "too_many",
            _("A comment has at most %(most)d files.") % {"most": MOST_FILES},
        )
    return [check_file(file, number) for number, file in enumerate(files)]


def check_file(file: NewFile, number: int = 0) -> CheckedFile:
    """One file by its ending and its content; raises ``InvalidInput`` at ``files/<number>``."""
    name = safe_name(file.name)
    ending = name.rpartition(".")[2]

    def refused(code: str, sentence: str) -> InvalidInput:
        return InvalidInput(f"files/{number}", code, sentence % {"name": name})

    if ending not in TYPES:
        raise refused(
            "type",
            _("%(name)s is not taken. Send PDF, PNG, JPEG, WebP, TXT, CSV, XLSX or DOCX."),
        )
    if not file.content:
        raise refused("empty", _("%(name)s is empty."))
    if len(file.content) > LARGEST_FILE:
        raise refused("too_large", _("%(name)s is larger than 5 MB."))
    if not _CHECKS[ending](file.content, ending):
        raise refused("content", _("%(name)s does not hold what its name says."))
    return CheckedFile(name, TYPES[ending], file.content, sha256(file.content))


def safe_name(name: str) -> str:
    """A name without path, control and direction characters, that is no longer than 120."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    # Only what prints: no NUL, no line ends, nothing that turns the direction of reading.
    shown = "".join(one for one in last if one.isprintable() and one not in '<>:"|?*%')
    stem, _dot, ending = " ".join(shown.split()).strip(" .").rpartition(".")
    ending = ending.lower()
    room = LONGEST_NAME - len(ending) - 1
    return f"{stem.strip(' .')[:room].strip() or _('file')}.{ending}"[-LONGEST_NAME:]


def _is_pdf(content: bytes, _ending: str) -> bool:
    has_end = b"%%EOF" in content[-_HEAD:]
    return content.startswith(b"%PDF-") and has_end and not _is_also_another(content)


def _is_png(content: bytes, _ending: str) -> bool:
    begins = content.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    return begins and content.endswith(_PNG_END) and not _is_also_another(content)


def _is_jpeg(content: bytes, _ending: str) -> bool:
    has_end = b"\xff\xd9" in content[-65_536:]
    return content.startswith(b"\xff\xd8\xff") and has_end and not _is_also_another(content)


def _is_webp(content: bytes, _ending: str) -> bool:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return False
    told = int.from_bytes(content[4:8], "little") + 8
    return told in (len(content), len(content) - 1) and not _is_also_another(content)


def _is_text(content: bytes, _ending: str) -> bool:
    """Letters in any encoding, and no page or program that only calls itself a text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            content = content.decode("utf-16").encode()
        except UnicodeDecodeError:
            return False
    if any(byte < 32 and byte not in _TEXT_CONTROLS for byte in set(content)):
        return False
    head = content.removeprefix(b"\xef\xbb\xbf")[:_HEAD].lstrip().lower()
    is_other = head.startswith((b"<", b"%pdf-", b"#!", b"pk\x03\x04"))
    return not is_other and not any(mark in head for mark in _MARKUP)


def _is_office(content: bytes, ending: str) -> bool:
    """A document of Word or Excel without macros, whose parts are no more than they say."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            after = len(packed.comment)
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, OSError):
        return False
    names = {part.filename for part in parts}
    is_whole = min((part.header_offset for part in parts), default=1) == 0 and not after
    is_known = {"[Content_Types].xml", _MAIN_PART[ending]} <= names
    is_plain = not any(
        part.flag_bits & 1 or "vbaproject" in part.filename.lower() for part in parts
    )
    is_small = len(parts) <= MOST_PARTS and sum(p.file_size for p in parts) <= MOST_UNPACKED
    return is_whole and is_known and is_plain and is_small


def _is_also_another(content: bytes) -> bool:
    """Whether a picture or a paper is an archive, a page or a paper of another kind as well."""
    head = content[:_HEAD].lower()
    is_page = any(mark in head for mark in _MARKUP[:5])
    is_paper = b"%pdf-" in head[5:]
    return is_page or is_paper or zipfile.is_zipfile(io.BytesIO(content))


_CHECKS: Final[Mapping[str, Callable[[bytes, str], bool]]] = {
    "pdf": _is_pdf,
    "png": _is_png,
    "jpg": _is_jpeg,
    "jpeg": _is_jpeg,
    "webp": _is_webp,
    "txt": _is_text,
    "csv": _is_text,
    "xlsx": _is_office,
    "docx": _is_office,
}
