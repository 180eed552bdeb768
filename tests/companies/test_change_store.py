"""How the store presents itself: said by its owner, read on pages, in mails and on papers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from placet.companies.actions import change_store
from placet.companies.changing import ChangedMeanwhile
from placet.companies.models import Store
from placet.companies.store import (
    HUE,
    PAIRS,
    get_store,
    list_contact_lines,
    nearest_readable_hue,
    weakest_contrast,
)
from placet.core.contrast import ENOUGH, Oklch, contrast, luminance
from placet.core.errors import Forbidden, InvalidInput
from placet.events.models import Event
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TOKENS = Path("src/placet/web/static/placet/css/tokens.css")


def test_before_anything_is_said_the_usual_holds(cast: Cast) -> None:
    store = get_store()
    assert (store.version, store.accent_hue, store.quote_valid_days) == (0, None, 30)
    assert list_contact_lines() == []
    assert not Store.objects.exists()


def test_the_owner_says_it_and_it_is_one_row(cast: Cast) -> None:
    said: dict[str, Any] = {"support_email": "help@norden.example", "support_phone": "+49 30 1"}
    change_store(**said, imprint="Norden Supply GmbH\nBerlin", actor=cast.odd, now=cast.now)
    change_store(accent_hue=20, quote_valid_days=45, actor=cast.odd, now=cast.now)
    store = Store.objects.get()
    assert (store.support_phone, store.accent_hue, store.quote_valid_days) == ("+49 30 1", 20, 45)
    assert store.company_id == cast.company["norden"]
    assert list_contact_lines() == [
        "Norden Supply · help@norden.example · +49 30 1",
        "Norden Supply GmbH",
        "Berlin",
    ]
    events = Event.objects.filter(type="store.changed", subject=store.pk)
    assert [event.company_id for event in events] == [cast.company["norden"]] * 2


def test_whoever_saw_another_version_changes_nothing(cast: Cast) -> None:
    change_store(support_phone="1", version=0, actor=cast.odd, now=cast.now)
    with pytest.raises(ChangedMeanwhile):
        change_store(support_phone="2", version=0, actor=cast.odd, now=cast.now)
    assert Store.objects.get().support_phone == "1"


@pytest.mark.parametrize("who", ["mira", "tomas", "ines", "lena", "jan"])
def test_nobody_else_says_it(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        change_store(support_phone="1", actor=cast.actors[who], now=cast.now)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"support_email": "nobody"}, "email"),
        ({"support_email": "a@b.example\nBcc: c@d.example"}, "email"),
        ({"support_phone": "<b>1</b>"}, "phone"),
        ({"imprint": "x" * 1_001}, "too_long"),
        ({"accent_hue": 360}, "range"),
        ({"accent_hue": -1}, "range"),
        ({"accent_hue": 190}, "contrast"),
        ({"quote_valid_days": 0}, "range"),
        ({"quote_valid_days": 366}, "range"),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, change: dict[str, Any], code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        change_store(**change, actor=cast.odd, now=cast.now)
    assert (refused.value.path, refused.value.code) == (next(iter(change)), code)


def test_contrast_is_measured_as_wcag_does() -> None:
    black, white = Oklch(0, 0, 0), Oklch(1, 0, 0)
    assert contrast(black, white) == pytest.approx(21, abs=0.01)
    assert contrast(white, white) == 1
    # The red of sRGB, whose luminance is 0.2126.
    assert luminance(Oklch(0.627955, 0.257683, 29.2339)) == pytest.approx(0.2126, abs=0.001)


def test_the_hue_that_is_proposed_can_be_read() -> None:
    assert weakest_contrast(HUE) >= ENOUGH
    assert nearest_readable_hue(20) == 20
    for hue in (150, 190, 235):
        assert weakest_contrast(hue) < ENOUGH <= weakest_contrast(nearest_readable_hue(hue))


def test_the_colours_that_are_checked_are_those_of_the_style_sheet() -> None:
    tokens = TOKENS.read_text()
    found = re.findall(r"--(accent|accent-fill): light-dark\((.+)\);", tokens)
    lightness = [
        tuple(float(number) for number in part)
        for _name, pair in found
        for part in re.findall(r"oklch\(([\d.]+) ([\d.]+) var", pair)
    ]
    assert [(one.lightness, one.chroma) for one, _ground in PAIRS] == lightness
