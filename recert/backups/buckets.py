"""Archives in object storage, such as s3://bucket/folder: uploaded while they are being written,
and read while they are being downloaded.
"""

from typing import IO, Any, cast

from boto3 import Session
from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings

from documents.object_storage import CLIENT
from recert.backups import BackupTrouble
from recert.settings_services import bucket_options

REACHED_BY = ("S3_ENDPOINT_URL", "S3_REGION", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY")
PIECE = 32 << 20  # bytes; object storage takes 10,000 of them, so 320 GB
ERRORS = (BotoCoreError, Boto3Error, ClientError)


class ArchiveInBucket:
    """A file in a bucket that can only be written. It appears under its name once it is complete,
    and otherwise not at all.
    """

    def __init__(self, address: str, name: str) -> None:
        self.client, self.at = _reached(f"{address.rstrip('/')}/{name}")
        self.piece, self.parts = bytearray(), list[dict[str, object]]()
        self.upload: dict[str, object] = {}

    def __enter__(self) -> "ArchiveInBucket":
        try:
            begun = self.client.create_multipart_upload(**self.at)
        except ERRORS as error:
            raise _trouble("written", error) from None
        self.upload = {**self.at, "UploadId": begun["UploadId"]}
        return self

    def write(self, data: bytes) -> int:
        """Take `data`, and upload it once there is enough for a piece. Raises OSError, as a disk does."""
        self.piece += data
        while len(self.piece) >= PIECE:
            self._send(bytes(self.piece[:PIECE]))
            del self.piece[:PIECE]
        return len(data)

    def flush(self) -> None:
        """Do nothing: only the last piece of an upload may be smaller than the minimum."""

    def _send(self, piece: bytes) -> None:
        number = len(self.parts) + 1
        try:
            sent = self.client.upload_part(**self.upload, PartNumber=number, Body=piece)
        except ERRORS as error:
            raise OSError(str(_reason(error))) from error
        self.parts.append({"PartNumber": number, "ETag": sent["ETag"]})

    def __exit__(self, kind: object, *more: object) -> None:
        try:
            if kind is None:
                self._send(bytes(self.piece))
                self.client.complete_multipart_upload(**self.upload, MultipartUpload={"Parts": self.parts})
            else:
                self.client.abort_multipart_upload(**self.upload)
        except (OSError, *ERRORS) as error:
            if kind is None:
                raise _trouble("written", error) from None


def opened_in_bucket(address: str) -> IO[bytes]:
    """Return the archive at `address`, to be read once from its beginning. Raises BackupTrouble."""
    client, at = _reached(address)
    try:
        return cast(IO[bytes], client.get_object(**at)["Body"])
    except ERRORS as error:
        raise _trouble("read", error) from None


def _reached(address: str) -> tuple[Any, dict[str, str]]:
    found = bucket_options(address, {name: getattr(settings, name) for name in REACHED_BY})
    session = Session(found["access_key"], found["secret_key"], region_name=found["region_name"])
    client = session.client("s3", endpoint_url=found["endpoint_url"], config=CLIENT)
    return client, {"Bucket": found["bucket_name"], "Key": found["location"]}


def _trouble(done: str, error: Exception) -> BackupTrouble:
    return BackupTrouble(f"The archive in the bucket cannot be {done}: {_reason(error)}.")


def _reason(error: Exception) -> str:
    """Return the error that object storage answered, or that it did not answer; without an address
    or a key.
    """
    if isinstance(error, ClientError):
        return f"object storage answered {error.response.get('Error', {}).get('Code', 'an error')}"
    return str(error) if type(error) is OSError else f"object storage is away ({type(error).__name__})"
