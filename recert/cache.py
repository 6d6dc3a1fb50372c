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
from typing import Any, BinaryIO

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
UNREADABLE = (EOFError, pickle.UnpicklingError)
_NONE = object()
_ANEW = os.O_RDWR | os.O_CREAT
SWEPT_EACH = 60  # seconds between two looks for what has ended
LASTING = 4_102_444_800  # January 1, 2100: the time of a file whose value never ends
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

    A value changes in its own file, under a lock. Django's cache of files replaces the file each time, so
    that a search waits for the disk; it counts without a lock, and gives a count five minutes, however
    long its period is. The time of a file is that at which its value ends, and what has ended goes.
    """

    def __init__(self, folder: str | Path, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._folder = Path(folder)
        self._most = params.get("OPTIONS", {}).get("MAX_ENTRIES", 10_000)
        self._swept_at = 0.0

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        with suppress(FileNotFoundError), self._path(key, version).open("rb") as file:
            flock(file, LOCK_SH)
            _, value = _read(file)
            return default if value is _NONE else value
        return default

    def add(
        self, key: str, value: object, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Store the value unless the key has one. Of several processes one stores its value."""
        with self._locked(key, version) as file:
            if _read(file)[1] is not _NONE:
                return False
            _write(file, value, self.get_backend_timeout(timeout))
        return True

    def set(
        self, key: str, value: object, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        with self._locked(key, version) as file:
            _write(file, value, self.get_backend_timeout(timeout))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add `delta` to the count, whose end stays. Raises ValueError when there is none."""
        with self._locked(key, version) as file:
            ends_at, value = _read(file)
            if value is _NONE:
                raise ValueError(f"{key} has no value.")
            counted: int = value + delta
            _write(file, counted, ends_at)
            return counted

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        with self._locked(key, version) as file:
            _, value = _read(file)
            if value is not _NONE:
                _write(file, value, self.get_backend_timeout(timeout))
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
    def _locked(self, key: str, version: int | None) -> Iterator[BinaryIO]:
        """Yield the file of the key under a lock, made if there was none: an empty one has no value."""
        path = self._path(key, version)
        if not path.exists():
            self._make_room()
        while True:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # somebody may have deleted it
            with suppress(FileNotFoundError), os.fdopen(os.open(path, _ANEW, 0o600), "r+b") as file:
                flock(file, LOCK_EX)
                if os.fstat(file.fileno()).st_nlink:  # else it was deleted while we waited
                    yield file
                    return

    def _make_room(self) -> None:
        """Delete what has ended, at most once a minute unless the cache is full; then some of the rest."""
        files = self._files()
        if len(files) < self._most and time.monotonic() < self._swept_at + SWEPT_EACH:
            return
        self._swept_at, now = time.monotonic(), time.time()
        for path in files:
            with suppress(FileNotFoundError), path.open("rb") as file:
                if path.stat().st_mtime <= now:
                    flock(file, LOCK_EX)
                    if os.fstat(file.fileno()).st_mtime <= now:
                        path.unlink()
        if len(left := self._files()) >= self._most:
            for path in left[::3]:
                path.unlink(missing_ok=True)


def _read(file: BinaryIO) -> tuple[float | None, Any]:
    """Return when the value of a locked file ends and the value; `_NONE` for one that has ended, and
    where there is none.
    """
    with suppress(*UNREADABLE):
        ends_at, value = pickle.load(file)  # noqa: S301 - our own files
        if ends_at is None or ends_at > time.time():
            return ends_at, value
    return None, _NONE


def _write(file: BinaryIO, value: object, ends_at: float | None) -> None:
    """Write a value into a locked file."""
    file.seek(0)
    file.write(pickle.dumps((ends_at, value)))
    file.truncate()
    file.flush()
    until = LASTING if ends_at is None else ends_at
    os.utime(file.fileno(), (until, until))
