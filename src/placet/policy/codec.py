"""Plans, chains and facts to JSON and back, exactly: a round trip changes nothing.

Named tuples become objects, tuples and sets become arrays, decimals become `{"decimal": "2.5"}`,
unlimited becomes `"unlimited"`; reading goes by the type annotations. Zones and mappings with
tuples as keys (in `Facts`) are not stored and therefore not supported.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from placet.policy.facts import UNLIMITED, Unlimited

T = TypeVar("T")
Reader = Callable[[Any], Any]


def to_json(value: object) -> Any:
    """The value as what `json.dumps` takes; sets are sorted, so equal values give equal text."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, tuple):
        names = getattr(value, "_fields", None)
        if names is not None:
            return {name: to_json(getattr(value, name)) for name in names}
        return [to_json(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(to_json(item) for item in value)
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if value is UNLIMITED:
        return "unlimited"
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    raise TypeError(f"not a value of the engine: {type(value).__name__}")


def from_json(kind: type[T], stored: Any) -> T:
    """Read a value of the engine's named tuple `kind`; raises `ValueError` when it does not fit."""
    try:
        return cast(T, _reader(cast(Any, kind))(stored))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a stored {kind.__name__}: {error}") from error


@lru_cache(maxsize=256)
def _reader(kind: Any) -> Reader:
    """The function that reads one annotated type."""
    if isinstance(kind, type) and hasattr(kind, "_fields"):
        return _named_tuple_reader(kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _union_reader(arguments)
    if origin is Literal:
        return lambda stored: _one_of(stored, arguments)
    if origin is tuple:
        return _tuple_reader(arguments)
    if origin is frozenset:
        return lambda stored: frozenset(_reader(arguments[0])(item) for item in _items(stored))
    if origin is Mapping and arguments[0] is str:
        return lambda stored: {key: _reader(arguments[1])(item) for key, item in stored.items()}
    plain: dict[Any, Reader] = {
        Decimal: lambda stored: Decimal(stored["decimal"]),
        Unlimited: lambda stored: Unlimited(stored),
        datetime: datetime.fromisoformat,
        date: date.fromisoformat,
        type(None): lambda stored: _one_of(stored, (None,)),
    }
    return plain.get(kind) or (lambda stored: _exactly(stored, kind))


def _named_tuple_reader(kind: Any) -> Reader:
    annotations = get_type_hints(kind)
    later = kind._field_defaults

    def field(stored: Any, name: str) -> Any:
        # A field that came later is missing in what was stored before it.
        if name in later and name not in stored:
            return later[name]
        return _reader(annotations[name])(stored[name])

    def read(stored: Any) -> Any:
        return kind(*(field(stored, name) for name in kind._fields))

    return read


def _tuple_reader(arguments: tuple[Any, ...]) -> Reader:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return lambda stored: tuple(_reader(arguments[0])(item) for item in _items(stored))
    return lambda stored: tuple(
        _reader(argument)(item) for argument, item in zip(arguments, _items(stored), strict=True)
    )


def _items(stored: Any) -> list[Any]:
    """An array; a text has characters, which are no items."""
    if not isinstance(stored, list):
        raise ValueError(f"{stored!r} is not an array")
    return stored


def _union_reader(arguments: tuple[Any, ...]) -> Reader:
    def read(stored: Any) -> Any:
        for argument in arguments:
            try:
                return _reader(argument)(stored)
            except (ValueError, TypeError, KeyError):
                continue
        raise ValueError(f"{stored!r} is none of {arguments}")

    return read


def _one_of(stored: Any, allowed: tuple[Any, ...]) -> Any:
    if stored not in allowed:
        raise ValueError(f"{stored!r} is none of {allowed}")
    return stored


def _exactly(stored: Any, kind: Any) -> Any:
    if type(stored) is not kind:
        raise ValueError(f"{stored!r} is not a {kind.__name__}")
    return stored
