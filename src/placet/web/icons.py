"""Icons of the package ``lucide``, read from its archive, which is opened once a process.

The package's own tag opens the archive anew for each icon, 17 ms where reading one takes 0.1: the
first page of a fresh process draws forty.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from lucide import IconDoesNotExist

BETWEEN = re.compile(r">\s+<")


@lru_cache(maxsize=512)
def draw_icon(name: str, classes: str) -> SafeString:
    """An icon as inline SVG; raises ``IconDoesNotExist``.

    Size, weight and ends of its lines are the style sheet's, so only its box and shapes are kept.
    """
    shapes = "".join(_shape(shape) for shape in _read(name))
    return format_html(
        '<svg viewBox="{}" class="{}" aria-hidden="true">{}</svg>',
        _read(name).attrib["viewBox"],
        classes,
        mark_safe(shapes),  # noqa: S308 - from the package of icons
    )


def _shape(shape: ElementTree.Element) -> str:
    return BETWEEN.sub("><", ElementTree.tostring(shape, encoding="unicode").strip())


def _read(name: str) -> ElementTree.Element:
    try:
        written = _archive().read(f"{name}.svg").decode()
    except KeyError as error:
        raise IconDoesNotExist(f"The icon {name!r} does not exist.") from error
    # The archive is the package's own; the name of its format would stand on every shape.
    return ElementTree.fromstring(re.sub(r"\s+xmlns=\"[^\"]*\"", "", written, count=1))  # noqa: S314


@lru_cache(maxsize=1)
def _archive() -> ZipFile:
    return ZipFile(BytesIO((files("lucide") / "lucide.zip").read_bytes()))
