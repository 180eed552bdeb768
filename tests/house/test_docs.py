"""The papers: what they name exists, links lead somewhere, decisions are short and enforced."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import ROOT, SourceFile, code, files, snippet

PAPERS = ("README", "ARCHITECTURE", "STYLE", "CONTRIBUTING", "CHANGELOG", "SECURITY")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|(?:src|srcset|href)=\"([^\"]+)\"")
CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
QUOTED = re.compile(r"`([^`\n]+)`")
FILE_NAME = re.compile(r"[\w./<>*-]+\.(py|html|css|js|md|sql|sh|toml|yaml|json|svg|lock)")
TARGET = re.compile(r"^([a-z-]+):", re.MULTILINE)
MADE = re.compile(r"\bmake ([a-z][a-z-]*)")
VARIABLE = re.compile(r"[\"`](PLACET_[A-Z_]+)[\"`]")
EVENT = re.compile(r"\b(?:requisition|step|decision|order|cart)\.[a-z_]+ed\b")
DECISION_LINES = 45


def papers() -> list[SourceFile]:
    """Every paper of the project."""
    top = [snippet(f"{name}.md", (ROOT / f"{name}.md").read_text()) for name in PAPERS]
    return [*top, *files(".md", ".svg", under="docs"), *files(".md", under="deploy")]


def decisions() -> list[SourceFile]:
    """The architecture decisions, by number."""
    return [file for file in files(".md", under="docs/adr") if file.module[0].isdigit()]


def dead_links(file: SourceFile) -> Iterator[str]:
    """Relative links to files that are not there."""
    for found in LINK.finditer(CODE.sub("", file.text)):
        target = (found.group(1) or found.group(2)).split("#")[0]
        if not target or "://" in target or target.startswith("mailto:"):
            continue
        if not (ROOT / file.path).parent.joinpath(target).exists():
            yield f"{file.path} links to {target}"


def missing_files(file: SourceFile) -> Iterator[str]:
    """File names in backquotes that do not exist, from the root or from ``src/placet``."""
    for quoted in QUOTED.findall(CODE.sub("", file.text)):
        name = quoted.split("::")[0].split(":")[0]
        if not FILE_NAME.fullmatch(name) or "/" not in name or "<" in name or "*" in name:
            continue
        places = (ROOT, ROOT / "src/placet", (ROOT / file.path).parent)
        if not any((place / name).exists() for place in places):
            yield f"{file.path} names {name}"


def missing_symbols(file: SourceFile) -> Iterator[str]:
    """``file.py::function`` in backquotes, where the file does not define that name."""
    for quoted in QUOTED.findall(file.text):
        name, _, symbol = quoted.partition("::")
        if not symbol or not name.endswith(".py"):
            continue
        for place in (ROOT, ROOT / "src/placet"):
            if (place / name).exists():
                text = (place / name).read_text()
                last = symbol.split(".")[-1].removesuffix("()")
                if not re.search(rf"^\s*(def|class) {re.escape(last)}\b", text, re.MULTILINE):
                    yield f"{file.path} names {quoted}"


def missing_targets(file: SourceFile) -> Iterator[str]:
    """``make`` targets that the Makefile does not have."""
    known = set(TARGET.findall((ROOT / "Makefile").read_text()))
    blocks = [found.group() for found in CODE.finditer(file.text)]
    for shown in [*QUOTED.findall(file.text), *blocks]:
        for target in MADE.findall(shown):
            if target not in known:
                yield f"{file.path} says make {target}"


def settings_without_a_word(settings: str, paper: str) -> set[str]:
    """Variables of the environment that the settings read and the paper does not explain."""
    return set(VARIABLE.findall(settings)) ^ set(VARIABLE.findall(paper))


def unknown_events(file: SourceFile) -> Iterator[str]:
    """Names of events in a paper or picture that nothing records."""
    known = " ".join(source.text for source in code())
    for name in EVENT.findall(file.text):
        if f'"{name}"' not in known:
            yield f"{file.path} names the event {name}"


def decision_faults(file: SourceFile) -> Iterator[str]:
    """A decision has 45 lines at most and names an existing file that enforces it."""
    if len(file.text.splitlines()) > DECISION_LINES:
        yield f"{file.path} has more than {DECISION_LINES} lines"
    _, _, enforced = file.text.partition("## Enforced by")
    if not [name for name in QUOTED.findall(enforced) if FILE_NAME.fullmatch(name)]:
        yield f"{file.path} names nothing that enforces it"


CHECKS = [dead_links, missing_files, missing_symbols, missing_targets, unknown_events]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_papers_tell_the_truth(check) -> None:  # type: ignore[no-untyped-def]
    assert [complaint for file in papers() for complaint in check(file)] == []


def test_every_setting_is_explained_and_every_explained_one_exists() -> None:
    settings = (ROOT / "src/placet/project/settings.py").read_text()
    paper = (ROOT / "docs/operate/configure.md").read_text()
    table, _, beside = paper.partition("The web server has two of its own")
    assert VARIABLE.findall(settings)
    assert settings_without_a_word(settings, table) == set()
    assert settings_without_a_word('environ["PLACET_NEW"]', "") == {"PLACET_NEW"}
    others = ("deploy/gunicorn.conf.py", "src/placet/jobs/management/commands/setup.py")
    read = "".join((ROOT / name).read_text() for name in others)
    named = [f'"{name}"' for name in VARIABLE.findall(read)]
    elsewhere = "".join(name for name in named if name not in settings)
    assert settings_without_a_word(elsewhere, beside.partition("## Which database")[0]) == set()


def test_decisions_are_short_and_enforced() -> None:
    assert len(decisions()) >= 13
    assert [complaint for file in decisions() for complaint in decision_faults(file)] == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(file.module.split("-")[0]) for file in decisions()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_walk_names_files_along_the_road() -> None:
    walk = (ROOT / "ARCHITECTURE.md").read_text()
    named = {name for name in QUOTED.findall(walk) if FILE_NAME.fullmatch(name.split("::")[0])}
    assert len(named) >= 20, "a walk from the click to the webhook passes many files"


def test_every_room_is_described() -> None:
    rooms = {
        folder.name
        for folder in Path(ROOT / "src/placet").iterdir()
        if (folder / "__init__.py").exists()
    }
    described = set(re.findall(r"`([a-z]+)/`", (ROOT / "ARCHITECTURE.md").read_text()))
    assert rooms
    assert rooms - described == set()


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (dead_links, "see [this](docs/none.md)"),
        (dead_links, '<img src="docs/pictures/none.png">'),
        (missing_files, "`carts/none.py` opens it"),
        (missing_files, "`tests/none/test_none.py::test_it`"),
        (missing_symbols, "`core/clock.py::nobody_now`"),
        (unknown_events, "then `order.vanished` is recorded"),
        (missing_targets, "run `make none`"),
        (missing_targets, "\n```\nmake none\n```\n"),
        (decision_faults, "# It\n" * 46 + "## Enforced by\n`tests/house/test_docs.py`"),
        (decision_faults, "# It\n## Enforced by\ngood will"),
    ],
)
def test_the_rules_can_be_broken(check, text: str) -> None:  # type: ignore[no-untyped-def]
    assert list(check(snippet("README.md", text)))


def test_a_good_paper_passes() -> None:
    good = "[clock](src/placet/core/clock.py) `core/clock.py::real_now` `make test`"
    for check in CHECKS:
        assert list(check(snippet("README.md", good))) == []
