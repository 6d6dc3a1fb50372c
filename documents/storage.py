"""Files on disk. Another storage (documents.object_storage) may replace it, because no other module
knows of paths.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from shutil import disk_usage
from tempfile import NamedTemporaryFile
from typing import Any, NoReturn, cast

from django.core.files import File
from django.core.files.storage import FileSystemStorage

from documents.errors import StorageAway

PART = ".part-"
LEAST_FREE = 100 << 20  # bytes: a handful of uploads
_waits = ContextVar("_waits", default=True)


class PrivateFiles(FileSystemStorage):
    """A storage in which a file appears whole or not at all (F12), only we can read it, and it has
    no URL.
    """

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        with _disk():
            return cast("File[Any]", super()._open(name, mode))  # type: ignore[misc]  # the stubs leave it out

    def _save(self, name: str, content: "File[Any]") -> str:
        with _disk():
            target = Path(self.path(name))
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=target.parent, prefix=PART, delete=False) as part:
                try:
                    for chunk in content.chunks():
                        part.write(chunk)
                    part.flush()
                    _sync(part.fileno())
                    Path(part.name).rename(target)
                except BaseException:
                    Path(part.name).unlink(missing_ok=True)
                    raise
            _sync_folder(target.parent)
        return name

    def trouble(self) -> list[str]:
        """Return what prevents storing files, one word for each cause."""
        folder = Path(self.location)
        if not folder.exists():  # it is made with the first file
            return []
        full = disk_usage(folder).free < LEAST_FREE
        return ["nearly full"] * full + ["not writable"] * (not os.access(folder, os.W_OK))

    def url(self, name: str | None) -> NoReturn:
        raise NotImplementedError("a private file is only served by documents.views.download")


@contextmanager
def _disk() -> Iterator[None]:
    """In the block, raise StorageAway when the disk cannot be used, and FileNotFoundError when a
    file does not exist.
    """
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        raise StorageAway(*error.args) from error


def _sync_folder(folder: Path) -> None:
    """Write the folder to disk: without that a rename does not survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        _sync(handle)
    finally:
        os.close(handle)


def _sync(handle: int) -> None:
    if _waits.get():
        os.fsync(handle)


@contextmanager
def without_syncing() -> Iterator[None]:
    """In the block, do not wait until a file is on the disk: for files that are simply made again
    after a power cut.
    """
    before = _waits.set(False)
    try:
        yield
    finally:
        _waits.reset(before)
