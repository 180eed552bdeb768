"""Write the codes of problems into docs/api/errors-and-limits.md: tools/problem_codes.py

``code`` and its meaning are read from the errors, reasons and faults from where they are said. A
test compares, so the page never lacks a code and never names one that is gone.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/api/errors-and-limits.md"
MARKED = re.compile(r"<!-- (\w+) -->\n.*?<!-- end -->", re.DOTALL)
MARKS = {"_", "gettext", "gettext_lazy", "ngettext"}
SAID_BY = {"Refusal": (0, 1), "InvalidInput": (1, 2)}


def codes_table() -> str:
    """Every ``code`` by status, with its meaning."""
    from placet.api.problem_codes import list_problems

    rows = [f"| {one.status} | `{one.code}` | {one.meaning} |" for one in list_problems()]
    return "\n".join(["| status | code | meaning |", "| --- | --- | --- |", *rows])


def said(kind: str) -> str:
    """Codes that are said in place (``Refusal``, ``InvalidInput``), each with its sentence."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "src/placet").rglob("*.py")):
        if "demo" not in path.parts:
            for code, sentence in _said_in(path, kind):
                found.setdefault(code, set()).add(sentence)
    rows = [f"| `{code}` | {_one_of(found[code])} |" for code in sorted(found)]
    return "\n".join(["| code | such as |", "| --- | --- |", *rows])


def kinds_of_faults() -> str:
    """Codes of values that do not fit their type."""
    from placet.api.validation_words import WORDS

    rows = [f"| `{code}` | {_plain(str(WORDS[code]))} |" for code in sorted(WORDS)]
    return "\n".join(["| code | says |", "| --- | --- |", *rows])


def page(text: str) -> str:
    """The page with its tables as the code has them now."""
    written = {
        "codes": codes_table(),
        "reasons": said("Refusal"),
        "faults": said("InvalidInput"),
        "types": kinds_of_faults(),
    }
    return MARKED.sub(lambda at: f"<!-- {at[1]} -->\n{written[at[1]]}\n<!-- end -->", text)


def _said_in(path: Path, kind: str) -> Iterator[tuple[str, str]]:
    where, sentence = SAID_BY[kind]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != kind:
            continue
        code = node.args[where] if len(node.args) > where else None
        if isinstance(code, ast.Constant):
            said_as = node.args[sentence] if len(node.args) > sentence else None
            yield str(code.value), _words(tree, said_as)


def _words(tree: ast.Module, node: ast.expr | None) -> str:
    """The text that is marked for translation in an expression, or in what it was named before."""
    for inner in ast.walk(node) if node is not None else ():
        is_marked = isinstance(inner, ast.Call) and getattr(inner.func, "id", "") in MARKS
        if is_marked and isinstance(inner.args[0], ast.Constant):  # type: ignore[attr-defined]
            return _plain(str(inner.args[0].value))  # type: ignore[attr-defined]
        if isinstance(inner, ast.Name) and inner.id in ("sentence", "detail"):
            before = [
                one
                for one in ast.walk(tree)
                if isinstance(one, ast.Assign)
                and one.lineno < inner.lineno
                and getattr(one.targets[0], "id", "") == inner.id
            ]
            if before:
                return _words(tree, max(before, key=lambda one: one.lineno).value)
    return ""


def _one_of(sentences: set[str]) -> str:
    """The shortest: several places say the same in several words."""
    return min((one for one in sentences if one), key=lambda one: (len(one), one), default="")


def _plain(text: str) -> str:
    return re.sub(r"%\((\w+)\)s|%\((\w+)\)d|%[sd]", "…", text).replace("|", "\\|")


def main() -> None:
    """Write the page."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "placet.project.settings_test")
    django.setup()
    from placet.api.urls import api

    assert api.title
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"wrote {PAGE}\n")


if __name__ == "__main__":
    main()
