"""A server to measure, a client that measures it, and the words in which a ratio is told."""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from tests.throwaway import ROOT, Throwaway

WORKERS = os.cpu_count() or 2
CLIENTS = 2 * WORKERS


@dataclass(frozen=True)
class Page:
    """What is asked, and the text that shows that it was answered."""

    name: str
    path: str
    cookie: str
    expected: str
    status: int = 200


@contextmanager
def served(database: Throwaway) -> Iterator[int]:
    """gunicorn with a sync worker per core on a free port, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**database.env, "DJANGO_SETTINGS_MODULE": "tests.bench.settings", "CONN_MAX_AGE": "600"}
    env["SEARCHES_PER_MINUTE"] = "1000000000"  # it measures how fast they are
    command = [
        "-m",
        "gunicorn",
        "recert.wsgi:application",
        "-w",
        str(WORKERS),
        "-b",
        f"127.0.0.1:{port}",
        "--no-control-socket",
    ]
    server = subprocess.Popen([sys.executable, *command, "--log-level", "error"], env=env, cwd=ROOT)
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def settle() -> str:
    """Gather the statistics that PostgreSQL would have gathered by itself after a while; the engine's name."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        return f"PostgreSQL {connection.pg_version // 10_000}"
    return f"SQLite {'.'.join(map(str, connection.Database.sqlite_version_info))}"


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


def ask(port: int, page: Page) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", page.path, headers={"Cookie": page.cookie, "Host": f"127.0.0.1:{port}"})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    if answer.status != page.status or page.expected not in body:
        raise RuntimeError(f"{page.name} answered {answer.status} without {page.expected!r}")


def rate(port: int, page: Page, requests: int) -> float:
    """Requests a second, answered rightly."""
    with ThreadPoolExecutor(CLIENTS) as pool:
        began = time.perf_counter()
        for _ in pool.map(lambda _: ask(port, page), range(requests)):
            pass
        return requests / (time.perf_counter() - began)


def compare(
    port: int, floor: Page, product: Page, *, rounds: int = 7, requests: int = 400
) -> tuple[float, float, float]:
    """(floor's median, product's median, the floor's spread), interleaved; repeated while the floor swings by over 25 %."""
    for page in (floor, product):
        rate(port, page, 60)
    for attempt in range(3):
        floors, products = [], []
        for number in range(1, rounds + 1):
            floors.append(rate(port, floor, requests))
            products.append(rate(port, product, requests))
            progress(f"{product.name}: round {number} of {rounds}")
        spread = (max(floors) - min(floors)) / statistics.median(floors)
        if spread <= 0.25:
            break
        progress(f"the floor swung by {spread:.0%}; again ({attempt + 1} of 3)")
    progress("")
    return statistics.median(floors), statistics.median(products), spread


def progress(text: str) -> None:
    sys.stderr.write(f"\r\033[K{text}")
    sys.stderr.flush()
