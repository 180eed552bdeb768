"""Keys of the cast's companies, and people who call through them."""

from __future__ import annotations

import pytest

from tests.api.caller import Caller, key_of, own_key_of
from tests.cast import Cast


@pytest.fixture
def meridian(db: None) -> Caller:
    """The key of Meridian, with every right that its roles have."""
    return key_of("meridian")


@pytest.fixture
def lena(meridian: Caller, cast: Cast) -> Caller:
    """Lena, the buyer."""
    return meridian.acting_for(cast.member["lena"])


@pytest.fixture
def rashid(db: None, cast: Cast) -> Caller:
    """Rashid, head of ICU, with a key of his own."""
    return own_key_of(cast.rashid)


@pytest.fixture
def jonas(db: None, cast: Cast) -> Caller:
    """Jonas of biomedical engineering, with a key of his own."""
    return own_key_of(cast.jonas)


@pytest.fixture
def ines(meridian: Caller, cast: Cast) -> Caller:
    """Ines, the company admin."""
    return meridian.acting_for(cast.member["ines"])


@pytest.fixture
def norden(db: None) -> Caller:
    """The key of the merchant's ERP."""
    return key_of("norden")


@pytest.fixture
def ola(db: None, cast: Cast) -> Caller:
    """The outsider: a buyer of another company."""
    return key_of("kowalski").acting_for(cast.member["ola"])


@pytest.fixture
def shop(db: None) -> Caller:
    """A key of the store that may do nothing but send purchases in."""
    return key_of("norden", "order.from_shop")
