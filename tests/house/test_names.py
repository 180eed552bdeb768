"""Names: no rooms for leftovers, no vague words, actions that say what they do and to whom."""

import ast
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.house.source import Definition, SourceFile, code, complaints_of, dotted, snippet

LEFTOVER_MODULES = {"utils", "util", "helpers", "helper", "services", "service", "managers"}
LEFTOVER_MODULES |= {"signals", "common", "misc", "tools"}
VAGUE_WORDS = {"data", "info", "obj", "util", "utils", "helper", "mgr", "cfg", "tmp"}
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
VERB_NOUN = re.compile(r"[a-z]+(_[a-z0-9]+)+")

REQUISITIONS = "src/placet/requisitions/actions"
EVENTS = "src/placet/events/actions.py"
COUNTS = "src/placet/budgets/actions/count_purchase.py"
QUOTES = "src/placet/quotes/actions"
GUEST = "somebody outside acts, who is nobody's member"
NOBODY = "the timetable runs it; nobody is at the keyboard"

# path::name: the reason. An entry that is no longer needed fails as well.
EXCEPTIONS: dict[str, str] = {
    "src/placet/demo/mailbox/receiver.py::handle_DATA": "aiosmtpd calls it by this name",
    "src/placet/project/settings.py::DATA_UPLOAD": "these two settings are named by Django",
    f"{REQUISITIONS}/apply_decision.py::apply_due_decisions does not take actor": NOBODY,
    f"{REQUISITIONS}/apply_decision.py::apply_decision does not take actor": (
        "the decision brings its author along; nobody else is at the keyboard"
    ),
    f"{REQUISITIONS}/reassign_due_steps.py::reassign_due_steps does not take actor": NOBODY,
    f"{REQUISITIONS}/remind_steps.py::remind_due_steps does not take actor": NOBODY,
    f"{REQUISITIONS}/remind_steps.py::remind_step does not take actor": NOBODY,
    f"{REQUISITIONS}/escalate_step.py::escalate_step does not take actor": NOBODY,
    f"{REQUISITIONS}/expire_requisition.py::expire_due_requisitions does not take actor": NOBODY,
    f"{REQUISITIONS}/expire_requisition.py::expire_requisition does not take actor": NOBODY,
    f"{REQUISITIONS}/run_schedules.py::run_due_schedules does not take actor": NOBODY,
    f"{REQUISITIONS}/run_schedules.py::run_schedule does not take actor": NOBODY,
    "src/placet/web/threads/sending.py::receive_data_chunk": "Django calls it by this name",
    "src/placet/web/threads/sending.py::raw_data": "Django passes it by this name",
    f"{QUOTES}/end_quote.py::expire_quotes does not take actor": NOBODY,
    f"{QUOTES}/end_quote.py::expire_quote does not take actor": NOBODY,
    f"{QUOTES}/reopen_quote.py::reopen_quotes does not take actor": NOBODY,
    f"{QUOTES}/reopen_quote.py::tend_quotes does not take actor": NOBODY,
    f"{QUOTES}/tend_releases.py::tend_releases does not take actor": NOBODY,
    "src/placet/carts/actions/outsiders.py::invite_guest does not take actor": GUEST,
    "src/placet/carts/actions/outsiders.py::confirm_guest does not take actor": GUEST,
    "src/placet/carts/actions/outsiders.py::comment_as_guest does not take actor": GUEST,
    f"{EVENTS}::place_events does not take actor": NOBODY,
    f"{EVENTS}::place_events does not take now": "a position is a number and has no time",
    f"{COUNTS}::count_purchase does not take actor": "counts for the requester, whoever submits",
    f"{COUNTS}::recount_purchase does not take": "the periods are those of the first submission",
    f"{COUNTS}::uncount_purchase does not take": "removes a row, whoever and whenever it was",
}


def defined_names(file: SourceFile) -> Iterator[tuple[int, str]]:
    """Every name that the file chooses: classes, functions, arguments, variables, fields."""
    for node in file.nodes:
        if isinstance(node, Definition | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id


def is_wire_format(file: SourceFile) -> bool:
    """The API's documents keep the names that clients know (``data`` of a list)."""
    return file.room == "api" and file.is_part_of("schemas")


def vague_names(file: SourceFile) -> Iterator[str]:
    """Module names that invite leftovers, and words that say nothing."""
    if file.module in LEFTOVER_MODULES or any(
        f"/{module}/" in file.path for module in LEFTOVER_MODULES
    ):
        yield f"{file.path}::{file.module}"
    if is_wire_format(file):
        return
    for _, name in defined_names(file):
        if VAGUE_WORDS & {word.lower() for word in WORD.findall(name)}:
            yield f"{file.path}::{name}"


def framework_habits(file: SourceFile) -> Iterator[str]:
    """``save()`` overrides, model forms, managers: domain flow that hides in the framework."""
    for name, function in file.functions():
        if function.name == "save" and "." in name:
            yield f"{file.path}::{name} overrides save()"
    for node in file.nodes:
        if isinstance(node, ast.ClassDef):
            for base in node.bases:
                if dotted(base).split(".")[-1] in {"ModelForm", "Manager", "BaseManager"}:
                    yield f"{file.path}::{node.name} is a {dotted(base)}"


def actions(file: SourceFile) -> Iterator[Definition]:
    """The public functions of the files that hold a room's use cases.

    What takes a lock for an action of a room above (``lock_…``) is no use case of its own.
    """
    if file.room and file.is_part_of("actions"):
        for function in file.public_functions():
            if not function.name.startswith("lock_"):
                yield function


def action_faults(file: SourceFile) -> Iterator[str]:
    """An action is ``verb_noun(subject, *, actor, now, ...)`` and says what it means."""
    for function in actions(file):
        place = f"{file.path}::{function.name}"
        positional = [*function.args.posonlyargs, *function.args.args]
        keywords = {argument.arg for argument in function.args.kwonlyargs}
        if not VERB_NOUN.fullmatch(function.name):
            yield f"{place} is not verb_noun"
        if len(positional) > 1:
            yield f"{place} takes more than its subject by position"
        if "now" not in keywords:
            yield f"{place} does not take now= as a keyword"
        if "actor" not in keywords:
            yield f"{place} does not take actor= as a keyword"
        if not ast.get_docstring(function):
            yield f"{place} does not say what it means"


def undocumented(file: SourceFile) -> Iterator[str]:
    """Functions of the engine, getters and permissions without a docstring.

    A function of a single statement says itself what it is.
    """
    parts = ("queries", "permissions")
    if file.room == "policy" or (file.room and any(file.is_part_of(part) for part in parts)):
        for function in file.public_functions():
            if len(function.body) > 1 and not ast.get_docstring(function):
                yield f"{file.path}::{function.name} does not say what it means"


def badly_named_getters(file: SourceFile) -> Iterator[str]:
    """Queries start with ``get_``, ``list_``, ``count_``, ``find_``.

    Permissions start with ``can_`` (return the refusal) or ``require`` (raise it).
    """
    for part, prefixes in {
        "queries": ("get_", "list_", "count_", "find_"),
        "permissions": ("can_", "require"),
    }.items():
        if file.room and file.room != "policy" and file.is_part_of(part):
            for function in file.public_functions():
                if not function.name.startswith(prefixes):
                    yield f"{file.path}::{function.name} is not named as {part} are"


def without_exceptions(complaints: list[str]) -> list[str]:
    """The complaints that no exception excuses."""
    return [c for c in complaints if not any(c.startswith(place) for place in EXCEPTIONS)]


CHECKS = [vague_names, framework_habits, action_faults, undocumented, badly_named_getters]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_names_in_the_house(check) -> None:  # type: ignore[no-untyped-def]
    found = complaints_of(check)
    assert without_exceptions(found) == []


def test_every_exception_is_still_needed() -> None:
    found = [complaint for check in CHECKS for complaint in complaints_of(check)]
    assert [e for e in EXCEPTIONS if not any(c.startswith(e) for c in found)] == []


def test_action_names_are_unique_in_the_repository() -> None:
    names = Counter(function.name for file in code() for function in actions(file))
    assert names
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize(
    ("check", "path", "text"),
    [
        (vague_names, "src/placet/carts/utils.py", ""),
        (vague_names, "src/placet/carts/signals/__init__.py", ""),
        (vague_names, "src/placet/carts/queries.py", "cart_data = 1"),
        (vague_names, "src/placet/carts/queries.py", "def get_cart(*, obj): ..."),
        (vague_names, "src/placet/carts/queries.py", "class CartInfo: ..."),
        (framework_habits, "src/placet/carts/models.py", "class Cart:\n def save(self): ..."),
        (framework_habits, "src/placet/web/forms.py", "class CartForm(forms.ModelForm): ..."),
        (action_faults, "src/placet/carts/actions.py", "def submit(c, *, actor, now):\n '.'"),
        (action_faults, "src/placet/carts/actions/x.py", "def submit_cart(c, *, actor):\n '.'"),
        (action_faults, "src/placet/carts/actions.py", "def submit_cart(cart, *, now):\n '.'"),
        (action_faults, "src/placet/carts/actions.py", "def submit_cart(cart, *, actor, now): ..."),
        (action_faults, "src/placet/carts/actions.py", "def add_line(c, s, *, actor, now):\n '.'"),
        (undocumented, "src/placet/policy/plan.py", "def plan():\n step = 1\n return step"),
        (badly_named_getters, "src/placet/carts/queries.py", "def cart(): ..."),
    ],
)  # fmt: skip
def test_the_rules_can_be_broken(check, path: str, text: str) -> None:  # type: ignore[no-untyped-def]
    assert list(check(snippet(path, text)))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_good_action_passes(check) -> None:  # type: ignore[no-untyped-def]
    good = "def submit_cart(cart, *, actor, now):\n    'Freeze it.'\n    metadata = cart.metadata\n"
    assert list(check(snippet("src/placet/carts/actions.py", good))) == []
