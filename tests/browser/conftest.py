"""A whole portal with its demo on free ports, and a real Chromium in front of it."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.served import Portal, open_context, open_portal
from tests.documents import good
from tests.requirements_plugin import chromium

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's driver runs an event loop in this process
expect.set_options(timeout=20_000)  # a busy machine answers late; where it answers, nobody waits


@pytest.fixture(scope="session")
def portal(_workshop, demo_original) -> Iterator[Portal]:
    """The demo as it is served; what Celery would do, tests ask for by command."""
    with open_portal(_workshop, demo_original.database) as opened:
        yield opened


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return {
        "executable_path": chromium(),
        "args": [
            "--no-sandbox",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture
def visitor(browser: Browser, portal: Portal) -> Iterator[callable]:
    """`visitor("jordan@example.org", width=320, scheme="dark")` is a page of a browser in which that person has signed in."""
    with ExitStack() as opened:

        def visit(
            email: str | None = None, *, width: int = 1280, scheme: str = "light", javascript: bool = True
        ) -> Page:
            size = {"width": width, "height": 640 if width < 600 else 900}
            options = {"viewport": size, "color_scheme": scheme, "java_script_enabled": javascript}
            return opened.enter_context(open_context(browser, portal, email, **options))

        yield visit


@pytest.fixture
def photo(tmp_path) -> Path:
    """A photo of a certificate."""
    path = tmp_path / "certificate.jpg"
    path.write_bytes(good.jpeg())
    return path
