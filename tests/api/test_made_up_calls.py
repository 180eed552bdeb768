"""A thousand calls that nobody thought of: no 5xx, no answer that the document does not allow."""

from __future__ import annotations

import pytest

from placet.jobs.verify import verify
from tests.api.caller import Caller
from tests.api.made_up import operations, try_calls
from tests.cast import Cast
from tests.web.rights.world import build_world

pytestmark = pytest.mark.django_db
AT_LEAST = 1_000
IN_SOAK = 20_000


def try_all(cast: Cast, callers: list[Caller], many: int, seeded: int) -> None:
    """So many calls at least, spread over all operations."""
    world = build_world(cast)
    each = -(-many // (2 * len(names := list(operations()))))
    tried = try_calls(world, callers, each=each, seeded=seeded)
    assert not tried.wrong, f"{len(tried.wrong)} wrong\n" + "\n\n".join(tried.wrong[:20])
    assert tried.operations.keys() == set(names)
    assert sum(tried.operations.values()) >= many
    assert {200, 201, 401, 403, 404, 422} <= set(tried.statuses)
    assert list(verify()) == []


@pytest.fixture
def callers(
    meridian: Caller, lena: Caller, rashid: Caller, ines: Caller, norden: Caller
) -> list[Caller]:
    """Keys of the company, of people and of the merchant; and nobody."""
    return [meridian, lena, rashid, ines, norden, Caller("")]


def test_a_thousand_made_up_calls(cast: Cast, callers: list[Caller]) -> None:
    try_all(cast, callers, AT_LEAST, seeded=48)


@pytest.mark.soak
@pytest.mark.parametrize("part", range(4))
def test_many_made_up_calls(cast: Cast, callers: list[Caller], part: int) -> None:
    try_all(cast, callers, IN_SOAK // 4, seeded=1_000 * part)
