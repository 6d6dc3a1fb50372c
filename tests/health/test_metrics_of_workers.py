"""Two workers of a real gunicorn count requests together, and a reload leaves no second without an answer."""

import http.client
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.faults.processes import PATIENCE
from tests.postoffice import free_port
from tests.throwaway import Throwaway

TOKEN = "a-token-of-the-operators"
GUNICORN = ["-m", "gunicorn", "recert.wsgi", "--worker-class=sync", "--workers=2", "--no-control-socket"]


class Site:
    """A gunicorn with two workers, and the moments at which each was asked for."""

    def __init__(self, database: Throwaway, **env: str) -> None:
        self.port = free_port()
        command = [*GUNICORN, f"--bind=127.0.0.1:{self.port}", "--timeout=120"]
        self.process = database.start(*command, env={"METRICS_TOKEN": TOKEN, **env})

    def ask(self, path: str) -> tuple[int, str, float]:
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", path, headers={"Authorization": f"Bearer {TOKEN}"})
        answer = connection.getresponse()
        self.headers = answer.headers
        text = answer.read().decode()
        connection.close()
        return answer.status, text, time.monotonic() - began

    def ended(self) -> float:
        """Return how many workers /metrics says were ended; it says 0 before the first."""
        text = self.ask("/metrics")[1]
        return float(re.search(r"^portal_workers_ended_total (\S+)$", text, re.MULTILINE)[1])

    def counted(self, *, route: str = "help/", status: str = "200") -> float:
        """Return how many requests /metrics has counted; without a route for the help page."""
        samples = [
            sample
            for family in text_string_to_metric_families(self.ask("/metrics")[1])
            for sample in family.samples
            if sample.name == "portal_requests_total"
            and (sample.labels["route"], sample.labels["status"]) == (route, status)
        ]
        return sum(sample.value for sample in samples)

    def wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                self.ask("/livez")
                return
            except OSError:
                assert time.monotonic() < deadline, "gunicorn does not answer"
                time.sleep(0.1)

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(60)


@pytest.fixture
def site(throwaway_database) -> Iterator[Site]:
    made = Site(throwaway_database)
    try:
        made.wait_until_it_answers()
        yield made
    finally:
        made.end()


def test_the_metrics_of_two_web_workers_are_added_up_survive_a_reload_and_count_a_worker_that_was_ended(site):
    for _ in range(20):
        assert site.ask("/help/")[0] == 200
    assert {site.counted() for _ in range(6)} == {20.0}, "each worker says what both have counted"
    site.process.send_signal(signal.SIGHUP)
    for _ in range(20):
        assert site.ask("/help/")[0] == 200
        time.sleep(0.1)
    assert (site.counted(), site.ended()) == (40.0, 0.0)
    # What gunicorn sends to a worker that has needed too long for a page.
    first = next(iter(Path(f"/proc/{site.process.pid}/task/{site.process.pid}/children").read_text().split()))
    os.kill(int(first), signal.SIGABRT)
    deadline = time.monotonic() + PATIENCE
    while not site.ended() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert (site.ended(), site.counted(route="", status="503")) == (1.0, 1.0)


def test_a_reload_reads_the_settings_of_the_new_code(throwaway_database, tmp_path):
    """Else an upgrade would run with the applications and the middleware of the version before."""
    code = tmp_path / "settings_of_a_release.py"
    code.write_text("from recert.settings import *\nSECURE_REFERRER_POLICY = 'same-origin'\n")
    site = Site(throwaway_database, DJANGO_SETTINGS_MODULE=code.stem, PYTHONPATH=str(tmp_path))
    try:
        site.wait_until_it_answers()
        assert site.headers["Referrer-Policy"] == "same-origin"
        code.write_text(
            "from recert.settings import *\nSECURE_REFERRER_POLICY = 'no-referrer, strict-origin'\n"
        )
        site.process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + PATIENCE
        while site.headers["Referrer-Policy"] == "same-origin" and time.monotonic() < deadline:
            assert site.ask("/livez")[0] == 200
            time.sleep(0.2)
        assert site.headers["Referrer-Policy"] == "no-referrer,strict-origin"
    finally:
        site.end()


def test_a_worker_that_is_ready_has_loaded_every_view(throwaway_database):
    """Else the first request would load what an upgrade has just put in its place."""
    ask = "import sys, recert.wsgi; print('trainers.urls' in sys.modules, 'staff.people' in sys.modules)"
    process = throwaway_database.start("-c", ask, stdout=subprocess.PIPE)
    assert process.communicate(timeout=120)[0].split() == ["True", "True"]
