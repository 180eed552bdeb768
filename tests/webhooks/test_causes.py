"""Nobody reads the raw errors of a socket: each has a code, and each code its sentence."""

from __future__ import annotations

import socket
import ssl
from http.client import BadStatusLine, HTTPException, RemoteDisconnected

import pytest

from placet.webhooks.causes import (
    SENTENCES,
    Cause,
    cause_of_answer,
    cause_of_connection,
    cause_of_exchange,
    cause_of_name,
    sentence_of,
)


def of_certificate(verify_code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code = verify_code
    return error


def test_every_code_has_a_sentence_of_its_own() -> None:
    said = {str(sentence_of(cause, 500)) for cause in Cause}
    assert len(said) == len(Cause) == len(SENTENCES)
    assert not [one for one in said if not one.endswith((".", "?")) or "%" in one or "[" in one]


def test_what_was_kept_before_there_were_codes_stays_as_it_was() -> None:
    assert sentence_of("answered 503", 503) == "answered 503"
    assert sentence_of("", 204) == ""


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), Cause.NAME_UNKNOWN),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure"), Cause.NAME_NOT_ANSWERED),
        (OSError("the name has no address"), Cause.NAME_UNKNOWN),
        (UnicodeError("label too long"), Cause.NAME_UNKNOWN),
    ],
)
def test_a_name_without_an_address(error: OSError | UnicodeError, cause: Cause) -> None:
    assert cause_of_name(error) == cause


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (ConnectionRefusedError(111, "Connection refused"), Cause.CONNECTION_REFUSED),
        (TimeoutError("timed out"), Cause.CONNECTION_LATE),
        (OSError(113, "No route to host"), Cause.UNREACHABLE),
        (ValueError("server_hostname cannot be an empty string"), Cause.TLS_FAILED),
    ],
)
def test_no_connection(error: OSError | ValueError, cause: Cause) -> None:
    assert cause_of_connection(error) == cause


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (TimeoutError("The read operation timed out"), Cause.ANSWER_LATE),
        (ConnectionResetError(104, "Connection reset by peer"), Cause.CONNECTION_CUT),
        (RemoteDisconnected("closed without response"), Cause.CONNECTION_CUT),
        (ssl.SSLEOFError(8, "unexpected end"), Cause.CONNECTION_CUT),
        (ssl.SSLError(1, "wrong version number"), Cause.TLS_FAILED),
        (of_certificate(10), Cause.CERTIFICATE_EXPIRED),
        (of_certificate(62), Cause.CERTIFICATE_OF_ANOTHER),
        (of_certificate(18), Cause.CERTIFICATE_UNTRUSTED),
        (BadStatusLine("SSH-2.0"), Cause.ANSWER_UNREADABLE),
        (ValueError("invalid header"), Cause.ANSWER_UNREADABLE),
    ],
)
def test_no_answer(error: OSError | HTTPException | ValueError, cause: Cause) -> None:
    assert cause_of_exchange(error) == cause


def test_only_2xx_is_no_trouble() -> None:
    assert [cause_of_answer(status) for status in (204, 307, 410)] == [
        "",
        "redirected",
        "not_accepted",
    ]
