"""A trainer who uploads a file."""

import pytest

from tests.documents.scenes import PAGE, Sender


@pytest.fixture
def send(signed_in, jordan, settings, storage):
    """`send("a.pdf", content)` posts a file as Jordan and answers with the response."""
    settings.ROOT_URLCONF = "tests.documents.urls"
    engine = settings.TEMPLATES[0]
    loaders = [
        ("django.template.loaders.locmem.Loader", {"tests/send.html": PAGE}),
        "django.template.loaders.filesystem.Loader",
        "django.template.loaders.app_directories.Loader",
    ]
    options = {**engine["OPTIONS"], "loaders": loaders}
    settings.TEMPLATES = [{**engine, "APP_DIRS": False, "OPTIONS": options}]
    return Sender(signed_in(jordan))
