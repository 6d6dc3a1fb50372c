"""A portal that is served: gunicorn, the payment stand-in, and a session for everybody in its database."""

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.postoffice import free_port
from tests.throwaway import DEMO_DAY, ROOT, Throwaway, Workshop


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
                server.wait(60)


@contextmanager
def open_portal(
    workshop: Workshop, original: Throwaway, *, first: str = "", **settings: str
) -> Iterator[Portal]:
    """A copy of `original` behind gunicorn, with the payment stand-in, and a session for everybody in it. What is to
    be made `first`, by code for `manage.py shell`, is made before anything is served. `settings` are of the environment.
    """
    made = workshop.make(original)
    web, bank = free_port(), free_port()
    url = f"http://127.0.0.1:{web}"
    env = {
        **made.env,
        "PORTAL_URL": url,
        "STRIPE_API_BASE": f"http://127.0.0.1:{bank}",
        "PORTAL_TODAY": DEMO_DAY,
        **settings,
    }
    database = Throwaway(made.name, env)
    code = f"{first}; from tests.sessions import main; main()".removeprefix("; ")
    printed = database.manage("shell", "-v0", "-c", code)
    assert printed.returncode == 0, printed.stderr
    sessions = json.loads(printed.stdout.strip().splitlines()[-1])
    with serving(env, web=web, bank=bank):
        wait_for(f"{url}/livez")
        yield Portal(url, database, sessions)
    workshop.drop(made)


@contextmanager
def open_context(
    browser: Browser, portal: Portal, email: str | None = None, **options: Any
) -> Iterator[Page]:
    """A page of a browser of its own, in which that person has signed in to the portal."""
    context = browser.new_context(base_url=portal.url, reduced_motion="reduce", **options)
    if email:
        context.add_cookies([{"name": "sessionid", "value": portal.sessions[email], "url": portal.url}])
    try:
        yield context.new_page()
    finally:
        context.close()
