"""Why a message did not arrive: a code, which is kept and told by the API, and its sentence.

This is the one place where the errors of sockets, of TLS and of the resolver become either.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from enum import StrEnum
from http.client import HTTPException, RemoteDisconnected
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Cause(StrEnum):
    """What kept a message from arriving, as programs read it."""

    ADDRESS_REFUSED = "address_refused"
    NAME_UNKNOWN = "name_unknown"
    NAME_NOT_ANSWERED = "name_not_answered"
    CONNECTION_REFUSED = "connection_refused"
    CONNECTION_LATE = "connection_late"
    UNREACHABLE = "unreachable"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_OF_ANOTHER = "certificate_of_another"
    CERTIFICATE_UNTRUSTED = "certificate_untrusted"
    TLS_FAILED = "tls_failed"
    CONNECTION_CUT = "connection_cut"
    ANSWER_LATE = "answer_late"
    ANSWER_UNREADABLE = "answer_unreadable"
    REDIRECTED = "redirected"
    NOT_ACCEPTED = "not_accepted"
    DROPPED = "dropped"


SENTENCES: Final[Mapping[str, str | Promise]] = {
    Cause.ADDRESS_REFUSED: _("Nothing is sent to this address: it is not on the public internet."),
    Cause.NAME_UNKNOWN: _("No host has this name. Is the address spelled right?"),
    Cause.NAME_NOT_ANSWERED: _("The name of the host could not be looked up just then."),
    Cause.CONNECTION_REFUSED: _("The host refused the connection: nothing listens there."),
    Cause.CONNECTION_LATE: _("The host did not take the connection within 5 seconds."),
    Cause.UNREACHABLE: _("The host could not be reached."),
    Cause.CERTIFICATE_EXPIRED: _("The receiver’s certificate has expired, or is not valid yet."),
    Cause.CERTIFICATE_OF_ANOTHER: _("The receiver’s certificate is for another name."),
    Cause.CERTIFICATE_UNTRUSTED: _("The receiver’s certificate is from nobody whom we trust."),
    Cause.TLS_FAILED: _("No secure connection came about."),
    Cause.CONNECTION_CUT: _("The receiver cut the connection before it had answered."),
    Cause.ANSWER_LATE: _("No answer came within 15 seconds."),
    Cause.ANSWER_UNREADABLE: _("What came back is not an answer that can be read."),
    Cause.REDIRECTED: _("It answered %(status)s: a redirect is not followed."),
    Cause.NOT_ACCEPTED: _("It answered %(status)s. Only 2xx counts."),
    Cause.DROPPED: _("It was dropped after a restore: it may have left before."),
}

# What OpenSSL says of a certificate: not valid yet, expired; the name, the address is another.
OUTSIDE_ITS_TIME: Final = frozenset({9, 10})
OF_ANOTHER: Final = frozenset({62, 64})


def sentence_of(error: str, status: int | None) -> str:
    """What an error that was kept says to people; what has no code stays as it was written.

    ``status`` is what the receiver answered, where it did.
    """
    told = SENTENCES.get(error)
    return error if told is None else str(told) % {"status": status}


def cause_of_answer(status: int) -> str:
    """The code of an answer; nothing for 2xx, which is none."""
    if 200 <= status < 300:
        return ""
    return Cause.REDIRECTED if 300 <= status < 400 else Cause.NOT_ACCEPTED


def cause_of_name(error: OSError | UnicodeError) -> Cause:
    """Why a name has no address: there is no such name, or nobody answered the question."""
    is_for_now = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
    return Cause.NAME_NOT_ANSWERED if is_for_now else Cause.NAME_UNKNOWN


def cause_of_connection(error: OSError | ValueError) -> Cause:
    """Why no connection came about, before anything was sent."""
    if isinstance(error, ssl.SSLError):
        return _cause_of_tls(error)
    if isinstance(error, TimeoutError):
        return Cause.CONNECTION_LATE
    if isinstance(error, ConnectionRefusedError):
        return Cause.CONNECTION_REFUSED
    return Cause.UNREACHABLE if isinstance(error, OSError) else Cause.TLS_FAILED


def cause_of_exchange(error: OSError | HTTPException | ValueError) -> Cause:
    """Why no answer came over a connection that was there."""
    if isinstance(error, TimeoutError):
        return Cause.ANSWER_LATE
    # An end of the stream is one of TLS, too, and no trouble with it.
    if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError):
        return _cause_of_tls(error)
    if isinstance(error, OSError | RemoteDisconnected):
        return Cause.CONNECTION_CUT
    return Cause.ANSWER_UNREADABLE


def _cause_of_tls(error: ssl.SSLError) -> Cause:
    if not isinstance(error, ssl.SSLCertVerificationError):
        return Cause.TLS_FAILED
    if error.verify_code in OUTSIDE_ITS_TIME:
        return Cause.CERTIFICATE_EXPIRED
    if error.verify_code in OF_ANOTHER:
        return Cause.CERTIFICATE_OF_ANOTHER
    return Cause.CERTIFICATE_UNTRUSTED
