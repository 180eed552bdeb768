"""Rules as a YAML file: out of a version or the draft, and in by upload or pasted text."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from placet.rulebooks.actions import save_draft
from placet.rulebooks.files import read_file, write_file
from placet.rulebooks.models import RulebookDraft
from placet.rulebooks.schema import rulebook_schema
from tests.cast import Cast
from tests.cast_rules import MERIDIAN
from tests.rulebooks.rules import euro, meridian, with_finance_from
from tests.web.pages import as_actor, page
from tests.web.rules.keepers import admin_of, draft_of, second_admin, send, text_of

pytestmark = pytest.mark.django_db

EXAMPLE = {"purchase": {"purchase.amount": euro(6_400_00)}, "expect": "approval"}


def test_what_is_exported_is_what_is_published(cast: Cast) -> None:
    rulebook = meridian(cast)
    answer = as_actor(cast.ines).get(f"/c/meridian/rules/{rulebook.pk}/export/")
    assert answer["Content-Disposition"] == 'attachment; filename="meridians-rules-1.yaml"'
    assert answer["Content-Type"] == "application/yaml; charset=utf-8"
    assert read_file(answer.content.decode()).document == MERIDIAN


def test_the_draft_and_old_versions_have_files_of_their_own(cast: Cast) -> None:
    rulebook = meridian(cast)
    path = f"rules/{rulebook.pk}/export/"
    page(cast.ines, path + "?of=draft", status=404)
    page(cast.ines, path + "?of=2", status=404)
    save_draft(
        rulebook,
        document=with_finance_from(1),
        examples=[EXAMPLE],
        version=None,
        actor=cast.ines,
        now=cast.now,
    )
    read = read_file(page(cast.ines, path + "?of=draft"))
    assert (read.document, read.examples) == (with_finance_from(1), [EXAMPLE])
    assert read_file(page(cast.ines, path + "?of=1")).document == MERIDIAN


def test_a_pasted_text_becomes_the_draft(cast: Cast) -> None:
    rulebook = meridian(cast)
    text = write_file(with_finance_from(9_000_00), [EXAMPLE])
    answer = send(cast.ines, f"rules/{rulebook.pk}/import/", seen=rulebook, text=text)
    assert "The file is the draft now. Look at it before publishing." in text_of(answer)
    draft = draft_of(rulebook)
    assert json.loads(draft.document) == with_finance_from(9_000_00)
    assert json.loads(draft.examples) == [EXAMPLE]
    assert meridian(cast).published.number == 1


def test_an_uploaded_file_too_with_its_mark_of_utf_8(cast: Cast) -> None:
    rulebook = meridian(cast)
    content = b"\xef\xbb\xbf" + write_file(with_finance_from(1)).encode()
    sent = SimpleUploadedFile("rules.yaml", content)
    send(cast.ines, f"rules/{rulebook.pk}/import/", seen=rulebook, file=sent)
    assert json.loads(draft_of(rulebook).document) == with_finance_from(1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Choose a file, or paste its text."),
        ("rules: [", "This is no YAML."),
        ("format: 1\nrules: []\nrules: []", "Line 3: “rules” comes twice."),
        ("a: &x 1\nb: *x", "Anchors and aliases are not allowed here"),
        ("- 1", "A rulebook is a mapping with its rules."),
        ("format: 1\nside: merchant\ndefault: free\nrules: []", "These are the other side"),
        ("format: 1\nside: buyer\ndefault: free\nrules:\n- id: x", "At /rules/0"),
        ("format: 1\nside: buyer\ndefault: chaos\nrules: []", "At /default"),
    ],
)
def test_faults_say_where_they_are_and_the_text_stays(cast: Cast, text: str, said: str) -> None:
    rulebook = meridian(cast)
    answer = send(cast.ines, f"rules/{rulebook.pk}/import/", seen=rulebook, text=text)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not RulebookDraft.objects.exists()
    for line in text.splitlines():
        assert line.replace("&", "&amp;") in text_of(answer)


def test_every_fault_of_a_file_is_listed_at_once(cast: Cast) -> None:
    rulebook = meridian(cast)
    text = "format: 1\nside: buyer\ndefault: free\nrules:\n- id: x\n- id: y\n- 7"
    shown = text_of(send(cast.ines, f"rules/{rulebook.pk}/import/", seen=rulebook, text=text))
    assert all(f"At /rules/{index}" in shown for index in range(3))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00rules", "This is no text in UTF-8."),
        (b"x" * 1_000_001, "A rulebook has at most a million characters."),
    ],
)
def test_files_that_are_no_text_are_refused(cast: Cast, content: bytes, said: str) -> None:
    rulebook = meridian(cast)
    sent = SimpleUploadedFile("rules.yaml", content)
    answer = send(cast.ines, f"rules/{rulebook.pk}/import/", seen=rulebook, file=sent)
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_a_conflict_keeps_the_text(cast: Cast) -> None:
    rulebook, colleague = meridian(cast), second_admin(cast)
    save_draft(rulebook, document=with_finance_from(1), version=None, actor=colleague, now=cast.now)
    text = write_file(with_finance_from(9_000_00))
    answer = send(cast.ines, f"rules/{rulebook.pk}/import/", seen=rulebook, text=text)
    assert answer.status_code == 409
    assert "amount_minor: 900000" in text_of(answer)
    assert json.loads(draft_of(rulebook).document) == with_finance_from(1)


def test_only_who_keeps_the_rules_brings_files_in(cast: Cast) -> None:
    rulebook, sibling = meridian(cast), admin_of(cast, "biomed")
    text = write_file(with_finance_from(1))
    for actor, status in ((cast.lena, 403), (sibling, 403), (cast.jan, 404), (cast.odd, 404)):
        answer = send(actor, f"rules/{rulebook.pk}/import/", seen=rulebook, text=text)
        assert answer.status_code == status
    page(sibling, f"rules/{rulebook.pk}/export/")
    page(sibling, f"rules/{rulebook.pk}/export/?of=draft", status=403)
    page(cast.jan, f"rules/{rulebook.pk}/export/", status=404)
    assert not RulebookDraft.objects.exists()


def test_the_schema_is_everybodys() -> None:
    answer = Client().get("/rulebook.schema.json")
    assert answer["Content-Type"] == "application/schema+json"
    assert json.loads(answer.content) == rulebook_schema()
