"""The mail server as a process of its own, which can be killed, frozen and told how to answer. What
it accepted is in a file.

Addresses decide too: `gone@` never takes mail (550), `busy@` not before the second try (450).
"""

import signal
import socket
import time
from collections import Counter
from email import message_from_bytes
from pathlib import Path

from aiosmtpd.smtp import Envelope

from tests.faults.crew import Member, offset_in
from tests.faults.processes import PATIENCE
from tests.postoffice import ACCEPT, HANG_UP, SILENCE, PostOffice, free_port

# What every message is answered.
MODES = {
    "open": ACCEPT,
    "421": "421 4.3.2 Closing for the night",
    "450": "450 4.2.1 Later, please",
    "550": "550 5.7.1 We take nothing from you",
    "hanging": SILENCE,
    "hanging up": HANG_UP,
    "slow": ACCEPT,  # each message takes 20 seconds by the stage's clock
    "hanging up after 250": ACCEPT,
}
SLOW = 20


class Office:
    """The test's side of it."""

    def __init__(self, folder: Path, clock: Path) -> None:
        self.folder, self.clock = folder, clock
        self.port = free_port()
        self.url = f"smtp://127.0.0.1:{self.port}"
        self.answer("open")
        (folder / "accepted").touch()
        self.process: Member | None = None

    def open(self) -> "Office":
        arguments = (str(self.folder), str(self.clock), self.port)
        self.process = Member(serve, *arguments, env={}, log=self.folder / "log")
        deadline = time.monotonic() + PATIENCE
        while not _answers(self.port):
            assert time.monotonic() < deadline, self.process.last_words()
            time.sleep(0.01)
        return self

    def close(self) -> None:
        """Kill it with -9: connections break and new ones are refused."""
        if self.process:
            self.process.end()
            self.process = None

    def freeze(self) -> None:
        """Freeze it: the kernel still accepts connections, and nothing is answered."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGCONT)

    def answer(self, mode: str) -> None:
        assert mode in MODES
        new = self.folder / "mode.new"
        new.write_text(mode)
        new.rename(self.folder / "mode")

    @property
    def accepted(self) -> Counter[str]:
        """How often each Message-ID was taken."""
        return Counter((self.folder / "accepted").read_text().split())


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
            return line.recv(3) == b"220"
    except OSError:
        return False


def serve(folder: str, clock: str, port: int) -> None:
    """The process's side."""
    desk = _Desk(Path(folder), Path(clock))
    office = PostOffice()
    office.port = port
    office.on_rcpt, office.on_data = desk.on_rcpt, desk.on_data
    desk.office = office
    office.open()
    while True:
        signal.pause()


class _Desk:
    office: PostOffice

    def __init__(self, folder: Path, clock: Path) -> None:
        self.folder, self.clock = folder, clock
        self.tried: Counter[str] = Counter()

    def on_rcpt(self, envelope: Envelope) -> str:
        address = envelope.rcpt_tos[-1]
        self.tried[address] += 1
        if address.startswith("gone"):
            return "550 5.1.1 No such mailbox"
        if address.startswith("busy") and self.tried[address] == 1:
            return "450 4.2.1 Mailbox busy"
        return ACCEPT

    def on_data(self, envelope: Envelope) -> str:
        mode = (self.folder / "mode").read_text()
        if mode == "slow":
            move(self.clock, SLOW)
        self.office.hangs_up_after_each = mode == "hanging up after 250"
        if MODES[mode] == ACCEPT:
            with (self.folder / "accepted").open("a") as file:
                file.write(f"{message_from_bytes(envelope.content)['Message-ID']}\n")
        return MODES[mode]


def move(clock: Path, seconds: float) -> None:
    """Move the stage's clock for every process that follows it."""
    new = clock.with_suffix(f".{time.monotonic_ns()}")
    new.write_text(str(offset_in(clock).total_seconds() + seconds))
    new.rename(clock)
