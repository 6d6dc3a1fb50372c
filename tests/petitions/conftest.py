"""Files as a trainer sends them, kept for one test."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.documents import good


@pytest.fixture(autouse=True)
def _files_of_this_test_alone(tmp_path: Path, settings) -> None:
    options = {"BACKEND": "documents.storage.PrivateFiles", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": options}


@pytest.fixture(scope="session")
def _a_picture() -> bytes:
    return good.png()


@pytest.fixture
def picture(_a_picture) -> Callable[[], SimpleUploadedFile]:
    """A photo of a certificate; each call is the same file sent anew."""
    return lambda: SimpleUploadedFile("certificate.png", _a_picture, "image/png")
