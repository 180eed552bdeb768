#!/usr/bin/env python3
"""Prove an exported chain of events without Placet: python3 verify_chain.py FILE

FILE (or - for the standard input) is what "Export the chain" and `placet audit export` write: a
first line that says which company, how many events and the last hash, then one event a line. This
program needs Python 3.9 and nothing else. It computes every hash again and names each line that was
changed, added, removed or moved. Exit code: 0 when the chain is whole, 1 when not, 2 when there is
no such file.

A file in which everything after a change was hashed again is whole in itself. It is found out by a
hash that was written down elsewhere before, as every evidence page and PDF shows them:
python3 verify_chain.py FILE --known 1042:9f86d081884c7d65...
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

HEADER = {"placet_chain": int, "company": str, "events": int, "head": str}
# What the hash of an event covers. Everything is text but the number of the event.
HASHED = (
    *("format", "id", "company", "seq", "type", "subject", "payload", "user", "member", "person"),
    *("channel", "at", "private", "previous"),
)
NUMBERS = {"format", "seq"}
# Names and free text, which an export may leave out and a company may erase.
WORDS = ("salt", "words")
MOST_FAULTS = 100


def canonical(value: Mapping[str, Any]) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8: what was hashed when the event was written."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode(
        "utf-8", "surrogatepass"
    )


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def parsed(line: str) -> dict[str, Any] | None:
    """The object on a line; nothing where it is none, or says a thing twice."""
    try:
        found = json.loads(line, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def faults_of_shape(event: Mapping[str, Any]) -> Iterator[str]:
    """Fields that are missing, unknown, of another type, or in another spelling."""
    expected = {*HASHED, "hash", *(WORDS if "salt" in event or "words" in event else ())}
    for name in sorted(expected - event.keys()):
        yield f"the field {name} is missing"
    for name in sorted(event.keys() - expected):
        yield f"the field {name} is no part of an event"
    for name in sorted(expected & event.keys()):
        wanted = int if name in NUMBERS else str
        if type(event[name]) is not wanted:
            yield f"the field {name} has another type"
        elif wanted is str and unicodedata.normalize("NFC", event[name]) != event[name]:
            yield f"the field {name} is spelled in another form of Unicode"


def faults_of_words(event: Mapping[str, Any]) -> Iterator[str]:
    """Names and free text against their salted hash."""
    if "words" not in event:
        return
    salt, words = event["salt"], event["words"]
    is_whole = len(salt) == 64 and not set(salt) - set("0123456789abcdef")
    if not is_whole or digest((salt + words).encode("utf-8", "surrogatepass")) != event["private"]:
        yield "its names and free text (salt, words) were changed"


class Walk:
    """From the first line to the last; ``seq`` and ``hash`` are those of the last event so far."""

    def __init__(self, known: Mapping[int, str]) -> None:
        self.known = known
        self.seq = 0
        self.hash = ""

    def faults(self, lines: Iterable[str]) -> Iterator[str]:
        """A sentence for each fault, with the line of the file and the number of the event."""
        numbered = enumerate(lines, start=1)
        header = parsed(next(numbered, (1, ""))[1]) or {}
        if {name: type(value) for name, value in header.items()} != HEADER:
            yield "line 1: this is not the first line of an exported chain"
            return
        if header["placet_chain"] != 1:
            yield "line 1: this program does not know this format of the export"
        met = set()
        for number, line in numbered:
            event = parsed(line)
            faults = self._faults_of_line(event, header)
            if faults:
                yield f"line {number}: event {self.seq}: {'; '.join(faults)}"
            met.add(self.seq)
        if (header["events"], header["head"]) != (self.seq, self.hash):
            yield (
                f"the end: the chain ends with event {self.seq} and {self.hash or 'no hash'}, but "
                f"line 1 says {header['events']} events and {header['head'] or 'no hash'}"
            )
        for missing in sorted(self.known.keys() - met):
            yield f"the end: event {missing}, whose hash was written down, is not in the file"

    def _faults_of_line(self, event: dict[str, Any] | None, header: Mapping[str, Any]) -> list[str]:
        faults = ["this line cannot be read"] if event is None else list(faults_of_shape(event))
        if event is None or faults:
            self.seq, self.hash = self.seq + 1, str((event or {}).get("hash", ""))
            return faults
        faults = list(faults_of_event(event, header["company"], self.seq + 1, self.hash))
        self.seq, self.hash = event["seq"], event["hash"]
        if self.known.get(self.seq, self.hash) != self.hash:
            faults.append(f"its hash is not the one that was written down, {self.known[self.seq]}")
        return faults


def faults_of_event(
    event: Mapping[str, Any], company: str, expected: int, previous: str
) -> Iterator[str]:
    """Its company, its place in the chain, its hash, its names and free text."""
    if event["company"] != company:
        yield "it belongs to another company"
    if event["seq"] > expected:
        yield f"{event['seq'] - expected} missing before it, from event {expected} on"
    elif event["seq"] < expected:
        yield f"it stands out of order: event {expected} was expected"
    if digest(canonical({name: event[name] for name in HASHED})) != event["hash"]:
        yield "its content does not match its hash"
    if event["previous"] != previous:
        yield "it does not follow the line before it: one of the two was replaced"
    yield from faults_of_words(event)


def read_known(text: str) -> tuple[int, str]:
    """``1042:9f86…`` as a number and a hash."""
    number, _, written = text.partition(":")
    if not number.isdecimal() or len(written) != 64:
        raise argparse.ArgumentTypeError("write it as NUMBER:HASH, with all 64 digits")
    return int(number), written.lower()


def main(arguments: list[str] | None = None) -> int:
    """Read the file, say what is wrong with it, and answer with the exit code."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("file", help="the exported chain; - is the standard input")
    parser.add_argument(
        "--known", action="append", default=[], type=read_known, metavar="NUMBER:HASH"
    )
    chosen = parser.parse_args(arguments)
    walk = Walk(dict(chosen.known))
    try:
        # A byte that is no text becomes a character that no hash fits, so its line is named.
        with open(
            0 if chosen.file == "-" else chosen.file, encoding="utf-8", errors="replace"
        ) as file:
            found = list(islice(walk.faults(file), MOST_FAULTS))
    except OSError as error:
        sys.stderr.write(f"{chosen.file} cannot be read: {error}\n")
        return 2
    if not found:
        sys.stdout.write(
            f"The chain is whole: {walk.seq} events, the last hash is {walk.hash or 'none'}.\n"
        )
        return 0
    sys.stdout.write("".join(f"{fault}\n" for fault in found))
    return 1


if __name__ == "__main__":
    sys.exit(main())
