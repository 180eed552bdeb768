"""What all processes share for a while: Redis, and the database's table while Redis is away.

Permits of API keys, sign-in lockouts and the like stand here. None of it is the record: losing it
makes a counter start again, and a Redis that is down or hangs must never refuse a purchase.
"""

from __future__ import annotations

from time import monotonic
from typing import Any, Final

import structlog
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from placet.project.database import CACHE_TABLE

log = structlog.get_logger("placet.project")

TABLE: Final = str(CACHE_TABLE["LOCATION"])
AWAY_SECONDS: Final = 5.0
"""How long a Redis that did not answer is not asked again."""


class SharedCache(BaseCache):
    """Asks Redis at ``server``; whatever it cannot answer, the table answers."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._redis = RedisCache(server, params)
        self._table = DatabaseCache(TABLE, CACHE_TABLE)
        self._away_until = 0.0

    def add(self, *args: Any, **kwargs: Any) -> Any:
        """Store where there is nothing; whether it was stored."""
        return self._ask("add", *args, **kwargs)

    def get(self, *args: Any, **kwargs: Any) -> Any:
        """What is stored, or the default."""
        return self._ask("get", *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> Any:
        """Store, whatever is there."""
        return self._ask("set", *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> Any:
        """Keep for longer; whether it is there."""
        return self._ask("touch", *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Forget; whether it was there."""
        return self._ask("delete", *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> Any:
        """Whether something is stored."""
        return self._ask("has_key", *args, **kwargs)

    def incr(self, *args: Any, **kwargs: Any) -> Any:
        """Count up; the new number."""
        return self._ask("incr", *args, **kwargs)

    def clear(self) -> None:
        """Forget everything."""
        self._ask("clear")

    def _ask(self, method: str, *args: Any, **kwargs: Any) -> Any:
        if monotonic() >= self._away_until:
            try:
                return getattr(self._redis, method)(*args, **kwargs)
            except RedisError as error:
                self._away_until = monotonic() + AWAY_SECONDS
                log.warning("cache.away", error=type(error).__name__)
        return getattr(self._table, method)(*args, **kwargs)
