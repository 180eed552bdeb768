"""The log never holds what would let somebody decide."""

import logging

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
