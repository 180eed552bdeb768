"""Whether a colour can be read: contrast as WCAG 2.2 measures it, of colours in OKLCH.

OKLCH is Björn Ottosson's OKLab in polar form (https://bottosson.github.io/posts/oklab/); what no
screen can show is cut off at the edge of sRGB, as browsers do.
"""

from __future__ import annotations

from math import cos, radians, sin
from typing import Final, NamedTuple

ENOUGH: Final = 4.5
"""The contrast that text needs (WCAG 2.2, 1.4.3)."""


class Oklch(NamedTuple):
    """Lightness 0 to 1, chroma from 0, hue in degrees."""

    lightness: float
    chroma: float
    hue: float


def luminance(colour: Oklch) -> float:
    """Relative luminance, 0 for black to 1 for white."""
    a = colour.chroma * cos(radians(colour.hue))
    b = colour.chroma * sin(radians(colour.hue))
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    red, green, blue = (min(1.0, max(0.0, part)) for part in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Oklch, other: Oklch) -> float:
    """From 1 for the same to 21 for black on white."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
