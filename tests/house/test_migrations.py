"""Migrations only add, so that the version that still runs works on the newer tables."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import ROOT, SourceFile, dotted, snippet

TAKES_AWAY = {"RemoveField", "RenameField", "DeleteModel", "RenameModel", "AlterModelTable"}
NOTE = "contract"
# Before the first release there is no older version: what these take away nobody has.
BEFORE_RELEASE = (ROOT / "tests/house/migrations_before_release.txt").read_text().split()


def taken_away(file: SourceFile) -> Iterator[str]:
    """Operations that an older version would stumble over, without the word that says so."""
    docstring = ast.get_docstring(file.tree) or ""
    if NOTE in docstring:
        return
    for node in ast.walk(file.tree):
        if not isinstance(node, ast.Call):
            continue
        operation = dotted(node.func).rpartition(".")[2]
        if operation in TAKES_AWAY or (operation == "AddField" and _must_be_filled(node)):
            yield f"{file.path} {dotted(node.func)} (line {node.lineno})"


def _must_be_filled(operation: ast.Call) -> bool:
    """Whether a new column refuses the rows of a version that does not know it."""
    fields = [word.value for word in operation.keywords if word.arg == "field"]
    field = fields[0] if fields else None
    if not isinstance(field, ast.Call) or dotted(field.func).endswith("ManyToManyField"):
        return False
    may_be_empty = any(
        word.arg == "null" and isinstance(word.value, ast.Constant) and word.value.value is True
        for word in field.keywords
    )
    return not may_be_empty and not any(word.arg == "db_default" for word in field.keywords)


def migrations() -> list[SourceFile]:
    found = sorted((ROOT / "src/placet").glob("*/migrations/0*.py"))
    return [snippet(str(path.relative_to(ROOT)), path.read_text()) for path in found]


def test_migrations_take_nothing_away() -> None:
    found = [complaint for file in migrations() for complaint in taken_away(file)]
    assert migrations()
    assert [one for one in found if one.split()[0] not in BEFORE_RELEASE] == []


def test_the_list_of_old_ones_only_shrinks() -> None:
    found = {complaint.split()[0] for file in migrations() for complaint in taken_away(file)}
    assert set(BEFORE_RELEASE) - found == set()


@pytest.mark.parametrize("operation", sorted(TAKES_AWAY))
def test_the_rule_can_be_broken(operation: str) -> None:
    text = f'operations = [migrations.{operation}("cart", "name")]'
    assert list(taken_away(snippet("src/placet/carts/migrations/0099_x.py", text)))
    noted = f'"""contract: unused since 1.2."""\n{text}'
    assert not list(taken_away(snippet("src/placet/carts/migrations/0099_x.py", noted)))


@pytest.mark.parametrize(
    ("field", "is_refused"),
    [
        ("models.CharField(default='')", True),
        ("models.CharField(db_default='')", False),
        ("models.DateTimeField(null=True)", False),
        ("models.ManyToManyField(to='x.Y')", False),
    ],
)
def test_a_new_column_takes_the_rows_of_an_older_version(field: str, is_refused: bool) -> None:
    text = f'operations = [migrations.AddField("cart", "name", field={field})]'
    found = list(taken_away(snippet("src/placet/carts/migrations/0099_x.py", text)))
    assert bool(found) == is_refused
