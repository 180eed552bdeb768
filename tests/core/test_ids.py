"""Ids sort by time, name their kind, and repeat only where they are told to."""

from itertools import pairwise

import pytest

from placet.core import ids


def test_an_id_names_its_kind_and_has_a_fixed_length() -> None:
    fresh = ids.new_id("req")
    prefix, _, rest = fresh.partition("_")
    assert (prefix, len(rest)) == ("req", 26)
    assert set(rest) <= set(ids.ALPHABET)


def test_ids_of_later_milliseconds_sort_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for millisecond in (0, 1, 31, 32, 1_700_000_000_000, 1_700_000_000_001, 2**48 - 1):
        monkeypatch.setattr(ids.time, "time_ns", lambda at=millisecond: at * 1_000_000)
        made.append(ids.new_id("x"))
    assert all(earlier < later for earlier, later in pairwise(made))


def test_ids_differ_and_seeded_ones_repeat_in_their_random_part() -> None:
    assert len({ids.new_id("x") for _ in range(1000)}) == 1000
    rows = []
    for _ in range(2):
        with ids.seeded(7):
            rows.append([ids.new_id("x")[-16:] for _ in range(5)])
    assert rows[0] == rows[1]
    assert len(set(rows[0])) == 5
    assert ids.new_id("x")[-16:] not in rows[0]


def test_secrets_are_never_seeded() -> None:
    found = set()
    for _ in range(2):
        with ids.seeded(7):
            found |= {ids.new_secret("sk_"), ids.new_bytes(32).hex()}
    assert len(found) == 4
