"""What one purchase left in every table, many times over: ``INSERT … SELECT`` in the database.

A purchase is made by the real actions while ``marked_ids`` lets every new id end in ``MARK``. The
rows that came into being meanwhile are the shape; a copy of them has a number in the place of the
mark, in ids as in every text that names one, and human numbers and event numbers of its own.
"""

from __future__ import annotations

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
        f'INSERT INTO "{meta.db_table}" ({", ".join(columns)}) SELECT {", ".join(values)}'
        f' FROM generate_series({filling.first}, {filling.last}) AS n, "{meta.db_table}" AS src'
        f' WHERE src."{meta.pk.column}" = ANY(%(keys)s){oldest}'
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, {"keys": keys})
        return int(cursor.rowcount)


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
    text = " ".join(str(row[field.attname]) for row in found)
    names = [number for number in filling.shape.numbers if number in text]
    if MARK not in text and not names:
        return column
    if isinstance(base, models.JSONField):
        return f"({_replaced(f'{column}::text', names, filling)})::jsonb"
    return _replaced(column, names, filling)


def _event_number(column: str, filling: Filling) -> str:
    """Copies follow each other in the chain of each company."""
    cases = [
        f"WHEN '{company}' THEN {filling.events_from.get(company, 0)} + {column} - {least - 1}"
        f" + (n - {filling.first}) * {size}"
        for company, (least, size) in _chains(filling.shape).items()
    ]
    return f"CASE src.company_id {' '.join(cases)} END"


def _replaced(column: str, names: list[str], filling: Filling) -> str:
    expression = f"replace({column}, '{MARK}', lpad(n::text, {len(MARK)}, '0'))"
    for name in names:
        kind = filling.shape.numbers[name]
        start = filling.numbers_from[kind] - filling.first + 1
        expression = f"replace({expression}, '{name}', '{kind}-' || ({start} + n))"
    return expression


def _interval(length: timedelta | None) -> str:
    assert length is not None
    return f"interval '{length.total_seconds():f} seconds'"
