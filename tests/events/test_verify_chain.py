"""An exported chain proves itself: whoever tampers with it is found out, and where."""

from __future__ import annotations

import ast
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from placet.companies.models import Company
from placet.core.transaction import transaction
from placet.events.export import VERIFIER, export_chain
from placet.events.models import Event, EventPrivate
from placet.events.record import record
from placet.events.verify_chain import HASHED, Walk, canonical, main
from tests.api.caller import key_of
from tests.cast import Cast
from tests.web.pages import page

ROOT = Path(__file__).parents[2]
Lines = list[str]
Edit = Callable[[Lines, int, Random], int]
"""Changes lines in place about the one with this index, and says which event has to be named."""


@transaction
def note(cast: Cast, count: int) -> None:
    """Facts with names of every kind of letter."""
    for number in range(count):
        record(
            "cart.created",
            f"cart_{number}",
            actor=cast.lena,
            now=cast.now,
            amount_minor=number * 100,
            private={"name": f"Łódź “{number}” \u2028 ☃ \\ \n"},
        )


@pytest.fixture
def lines(db: None, cast: Cast) -> Lines:
    note(cast, 20)
    return list(export_chain(cast.company["meridian"], with_words=True))


def faults(lines: Lines, **known: str) -> list[str]:
    return list(Walk({int(seq[1:]): written for seq, written in known.items()}).faults(lines))


def rewrite(lines: Lines, index: int, **values: Any) -> None:
    lines[index] = json.dumps({**json.loads(lines[index]), **values}, ensure_ascii=False) + "\n"


def change_a_field(lines: Lines, index: int, chance: Random) -> int:
    event = json.loads(lines[index])
    name = chance.choice([*HASHED, "hash"])
    old = event[name]
    rewrite(lines, index, **{name: old + 1 if isinstance(old, int) else old + "1"})
    return index + 1 if name == "seq" else index


def change_one_letter(lines: Lines, index: int, chance: Random) -> int:
    payload = json.loads(lines[index])["payload"]
    place = chance.randrange(len(payload))
    letter = "x" if payload[place] != "x" else "y"
    rewrite(lines, index, payload=payload[:place] + letter + payload[place + 1 :])
    return index


def change_and_hash_again(lines: Lines, index: int, chance: Random) -> int:
    """The link of the event behind it breaks, or the head's."""
    event = {**json.loads(lines[index]), "subject": f"cart_{chance.randrange(10**6)}"}
    digest = hashlib.sha256(canonical({name: event[name] for name in HASHED})).hexdigest()
    lines[index] = json.dumps({**event, "hash": digest}) + "\n"
    return index + 1


def remove(lines: Lines, index: int, _chance: Random) -> int:
    del lines[index]
    return index + 1


def repeat(lines: Lines, index: int, _chance: Random) -> int:
    lines.insert(index, lines[index])
    return index


def swap(lines: Lines, index: int, _chance: Random) -> int:
    lines[index - 1], lines[index] = lines[index], lines[index - 1]
    return index - 1


def insert_one(lines: Lines, index: int, _chance: Random) -> int:
    forged = {**json.loads(lines[index]), "id": "evt_forged"}
    lines.insert(index, json.dumps(forged) + "\n")
    return index


def change_words(lines: Lines, index: int, _chance: Random) -> int:
    event = json.loads(lines[index])
    rewrite(lines, index, salt="a" * 64, words=event.get("words", "{}"))
    return index


def move_the_border_of_the_salt(lines: Lines, index: int, _chance: Random) -> int:
    event = json.loads(lines[index])
    salt, words = event.get("salt", "b" * 64), event.get("words", "{}")
    rewrite(lines, index, salt=salt[:-1], words=salt[-1] + words)
    return index


def say_a_name_twice(lines: Lines, index: int, _chance: Random) -> int:
    lines[index] = lines[index].replace("{", '{"type":"order.created",', 1)
    return index


def cut(lines: Lines, index: int, _chance: Random) -> int:
    lines[index] = lines[index][: len(lines[index]) // 2]
    return index


EDITS: tuple[Edit, ...] = (
    *(change_a_field, change_one_letter, change_and_hash_again, remove, repeat, swap, insert_one),
    *(change_words, move_the_border_of_the_salt, say_a_name_twice, cut),
)


def check_copies(lines: Lines, count: int) -> None:
    chance = Random(48)
    for number in range(count):
        copy = list(lines)
        edit = EDITS[number % len(EDITS)]
        index = chance.randrange(2, len(lines) - 1)
        seq = edit(copy, index, chance)
        found = faults(copy)
        assert found, edit.__name__
        assert f"event {seq}" in found[0], (edit.__name__, index, found[0])


def test_what_was_exported_is_whole(lines: Lines, cast: Cast) -> None:
    assert faults(lines) == []
    bare = list(export_chain(cast.company["meridian"]))
    assert faults(bare) == []
    assert len(bare) == len(lines) == json.loads(lines[0])["events"] + 1


def test_a_hundred_tampered_copies_are_all_located(lines: Lines) -> None:
    check_copies(lines, 110)


@pytest.mark.soak
def test_a_thousand_tampered_copies_are_all_located(lines: Lines) -> None:
    check_copies(lines, 1_100)


def test_the_first_and_the_last_event_are_no_exception(lines: Lines) -> None:
    for index in (1, len(lines) - 1):
        copy = list(lines)
        change_and_hash_again(copy, index, Random(1))
        assert faults(copy)
    assert faults(lines[:-1])
    assert faults([lines[0], *lines[2:]])
    assert faults([*lines, "\n"])
    assert "line 1" in faults(lines[1:])[0]
    assert "line 1" in faults([])[0]


def test_everything_hashed_again_is_found_by_a_hash_that_was_written_down(lines: Lines) -> None:
    honest = json.loads(lines[-2])
    previous, forged = "", []
    for line in lines[1:]:
        event = {**json.loads(line), "previous": previous}
        if event["seq"] == 5:
            event["subject"] = "cart_other"
        previous = hashlib.sha256(canonical({name: event[name] for name in HASHED})).hexdigest()
        forged.append(json.dumps({**event, "hash": previous}) + "\n")
    head = json.dumps({**json.loads(lines[0]), "head": previous}) + "\n"
    assert faults([head, *forged]) == []
    known = {f"n{honest['seq']}": honest["hash"]}
    assert f"event {honest['seq']}" in faults([head, *forged], **known)[0]
    assert faults(lines, **known) == []
    assert "not in the file" in faults(lines, n99999="0" * 64)[0]


def test_erased_words_leave_a_whole_chain(lines: Lines, cast: Cast) -> None:
    event = Event.objects.filter(company_id=cast.company["meridian"]).latest("seq")
    EventPrivate.objects.filter(event=event).delete()
    erased = list(export_chain(cast.company["meridian"], with_words=True))
    assert faults(erased) == []
    assert "words" in json.loads(lines[-1])
    assert "words" not in json.loads(erased[-1])


def test_without_words_no_name_leaves(lines: Lines, cast: Cast) -> None:
    assert "Łódź" in "".join(lines)
    bare = "".join(export_chain(cast.company["meridian"]))
    assert "Łódź" not in bare
    assert "salt" not in bare


def test_each_company_exports_its_own(db: None, cast: Cast) -> None:
    for slug in ("kowalski", "park"):
        company = Company.objects.get(slug=slug)
        found = [json.loads(line) for line in export_chain(company.id)]
        assert {event["company"] for event in found} == {company.id}
    nobody = next(export_chain("cmp_nobody"))
    assert nobody.startswith('{"company":"cmp_nobody","events":0')


def test_the_program_needs_nothing_of_ours(lines: Lines, tmp_path: Path) -> None:
    names = set()
    for node in ast.walk(ast.parse(VERIFIER.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(str(node.module))
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names
    assert len(VERIFIER.read_text().splitlines()) < 200
    assert (ROOT / "tools/verify_chain.py").resolve() == VERIFIER.resolve()
    program = tmp_path / "verify_chain.py"
    program.write_bytes(VERIFIER.read_bytes())
    file = tmp_path / "chain.jsonl"
    file.write_text("".join(lines), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-I", program, file], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "The chain is whole" in ran.stdout


def test_the_program_answers_with_its_exit_code(
    lines: Lines, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "chain.jsonl"
    file.write_text("".join(lines), encoding="utf-8")
    assert main([str(file)]) == 0
    assert main([str(tmp_path / "none")]) == 2
    last = json.loads(lines[-1])
    assert main([str(file), "--known", f"{last['seq']}:{last['hash']}"]) == 0
    assert main([str(file), "--known", f"{last['seq']}:{'0' * 64}"]) == 1
    file.write_bytes("".join(lines).encode().replace(b"cart_7", b"cart_\xff"))
    capsys.readouterr()
    assert main([str(file)]) == 1
    assert "its content does not match its hash" in capsys.readouterr().out


def test_page_interface_and_command_give_the_same_file(
    lines: Lines, cast: Cast, tmp_path: Path
) -> None:
    bare = "".join(export_chain(cast.company["meridian"]))
    assert page(cast.aron, "audit/chain/file/") == bare
    assert page(cast.aron, "audit/chain/file/?words=1") == "".join(lines)
    assert page(cast.aron, "audit/chain/verifier/") == VERIFIER.read_text()
    assert json.loads(bare.splitlines()[0])["head"] in page(cast.aron, "audit/chain/")
    written = tmp_path / "chain.jsonl"
    call_command("audit", "export", "meridian", str(written), "--words")
    assert written.read_text(encoding="utf-8") == "".join(lines)
    with pytest.raises(CommandError, match="nobody"):
        call_command("audit", "export", "nobody", str(written))
    key = key_of("meridian", "audit.view")
    exported = key.get("/event_chain?words=true").content.decode()
    assert faults(list(StringIO(exported))) == []
    assert "Łódź" in exported
