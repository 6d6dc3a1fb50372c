"""A server that a test may stop: a Redis of its own, on a free port."""

import signal
import subprocess
import time

import redis

from tests.faults.processes import PATIENCE
from tests.postoffice import free_port


class Redis:
    """Nothing of it is kept on disk, so that it is empty after every restart."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen | None = None

    def open(self) -> "Redis":
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--loglevel", "warning"]
        self.process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            assert time.monotonic() < deadline, "Redis did not start"
            time.sleep(0.02)
        return self

    def _answers(self) -> bool:
        try:
            with redis.Redis(port=self.port, socket_timeout=5) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def waiting(self) -> int:
        """How many messages nobody has taken."""
        with redis.Redis(port=self.port, socket_timeout=5) as client:
            return int(client.llen("celery"))

    def close(self) -> None:
        """Kill it with -9: its port is closed and its data is gone."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def freeze(self) -> None:
        """Freeze it: the kernel still accepts connections, and nothing is answered."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGCONT)
