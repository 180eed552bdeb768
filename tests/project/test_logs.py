"""The log never holds what would let somebody decide, or look from outside."""

import logging

import pytest

from placet.project.logs import WithoutTokens


def test_the_token_of_a_decision_link_is_cut() -> None:
    record = logging.LogRecord(
        "django.request",
        logging.ERROR,
        "",
        0,
        "Internal Server Error: %s",
        ("/d/dlk_1.abc/",),
        None,
    )
    assert WithoutTokens().filter(record)
    assert record.getMessage() == "Internal Server Error: /d/…/"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("/s/sl_Abc-9_x/", "/s/…/"),
        ("/s/sl_Abc-9_x/comments/", "/s/…/comments/"),
        ("/s/guest/gst_1.2:abc/", "/s/guest/…/"),
        ("/account/login/?next=%2Fs%2Fsl_Abc%2F", "/account/login/?next=%2Fs%2F…%2F"),
        ("/c/meridian/carts/cart_1/", "/c/meridian/carts/cart_1/"),
    ],
)
def test_the_token_of_a_share_link_is_cut(said: str, kept: str) -> None:
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "%s", (said,), None)
    assert WithoutTokens().filter(record)
    assert record.getMessage() == kept
