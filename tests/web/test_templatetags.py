"""What the tags and filters write: amounts, instants, people, addresses, icons."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, RequestContext, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from placet.policy.money import decimals, parse_money
from placet.web import formats

NOW = datetime(2025, 11, 25, 8, 10, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
LENA = SimpleNamespace(actor=SimpleNamespace(time_zone="Europe/Berlin"))


def written(source: str, **values: Any) -> str:
    """A template with our tags, rendered."""
    return Template("{% load placet_web %}" + source).render(Context(values))


def at(address: str, source: str, **values: Any) -> str:
    """The same on a page with an address."""
    page = RequestContext(RequestFactory().get(address), values)
    return Template("{% load placet_web %}" + source).render(page)


@pytest.mark.parametrize(
    ("minor", "currency", "language", "expected"),
    [
        (324_000, "EUR", "en", "3,240.00"),
        (0, "EUR", "en", "0.00"),
        (-12_500, "EUR", "en", "−125.00"),
        (5, "EUR", "en", "0.05"),
        (1_500, "JPY", "en", "1,500"),
        (1_500, "KWD", "en", "1.500"),
        (10**15, "EUR", "en", "10,000,000,000,000.00"),
        (324_000, "PLN", "pl", "3\u00a0240,00"),
        (1_324_000, "PLN", "pl", "13\u00a0240,00"),
        (324_000, "EUR", "tlh", "3,240.00"),
    ],
)
def test_an_amount_is_grouped_by_the_language(
    minor: int, currency: str, language: str, expected: str
) -> None:
    with translation.override(language):
        assert formats.money(minor, currency) == expected


@given(st.integers(-(10**15), 10**15), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_no_amount_loses_a_minor_unit(minor: int, currency: str) -> None:
    with translation.override("en"):
        plain = formats.money(minor, currency).replace(",", "").replace("−", "-")
    assert parse_money(plain, currency).amount_minor == minor
    assert len(plain.partition(".")[2]) == decimals(currency)


def test_amounts_in_templates() -> None:
    source = '{{ a|money:"EUR" }}|{{ a|money_currency:"EUR" }}|{{ b|money_signed:"EUR" }}|'
    assert written(source + '{{ c|money:"EUR" }}', a=324_000, b=3_460, c=None) == (
        "3,240.00|3,240.00\u00a0EUR|+34.60|"
    )
    assert written('{{ a|money_signed:"EUR" }}', a=0) == "0.00"


@pytest.mark.parametrize(
    ("share", "expected"), [(0.947, "95\u00a0%"), (0, "0\u00a0%"), (-0.034, "−3\u00a0%")]
)
def test_a_share_is_a_percentage(share: float, expected: str) -> None:
    assert written("{{ share|percent }}", share=share) == expected
    assert written("{{ share|percent:1 }}", share=0.0341) == "3.4\u00a0%"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Lena Vogt", "LV"),
        ("Kim", "K"),
        ("Ana María de la Cruz", "AC"),
        ("émile zola", "ÉZ"),
        ("Norden (Supply)", "N"),
        ("  ", "?"),
        ("王 小明", "王小"),
    ],
)
def test_initials(name: str, expected: str) -> None:
    assert formats.initials(name) == expected


@given(st.text(max_size=60))
def test_every_name_has_initials_and_one_of_five_grounds(name: str) -> None:
    assert formats.initials(name)
    assert formats.avatar_color(name) in range(formats.AVATAR_COLORS)
    assert formats.avatar_color(name) == formats.avatar_color(name)


def test_the_ground_of_a_name_never_changes() -> None:
    people = ["Lena Vogt", "Rashid Haddad", "Anika Rao"]
    assert [formats.avatar_color(name) for name in people] == [0, 3, 2]


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        (NOW, "today 09:10"),
        (NOW - timedelta(hours=9), "today 00:10"),
        (NOW - timedelta(hours=10), "yesterday 23:10"),
        (NOW + timedelta(days=1), "tomorrow 09:10"),
        (datetime(2025, 11, 27, 16, 0, tzinfo=UTC), "Thu 27 Nov, 17:00"),
        (datetime(2026, 1, 8, 16, 0, tzinfo=UTC), "Thu 8 Jan, 17:00"),
        (datetime(2024, 11, 26, 11, 0, tzinfo=UTC), "26 Nov 2024, 12:00"),
        (datetime(2026, 7, 1, 10, 0, tzinfo=UTC), "1 Jul 2026, 12:00"),
    ],
)
def test_instants_stand_in_the_member_s_zone(instant: datetime, expected: str) -> None:
    assert written("{% when instant %}", instant=instant, now=NOW, ui=LENA) == expected
    assert written("{% when instant zone='Europe/Berlin' now=now %}", instant=instant, now=NOW) == (
        expected
    )


def test_polish_instants() -> None:
    with translation.override("pl"):
        instant = datetime(2025, 11, 27, 16, 0, tzinfo=UTC)
        assert formats.when(instant, now=NOW, zone=BERLIN) == "czw. 27 lis, 17:00"


def test_the_clock_is_never_ambient() -> None:
    with pytest.raises(TemplateSyntaxError):
        written("{% when instant %}", instant=NOW)
    assert written("{% when instant %}|{% since instant %}|{% day instant %}", instant=None) == "||"


@pytest.mark.parametrize(
    ("passed", "expected"),
    [
        (timedelta(seconds=-5), "0 s ago"),
        (timedelta(seconds=20), "20 s ago"),
        (timedelta(seconds=60), "1 min ago"),
        (timedelta(minutes=59), "59 min ago"),
        (timedelta(hours=3), "3 h ago"),
        (timedelta(hours=13), "yesterday 20:10"),
    ],
)
def test_how_long_ago(passed: timedelta, expected: str) -> None:
    assert written("{% since instant %}", instant=NOW - passed, now=NOW, ui=LENA) == expected


def test_days() -> None:
    assert written("{% day on %}", on=date(2025, 11, 28), now=NOW, ui=LENA) == "Fri 28 Nov"
    late = datetime(2025, 11, 28, 23, 30, tzinfo=UTC)
    assert written("{% day on %}", on=late, now=NOW, ui=LENA) == "Sat 29 Nov"


def test_an_address_keeps_its_other_parameters() -> None:
    here = "/c/meridian/orders?q=glove+%26+mask&state=open&after=17"
    assert at(here, "{% query state='done' after=None %}") == "?q=glove+%26+mask&amp;state=done"
    assert at(here, "{% query q='' state=None after=None %}") == "?"
    assert written("{% query sort='total' %}") == "?sort=total"


@pytest.mark.parametrize(
    ("address", "link", "order"),
    [
        ("/?q=a&after=9", "?q=a&amp;sort=total", ""),
        ("/?sort=total", "?sort=-total", 'aria-sort="ascending"'),
        ("/?sort=-total&after=9", "?sort=total", 'aria-sort="descending"'),
    ],
)
def test_a_head_that_sorts_starts_at_the_first_page(address: str, link: str, order: str) -> None:
    head = at(address, "{% sort_heading 'total' 'Total' 'num' %}")
    assert f'href="{link}"' in head
    assert order in head
    assert ("aria-sort" in head) == bool(order)


def test_a_list_says_its_order_before_anybody_chose_one() -> None:
    assert 'aria-sort="ascending"' in at("/", "{% sort_heading 'due' 'Due' default='due' %}")


def test_an_icon_is_inline_and_silent() -> None:
    drawn = written('{% icon "check" "i-sm" %}')
    assert drawn.startswith('<svg viewBox="0 0 24 24" class="i i-sm" aria-hidden="true">')
    assert "style" not in drawn
    assert "stroke" not in drawn


def test_a_name_cannot_become_markup() -> None:
    assert "<b>" not in written("{{ name|initials }}", name="<b> x")
    avatar = written('{% include "web/components/avatar.html" with named=True %}', name='"><i>x')
    assert "<i>" not in avatar
