"""The source as the house tests read it: files with their text and their syntax tree."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "src/placet"
NOT_OURS = {".git", ".venv", "var", "node_modules", "__pycache__", "migrations", "staticfiles"}

Definition = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class SourceFile:
    """One file: its path from the root with forward slashes, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree of a Python file."""
        return ast.parse(self.text, filename=self.path)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the tree: each check looks at them all, and walking is what takes long."""
        return tuple(ast.walk(self.tree))

    @property
    def room(self) -> str:
        """The package under ``src/placet`` that holds the file; empty elsewhere."""
        parts = self.path.removeprefix(PACKAGE + "/").split("/")
        return parts[0] if self.path.startswith(PACKAGE + "/") and len(parts) > 1 else ""

    @property
    def module(self) -> str:
        """The file's name without its ending."""
        return Path(self.path).stem

    def is_part_of(self, module: str) -> bool:
        """Whether this is ``module.py``, or a file of the folder that it became."""
        return self.module == module or f"/{module}/" in self.path

    def functions(self) -> Iterator[tuple[str, Definition]]:
        """Every function with its qualified name, methods and inner functions too."""
        yield from _functions(self.tree, "")

    def public_functions(self) -> Iterator[Definition]:
        """The functions at the top of the file whose names have no underscore in front."""
        for node in self.tree.body:
            if isinstance(node, Definition) and not node.name.startswith("_"):
                yield node


Check = Callable[[SourceFile], Iterator[str]]


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, Definition]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Definition | ast.ClassDef):
            name = f"{prefix}{child.name}"
            if isinstance(child, Definition):
                yield name, child
            yield from _functions(child, f"{name}.")
        else:
            yield from _functions(child, prefix)


@lru_cache
def files(*endings: str, under: str = PACKAGE) -> tuple[SourceFile, ...]:
    """Our files below ``under`` with one of these endings, in order; migrations are Django's."""
    return tuple(
        SourceFile(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / under).rglob("*"))
        if path.suffix in endings
        and path.is_file()
        and not any(_is_not_ours(part) for part in path.relative_to(ROOT).parts)
    )


def _is_not_ours(part: str) -> bool:
    """Hidden folders are caches and environments; ours are .ci and the files beside it."""
    return part in NOT_OURS or part.endswith(".egg-info") or part.startswith((".venv", ".mypy"))


def code(under: str = PACKAGE) -> tuple[SourceFile, ...]:
    """Our Python files below ``under``."""
    return files(".py", under=under)


@lru_cache
def complaints_of(check: Check) -> tuple[str, ...]:
    """What a check has against our code; asked once, however many tests look at it."""
    return tuple(complaint for file in code() for complaint in check(file))


def snippet(path: str, text: str) -> SourceFile:
    """A file that does not exist, to show that a rule can be broken."""
    return SourceFile(path, text)


def dotted(node: ast.AST) -> str:
    """``a.b.c`` for an attribute or a name; empty for everything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        left = dotted(node.value)
        return f"{left}.{node.attr}" if left else ""
    return ""


def imported(file: SourceFile) -> Iterator[tuple[int, str]]:
    """The line and the full name of each thing that the file imports."""
    for node in file.nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"
