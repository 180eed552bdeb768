"""Sizes of files and functions: what is refused, and that most are as small as wanted.

Lines of a function are counted without its docstring: explaining costs nothing.
"""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import Definition, SourceFile, code, snippet

FILE_REFUSED = 400
FILE_WANTED = 200
FUNCTION_REFUSED = 70
VIEW_REFUSED = 25

# path, or path::function: the reason. An entry that is no longer needed fails as well.
EXCEPTIONS: dict[str, str] = {}


def our_code() -> list[SourceFile]:
    """Everything that people read: the product, its tests, its tools."""
    return [*code(), *code("tests"), *code("tools"), *code("bench")]


def length(function: Definition) -> int:
    """Lines from ``def`` to the end, without the docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None and first.end_lineno is not None:
        lines -= first.end_lineno - first.lineno + 1
    return lines


def is_view(file: SourceFile, name: str) -> bool:
    """A function of a views module that answers a request."""
    return file.room == "web" and file.is_part_of("views") and "." not in name


def too_long(file: SourceFile) -> Iterator[tuple[str, str]]:
    """The place and the complaint, for the file and for each of its functions."""
    lines = len(file.text.splitlines())
    if lines > FILE_REFUSED:
        yield file.path, f"{lines} lines, {FILE_REFUSED} allowed"
    for name, function in file.functions():
        allowed = VIEW_REFUSED if is_view(file, name) else FUNCTION_REFUSED
        if length(function) > allowed:
            yield f"{file.path}::{name}", f"{length(function)} lines, {allowed} allowed"


def test_no_file_and_no_function_is_longer_than_allowed() -> None:
    found = {place: complaint for file in our_code() for place, complaint in too_long(file)}
    assert {p: c for p, c in found.items() if p not in EXCEPTIONS} == {}
    assert set(EXCEPTIONS) - set(found) == set(), "these exceptions are no longer needed"


def test_nine_files_in_ten_are_of_the_wanted_size() -> None:
    sizes = [len(file.text.splitlines()) for file in code()]
    wanted = sum(size <= FILE_WANTED for size in sizes)
    assert wanted >= 0.9 * len(sizes), f"{wanted} of {len(sizes)} files have {FILE_WANTED} lines"


LONG_FUNCTION = "def plan():\n" + "    step = 1\n" * 70
LONG_VIEW = "def cart(request):\n" + "    step = 1\n" * 25
LONG_DOCSTRING = 'def cart(request):\n    """Why.\n' + "    x\n" * 30 + '    """\n'


@pytest.mark.parametrize(
    ("path", "text", "complaints"),
    [
        ("src/placet/carts/actions.py", "step = 1\n" * 401, 1),
        ("src/placet/carts/actions.py", "step = 1\n" * 400, 0),
        ("src/placet/carts/actions.py", LONG_FUNCTION, 1),
        ("src/placet/carts/actions.py", LONG_VIEW, 0),
        ("src/placet/web/cart/views.py", LONG_VIEW, 1),
        ("src/placet/web/cart/views/edit.py", LONG_VIEW, 1),
        ("src/placet/web/cart/views.py", LONG_DOCSTRING, 0),
    ],
)
def test_the_rule_can_be_broken(path: str, text: str, complaints: int) -> None:
    assert len(list(too_long(snippet(path, text)))) == complaints
