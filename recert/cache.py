"""The cache that web processes share: Redis, or files where there is none. While Redis is down no
request waits for it, and each process counts its own limits.
"""

import logging
import os
import pickle
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, LOCK_SH, flock
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

log = logging.getLogger(__name__)
AWAY = 5  # seconds in which Redis is not asked again after it did not answer
SUFFIX = ".kept"  # of a file with one value
# Of a file: nobody wrote it, or the machine stopped before its bytes were on the disk.
UNREADABLE = (FileNotFoundError, EOFError, pickle.UnpicklingError)
_NONE = object()
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


class FileCache(BaseCache):
    """A cache of files for one machine without Redis, in which no count is lost: two processes that
    count at once are both counted, and a count ends with its period.

    A count changes in its own file. Django's cache of files replaces the file each time, so that a
    search waits for the disk, and gives the count five minutes, however long its period is.
    """

    def __init__(self, folder: str | Path, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._folder = Path(folder)
        self._most = params.get("OPTIONS", {}).get("MAX_ENTRIES", 10_000)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        with suppress(*UNREADABLE), self._path(key, version).open("rb") as file:
            flock(file, LOCK_SH)
            ends_at, value = pickle.load(file)  # noqa: S301 - our own files
            if ends_at is None or ends_at > time.time():
                return value
        return default

    def add(
        self, key: str, value: object, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Store the value unless the key has one. Of several processes one stores its value."""
        path = self._path(key, version)
        if path.exists():
            if self.get(key, _NONE, version) is not _NONE:
                return False
            path.unlink(missing_ok=True)
        with self._written(value, timeout) as made, suppress(FileExistsError):
            os.link(made, path)
            return True
        return False

    def set(
        self, key: str, value: object, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        with self._written(value, timeout) as made:
            os.replace(made, self._path(key, version))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add `delta` to the count, whose end stays. Raises ValueError when there is none."""
        with suppress(*UNREADABLE), self._path(key, version).open("r+b") as file:
            flock(file, LOCK_EX)
            ends_at, value = pickle.load(file)  # noqa: S301 - our own files
            if ends_at is None or ends_at > time.time():
                counted: int = value + delta
                file.seek(0)
                file.write(pickle.dumps((ends_at, counted)))
                file.truncate()
                return counted
        raise ValueError(f"{key} has no value.")

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        value = self.get(key, _NONE, version)
        if value is not _NONE:
            self.set(key, value, timeout, version)
        return value is not _NONE

    def delete(self, key: str, version: int | None = None) -> bool:
        with suppress(FileNotFoundError):
            self._path(key, version).unlink()
            return True
        return False

    def clear(self) -> None:
        for path in self._files():
            path.unlink(missing_ok=True)

    def _path(self, key: str, version: int | None) -> Path:
        named = self.make_and_validate_key(key, version=version)
        return self._folder / f"{sha256(named.encode()).hexdigest()}{SUFFIX}"

    def _files(self) -> list[Path]:
        return list(self._folder.glob(f"*{SUFFIX}"))

    @contextmanager
    def _written(self, value: object, timeout: Any) -> Iterator[Path]:
        """Yield a new file with the value, which is gone at the end unless it got another name."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # somebody may have deleted it
        if len(kept := self._files()) >= self._most:
            for path in kept[::3]:
                path.unlink(missing_ok=True)
        made = self._folder / f"{uuid4().hex}.new"
        made.write_bytes(pickle.dumps((self.get_backend_timeout(timeout), value)))
        try:
            yield made
        finally:
            made.unlink(missing_ok=True)
