"""Whoever hears that a key ends reads what to do about it, as the key is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from placet.companies.actions.api_keys import rotate_api_key
from placet.companies.ending_keys import warn_ending_keys
from placet.companies.models import ApiKey
from tests.cast import Cast
from tests.notices.conftest import PostOffice, html_of
from tests.notices.key_ways import key_ends

pytestmark = pytest.mark.django_db


def test_a_key_that_ends_is_to_be_rotated(cast: Cast, post: PostOffice) -> None:
    key_ends(cast)
    (message,) = post.work()
    for text in (str(message.body), html_of(message)):
        assert "Rotate it:" in text
        assert "It was rotated:" not in text


def test_of_one_that_was_rotated_nobody_asks_that_again(cast: Cast, post: PostOffice) -> None:
    key_ends(cast)
    post.work()
    key, at = ApiKey.objects.get(name="ERP, production"), cast.now + timedelta(days=80)
    rotate_api_key(key, old_ends_at=at + timedelta(days=7), actor=cast.ines, now=at)
    warn_ending_keys(now=at + timedelta(days=6))
    (message,) = post.work()
    for text in (str(message.body), html_of(message)):
        assert "It was rotated: programs that still use it need the new key." in text
        assert "Rotate it:" not in text
