"""Two workers of a real gunicorn count requests together, and a reload leaves no second without an answer."""

import http.client
import signal
import time
from collections.abc import Iterator

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.faults.processes import PATIENCE
from tests.postoffice import free_port
from tests.throwaway import Throwaway

TOKEN = "a-token-of-the-operators"
GUNICORN = ["-m", "gunicorn", "recert.wsgi", "--worker-class=sync", "--workers=2", "--no-control-socket"]


class Site:
    """A gunicorn with two workers, and the moments at which each was asked for."""

    def __init__(self, database: Throwaway) -> None:
        self.port = free_port()
        command = [*GUNICORN, f"--bind=127.0.0.1:{self.port}", "--timeout=120"]
        self.process = database.start(*command, env={"METRICS_TOKEN": TOKEN})

    def ask(self, path: str) -> tuple[int, str, float]:
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", path, headers={"Authorization": f"Bearer {TOKEN}"})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text, time.monotonic() - began

    def counted(self) -> float:
        """Return how many requests for the help page /metrics has counted."""
        samples = [
            sample
            for family in text_string_to_metric_families(self.ask("/metrics")[1])
            for sample in family.samples
            if sample.name == "portal_requests_total" and sample.labels["route"] == "help/"
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


@pytest.fixture
def site(throwaway_database) -> Iterator[Site]:
    made = Site(throwaway_database)
    try:
        made.wait_until_it_answers()
        yield made
    finally:
        made.process.terminate()
        made.process.wait(60)


def test_the_metrics_of_two_web_workers_are_added_up_and_survive_a_reload(site):
    for _ in range(20):
        assert site.ask("/help/")[0] == 200
    assert {site.counted() for _ in range(6)} == {20.0}, "each worker says what both have counted"
    site.process.send_signal(signal.SIGHUP)
    for _ in range(20):
        assert site.ask("/help/")[0] == 200
        time.sleep(0.1)
    assert site.counted() == 40.0
