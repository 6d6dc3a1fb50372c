"""The answers of nginx, with the configuration of docs/deploy.md, when the portal takes too long or
is down.
"""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from tests.faults.processes import PATIENCE
from tests.front import front_of
from tests.postoffice import free_port, is_open
from tests.throwaway import ROOT

pytestmark = pytest.mark.nginx
GUNICORN = [sys.executable, "-m", "gunicorn", "tests.portal.slow_app:application"]


@pytest.fixture(scope="module")
def behind(tmp_path_factory) -> Iterator[int]:
    """The port of gunicorn itself."""
    port, var = free_port(), str(tmp_path_factory.mktemp("var"))
    env = {**os.environ, "PORTAL_VAR": var, "DJANGO_SETTINGS_MODULE": "recert.settings"}
    command = [*GUNICORN, f"--bind=127.0.0.1:{port}", "--timeout=1", "--no-control-socket"]
    gunicorn = subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + PATIENCE
    while not is_open(port):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    try:
        yield port
    finally:
        gunicorn.terminate()
        gunicorn.wait(20)


@pytest.fixture(scope="module")
def front(behind, tmp_path_factory) -> Iterator[int]:
    with front_of(behind, tmp_path_factory.mktemp("front")) as front:
        yield front


def ask(front: int, path: str, method: str = "GET") -> tuple[int, http.client.HTTPMessage, str]:
    connection = http.client.HTTPConnection("127.0.0.1", front, timeout=PATIENCE)
    connection.request(method, path, body="a=b" if method == "POST" else None)
    answer = connection.getresponse()
    found = answer.status, answer.headers, answer.read().decode()
    connection.close()
    return found


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_page_that_exceeds_the_web_workers_timeout_gets_503_and_the_maintenance_page(front, method):
    status, headers, text = ask(front, "/slow", method)
    assert (status, headers["Retry-After"], headers["Cache-Control"]) == (503, "60", "no-store")
    assert headers["Content-Type"] == "text/html"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "Try again in a minute" in text


def test_nginx_serves_the_stylesheet_of_the_maintenance_page_without_the_portal(front):
    assert ask(front, "/away/away.css")[0] == 200


def test_nginx_does_not_replace_an_error_page_of_the_portal(front):
    status, headers, text = ask(front, "/own")
    assert (status, headers["X-Own"], text) == (503, "yes", "its own words")


@pytest.mark.parametrize(
    "lengths", ["Content-Length: 5\r\nTransfer-Encoding: chunked", "Content-Length: 5\r\nContent-Length: 0"]
)
@pytest.mark.parametrize("past_nginx", [False, True])
def test_a_request_whose_length_is_said_in_two_ways_is_refused_and_its_rest_is_no_second_request(
    front, behind, lengths, past_nginx
):
    rest = "0\r\n\r\nGET /own HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with socket.create_connection(("127.0.0.1", behind if past_nginx else front), PATIENCE) as connection:
        connection.sendall(f"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n{lengths}\r\n\r\n{rest}".encode())
        answers = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert answers.startswith(b"HTTP/1.1 400 ")
    assert answers.count(b"HTTP/1.1") == 1
    assert b"its own words" not in answers


def test_a_request_while_the_portal_is_stopped_gets_the_maintenance_page_and_its_address_is_in_no_log(
    tmp_path,
):
    with front_of(free_port(), tmp_path) as front:
        assert ask(front, "/reminders/stop/a-secret-token/")[0] == 503
    assert "a-secret-token" not in "".join(path.read_text() for path in tmp_path.glob("*.log"))
