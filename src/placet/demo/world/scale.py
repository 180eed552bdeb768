"""How much of the world is loaded: all of it, or the small one in which most tests live."""

from typing import Literal, NamedTuple

ScaleName = Literal["full", "small"]


class Scale(NamedTuple):
    """How far back the history goes, in stretches of 91 days, and whether every size is sold."""

    name: ScaleName
    stretches: int
    has_ranges: bool

    @property
    def first_day(self) -> int:
        """The day of the first purchase, counted from today."""
        return -91 * self.stretches

    @property
    def setup_day(self) -> int:
        """Everybody and everything was there a week before the first purchase."""
        return self.first_day - 7


FULL = Scale("full", 6, has_ranges=True)
SMALL = Scale("small", 1, has_ranges=False)
SCALES: dict[str, Scale] = {FULL.name: FULL, SMALL.name: SMALL}
