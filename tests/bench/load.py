"""A server to measure, a client that measures it, and the words in which a ratio is told."""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from tests.throwaway import ROOT, Throwaway

WORKERS = os.cpu_count() or 2
PATIENCE = 120  # seconds; a worker loads for half a minute on a machine that is busy
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
def served(database: Throwaway, *, at: int = 0, **more: str) -> Iterator[int]:
    """gunicorn with a sync worker per core on a free port, or on the port `at`, until the block ends."""
    port = at or free_port()
    env = {**database.env, **more, "DJANGO_SETTINGS_MODULE": "tests.bench.settings", "CONN_MAX_AGE": "600"}
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
        f"--timeout={PATIENCE}",
    ]
    server = subprocess.Popen([sys.executable, *command, "--log-level", "error"], env=env, cwd=ROOT)
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def at_rate(act: Callable[[int], None], *, per_second: float, number: int) -> tuple[list[float], list[str]]:
    """Begin `act(n)` for each n at its moment, however late the answers before it are. Return how many
    seconds after its moment each ended, sorted, and the words of what was raised.
    """
    spent: list[float] = []
    wrong: list[str] = []
    began = time.perf_counter() + 0.2

    def one(n: int) -> None:
        due = began + n / per_second
        time.sleep(max(0, due - time.perf_counter()))
        try:
            act(n)
        except Exception as error:  # noqa: BLE001 (whatever failed is counted and named)
            wrong.append(f"{type(error).__name__}: {error}"[:200])
        spent.append(time.perf_counter() - due)

    with ThreadPoolExecutor(64) as pool:
        list(pool.map(one, range(number)))
    return sorted(spent), wrong


def share(sorted_values: list[float], part: float) -> float:
    """Return the value below which that part of them lies."""
    return sorted_values[min(int(part * len(sorted_values)), len(sorted_values) - 1)]


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
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
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
