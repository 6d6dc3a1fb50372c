"""Object storage on this machine: moto's server as a process of its own, and buckets in it."""

import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import boto3
from django.conf import settings
from django.test import override_settings

from recert.settings_services import storage_settings
from tests.faults.processes import PATIENCE
from tests.postoffice import free_port, is_open

KEY, SECRET = "a-key-of-the-stand-in", "a-secret-of-the-stand-in"


@dataclass(frozen=True)
class Bucket:
    """A bucket, and the settings with which it is reached."""

    env: dict[str, str]

    @property
    def address(self) -> str:
        return self.env["FILES_S3"]

    @property
    def client(self):
        at = {"endpoint_url": self.env["S3_ENDPOINT_URL"], "region_name": self.env["S3_REGION"]}
        return boto3.client("s3", aws_access_key_id=KEY, aws_secret_access_key=SECRET, **at)

    def names(self) -> list[str]:
        """What lies in it."""
        found = self.client.list_objects_v2(Bucket=self.address.split("/")[2])
        return [one["Key"] for one in found.get("Contents", [])]

    def empty_copy(self) -> "Bucket":
        return make_bucket(self.env["S3_ENDPOINT_URL"])

    @contextmanager
    def in_use(self, **otherwise: str) -> Iterator[None]:
        """This process keeps its files there until the end of the block."""
        ours = {**self.env, **otherwise}
        used = {"default": storage_settings({**ours, "FILES_DIR": ""})}
        with override_settings(STORAGES={**settings.STORAGES, **used}, **ours):
            yield

    @contextmanager
    def away(self) -> Iterator[None]:
        """Nobody answers until the end of the block."""
        with self.in_use(S3_ENDPOINT_URL=f"http://127.0.0.1:{free_port()}"):
            yield


def make_bucket(endpoint: str) -> Bucket:
    name = f"portal-{secrets.token_hex(6)}"
    made = Bucket(
        {
            "FILES_S3": f"s3://{name}/documents",
            "S3_ENDPOINT_URL": endpoint,
            "S3_REGION": "us-east-1",
            "S3_ACCESS_KEY_ID": KEY,
            "S3_SECRET_ACCESS_KEY": SECRET,
        }
    )
    made.client.create_bucket(Bucket=name)
    return made


@contextmanager
def object_storage() -> Iterator[str]:
    """The address of a server that speaks S3, until the end of the block."""
    port = free_port()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen([sys.executable, "-m", "moto.server", "-p", str(port)], **quiet)
    try:
        deadline = time.monotonic() + PATIENCE
        while not is_open(port):
            assert server.poll() is None, "moto's server ended"
            assert time.monotonic() < deadline, "moto's server does not answer"
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)
