"""Files in object storage: S3, and services that speak like it. This module is imported, and its
library needed, only where FILES_S3 is set.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import IO, Any, NoReturn, cast

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from storages.backends.s3 import S3Storage

from documents.errors import StorageAway

NOT_THERE = {"404", "NoSuchKey"}
IN_MEMORY = 4 << 20  # bytes of a file that is being read; what is larger lies on the disk meanwhile
# An answer that says "try again" must come before the web server ends the worker. Checksums are sent only where they are
# demanded: not every S3 of others knows the newer ones, and every file is compared with our own sha256.
CLIENT = Config(
    connect_timeout=3,
    read_timeout=10,
    retries={"mode": "standard", "total_max_attempts": 2},
    signature_version="s3v4",
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
WHOLE = TransferConfig(use_threads=False, multipart_threshold=64 << 20)  # a file appears whole or not at all


class PrivateObjects(S3Storage):
    """A storage in a bucket that nobody else reads; its files have no URL. Raises StorageAway while it
    cannot be asked.
    """

    def __init__(self, **options: object) -> None:
        fixed = {
            "client_config": CLIENT,
            "transfer_config": WHOLE,
            "file_overwrite": False,
            "default_acl": None,
        }
        super().__init__(**options, **fixed)

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        """Return the file once all of it is fetched, so that reading it later cannot fail."""
        copy = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - its reader closes it
        try:
            with _asked():
                self.bucket.Object(self._normalize_name(name)).download_fileobj(
                    copy, Config=self.transfer_config
                )
        except BaseException:
            copy.close()
            raise
        copy.seek(0)
        return File(cast(IO[Any], copy), name)

    def _save(self, name: str, content: "File[Any]") -> str:
        with _asked():
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        with _asked():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _asked():
            return bool(super().exists(name))

    def size(self, name: str) -> int:
        with _asked():
            return int(super().size(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with _asked():
            folders, files = super().listdir(path)
        return folders, files

    def trouble(self) -> list[str]:
        """Ask for a file that does not exist. Return nothing when the storage answers; raises
        StorageAway when it does not.
        """
        self.exists("readyz")
        return []

    def url(self, name: str | None, *more: object, **options: object) -> NoReturn:
        raise NotImplementedError("a private file is only served by documents.views.download")


@contextmanager
def _asked() -> Iterator[None]:
    """In the block, raise FileNotFoundError or StorageAway, as a disk would, for errors of object storage."""
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        if code in NOT_THERE:
            raise FileNotFoundError(errno.ENOENT, "not in the bucket") from None
        raise StorageAway(errno.EIO, f"object storage answered {code}") from error
    except (BotoCoreError, Boto3Error) as error:
        raise StorageAway(errno.EIO, f"object storage is away ({type(error).__name__})") from error
