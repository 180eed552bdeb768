"""An import that took longer than its sender stayed: what came of it, in one sentence."""

from __future__ import annotations

import pytest

from placet.companies.models import Member
from placet.notices import matrix
from placet.notices.models import Mail
from placet.notices.rendering import render_mail
from tests.cast import Cast
from tests.imports.files import import_csv, undo
from tests.notices.conftest import PostOffice, html_of

pytestmark = pytest.mark.django_db
GOOD = "sku,stock\nGLV-M,7\nGLV-S,500\n"


@pytest.fixture(autouse=True)
def _everything_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matrix, "WAITED_FOR", -1)


def letters(post: PostOffice, language: str = "en") -> list[tuple[str, str]]:
    post.read()
    found = []
    for mail in Mail.objects.filter(kind="run_ended").order_by("created_at", "id"):
        Member.objects.filter(pk=mail.member_id).update(language=language)
        message = render_mail(mail)
        assert "%(" not in message.subject + html_of(message)
        found.append((str(message.subject), str(message.body)))
    return found


def test_it_says_what_came_of_it(cast: Cast, post: PostOffice) -> None:
    import_csv("stock", GOOD, cast.mira, is_dry_run=True)
    import_csv("stock", GOOD + "NOPE,1\n", cast.mira)
    undo(import_csv("stock", GOOD, cast.mira), cast.mira)
    said = {subject.partition(":")[0]: body for subject, body in letters(post)}
    sentences = {
        "Tried, and all rows fit": "Nothing was written yet. New: 0, changed: 1, as they were: 1.",
        "Not imported": "Nothing was imported: 1 row cannot be.",
        "Imported": "New: 0, changed: 1, as they were: 1.",
        "Taken back": "1 row is as it was.",
    }
    assert set(said) == set(sentences)
    assert all(sentence in said[subject] for subject, sentence in sentences.items())
    assert {mail.member_id for mail in Mail.objects.filter(kind="run_ended")} == {
        cast.mira.member_id
    }
