"""Words: one word for one thing, and nothing that is true on one machine only."""

import re
from collections.abc import Iterator

import pytest

from tests.house.source import ROOT, SourceFile, files, snippet

# The word that nobody uses, and the one of docs/glossary.md that stands for the thing.
SYNONYMS = {
    "basket": "cart",
    "shopping cart": "cart",
    "purchase request": "requisition",
    "approval request": "requisition",
    "approval workflow": "rulebook",
    "wish list": "purchase list",
    "wishlist": "purchase list",
    "department head": "head of the unit",
    "sub-account": "unit",
    "approval stage": "step",
}
SYNONYM = re.compile(rf"\b({'|'.join(SYNONYMS)})s?\b", re.IGNORECASE)
# Put together here, so that this file does not name what it looks for.
FOLDERS = ["/" + "work/", "/" + "root/", "/home" + "/[a-z]", r"\.\./" + "shared"]
REGISTRIES = ["python" + "hosted", r"--(extra-)?index-" + "url", r"pypi\." + "org"]
MACHINE = re.compile("|".join(FOLDERS + REGISTRIES))
TEXT = [".py", ".md", ".html", ".txt", ".css", ".js", ".sh", ".toml", ".yaml", ".yml", ".json"]
TEXT += [".svg", ".sql", ".csv", ".lock", ".service", ".conf", ".po", ""]


def written_for_people() -> list[SourceFile]:
    """Templates and papers, where a synonym would be read."""
    top = [snippet(path.name, path.read_text()) for path in sorted(ROOT.glob("*.md"))]
    pages = [*files(".html", ".txt"), *files(".md", under="docs")]
    return [file for file in [*top, *pages] if file.path != "docs/glossary.md"]


def everything() -> list[SourceFile]:
    """All text of the repository."""
    folders = ["src", "tests", "docs", "deploy", "tools", "bench", "requirements", ".ci"]
    top = [p for p in sorted(ROOT.iterdir()) if p.is_file() and p.suffix in TEXT]
    read = [snippet(path.name, path.read_text(errors="replace")) for path in top]
    return [*read, *(file for folder in folders for file in files(*TEXT, under=folder))]


def synonyms(file: SourceFile) -> Iterator[str]:
    """Another word for a thing that has one."""
    for found in SYNONYM.finditer(file.text):
        yield f"{file.path}: {found.group()}, say {SYNONYMS[found.group(1).lower()]}"


def machine_words(file: SourceFile) -> Iterator[str]:
    """Folders of one machine and addresses of package registries."""
    for found in MACHINE.finditer(file.text):
        yield f"{file.path}: {found.group()}"


def test_one_word_for_one_thing() -> None:
    assert [complaint for file in written_for_people() for complaint in synonyms(file)] == []


def test_nothing_is_true_on_one_machine_only() -> None:
    read = everything()
    assert len(read) > 20
    assert [complaint for file in read for complaint in machine_words(file)] == []


@pytest.mark.parametrize("text", ["in your Basket", "an approval request", "two shopping carts"])
def test_a_synonym_is_seen(text: str) -> None:
    assert list(synonyms(snippet("README.md", text)))
    assert not list(synonyms(snippet("README.md", "in your cart")))


@pytest.mark.parametrize(
    "text", ["/" + "work/main", "/home" + "/lena", "--index-" + "url https://x"]
)
def test_a_machine_word_is_seen(text: str) -> None:
    assert list(machine_words(snippet("README.md", text)))
    assert not list(machine_words(snippet("README.md", "var/placet.sqlite3")))
