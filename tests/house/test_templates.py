"""Templates: nothing inline that the content security policy refuses, every word translatable."""

import re
from collections.abc import Callable, Iterator

import pytest
from lucide import IconDoesNotExist

from placet.web.icons import draw_icon
from tests.house.source import SourceFile, files, snippet

Check = Callable[[SourceFile], Iterator[str]]

INLINE = {
    "an inline style": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "an inline script": re.compile(
        # A block of JSON is read by a script; it is none.
        r"<script(?![^>]*\ssrc=)(?![^>]*\stype=\"application/json\")",
        re.IGNORECASE,
    ),
    "an inline handler": re.compile(r"<[a-z][^>]*\s(on[a-z]+|hx-on[:a-z-]*)\s*=", re.IGNORECASE),
    "a script address": re.compile(r"javascript:|hx-vals\s*=\s*['\"]\s*js:", re.IGNORECASE),
    "a file of another host": re.compile(r"<(script|link|img)[^>]*(src|href)=['\"](https?:)?//"),
}
ICON = re.compile(r"{%\s*icon\s+\"([^\"]+)\"|\sicon=\"([a-z0-9-]+)\"")
POST_FORM = re.compile(r"<form\b[^>]*method=['\"]post['\"].*?</form>", re.IGNORECASE | re.DOTALL)
TRANSLATED = re.compile(r"{%\s*blocktrans(late)?\b.*?{%\s*endblocktrans(late)?\s*%}", re.DOTALL)
COMMENT = re.compile(r"{#.*?#}|{%\s*comment\b.*?{%\s*endcomment\s*%}|<!--.*?-->", re.DOTALL)
UNREAD = re.compile(r"<(style|script|svg|code|kbd|pre)\b.*?</\1>", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
SPOKEN_ATTRIBUTE = re.compile(r"\s(?:title|alt|placeholder|aria-label)=(['\"])(.*?)\1", re.DOTALL)
ELEMENT = re.compile(r"<[^>]*>", re.DOTALL)
LETTERS = re.compile(r"[^\W\d_]{2,}")
# Names that are the same in every language.
NAMES = {
    "Placet",
    "SKU",
    "SHA",
    "API",
    "CSV",
    "REQ",
    "ORD",
    "EUR",
    "PLN",
    "PDF",
    "nbsp",
    "amp",
    "middot",
}
NAMES |= {"rarr", "larr", "times", "ndash", "mdash", "hellip", "thinsp", "minus", "bull", "SMTP"}


def templates() -> tuple[SourceFile, ...]:
    """Every page and fragment."""
    return files(".html")


def inline(file: SourceFile) -> Iterator[str]:
    """What the policy ``script-src 'self'`` refuses, and styles that escape the tokens."""
    text = COMMENT.sub("", file.text)
    for what, pattern in INLINE.items():
        for found in pattern.finditer(text):
            yield f"{file.path}: {what}: {found.group()[-60:]}"


def unguarded_forms(file: SourceFile) -> Iterator[str]:
    """Forms that change something without the token that proves where they came from."""
    for found in POST_FORM.finditer(file.text):
        if "csrf_token" not in found.group():
            yield f"{file.path}: {found.group()[:80]}"


def missing_icons(file: SourceFile) -> Iterator[str]:
    """Icons that the package does not have: the page would fail on the day it draws one."""
    for found in ICON.finditer(file.text):
        try:
            draw_icon(found.group(1) or found.group(2), "i")
        except IconDoesNotExist:
            yield f"{file.path}: {found.group()}"


def untranslated(file: SourceFile) -> Iterator[str]:
    """Words that a person would read and that no translator would find."""
    text = UNREAD.sub(" ", TRANSLATED.sub(" ", COMMENT.sub(" ", file.text)))
    text = TAG.sub(" ", text)
    spoken = " ".join(found.group(2) for found in SPOKEN_ATTRIBUTE.finditer(text))
    for word in LETTERS.findall(f"{spoken} {ELEMENT.sub(' ', text)}"):
        if word not in NAMES:
            yield f"{file.path}: {word}"


CHECKS: list[Check] = [inline, unguarded_forms, missing_icons, untranslated]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_templates_of_the_house(check: Check) -> None:
    assert templates()
    assert [complaint for file in templates() for complaint in check(file)] == []


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (inline, '<p style="color: red">'),
        (inline, "<script>let x = 1</script>"),
        (inline, '<script type="module">let x = 1</script>'),
        (inline, '<button type="button" onclick="go()">'),
        (inline, '<button hx-on:click="go()">'),
        (inline, '<a href="javascript:go()">'),
        (inline, '<link rel="stylesheet" href="https://example.org/a.css">'),
        (unguarded_forms, '<form method="post"><button></button></form>'),
        (missing_icons, '{% icon "no-such-icon" %}'),
        (missing_icons, '{% include "a.html" with icon="no-such-icon" %}'),
        (untranslated, "<h1>Your carts</h1>"),
        (untranslated, '<button aria-label="Close"></button>'),
        (untranslated, "<h1>{{ cart.name }} of today</h1>"),
    ],
)
def test_the_rules_can_be_broken(check: Check, text: str) -> None:
    assert list(check(snippet("src/placet/web/cart/page.html", text)))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_good_page_passes(check: Check) -> None:
    good = (
        '{% load i18n %}<script src="{% static "htmx.js" %}" defer></script>'
        '<form method="post">{% csrf_token %}<h1>{% translate "Your carts" %}</h1>'
        '<p title="{% translate "Held" %}">{% blocktranslate %}Held{% endblocktranslate %}</p>'
        '{% icon "circle-question-mark" %}'
        "<kbd>Ctrl K</kbd> {{ cart.name }} &middot; Placet</form>"
    )
    assert list(check(snippet("src/placet/web/cart/page.html", good))) == []
