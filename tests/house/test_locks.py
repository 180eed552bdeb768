"""The locks: hashed, and the one for running is a part of the one for developing."""

import re

import pytest

from tests.house.source import ROOT

PIN = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    """Package to version, as one lock says."""
    return dict(PIN.findall((ROOT / f"requirements/{name}.lock").read_text()))


@pytest.mark.parametrize("larger", ["dev", "bench"])
def test_installing_the_smaller_lock_changes_nothing_in_the_larger(larger: str) -> None:
    assert pins("run")
    assert pins("run").items() <= pins(larger).items()


@pytest.mark.parametrize("name", ["run", "dev", "bench"])
def test_every_pin_has_a_hash(name: str) -> None:
    text = (ROOT / f"requirements/{name}.lock").read_text()
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)
    assert [e.split()[0] for e in entries if PIN.match(e) and "--hash=sha256:" not in e] == []
