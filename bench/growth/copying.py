"""What one purchase left in every table, many times over: ``INSERT … SELECT`` in the database.

A purchase is made by the real actions while ``marked_ids`` lets every new id end in ``MARK``. The
rows that came into being meanwhile are the shape; a copy of them has a number in the place of the
mark, in ids as in every text that names one, and human numbers and event numbers of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Final, NamedTuple

from django.apps import apps
from django.db import connection, models

MARK: Final = "zzzzzzzz"
"""The end of every id of a shape; a copy has eight digits there."""
FIRST_NUMBER: Final = 90_000_000
"""Human numbers of shapes begin behind this one, so that no other text contains them."""
TEXTS: Final = (models.CharField, models.TextField, models.JSONField)
KEPT: Final = {"notices.Notice": timedelta(days=90), "webhooks.DeliveryAttempt": timedelta(days=30)}
"""Tables that an installation forgets after a time have no older copies."""
ONE_ONLY: Final = {"budgets.BudgetAlert", "requisitions.RevisionSeen", "core.Session"}


class Shape(NamedTuple):
    """The rows that one purchase left, by table, and the human numbers that it was given."""

    company_id: str
    rows: dict[type[models.Model], list[Any]]
    numbers: dict[str, str]


@contextmanager
def marked_ids() -> Iterator[None]:
    """Inside, every new id ends in the mark."""
    from placet.core import ids

    plain = ids._base32
    ids._base32 = lambda value: plain(value)[: -len(MARK)] + MARK  # type: ignore[assignment]
    try:
        yield
    finally:
        ids._base32 = plain


def tables() -> list[type[models.Model]]:
    """Every table of ours."""
    return [model for model in apps.get_models() if model.__module__.startswith("placet.")]


def picture() -> dict[type[models.Model], set[Any]]:
    """The keys of all rows."""
    return {model: set(model._base_manager.values_list("pk", flat=True)) for model in tables()}


def difference(before: dict[type[models.Model], set[Any]], company_id: str) -> Shape:
    """The shape of what has happened since a picture was taken."""
    from placet.orders.models import Order
    from placet.requisitions.models import Requisition

    rows = {
        model: sorted(keys - before[model])
        for model, keys in picture().items()
        if keys - before[model] and model._meta.label not in ONE_ONLY
    }
    numbers = {}
    for model in (Requisition, Order):
        made = model._base_manager.filter(pk__in=rows.get(model, []))
        numbers |= {
            number: number.split("-")[0] for number in made.values_list("number", flat=True)
        }
    return Shape(company_id, rows, numbers)


class Filling(NamedTuple):
    """Copies ``first`` to ``last`` of a shape, each ``step`` older than the one before it.

    ``numbers_from`` is what the human numbers of copies begin behind, by kind; ``events_from`` the
    same for the numbers of events, by company.
    """

    shape: Shape
    first: int
    last: int
    step: timedelta
    numbers_from: dict[str, int]
    events_from: dict[str, int]


def copy_shape(filling: Filling) -> int:
    """Write the copies; returns how many rows these are."""
    return sum(_copy_rows(model, keys, filling) for model, keys in filling.shape.rows.items())


def events_of(shape: Shape) -> dict[str, int]:
    """How many numbers of each company's chain a copy takes."""
    return {company: size for company, (_least, size) in _chains(shape).items()}


def _chains(shape: Shape) -> dict[str, tuple[int, int]]:
    """The first number of the shape in each chain, and how many it has there."""
    from placet.events.models import Event

    mine = Event.objects.filter(pk__in=shape.rows.get(Event, [])).order_by("company_id")
    told = mine.values("company_id").annotate(least=models.Min("seq"), most=models.Max("seq"))
    return {row["company_id"]: (row["least"], row["most"] - row["least"] + 1) for row in told}


def _copy_rows(model: type[models.Model], keys: list[Any], filling: Filling) -> int:
    """The copies of the rows of one table in one statement."""
    meta = model._meta
    found = list(model._base_manager.filter(pk__in=keys).values())
    fields = [field for field in meta.concrete_fields if not _is_numbered(field)]
    columns = [f'"{field.column}"' for field in fields]
    values = [_value(field, found, filling) for field in fields]
    kept = KEPT.get(meta.label)
    oldest = f" AND n * {_interval(filling.step)} < {_interval(kept)}" if kept else ""
    statement = (
        f'INSERT INTO public."{meta.db_table}" ({", ".join(columns)}) SELECT {", ".join(values)}'
        f' FROM ({_series(filling)}) AS series, "{meta.db_table}" AS src'
        f' WHERE src."{meta.pk.column}" = ANY(%(keys)s){oldest}'
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, {"keys": keys})
        return int(cursor.rowcount)


def _series(filling: Filling) -> str:
    """A row for each copy: its number, the end of its ids, and its human numbers by kind."""
    kinds = sorted(set(filling.shape.numbers.values()))
    starts = {kind: filling.numbers_from[kind] - filling.first + 1 for kind in kinds}
    human = [f"'{kind}-' || ({starts[kind]} + n) AS {_variable(kind)}" for kind in kinds]
    columns = ["n", f"lpad(n::text, {len(MARK)}, '0') AS mark", *human]
    return (
        f"SELECT {', '.join(columns)}"
        f" FROM generate_series({filling.first}, {filling.last}) AS n OFFSET 0"
    )


def _variable(kind: str) -> str:
    return f"number_{kind.lower()}"


def _is_numbered(field: Any) -> bool:
    """Whether the database gives the value; no other row may point to such a key of a shape."""
    return isinstance(field, models.AutoField | models.BigAutoField)


def _value(field: Any, found: list[dict[str, Any]], filling: Filling) -> str:
    """The value of a column of copy ``n``, from the row ``src`` of the shape."""
    label, column = f"{field.model._meta.label}.{field.attname}", f'src."{field.column}"'
    if label == "events.Event.seq":
        return _event_number(column, filling)
    if label in {"requisitions.Requisition.po_number", "orders.Order.po_number"}:
        return "'PR-' || lpad((n %% 100000)::text, 5, '0')"
    if label in {"requisitions.Requisition.total_minor", "orders.Order.total_minor"}:
        return f"{column} + n %% 997"
    if isinstance(field, models.DateTimeField):
        return f"{column} - (n - {filling.first - 1}) * {_interval(filling.step)}"
    base = field.target_field if field.is_relation else field
    if not isinstance(base, TEXTS):
        return column
    if MARK not in (text := " ".join(str(row[field.attname]) for row in found)) and not any(
        number in text for number in filling.shape.numbers
    ):
        return column
    return _written_anew(field, base, found, filling.shape.numbers)


def _event_number(column: str, filling: Filling) -> str:
    """Copies follow each other in the chain of each company."""
    cases = [
        f"WHEN '{company}' THEN {filling.events_from.get(company, 0)} + {column} - {least - 1}"
        f" + (n - {filling.first}) * {size}"
        for company, (least, size) in _chains(filling.shape).items()
    ]
    return f"CASE src.company_id {' '.join(cases)} END"


def _written_anew(field: Any, base: Any, found: list[dict[str, Any]], numbers: Any) -> str:
    """The text of each row of the shape, put together around what is another in each copy."""
    key = field.model._meta.pk
    is_json = isinstance(base, models.JSONField)
    cases = []
    for row in found:
        text = row[field.attname]
        if text is None:
            continue
        pieces = _pieces(json.dumps(text) if is_json else text, numbers)
        cases.append(f"WHEN {_quoted(row[key.attname])} THEN {' || '.join(pieces)}")
    chosen = f'CASE src."{key.column}" {" ".join(cases)} END'
    return f"({chosen})::jsonb" if is_json else chosen


def _pieces(text: str, numbers: dict[str, str]) -> list[str]:
    """What stands as it is, quoted, and the columns of the series between."""
    variables = {MARK: "mark", **{name: _variable(kind) for name, kind in numbers.items()}}
    parts = re.split("(" + "|".join(sorted(variables, reverse=True)) + ")", text)
    return [variables.get(part) or _quoted(part) for part in parts if part] or ["''"]


def _quoted(value: Any) -> str:
    """A literal in a statement that has parameters."""
    if isinstance(value, int):
        return str(value)
    return "'" + value.replace("'", "''").replace("%", "%%") + "'"


def _interval(length: timedelta | None) -> str:
    assert length is not None
    return f"interval '{length.total_seconds():f} seconds'"
