"""Files on disk. Another storage (S3) may replace this module, because no other module knows of
paths.
"""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, NoReturn

from django.core.files import File
from django.core.files.storage import FileSystemStorage

PART = ".part-"


class PrivateFiles(FileSystemStorage):
    """A storage in which a file appears whole or not at all (F12), only we can read it, and it has
    no URL.
    """

    def _save(self, name: str, content: "File[Any]") -> str:
        target = Path(self.path(name))
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=target.parent, prefix=PART, delete=False) as part:
            try:
                for chunk in content.chunks():
                    part.write(chunk)
                part.flush()
                os.fsync(part.fileno())
                Path(part.name).rename(target)
            except BaseException:
                Path(part.name).unlink(missing_ok=True)
                raise
        _sync_folder(target.parent)
        return name

    def url(self, name: str | None) -> NoReturn:
        raise NotImplementedError("a private file is only served by documents.views.download")


def _sync_folder(folder: Path) -> None:
    """Write the folder to disk: without that a rename does not survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
