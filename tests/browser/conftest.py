"""A whole portal with its demo on free ports, and a real Chromium in front of it."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.documents import good
from tests.postoffice import free_port
from tests.requirements_plugin import chromium
from tests.throwaway import DEMO_DAY, ROOT, Throwaway

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's driver runs an event loop in this process


@dataclass(frozen=True)
class Portal:
    url: str
    database: Throwaway
    sessions: dict[str, str]

    def manage(self, *arguments: str) -> str:
        done = self.database.manage(*arguments)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout


def wait_for(url: str) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"{url} did not answer")


@contextmanager
def serving(env: dict[str, str], *, web: int, bank: int) -> Iterator[None]:
    """Gunicorn on port `web` and the payment stand-in on port `bank`, until the end of the block."""
    gunicorn = ["-m", "gunicorn", "recert.wsgi:application", "-w", "2", "-b", f"127.0.0.1:{web}"]
    commands = [[*gunicorn, "--no-control-socket"], ["manage.py", "payment_stand_in", "--port", str(bank)]]
    with Path(env["PORTAL_VAR"], "server.log").open("w") as log:
        servers = [
            subprocess.Popen([sys.executable, *command], env=env, cwd=ROOT, stdout=log, stderr=log)
            for command in commands
        ]
        try:
            yield
        finally:
            for server in servers:
                server.terminate()
            for server in servers:
                server.wait(20)


@pytest.fixture(scope="session")
def portal(_workshop, demo_original) -> Iterator[Portal]:
    """The demo behind gunicorn, with the payment stand-in; what Celery would do, tests ask for by command."""
    made = _workshop.make(demo_original.database)
    web, bank = free_port(), free_port()
    url = f"http://127.0.0.1:{web}"
    env = {
        **made.env,
        "PORTAL_URL": url,
        "STRIPE_API_BASE": f"http://127.0.0.1:{bank}",
        "PORTAL_TODAY": DEMO_DAY,
    }
    database = Throwaway(made.name, env)
    printed = database.manage("shell", "-v0", "-c", "from tests.sessions import main; main()")
    assert printed.returncode == 0, printed.stderr
    sessions = json.loads(printed.stdout.strip().splitlines()[-1])
    with serving(env, web=web, bank=bank):
        wait_for(f"{url}/livez")
        yield Portal(url, database, sessions)
    _workshop.drop(made)


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
    contexts: list[BrowserContext] = []

    def visit(
        email: str | None = None, *, width: int = 1280, scheme: str = "light", javascript: bool = True
    ) -> Page:
        context = browser.new_context(
            base_url=portal.url,
            viewport={"width": width, "height": 640 if width < 600 else 900},
            color_scheme=scheme,
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        contexts.append(context)
        if email:
            context.add_cookies([{"name": "sessionid", "value": portal.sessions[email], "url": portal.url}])
        return context.new_page()

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture
def photo(tmp_path) -> Path:
    """A photo of a certificate."""
    path = tmp_path / "certificate.jpg"
    path.write_bytes(good.jpeg())
    return path
