"""The environment that the demo's processes share: a place of its own, and the demo's settings."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

STARTED = "PLACET_DEMO_STARTED"
"""Set in the environment of the demo's own processes, so that they do not start again."""


class CannotStart(Exception):
    """Why the demo cannot start, as a sentence for whoever started it."""


def demo_environment(port: int, environment: Mapping[str, str]) -> dict[str, str]:
    """The environment of a demo on this port; raises ``CannotStart`` where there must be none.

    Its state lies in a folder of its own, so that it never touches a real installation beside it.
    """
    if settings.PLACET_PRODUCTION:
        raise CannotStart(
            "PLACET_PRODUCTION is set: the demo signs people in without a password and does not "
            "start with production settings. Unset it, or use a machine of its own."
        )
    state = environment.get("PLACET_STATE") or str(settings.STATE / "demo")
    Path(state).mkdir(parents=True, exist_ok=True)
    base_url = f"http://127.0.0.1:{port}"
    return {
        **environment,
        STARTED: "1",
        "PLACET_DEMO": "1",
        "PLACET_STATE": state,
        "PLACET_BASE_URL": base_url,
        "PLACET_SMTP_HOST": "127.0.0.1",
        "PLACET_SMTP_PORT": str(free_port()),
        "PLACET_SMTP_USER": "",
        "PLACET_SMTP_TLS": "",
        "PLACET_WEBHOOK_PRIVATE_ADDRESSES": "1",
    }


def refuse_busy_port(port: int) -> None:
    """Raise ``CannotStart`` when another program listens there."""
    if not 1 <= port <= 65_535:
        raise CannotStart(f"{port} is not a port: choose one from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CannotStart(
                f"Port {port} is taken ({os.strerror(error.errno or 0).lower()}). "
                f"Choose another one: make demo PORT={port + 1 if port < 65_535 else 8000}"
            ) from error


def free_port() -> int:
    """A port that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
