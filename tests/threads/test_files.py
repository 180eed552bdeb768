"""Files beside a comment: what is taken, and everything that only says it is something else."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest

from placet.core.errors import Conflict, InvalidInput
from placet.threads import actions
from placet.threads.actions import add_comment, open_thread
from placet.threads.files import LARGEST_FILE, NewFile, check_file, check_files, safe_name
from placet.threads.models import Attachment, Comment
from placet.threads.queries import get_attachment, list_comments
from tests.cast import Cast

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 17 + b"\x00\x00\x00\x00IEND\xaeB`\x82"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 20 + b"\xff\xd9"
WEBP = b"RIFF" + (8).to_bytes(4, "little") + b"WEBPVP8 "


def office(ending: str, **more: bytes) -> bytes:
    """The smallest document that Word or Excel would know."""
    main = "word/document.xml" if ending == "docx" else "xl/workbook.xml"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", main):
            archive.writestr(name, b"<a/>")
        for name, content in more.items():
            archive.writestr(name, content)
    return packed.getvalue()


GOOD = {
    "a.pdf": PDF,
    "a.png": PNG,
    "a.jpg": JPEG,
    "A.JPEG": JPEG,
    "a.webp": WEBP,
    "a.txt": "Zażółć gęślą jaźń\n".encode(),
    "old.txt": "Größe".encode("cp1252"),
    "wide.csv": "SKU;Größe\n".encode("utf-16"),
    "a.csv": b"\xef\xbb\xbfsku,quantity\nGLV-M,2\n",
    "a.xlsx": office("xlsx"),
    "a.docx": office("docx"),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_colleagues_send_each_other_is_taken(name: str) -> None:
    checked = check_file(NewFile(name, GOOD[name]))
    assert checked.name == name.rpartition(".")[0] + "." + name.rpartition(".")[2].lower()
    assert checked.content == GOOD[name]
    assert len(checked.sha256) == 64


BAD: dict[str, tuple[str, bytes]] = {
    "empty": ("a.pdf", b""),
    "no ending": ("README", b"text"),
    "a program": ("a.exe", b"MZ"),
    "a page": ("a.html", b"<html></html>"),
    "a drawing": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "two endings": ("a.pdf.exe", PDF),
    "a page that says it is text": ("a.txt", b"<!DOCTYPE html><script>alert(1)</script>"),
    "a page behind blanks": ("a.txt", b"\xef\xbb\xbf  \n<HTML><body>"),
    "a page further down": ("a.csv", b"a,b\n<script>alert(1)</script>"),
    "a page in wide letters": ("a.txt", "<svg onload=a>".encode("utf-16")),
    "a script that says it is text": ("a.txt", b"#!/bin/sh\n"),
    "bytes that say they are text": ("a.txt", b"a\x00b"),
    "a picture that says it is a paper": ("a.pdf", PNG),
    "a paper that says it is a picture": ("a.png", PDF),
    "a paper without its end": ("a.pdf", PDF[:12]),
    "a paper after something else": ("a.pdf", b"GIF89a" + PDF),
    "a picture without its end": ("a.png", PNG[:-1]),
    "a picture with an archive behind it": ("a.png", PNG + office("docx")),
    "a photo with an archive behind it": ("a.jpg", JPEG + office("docx")),
    "a paper with an archive behind it": ("a.pdf", PDF + office("docx")),
    "a photo that is a page": ("a.jpg", JPEG[:11] + b"<script>alert(1)</script>" + JPEG[11:]),
    "a photo that is a paper": ("a.jpg", JPEG[:11] + PDF + JPEG[11:]),
    "a webp of another length": ("a.webp", WEBP + b"\x00" * 40),
    "an archive that says it is a document": ("a.docx", b"PK\x03\x04 not really"),
    "a sheet that says it is a document": ("a.docx", office("xlsx")),
    "a document behind something else": ("a.docx", b"#!/bin/sh\n" + office("docx")),
    "a document with macros": ("a.docx", office("docx", **{"word/vbaProject.bin": b"x"})),
    "a bomb": ("a.docx", b""),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_not_what_it_says_is_refused(what: str) -> None:
    name, content = BAD[what]
    if what == "a bomb":
        content = bomb()
        assert len(content) < LARGEST_FILE
    with pytest.raises(InvalidInput) as refused:
        check_file(NewFile(name, content), 2)
    assert refused.value.path == "files/2"


def bomb() -> bytes:
    """A document whose parts say that they unpack to more than anybody reads."""
    packed = bytearray(office("docx", **{"word/media/a.bin": zlib.compress(b"\x00" * 1000)}))
    at = packed.rindex(b"PK\x01\x02")
    packed[at + 24 : at + 28] = (250_000_000).to_bytes(4, "little")
    return bytes(packed)


def test_a_file_too_large_is_refused_before_it_is_looked_into() -> None:
    content = b"%PDF-" + b"x" * LARGEST_FILE
    with pytest.raises(InvalidInput) as refused:
        check_file(NewFile("a.pdf", content))
    assert refused.value.code == "too_large"


def test_more_than_five_are_refused() -> None:
    with pytest.raises(InvalidInput) as refused:
        check_files([NewFile("a.pdf", PDF)] * 6)
    assert refused.value.code == "too_many"
    with pytest.raises(InvalidInput):
        check_files([NewFile("a.pdf", PDF)] * 10_000)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\lena\\Angebot.PDF", "Angebot.pdf"),
        ("inv\x00oice\r\n.pdf", "invoice.pdf"),
        ("gepj.\u202efdp.pdf", "gepj.fdp.pdf"),
        ("  a\u200b   b .pdf", "a b.pdf"),
        ('a<b>"c|d?*.pdf', "abcd.pdf"),
        (".pdf", "file.pdf"),
        ("Angebot f\u00fcr M\u00fcller.pdf", "Angebot f\u00fcr M\u00fcller.pdf"),
        ("u\u0308.pdf", "\u00fc.pdf"),
        ("\U0001f600.pdf", "\U0001f600.pdf"),
    ],
)
def test_a_name_is_safe_to_show_and_to_save_under(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept


def test_a_name_of_300_letters_keeps_its_ending() -> None:
    name = safe_name("x" * 300 + ".pdf")
    assert (len(name), name[-5:]) == (120, "x.pdf")


def test_files_lie_beside_their_comment_and_are_read_with_it(db: None, cast: Cast) -> None:
    thread = open_thread(cast.lena.company_id, actor=cast.lena, now=cast.now)
    files = [NewFile("a.pdf", PDF), NewFile("b.png", PNG)]
    comment = add_comment(
        thread, text="See.", about="cart_1", files=files, actor=cast.lena, now=cast.now
    )
    (read,) = list_comments(cast.pavel, [thread.pk])[thread.pk]
    assert [one.name for one in read.attachments.all()] == ["a.pdf", "b.png"]
    found = get_attachment(cast.pavel, comment.attachments.get(name="a.pdf").pk)
    assert bytes(found.content) == PDF
    assert found.content_type == "application/pdf"


def test_a_refused_file_takes_the_comment_with_it(db: None, cast: Cast) -> None:
    thread = open_thread(cast.lena.company_id, actor=cast.lena, now=cast.now)
    with pytest.raises(InvalidInput):
        add_comment(
            thread,
            text="See.",
            about="cart_1",
            files=[NewFile("a.pdf", PDF), NewFile("b.exe", b"MZ")],
            actor=cast.lena,
            now=cast.now,
        )
    assert (Comment.objects.count(), Attachment.objects.count()) == (0, 0)


def test_a_company_keeps_so_much_and_no_more(
    db: None, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread = open_thread(cast.lena.company_id, actor=cast.lena, now=cast.now)
    monkeypatch.setattr(actions, "MOST_OF_A_COMPANY", 2 * len(PDF))
    file = [NewFile("a.pdf", PDF)]
    for _time in range(2):
        add_comment(thread, text="A", about="c", files=file, actor=cast.lena, now=cast.now)
    with pytest.raises(Conflict):
        add_comment(thread, text="A", about="c", files=file, actor=cast.lena, now=cast.now)
    assert Comment.objects.count() == 2
    # Another company has room of its own.
    theirs = open_thread(cast.ola.company_id, actor=cast.ola, now=cast.now)
    add_comment(theirs, text="A", about="c", files=file, actor=cast.ola, now=cast.now)
