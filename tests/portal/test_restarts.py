"""The web server restarts behind a real nginx while 20 requests a second come in, and loses none of them: not one of
the probe, not one that reads the database, and not one of somebody who is signed in."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings

from tests.cast import trainer
from tests.front import front_of
from tests.postoffice import free_port
from tests.sessions import open_session
from tests.throwaway import ROOT, Throwaway

pytestmark = [pytest.mark.nginx, pytest.mark.slow]
AT_LEAST, A_SECOND, RESTARTS = 400, 20, 3
BETWEEN = 3  # seconds
PAGES = ("/livez", "/courses/", "/home/")
# What systemd does for portal-web.socket: the socket is descriptor 3, and it outlives the server.
HANDED_OVER = ["sh", "-c", 'LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"', "sh"]
GUNICORN = [sys.executable, "-m", "gunicorn", "recert.wsgi", "--worker-class=sync", "--workers=2"]


class Server:
    """gunicorn on a socket that this process holds, as systemd does."""

    def __init__(self, database: Throwaway, port: int) -> None:
        self.env = database.env
        self.socket = socket.create_server(("127.0.0.1", port), backlog=2048)
        self.process = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        held = self.socket.fileno()

        def hand_over() -> None:
            os.dup2(held, 3)

        command = [*HANDED_OVER, *GUNICORN, "--no-control-socket"]
        return subprocess.Popen(command, cwd=ROOT, env=self.env, preexec_fn=hand_over, close_fds=False)

    def reload(self) -> None:
        self.process.send_signal(signal.SIGHUP)

    def restart(self) -> None:
        self.process.terminate()
        self.process.wait(60)
        self.process = self.start()

    def do_again_and_again(self, how: str) -> None:
        """Restart three times, the next when the one before has answered."""
        for _ in range(RESTARTS):
            time.sleep(BETWEEN)
            getattr(self, how)()
            ask(self.socket.getsockname()[1], "/livez")
        time.sleep(BETWEEN)

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(60)
        self.socket.close()


@pytest.fixture
def site(real_database, tmp_path) -> Iterator[tuple[Server, int, str]]:
    """The server, the port of nginx in front of it, and the session of Jordan, who is signed in."""
    cookie = f"{settings.SESSION_COOKIE_NAME}={open_session(trainer('jordan'))}"
    server = Server(real_database, port := free_port())
    try:
        with front_of(port, tmp_path) as front:
            for path in PAGES:
                assert ask(front, path, cookie)[0] == 200, (
                    "the first request waits until gunicorn has started"
                )
            yield server, front, cookie
    finally:
        server.close()


def ask(port: int, path: str, cookie: str = "") -> tuple[int | str, float]:
    """The status, or how it failed, and the seconds that it took."""
    began = time.monotonic()
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        found: int | str = answer.status
        answer.read()
        connection.close()
    except (OSError, http.client.HTTPException) as error:
        found = type(error).__name__
    return found, time.monotonic() - began


@pytest.mark.parametrize("how", ["reload", "restart"])
def test_three_restarts_at_20_requests_a_second_lose_no_request(site, how):
    server, front, cookie = site
    began, answers = time.monotonic(), []
    with ThreadPoolExecutor(2000) as visitors, ThreadPoolExecutor(1) as operator:
        restarts = operator.submit(server.do_again_and_again, how)
        while len(answers) < AT_LEAST or not restarts.done():
            time.sleep(max(0, began + len(answers) / A_SECOND - time.monotonic()))
            answers.append(visitors.submit(ask, front, PAGES[len(answers) % len(PAGES)], cookie))
        restarts.result()
    found = [answer.result() for answer in answers]
    slowest = max(seconds for _, seconds in found)
    print(f"{how}: {len(found)} requests, the slowest took {slowest:.1f} s")
    assert Counter(status for status, _ in found) == {200: len(found)}
