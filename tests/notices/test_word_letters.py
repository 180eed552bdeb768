"""The merchant's own words in mails: closed placeholders, and what always stays."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.template import engines
from django.utils import translation

from placet.core.errors import Forbidden, InvalidInput, NotFound
from placet.events.models import Event
from placet.notices.actions import LetterChanged, reset_letter, try_letter, word_letter
from placet.notices.letters import WRITERS
from placet.notices.models import Mail, MailTemplate
from placet.notices.placeholders import PLACEHOLDERS
from placet.notices.rendering import render_mail, typeset
from placet.notices.samples import sample_letter
from placet.notices.worded import FIXED, WORDINGS
from placet.notices.wordings import check_words, fill_in, first_subject, usual_subject
from tests.cast import Cast
from tests.notices.conftest import PostOffice, html_of
from tests.notices.test_every_letter import WAYS, asked

pytestmark = pytest.mark.django_db


def word(cast: Cast, letter: str = "decide", **said: object) -> MailTemplate:
    words: dict[str, object] = {"subject": "{amount}, please", "body": "", "version": 0, **said}
    return word_letter(letter, language="en", **words, actor=cast.odd, now=cast.now)  # type: ignore[arg-type]


def test_every_letter_can_be_worded_or_says_why_not() -> None:
    assert {*WORDINGS, *FIXED} == set(WRITERS)
    assert not set(FIXED) & set(WORDINGS)
    assert all(str(one.title) and str(one.why) for one in FIXED.values())


@pytest.mark.parametrize("letter", WORDINGS)
@pytest.mark.parametrize("language", ["en", "pl"])
def test_the_example_says_everything_that_its_letter_says(
    letter: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fact that the example lacks would leave a hole in the preview's sentence."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "MISSING(%s)")
    monkeypatch.setattr("placet.notices.rendering.list_contact_lines", list)
    with translation.override(language):
        shown = typeset(sample_letter(letter, language), language, None)
    assert "MISSING" not in shown.text
    assert "MISSING" not in shown.html


def test_a_letter_of_several_cases_keeps_the_subject_of_each(cast: Cast, post: PostOffice) -> None:
    """Words for one case stood above the others: *the offer has ended* above an acceptance."""
    subject = first_subject("order_changed", "en")
    assert subject == "{usual_subject}"
    word(cast, "order_changed", subject=f"Norden: {subject}", body="")
    WAYS["order_changed"](cast)
    post.read()
    message = render_mail(Mail.objects.get(kind="order_changed"))
    assert message.subject.startswith("Norden: Not changed: ")


def test_own_words_stand_above_what_always_stays(cast: Cast, post: PostOffice) -> None:
    word(cast, subject="{requester} needs {amount}", body="Dear approver,\n\n<3 from {supplier}")
    asked(cast)
    (mail,) = post.work()
    html = html_of(mail)
    assert mail.subject.startswith("Lena Vogt needs ")
    for shown in (html, str(mail.body)):
        assert "Dear approver," in shown
        assert "asks you for" in shown
        assert "/d/" in shown or "/confirm/" in shown or settings.PLACET_BASE_URL in shown
        assert "Placet never asks for a password by mail." in shown
    assert "&lt;3 from Norden Supply" in html
    assert "<3 from Norden Supply" in str(mail.body)


def test_a_letter_in_the_other_language_keeps_its_own(cast: Cast, post: PostOffice) -> None:
    word_letter(
        "decide", language="pl", subject="Prosimy", body="", version=0, actor=cast.odd, now=cast.now
    )
    asked(cast)
    (mail,) = post.work()
    assert "asks you for" in mail.subject


def test_braces_in_somebodys_text_are_no_placeholders() -> None:
    facts = {"requester": "{amount}", "amount": "1.00"}
    assert fill_in("decide", "{requester}: {amount}", facts) == "{amount}: 1.00"


def test_a_name_with_line_breaks_makes_no_header(cast: Cast, post: PostOffice) -> None:
    word(cast, subject="{purchase_name}")
    requisition = asked(cast)
    requisition.__class__.objects.filter(pk=requisition.pk).update(name="A\r\nBcc: x@y.example")
    post.read()
    message = render_mail(Mail.objects.get(kind="decide"))
    assert message.subject == "A Bcc: x@y.example"
    assert not message.bcc


@pytest.mark.parametrize(
    ("subject", "body", "path", "code"),
    [
        ("", "", "subject", "required"),
        ("   ", "", "subject", "required"),
        ("One\nBcc: a@b.example", "", "subject", "one_line"),
        ("One\rTwo", "", "subject", "one_line"),
        ("x" * 151, "", "subject", "too_long"),
        ("Fine", "x" * 1_001, "body", "too_long"),
        ("{margin}", "", "subject", "unknown_placeholder"),
        ("{}", "", "subject", "unknown_placeholder"),
        ("{ amount }", "", "subject", "unknown_placeholder"),
        ("{erp_number}", "", "subject", "unknown_placeholder"),
        ("{amount", "", "subject", "brace"),
        ("{{amount}}", "", "subject", "brace"),
        ("Fine", "<b>now</b>", "body", "markup"),
        ("Fine", "< script>", "body", "markup"),
        ("Fine", "https://evil.example/", "body", "foreign_link"),
        ("Fine", "//evil.example", "body", "foreign_link"),
        ("Fine", "www.evil.example", "body", "foreign_link"),
        ("Fine", "javascript:alert(1)", "body", "foreign_link"),
        ("Fine", f"{settings.PLACET_BASE_URL}.evil.example/", "body", "foreign_link"),
        ("Fine", "bell\x07", "body", "characters"),
        ("Fine", "nul\x00", "body", "characters"),
    ],
)
def test_what_cannot_be_kept(subject: str, body: str, path: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_words("decide", subject, body)
    assert (refused.value.path, refused.value.code) == (path, code)


def test_a_link_to_this_installation_may_stand_there() -> None:
    link = f"{settings.PLACET_BASE_URL}/contact/"
    assert check_words("decide", " Fine ", f"See {link}\r\n") == ("Fine", f"See {link}")


def test_whoever_saw_older_words_is_told(cast: Cast) -> None:
    assert word(cast).version == 1
    with pytest.raises(LetterChanged):
        word(cast)
    assert word(cast, version=1, subject="Two").version == 2
    with pytest.raises(LetterChanged):
        reset_letter("decide", language="en", version=1, actor=cast.odd, now=cast.now)
    reset_letter("decide", language="en", version=2, actor=cast.odd, now=cast.now)
    assert not MailTemplate.objects.exists()
    with pytest.raises(NotFound):
        reset_letter("decide", language="en", version=2, actor=cast.odd, now=cast.now)
    kinds = Event.objects.filter(subject="decide/en").order_by("seq").values_list("type", flat=True)
    assert list(kinds) == ["mail_template.changed"] * 2 + ["mail_template.reset"]


@pytest.mark.parametrize("name", ["lena", "ines", "tomas", "mira"])
def test_nobody_but_the_owner_words_them(name: str, cast: Cast) -> None:
    actor = getattr(cast, name)
    with pytest.raises(Forbidden):
        word_letter(
            "decide", language="en", subject="x", body="", version=0, actor=actor, now=cast.now
        )
    with pytest.raises(Forbidden):
        reset_letter("decide", language="en", version=0, actor=actor, now=cast.now)
    with pytest.raises(Forbidden):
        try_letter("decide", language="en", actor=actor, now=cast.now)


def test_fixed_letters_and_other_languages_are_not_there(cast: Cast) -> None:
    for letter, language in (("digest", "en"), ("decide", "de"), ("nothing", "en")):
        with pytest.raises(NotFound):
            word_letter(
                letter,
                language=language,
                subject="x",
                body="",
                version=0,
                actor=cast.odd,
                now=cast.now,
            )


def test_one_row_a_letter_and_language(cast: Cast) -> None:
    row = word(cast)
    row.pk = "mtp_another"
    row._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        MailTemplate.objects.bulk_create([row])


def test_a_try_goes_to_oneself_in_the_language_of_the_words(cast: Cast, post: PostOffice) -> None:
    word_letter(
        "ordered", language="pl", subject="Mamy {order_number}", body="", version=0,
        actor=cast.odd, now=cast.now,
    )  # fmt: skip
    try_letter("ordered", language="pl", actor=cast.odd, now=cast.now)
    (mail,) = post.work()
    assert mail.subject == "Mamy ORD-10207"
    assert '<html lang="pl">' in html_of(mail)


@pytest.mark.parametrize("letter", WORDINGS)
@pytest.mark.parametrize("language", ["en", "pl"])
def test_the_usual_subject_has_placeholders_that_are_known(letter: str, language: str) -> None:
    subject = usual_subject(letter, language)
    assert check_words(letter, subject, "")
    assert "%(" not in subject
    if language == "pl":
        assert subject != usual_subject(letter, "en")


@pytest.mark.parametrize("letter", WORDINGS)
def test_every_placeholder_is_a_fact_of_its_letter(
    letter: str, cast: Cast, post: PostOffice
) -> None:
    """A word of the closed list that no letter says would leave a hole in the sentence."""
    names = WORDINGS[letter].placeholders
    body = "\n".join(f"{name}=[{{{name}}}]" for name in names)
    for language in ("en", "pl"):
        word_letter(
            letter,
            language=language,
            subject="Words",
            body=body,
            version=0,
            actor=cast.odd,
            now=cast.now,
        )
    WAYS[letter](cast)
    post.read()
    mail = Mail.objects.filter(kind=letter).latest("created_at", "id")
    text = str(render_mail(mail).body)
    empty_at_times = {"po_number", "due"}
    for name in names:
        assert f"{name}=[" in text
        assert f"{name}=[]" not in text or name in empty_at_times, name
    assert set(names) <= set(PLACEHOLDERS)
