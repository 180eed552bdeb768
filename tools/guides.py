#!/usr/bin/env python3
"""Run the guides of docs/api as they are printed: tools/guides.py [--show] [FILE...]

A block marked ``sh`` is run; one marked ``json`` or ``text`` right behind it is what it answers.
All blocks of a guide run in one shell that stops at the first command that fails; the lines under
"Keys" of docs/api/README.md come first. In an answer ``…`` stands for what differs from time to
time: inside a text for any letters, in place of a value for any value, in an object or a list for
what else there is. Without it an answer must be exactly what is printed.

Reads PLACET_ADDRESS. Uses nothing but the standard library, as the demo's machine has nothing else.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

GUIDES = Path(__file__).resolve().parents[1] / "docs" / "api"
KEYS = re.compile(r"^### Keys$.*?^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(
    r"^```sh\n(?P<code>.*?)^```\n(?:\n*^```(?P<kind>json|text)\n(?P<answer>.*?)^```$)?",
    re.MULTILINE | re.DOTALL,
)
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|…|[{}\[\],:]|[^\s{}\[\],:"…]+')
ASKS = re.compile(r"^read -r", re.MULTILINE)
SHOWN = 2_000
LONGEST_SECONDS = 900
DAY = 'date() { command date "${@/#--date=/--date=%s }"; }\n'


class Block(NamedTuple):
    """Commands of a guide, the line where they begin, and what they are said to answer."""

    line: int
    code: str
    kind: str
    answer: str


def list_guides() -> list[Path]:
    """Every guide that runs by itself: one that waits for somebody's key has a test of its own."""
    return [
        path
        for path in sorted(GUIDES.glob("*.md"))
        if not ASKS.search("".join(block.code for block in read_blocks(path)))
    ]


def read_blocks(path: Path) -> list[Block]:
    """The blocks of a guide, in order."""
    text = path.read_text(encoding="utf-8")
    return [
        Block(
            text.count("\n", 0, found.start()) + 2,
            found["code"],
            found["kind"] or "",
            found["answer"] or "",
        )
        for found in BLOCK.finditer(text)
    ]


def run_guide(path: Path, address: str, today: str = "") -> Iterator[str]:
    """Run a guide and say what is not as printed, one fault at a time.

    ``today`` is the day where the server lives in another one than this machine.
    """
    blocks = read_blocks(path)
    ended, answers = _run(path, blocks, address, today)
    for block, answer in zip(blocks, answers, strict=False):
        for fault in compare(block, answer):
            yield f"{path.name}:{block.line}: {fault}"
    if ended.returncode:
        reached = blocks[len(answers) - 1].line if answers else 1
        yield (
            f"{path.name}:{reached}: stopped with status {ended.returncode}\n"
            f"{(answers or [''])[-1][-SHOWN:]}\n{ended.stderr[-SHOWN:]}"
        )


def compare(block: Block, answer: str) -> Iterator[str]:
    """How an answer differs from the printed one."""
    if block.kind == "json":
        try:
            found = json.loads(answer)
        except ValueError:
            yield f"no JSON: {answer[:SHOWN]}"
        else:
            yield from differences(read_printed(block.answer), found)
    elif block.kind == "text" and not _is_text(block.answer.strip(), answer.strip()):
        yield f"said {answer.strip()[:SHOWN]!r}, printed is {block.answer.strip()!r}"


def read_printed(text: str) -> Any:
    """The value of printed JSON, where a bare ``…`` stands for what is left out."""
    written, within = [], []
    for token in TOKEN.findall(text):
        if token in "{[":
            within.append(token)
        elif token in "}]":
            within.pop()
        is_value = bool(written) and written[-1] == ":"
        if token != "…":
            written.append(token)
        elif within and within[-1] == "{" and not is_value:
            written.append('"…": "…"')
        else:
            written.append('"…"')
    return json.loads(" ".join(written))


def differences(printed: Any, found: Any, where: str = "") -> Iterator[str]:
    """Where a value is not what is printed."""
    if printed == "…":
        return
    if isinstance(printed, dict) and isinstance(found, dict):
        for name in printed:
            if name != "…" and name not in found:
                yield f"{where}/{name} is not answered"
            elif name != "…":
                yield from differences(printed[name], found[name], f"{where}/{name}")
        if "…" not in printed:
            yield from (f"{where}/{name} is not printed" for name in found if name not in printed)
    elif isinstance(printed, list) and isinstance(found, list):
        if not _is_list(printed, found):
            shown = json.dumps(found, ensure_ascii=False)[:SHOWN]
            yield f"{where or '/'} is {shown}"
    elif isinstance(printed, str) and isinstance(found, str):
        if not _is_text(printed, found):
            yield f"{where} is {found!r}, printed is {printed!r}"
    elif printed != found or isinstance(printed, bool) != isinstance(found, bool):
        yield f"{where} is {found!r}, printed is {printed!r}"


def _is_list(printed: list[Any], found: list[Any]) -> bool:
    if not printed:
        return not found
    if printed[0] == "…":
        return any(_is_list(printed[1:], found[start:]) for start in range(len(found) + 1))
    return (
        bool(found)
        and not any(differences(printed[0], found[0]))
        and _is_list(printed[1:], found[1:])
    )


def _is_text(printed: str, found: str) -> bool:
    pattern = ".*".join(re.escape(part) for part in printed.split("…"))
    return re.fullmatch(pattern, found, re.DOTALL) is not None


def _run(
    path: Path, blocks: list[Block], address: str, today: str = ""
) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """The shell as it ended, and what each block that was begun wrote."""
    with tempfile.TemporaryDirectory(prefix="placet-guide-") as folder:
        script = [f"cd {folder}\n", _keys() if path.name != "README.md" else ""]
        if today:
            script.append(DAY % today)
        for number, block in enumerate(blocks):
            script.append(f"exec >{folder}/answer-{number}\n{block.code}\n")
        ended = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", "".join(script)],
            env={**os.environ, "PLACET_ADDRESS": address},
            capture_output=True,
            text=True,
            timeout=LONGEST_SECONDS,
            check=False,
        )
        files = [Path(folder, f"answer-{number}") for number in range(len(blocks))]
        return ended, [file.read_text(encoding="utf-8") for file in files if file.exists()]


def _keys() -> str:
    found = KEYS.search((GUIDES / "README.md").read_text(encoding="utf-8"))
    return found[1] if found else ""


def _show(path: Path, address: str) -> None:
    """What each block answers now, for whoever writes a guide."""
    blocks = read_blocks(path)
    ended, answers = _run(path, blocks, address)
    for block, answer in zip(blocks, answers, strict=False):
        with suppress(ValueError):
            answer = json.dumps(json.loads(answer), indent=1, ensure_ascii=False)
        sys.stdout.write(f"--- {path.name}:{block.line}\n{answer.rstrip()}\n")
    sys.stdout.write(ended.stderr)


def main(arguments: Iterable[str]) -> int:
    """Run the guides that are named, or all."""
    address = os.environ["PLACET_ADDRESS"]
    wanted = [one for one in arguments if one != "--show"]
    paths = [Path(one) for one in wanted] or list_guides()
    if "--show" in sys.argv:
        for path in paths:
            _show(path, address)
        return 0
    faults = 0
    for path in paths:
        found = list(run_guide(path, address))
        faults += len(found)
        state = "\n".join(found) if found else f"{path.name}: {len(read_blocks(path))} blocks"
        sys.stdout.write(f"{state}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
