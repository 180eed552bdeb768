"""An unsafe installation does not start."""

from __future__ import annotations

from typing import Any

import pytest

from placet.core.checks import refuse_to_start_unsafe, refuse_unsafe_settings

SAFE = {
    "PLACET_PRODUCTION": True,
    "DEBUG": False,
    "ALLOWED_HOSTS": ["buy.example.org"],
    "SECRET_KEY": "x" * 50,
    "PLACET_DEMO": False,
    "PLACET_BASE_URL": "https://buy.example.org",
    "PLACET_WEBHOOK_PRIVATE_ADDRESSES": False,
}


def set_all(settings: Any, **changed: Any) -> None:
    """Safe production settings with some of them changed."""
    for name, value in {**SAFE, **changed}.items():
        setattr(settings, name, value)


def test_safe_settings_start(settings: Any) -> None:
    set_all(settings)
    assert refuse_unsafe_settings() == []
    refuse_to_start_unsafe()


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("DEBUG", True, "placet.E001"),
        ("ALLOWED_HOSTS", ["*"], "placet.E002"),
        ("ALLOWED_HOSTS", [], "placet.E002"),
        ("SECRET_KEY", "short", "placet.E003"),
        ("PLACET_DEMO", True, "placet.E004"),
        ("PLACET_BASE_URL", "http://buy.example.org", "placet.E005"),
        ("PLACET_WEBHOOK_PRIVATE_ADDRESSES", True, "placet.E007"),
    ],
)
def test_each_unsafe_one_is_refused(settings: Any, name: str, value: Any, code: str) -> None:
    set_all(settings, **{name: value})
    assert [one.id for one in refuse_unsafe_settings()] == [code]
    with pytest.raises(SystemExit):
        refuse_to_start_unsafe()


def test_a_demo_is_not_asked_for_them(settings: Any) -> None:
    set_all(settings, PLACET_PRODUCTION=False, PLACET_DEMO=True, SECRET_KEY="short")
    assert refuse_unsafe_settings() == []
