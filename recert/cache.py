"""The cache that web processes share: Redis. While it is down no request waits for it, and each
process counts its own limits.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

log = logging.getLogger(__name__)
AWAY = 5  # seconds in which Redis is not asked again after it did not answer
PATIENCE = 1  # seconds for an answer that takes a millisecond


def _outliving(name: str) -> Callable[..., Any]:
    """Return a cache operation that uses Redis, or this process's own memory while Redis is down."""
    of_redis, of_own = getattr(RedisCache, name), getattr(LocMemCache, name)

    def operation(self: "SharedCache", *args: object, **options: object) -> object:
        if not self.is_away:
            try:
                return of_redis(self, *args, **options)
            except RedisError as error:
                log.warning("Redis is away: %s", error)
                self._away_until = time.monotonic() + AWAY
        return of_own(self._own, *args, **options)

    return operation


class SharedCache(RedisCache):
    def __init__(self, server: str, params: dict[str, object]) -> None:
        patience = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
        super().__init__(server, {**params, "OPTIONS": {**patience, "retry": Retry(NoBackoff(), 0)}})
        self._own = LocMemCache("while Redis is away", {})
        self._away_until = 0.0

    @property
    def is_away(self) -> bool:
        return time.monotonic() < self._away_until

    add, get, set, touch, delete = map(_outliving, ("add", "get", "set", "touch", "delete"))
    has_key, incr, clear = map(_outliving, ("has_key", "incr", "clear"))
    get_many, set_many, delete_many = map(_outliving, ("get_many", "set_many", "delete_many"))
